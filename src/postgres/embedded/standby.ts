import { cacheFolder } from '../../cache-folder.js';
import { withRequirements } from './extensions.js';
import { KeptDirectories } from './kept-directories.js';
import { findServerFiles } from './packages.js';
import type { Database } from './server-process.js';
import { startServer } from './start.js';

/** What is asked of a database before it is there. */
export interface WantedDatabase {
  /** The extensions that it has to know, by the names that CREATE EXTENSION knows. */
  readonly extensions: readonly string[];
  /** Seconds that it may work. */
  readonly timeout: number;
  /** Characters of SQL that it will run. */
  readonly characters: number;
}

/** Gives an empty database. */
export type StartDatabase = (wanted: WantedDatabase) => Promise<Database>;

/**
 * An embedded Postgres that was started before somebody asks for it: a change is then answered in the time of its
 * SQL.
 */
export interface Standby {
  /** Gives the one that stands by, if it is what is wanted; else a new one. */
  readonly start: StartDatabase;
  /** Starts the next one, for what was wanted last; nothing, where nothing was wanted yet. */
  prepare(): void;
  close(): Promise<void>;
}

/** Starts an empty embedded Postgres, in a process of its own. */
export async function startEmpty(wanted: WantedDatabase, cache: string = cacheFolder()): Promise<Database> {
  const files = await findServerFiles();
  return (
    await startServer(files, new KeptDirectories(cache, files.version), {
      ...wanted,
      extensions: withRequirements(wanted.extensions),
    })
  ).database;
}

export function createStandby(): Standby {
  let last: WantedDatabase | undefined;
  let ready: Promise<Database> | undefined;
  const discard = async () => {
    const unused = ready;
    ready = undefined;
    await unused?.then((database) => database.close()).catch(() => undefined);
  };
  return {
    async start(wanted) {
      if (!last || !serves(last, wanted)) await discard();
      last = wanted;
      const standing = ready;
      ready = undefined;
      // One that could not be started says why when it is started again.
      return (await standing?.catch(() => undefined)) ?? startEmpty(wanted);
    },
    prepare() {
      if (!last || ready) return;
      ready = startEmpty(last);
      ready.catch(() => undefined);
    },
    close: discard,
  };
}

/** The length of the SQL may change: it only tells how fast the SQL runs. */
function serves(started: WantedDatabase, wanted: WantedDatabase): boolean {
  return (
    started.timeout === wanted.timeout && [...started.extensions].sort().join() === [...wanted.extensions].sort().join()
  );
}
