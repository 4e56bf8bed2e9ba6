import { relative, resolve } from 'node:path';
import type { Catalog } from '../catalog/catalog.js';
import { columnCount } from '../catalog/type-key.js';
import type { Expression } from '../catalog/infer/expression.js';
import { readCatalogs, type Reading, type StandIn } from '../catalog/introspect.js';
import type { Session } from '../postgres/session.js';
import { parseCatalog, readCatalogText } from '../catalog/catalog-file.js';
import type { LiveOptions } from '../postgres/live/open-live.js';
import type { EmbeddedOptions } from '../postgres/embedded/embedded.js';
import type { SqlFile } from '../postgres/embedded/files.js';
import type { Config, ModelsConfig, Source } from '../config/config.js';
import { optional } from '../catalog/collections.js';
import { RowsmithError } from '../errors.js';
import type { Tenants } from '../catalog/tenants/merge.js';
import { computedExpressions } from '../model/computed.js';
import { narrowCatalog } from '../selection/narrow.js';
import { modelsWithin, resolveSettings } from '../selection/settings.js';
import { pluggedCatalog } from './plugins.js';

/** What a source gave for a config, and what of that config it concerns. Of a catalog file there is no fingerprint. */
export type SourceReading = Reading & { readonly config: Config; readonly tenants?: Tenants };

/** What a source of files holds: the SQL of each, or a catalog. */
export type SourceText = { readonly files: readonly SqlFile[] } | { readonly catalog: string };

export interface ReadOptions extends EmbeddedOptions {
  /** The text of the catalog file, where it has been read. */
  readonly catalog?: string;
  /** Asks a live database for its fingerprint as well. */
  readonly identify?: boolean;
  /** Called when there is nothing to do but wait: for the start of the embedded server, or for the answer of a live one. */
  readonly whileWaiting?: () => void;
  /** Hears how many columns there are as soon as that is known, of a database before it is read to the end; and `many` before, where its answer takes long. */
  readonly onColumns?: (count: number) => void;
}

/** Milliseconds that a server takes to begin its answer about many columns, or that a slow one takes anyway: in either case there is time to get ready for many. */
const long = 30;
const many = 10_000;

/** Reads the catalog that the config asks for, from whichever source it names. */
export async function readSource(config: Config, folder: string, onNote: (message: string) => void, options: EmbeddedOptions = {}): Promise<SourceReading> {
  return (await readSourceOnce([config], folder, onNote, options))[0] as SourceReading;
}

/** Reads the source that the configs share, and narrows it to what each of them asks for. */
export async function readSourceOnce(configs: readonly Config[], folder: string, onNote: (message: string) => void, options: ReadOptions = {}): Promise<readonly SourceReading[]> {
  const readings = await readUnplugged(configs, folder, onNote, options);
  return readings.map((reading) => ({ ...reading, catalog: pluggedCatalog(reading.catalog, reading.config) }));
}

async function readUnplugged(configs: readonly Config[], folder: string, onNote: (message: string) => void, options: ReadOptions): Promise<readonly SourceReading[]> {
  const source = configs[0]?.source ?? environmentSource();
  if ('catalog' in source) {
    options.onProgress?.({ stage: 'read' });
    const path = shownPath(folder, source.catalog);
    const everything = parseCatalog(path, options.catalog ?? (await readCatalogText(path)));
    options.onColumns?.(columnCount(everything));
    return configs.map((config) => narrow(everything, config));
  }
  const opening = openSession(source, configs[0] ?? {}, folder, onNote, options);
  if ('sql' in source) options.whileWaiting?.();
  const session = await opening;
  try {
    options.onProgress?.({ stage: 'read' });
    const narrowed: SourceReading[] = [];
    const requests = configs.map((asked, index) => ({
      narrow: (everything: Catalog) => {
        const reading = narrow(everything, asked);
        narrowed[index] = reading;
        return { catalog: reading.catalog, expressions: wantedExpressions(reading.catalog, reading.config.models), ...standIn(reading.tenants) };
      },
      note: onNote,
    }));
    const late = 'url' in source ? setTimeout(() => options.onColumns?.(many), long) : undefined;
    const onColumns = (count: number) => {
      clearTimeout(late);
      options.onColumns?.(count);
    };
    const reading = readCatalogs(session, requests, { identify: options.identify === true && 'url' in source, onColumns }).finally(() => clearTimeout(late));
    if ('url' in source) options.whileWaiting?.();
    const readings = await reading;
    // What is made of the catalog need not wait for the fingerprint.
    const fingerprint = readings[0]?.fingerprint?.finally(() => session.close());
    if (!fingerprint) await session.close();
    fingerprint?.catch(() => {});
    return readings.map(({ catalog }, index) => ({ ...(narrowed[index] as SourceReading), catalog, ...optional({ fingerprint }) }));
  } catch (error) {
    await session.close();
    throw error;
  }
}

function narrow(everything: Catalog, config: Config): SourceReading {
  const { catalog, tenants } = narrowCatalog(everything, config);
  return { catalog, ...(tenants ? { tenants } : {}), config: config.models ? { ...config, models: modelsWithin(config.models, catalog, everything) } : config };
}

/** Questions about the tables of tenants are put to one tenant. */
export function standIn(tenants: Tenants | undefined): { readonly standIn?: StandIn } {
  const [by] = tenants?.alike ?? [];
  return tenants && by !== undefined ? { standIn: { schema: tenants.name, by } } : {};
}

/** The SQL expressions that the config, and what it leaves to be found, ask the database about. */
export function wantedExpressions(catalog: Catalog, models: ModelsConfig | undefined): Expression[] {
  return [...resolveSettings(catalog, models)].flatMap(([relation, model]) => computedExpressions(catalog, relation, model));
}

/** A session on the config's source, for statements; undefined where the source is a catalog file, which runs none. */
export async function openSource(config: Config, folder: string, onNote: (message: string) => void, options: EmbeddedOptions = {}): Promise<Session | undefined> {
  const source = config.source ?? environmentSource();
  return 'catalog' in source ? undefined : openSession(source, config, folder, onNote, options);
}

/** A session on what answers SQL. */
export async function openSession(
  source: Exclude<Source, { readonly catalog: string }>,
  { timeout }: Config,
  folder: string,
  onNote: (message: string) => void,
  options: EmbeddedOptions = {},
): Promise<Session> {
  if ('sql' in source) return openSql(source.sql, folder, onNote, { ...options, ...(timeout === undefined ? {} : { timeout }) });
  options.onProgress?.({ stage: 'connect' });
  return openDatabase(source.url, { note: onNote, ...(timeout === undefined ? {} : { timeout }) });
}

/** Both engines are loaded only when a source needs them. */
async function openSql(sql: string | readonly string[], folder: string, onNote: (message: string) => void, options: EmbeddedOptions): Promise<Session> {
  const { openEmbedded } = await import('../postgres/embedded/embedded.js');
  return openEmbedded((typeof sql === 'string' ? [sql] : sql).map((path) => shownPath(folder, path)), onNote, options);
}

async function openDatabase(url: string | undefined, options: LiveOptions): Promise<Session> {
  if (url === undefined && !hasPgVariables()) throw sourceMissing();
  const { openLive } = await import('../postgres/live/open-live.js');
  return openLive(url, options);
}

export function environmentSource(): Source {
  return { url: process.env['DATABASE_URL'] };
}

/** The variables that name a server or a database: https://www.postgresql.org/docs/current/libpq-envars.html. */
export function hasPgVariables(): boolean {
  return ['PGHOST', 'PGHOSTADDR', 'PGPORT', 'PGDATABASE', 'PGUSER', 'PGSERVICE'].some((name) => process.env[name] !== undefined);
}

function sourceMissing(): RowsmithError {
  return new RowsmithError(
    'source-missing',
    'There is no schema to read: no config file names a source, and DATABASE_URL is not set.',
    'Give --source <postgres://… | file.sql | folder | catalog.json>, or write a rowsmith.config.ts.',
  );
}

/** Relative to the working directory, as messages show it. */
export function shownPath(folder: string, path: string): string {
  return relative(process.cwd(), resolve(folder, path)) || '.';
}
