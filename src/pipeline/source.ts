import { relative, resolve } from 'node:path';
import type { Config } from '../config/config.js';
import { missingUrl } from '../config/missing-url.js';
import { parseSource, refuseLikeConnection } from '../config/parse-source.js';
import type { Source } from '../config/source.js';
import type { EmbeddedOptions } from '../postgres/embedded/embedded.js';
import type { SqlFile } from '../postgres/embedded/files.js';
import type { Session } from '../postgres/session.js';

/** The text of a source that consists of files: the SQL of each file, or a catalog. */
export type SourceText = { readonly files: readonly SqlFile[] } | { readonly catalog: string };

/** How a source is opened. */
export interface SourceOptions extends Pick<EmbeddedOptions, 'onProgress' | 'start'> {
  /** The folder that relative paths start from. */
  readonly folder: string;
  /**
   * Called with messages that are worth knowing but are not errors: what a SQL file contains that the schema does not
   * need.
   */
  readonly onNote: (message: string) => void;
  /** Connects using only the source's URL, because nobody has chosen its server yet. */
  readonly onlyUrl?: boolean;
  /** The text of the source, if it has already been read. */
  readonly text?: SourceText;
}

/** A source that can run SQL. */
type Database = Exclude<Source, { readonly catalog: string }>;

/** Opens a session on a database or on SQL files. Either engine is loaded only if a source needs it. */
export async function openSession(source: Database, config: Config, options: SourceOptions): Promise<Session> {
  const { timeout } = config;
  const { folder, onNote: note, text, onlyUrl = false, ...others } = options;
  const limit = timeout === undefined ? {} : { timeout };
  if ('migrations' in source) {
    const { openMigrated } = await import('./migrations/migrate.js');
    return openMigrated(source, folder, { note, ...others, ...limit });
  }
  if (!('url' in source)) {
    const { openEmbedded } = await import('../postgres/embedded/embedded.js');
    const files = text && 'files' in text ? text.files : await readSqlSource(source, { ...config, folder }, note);
    const packages = 'sql' in source && source.extensions ? { packages: source.extensions } : {};
    return openEmbedded([], note, { ...others, ...limit, ...packages, files });
  }
  options.onProgress?.({ stage: 'connect' });
  if (source.url === undefined && !hasPgVariables()) throw missingUrl(folder, config.source !== undefined);
  const { openLive } = await import('../postgres/live/open-live.js');
  return openLive(source.url, { note, ...limit, onlyUrl });
}

/** Reads the SQL of a source: its files, or what its command prints. */
export async function readSqlSource(
  source: Exclude<Database, { readonly url: unknown } | { readonly migrations: unknown }>,
  { folder, include = [] }: Pick<Config, 'include'> & { readonly folder: string },
  note: (message: string) => void,
): Promise<readonly SqlFile[]> {
  const { readSqlFiles } = await import('../postgres/embedded/files.js');
  const shown = (paths: string | readonly string[] = []) => [paths].flat().map((path) => shownPath(folder, path));
  if ('command' in source) return [await (await import('./command-source.js')).printedSql(source.command, folder)];
  const { sql, stubs, ...given } = source;
  const { supabaseSchemas } = await import('../postgres/embedded/supabase.js');
  const asks = (schema: string) =>
    include.some((pattern) => typeof pattern === 'string' && pattern.startsWith(`${schema}.`));
  const options = { ...given, ownSchemas: supabaseSchemas.some(asks) };
  const first = await readSqlFiles(shown(stubs), note, { ...options, areStubs: true });
  return [...first, ...(await readSqlFiles(shown(sql), note, options))];
}

/** Refuses a source that has a misspelled database URL in place of a path. */
export function refuseMisspelt(source: Source, folder: string): void {
  if ('url' in source || 'command' in source || 'migrations' in source) return;
  for (const path of 'catalog' in source ? [source.catalog] : [source.sql].flat()) refuseLikeConnection(path, folder);
}

/** The source of a config: the one that it names, in either form, otherwise `DATABASE_URL`. */
export function sourceOf({ source }: Pick<Config, 'source'>, folder: string): Source {
  if (source === undefined) return { url: process.env['DATABASE_URL'] };
  return typeof source === 'string' ? parseSource([source], folder) : source;
}

/** Whether variables name a server or a database: https://www.postgresql.org/docs/current/libpq-envars.html. */
export function hasPgVariables(): boolean {
  return ['PGHOST', 'PGHOSTADDR', 'PGPORT', 'PGDATABASE', 'PGUSER', 'PGSERVICE'].some(
    (name) => process.env[name] !== undefined,
  );
}

/** A path relative to the working directory, as messages show it. */
export function shownPath(folder: string, path: string): string {
  return relative(process.cwd(), resolve(folder, path)) || '.';
}
