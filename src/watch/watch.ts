import { dirname } from 'node:path';
import { createStandby } from '../catalog/sources/sql/standby.js';
import { configFilesFor, loadConfig, noConfig, type LoadedConfig } from '../config/load.js';
import { regenerate, type GenerateOptions, type Regenerated } from '../pipeline/generate.js';
import { filesRead } from '../pipeline/inputs.js';
import { filesHold, stampFiles, type StampedFiles } from '../unchanged/stamped-files.js';
import { databaseOf, type Answer, type WatchedDatabase } from './database.js';
import { Nudges } from './nudges.js';

export interface WatchOptions {
  /** The config file; the one that the folder has when absent. */
  readonly config?: string;
  /** Where the config is looked for; the working directory when absent. */
  readonly folder?: string;
  /** What to generate with a config, each time that it was loaded; just what it says when absent. */
  readonly configure?: (loaded: LoadedConfig) => GenerateOptions;
  /** Ends the watching. */
  readonly signal?: AbortSignal;
}

export type WatchEvent =
  /** The first run, and each after something changed. */
  | ({ readonly kind: 'generated' } & Regenerated)
  /** What a run ended with, or a database that cannot be asked. The files are as they were, and the watching goes on. */
  | { readonly kind: 'failed'; readonly error: unknown }
  /** The database can be asked again, and nothing changed meanwhile. */
  | { readonly kind: 'recovered' };

/** Milliseconds between two looks at the files that nothing gave rise to. */
const lookEvery = 1000;

/** What a run was made of, as it was just before it. */
interface Seen {
  readonly files: StampedFiles;
  readonly database?: { readonly asked: WatchedDatabase; readonly answer: Answer };
}

/**
 * Generates, and again whenever the config, what it imports, the SQL, the templates or the database changed. Ends with its signal, or
 * when its consumer leaves. One thing happens at a time: what changes during a run is seen after it.
 */
export async function* watch({ config, folder = process.cwd(), configure = (loaded) => loaded, signal }: WatchOptions): AsyncGenerator<WatchEvent, void> {
  const nudges = new Nudges();
  const standby = createStandby();
  const wake = () => nudges.nudge();
  signal?.addEventListener('abort', wake);
  const ended = () => signal?.aborted === true;
  let outage = false;
  try {
    while (!ended()) {
      const { seen, outcome } = await run();
      if (ended()) return;
      const failing = seen.database !== undefined && 'error' in seen.database.answer;
      if (!(failing && outage)) yield outcome;
      outage = failing;
      nudges.follow([...seen.files.files.map(({ path }) => dirname(path)), ...seen.files.absent.map((path) => dirname(path)), ...seen.files.folders.map(([path]) => path)]);
      standby.prepare();
      yield* untilChanged(seen);
    }
  } finally {
    signal?.removeEventListener('abort', wake);
    nudges.close();
    await standby.close();
  }

  /** Everything is stamped before it is read, so that no change falls between the two. */
  async function run(): Promise<{ readonly seen: Seen; readonly outcome: WatchEvent }> {
    let seen: Seen = { files: stampFiles({ files: [], folders: [folder], absent: [] }) };
    try {
      const configFiles = configFilesFor(config, folder);
      // A config that cannot be loaded may want a file that is not there yet.
      seen = { files: stampFiles({ files: configFiles, folders: configFiles.map((path) => dirname(path)), absent: [] }) };
      const options = configure((await loadConfig(config, folder, { fresh: true })) ?? noConfig(folder));
      const read = filesRead(options.config, options.folder ?? folder);
      const stamped = stampFiles(read);
      const database = databaseOf(options.config);
      seen = {
        files: { files: [...seen.files.files, ...stamped.files], folders: stamped.folders, absent: [...seen.files.absent, ...stamped.absent] },
        ...(database ? { database: { asked: database, answer: await database.ask() } } : {}),
      };
      if (seen.database && 'error' in seen.database.answer) throw seen.database.answer.error;
      return { seen, outcome: { kind: 'generated', ...(await regenerate(options, standby.start)) } };
    } catch (error) {
      return { seen, outcome: { kind: 'failed', error } };
    }
  }

  /** Tells when the database goes and comes back meanwhile. */
  async function* untilChanged({ files, database }: Seen): AsyncGenerator<WatchEvent, void> {
    for (; !ended() && filesHold(files); await nudges.wait(lookEvery)) {
      const answer = await database?.asked.askIfDue();
      if (ended() || !database || !answer) continue;
      if ('error' in answer) {
        if (!outage) yield { kind: 'failed', error: answer.error };
        outage = true;
        continue;
      }
      if ('error' in database.answer || answer.fingerprint !== database.answer.fingerprint) return;
      if (outage) yield { kind: 'recovered' };
      outage = false;
    }
  }
}
