import { dirname } from 'node:path';
import type { StartDatabase } from '../postgres/embedded/standby.js';
import { configFilesFor, loadConfig, noConfig } from '../config/load.js';
import { outputsOf } from '../config/projects.js';
import { RowsmithError } from '../errors.js';
import { regenerateAll } from '../pipeline/generate.js';
import { filesRead } from '../pipeline/inputs.js';
import { namedByAny, stampFiles, type StampedFiles } from '../run-record/stamped-files.js';
import { databaseOf, type Answer, type WatchedDatabase } from './database.js';
import type { WatchEvent, WatchOptions } from './options.js';

/** What a run was made of, as it was just before it. */
export interface Seen {
  readonly files: StampedFiles;
  readonly database?: { readonly asked: WatchedDatabase; readonly answer: Answer };
}

/** One run, whatever becomes of it. Everything is stamped before it is read, so that no change falls between the two. */
export async function attempt(
  { config, folder = process.cwd(), configure = (loaded) => loaded }: WatchOptions,
  start: StartDatabase,
): Promise<{ readonly seen: Seen; readonly outcome: WatchEvent }> {
  let seen: Seen = { files: stampFiles({ files: [], folders: [folder], absent: [] }) };
  try {
    const configFiles = configFilesFor(config, folder);
    // A config that cannot be loaded may want a file that is not there yet.
    seen = { files: stampFiles({ files: configFiles, folders: configFiles.map((path) => dirname(path)), absent: [] }) };
    const options = configure((await loadConfig(config, folder, { fresh: true })) ?? noConfig(folder));
    const read = stampFiles(namedByAny(outputsOf(options.config).map((output) => filesRead(output, options.folder ?? folder))));
    const database = databaseOf(options.config);
    seen = {
      files: { files: [...seen.files.files, ...read.files], folders: read.folders, absent: [...seen.files.absent, ...read.absent] },
      ...(database ? { database: { asked: database, answer: await database.ask() } } : {}),
    };
    if (seen.database && 'error' in seen.database.answer) throw seen.database.answer.error;
    return { seen, outcome: { kind: 'generated', results: await regenerateAll(options, start) } };
  } catch (error) {
    // A database that went away after it was asked: when it answers again the run is still to be done.
    if (seen.database && isLost(error)) seen = { ...seen, database: { ...seen.database, answer: { error } } };
    return { seen, outcome: { kind: 'failed', error } };
  }
}

const isLost = (error: unknown) => error instanceof RowsmithError && (error.code === 'connection-failed' || error.code === 'connection-lost');
