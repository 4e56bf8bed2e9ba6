import { resolve } from 'node:path';
import { readCatalogText } from '../catalog/catalog-file.js';
import type { SqlText } from '../catalog/queries/query-text.js';
import type { Config } from '../config/config.js';
import { outputsOf } from '../config/projects.js';
import type { Source } from '../config/source.js';
import { userSources } from '../emit/templates.js';
import type { OnProgress } from '../progress.js';
import { plainText } from '../run-record/plain.js';
import { digestOf, type RunInputs } from '../run-record/record.js';
import { type SourceKind, toolDigest } from '../run-record/tool.js';
import { readAllQueryFiles } from './query-files.js';
import type { ReadTemplates } from './render.js';
import { hasPgVariables, readSqlSource, type SourceText, shownPath, sourceOf } from './source.js';

export interface GenerateOptions {
  readonly config: Config;
  /** The folder that the config's relative paths start from; the working directory if absent. */
  readonly folder?: string;
  /** Reads and renders even if the last run had the same config and none of its inputs has changed. */
  readonly force?: boolean;
  /**
   * Called with messages that are worth knowing but are not errors: what a SQL file contains that the schema does not
   * need.
   */
  readonly onNote?: (message: string) => void;
  /** Called with the progress of the run. */
  readonly onProgress?: OnProgress;
}

/**
 * The texts that a run uses, read before anything else. The run uses exactly these texts, so they cannot differ from
 * those of its record.
 */
export interface InputTexts {
  /** Absent for a live database. */
  readonly source?: SourceText;
  readonly templates: ReadTemplates;
  /** The query files of each output. */
  readonly queries: readonly (readonly SqlText[])[];
}

/** A run that may be remembered: its request, and its inputs as far as they are known beforehand. */
export interface RepeatableRun {
  /** A copy of the config that nobody else can change. */
  readonly config: Config;
  readonly kind: SourceKind;
  /** The config, without the URL of a database, and the folders of the run, as text. */
  readonly asked: string;
  readonly database?: { readonly url: string | undefined };
  readonly texts: InputTexts;
  /** Digests of the inputs of the run. That of a live database comes from its server. */
  readonly inputs: Omit<RunInputs, 'source'> & { readonly source?: string };
}

/**
 * Reads the inputs of a run. Undefined if those are not all its inputs: a config with a function or a plugin may read
 * anything, `notNull: true` reads rows, and migrations that are programs and kysely-codegen may read anything. Also
 * undefined if something cannot be read, which the run itself reports better.
 */
export async function repeatableRun(
  original: Config,
  folder: string,
  onNote: (message: string) => void,
): Promise<RepeatableRun | undefined> {
  if (plainText(original) === undefined || !isAnsweredByTexts(original)) return undefined;
  const config = structuredClone(original);
  const source = sourceOf(config, folder);
  if ('migrations' in source) return undefined;
  if ('url' in source && source.url === undefined && !hasPgVariables()) return undefined;
  try {
    const kind = kindOf(source);
    const tool = toolDigest(kind);
    if (tool === undefined) return undefined;
    const templates = readTemplates(config, folder);
    const queries = await readAllQueryFiles(outputsOf(config), folder);
    const texts = { ...(await readSourceText(source, config, folder, onNote)), templates, queries };
    const asked =
      plainText([process.cwd(), folder, { ...config, source: 'url' in source ? 'database' : source }]) ?? '';
    const inputs = {
      tool,
      queries: digestOf(JSON.stringify(queries)),
      templates: digestOf(JSON.stringify([...templates].map(([name, sources]) => [name, ...sources]))),
      ...(texts.source ? { source: digestOf(JSON.stringify(texts.source)) } : {}),
    };
    return { config, kind, asked, texts, inputs, ...('url' in source ? { database: source } : {}) };
  } catch {
    return undefined;
  }
}

function kindOf(source: Source): SourceKind {
  if ('url' in source) return 'database';
  return 'catalog' in source ? 'catalog' : 'sql';
}

function isAnsweredByTexts(config: Config): boolean {
  const isAnswered = ({ tables = 'rowsmith', plugins = [], models = {} }: Config) =>
    tables === 'rowsmith' && plugins.length === 0 && !promisesNotNull(models);
  return outputsOf(config).every(isAnswered);
}

function promisesNotNull(models: object): boolean {
  return JSON.stringify(models).includes('"notNull":true');
}

/** Reads the text of a source. Notes are passed on once everything has been read. */
async function readSourceText(
  source: Source,
  config: Config,
  folder: string,
  onNote: (message: string) => void,
): Promise<{ readonly source?: SourceText }> {
  if ('url' in source || 'migrations' in source) return {};
  if ('catalog' in source) return { source: { catalog: await readCatalogText(shownPath(folder, source.catalog)) } };
  const notes: string[] = [];
  const files = await readSqlSource(source, { ...config, folder }, (note) => notes.push(note));
  notes.forEach(onNote);
  return { source: { files } };
}

function readTemplates(config: Config, folder: string): ReadTemplates {
  const named = new Set(outputsOf(config).flatMap(({ templates }) => templates ?? []));
  return new Map([...named].map((path) => [path, userSources(resolve(folder, path))]));
}
