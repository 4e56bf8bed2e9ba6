import { existsSync, readdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Config } from '../config/config.js';
import type { ConfigOrigin } from '../config/origin.js';
import type { DatabaseInput, RunInputs } from '../run-record/run-record.js';
import type { SourceReading } from './read-source.js';
import { environmentSource } from './source.js';

/** What a run was made of, besides the tool itself; undefined where it cannot all be known. */
export function runInputs({ config, catalog, fingerprint }: SourceReading, folder: string, origin: ConfigOrigin | undefined): RunInputs | undefined {
  // kysely-codegen's serializer is another tool, with a compiler of its own.
  if (!origin || (config.tables !== undefined && config.tables !== 'rowsmith')) return undefined;
  const source = config.source ?? environmentSource();
  // Whether rows keep a promise of notNull is no part of the fingerprint.
  if ('url' in source && (fingerprint === undefined || catalog.expressions.some(({ assertNotNull }) => assertNotNull))) return undefined;
  const { files, folders, absent } = filesRead(config, folder);
  return {
    files: [...origin.files, ...files],
    folders,
    absent: [...origin.absent, ...absent],
    environment: origin.environment,
    ...('url' in source && fingerprint !== undefined ? { database: databaseInput(source.url, config.source !== undefined, origin.environment, fingerprint) } : {}),
  };
}

/** The files and folders that the config names as its source and its templates. */
export function filesRead({ source = environmentSource(), templates }: Config, folder: string): Pick<RunInputs, 'files' | 'folders' | 'absent'> {
  const named = 'sql' in source ? [source.sql].flat() : 'catalog' in source ? [source.catalog] : [];
  const paths = [...named, ...(templates === undefined ? [] : [templates])].map((path) => resolve(folder, path));
  const [there, absent] = [paths.filter((path) => existsSync(path)), paths.filter((path) => !existsSync(path))];
  const read = there.map(contentsOf);
  return { files: read.flatMap(({ files }) => files), folders: read.flatMap(({ folders }) => folders), absent };
}

/** The URL itself may hold a password: remembered is where it came from. */
function databaseInput(url: string | undefined, named: boolean, environment: readonly string[], fingerprint: string): DatabaseInput {
  const variable = named ? environment.find((name) => process.env[name] === url) : 'DATABASE_URL';
  return { fingerprint, ...(variable === undefined ? {} : { variable }) };
}

/** A file, or the SQL and templates of a folder and of all below it, and the journal in which Drizzle keeps their order. */
function contentsOf(path: string): { files: string[]; folders: string[] } {
  if (!statSync(path).isDirectory()) return { files: [path], folders: [] };
  const entries = readdirSync(path, { withFileTypes: true }).filter(({ name }) => !name.startsWith('.') && name !== 'node_modules');
  const below = entries.filter((entry) => entry.isDirectory()).map(({ name }) => contentsOf(join(path, name)));
  const files = entries.filter((entry) => !entry.isDirectory() && (/\.(sql|hbs)$/i.test(entry.name) || entry.name === '_journal.json')).map(({ name }) => join(path, name));
  return { files: [...files, ...below.flatMap((folder) => folder.files)], folders: [path, ...below.flatMap(({ folders }) => folders)] };
}
