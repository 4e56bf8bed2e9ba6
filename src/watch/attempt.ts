import { dirname, resolve } from 'node:path';
import { environmentFiles } from '../config/environment.js';
import { configFilesFor, loadConfig, noConfig } from '../config/load.js';
import { outputsOf } from '../config/projects.js';
import { RowsmithError } from '../errors.js';
import { regenerateAll } from '../pipeline/generate.js';
import type { StartDatabase } from '../postgres/embedded/standby.js';
import { databaseOf, type FingerprintResult, type WatchedDatabase } from './database.js';
import type { WatchEvent, WatchOptions } from './options.js';
import { type Stamps, stampPaths, stampText } from './stamped-files.js';
import { pathsOf } from './watched-paths.js';

/** The inputs of a run, as they were just before it. */
export interface Seen {
  readonly files: Stamps;
  readonly database?: { readonly watched: WatchedDatabase; readonly result: FingerprintResult };
}

/**
 * Runs once, and reports what was seen and how the run ended. Everything is stamped before or while it is read, so that
 * no change in between goes unnoticed.
 */
export async function attempt(
  { config, folder = process.cwd(), envFile, configure = (loaded) => loaded }: WatchOptions,
  start: StartDatabase,
): Promise<{ readonly seen: Seen; readonly outcome: WatchEvent }> {
  const place = config === undefined ? folder : dirname(resolve(folder, config));
  const configFiles = [...configFilesFor(config, folder), ...environmentFiles(place)];
  const variables = envFile === undefined ? {} : { envFile };
  const modules = new Map<string, ReturnType<typeof stampText>>();
  const onModule = (path: string, text: string) => modules.set(path, stampText(text));
  let files: Stamps = stampPaths(configFiles);
  let database: Seen['database'];
  const seen = (): Seen => ({ files: new Map([...files, ...modules]), ...(database ? { database } : {}) });
  try {
    // A config that cannot be loaded may need a file that does not exist yet.
    files = new Map([...files, ...stampPaths(configFiles.map((path) => dirname(path)))]);
    const options = configure(
      (await loadConfig(config, folder, { fresh: true, onModule, ...variables })) ?? noConfig(folder, variables),
    );
    files = stampPaths([
      ...configFiles,
      ...outputsOf(options.config).flatMap((output) => pathsOf(output, options.folder ?? folder)),
    ]);
    const watched = databaseOf(options.config, options.folder ?? folder);
    if (watched) database = { watched, result: await watched.ask() };
    if (database && 'error' in database.result) throw database.result.error;
    return { seen: seen(), outcome: { kind: 'generated', results: await regenerateAll(options, start) } };
  } catch (error) {
    // The database went away after it was queried. The run must be repeated when it answers again.
    if (database && isLost(error)) database = { ...database, result: { error } };
    return { seen: seen(), outcome: { kind: 'failed', error } };
  }
}

const isLost = (error: unknown) =>
  error instanceof RowsmithError && (error.code === 'connection-failed' || error.code === 'connection-lost');
