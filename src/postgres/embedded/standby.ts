import { cacheFolder } from '../../cache-folder.js';
import { findExtensionBundles } from './extension-packages.js';
import { withRequirements } from './extensions.js';
import { KeptDirectories } from './kept-directories.js';
import { findServerFiles } from './packages.js';
import type { Database } from './server-process.js';
import { startServer } from './start.js';

/** What is wanted of a database that is to be started. */
export interface WantedDatabase {
  /** Extensions that it has to know, by the names that CREATE EXTENSION knows. */
  readonly extensions: readonly string[];
  /** The packages of extensions that are called otherwise. */
  readonly packages?: Readonly<Record<string, string>>;
  /** Seconds that it may work. */
  readonly timeout: number;
  /** Characters of SQL that it will run. */
  readonly characters: number;
}

/** Gives an empty database. */
export type StartDatabase = (wanted: WantedDatabase) => Promise<Database>;

/**
 * An embedded Postgres that is started before somebody asks for it, so that a change is answered in the time that its
 * SQL takes.
 */
export interface Standby {
  /** Gives the database that stands by, if it is what is wanted; else a new one. */
  readonly start: StartDatabase;
  /** Starts the next database, for what was wanted last; does nothing where nothing was wanted yet. */
  prepare(): void;
  close(): Promise<void>;
}

/** Starts an empty embedded Postgres, in a process of its own. */
export async function startEmpty(wanted: WantedDatabase, cache: string = cacheFolder()): Promise<Database> {
  const bundles = findExtensionBundles(wanted.extensions, wanted.packages);
  const files = await findServerFiles(bundles);
  return (
    await startServer(files, new KeptDirectories(cache, files.version), {
      ...wanted,
      extensions: withRequirements(wanted.extensions, bundles),
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

/**
 * Whether a started database serves what is wanted. The length of the SQL may differ: it only decides how fast the SQL
 * runs.
 */
function serves(started: WantedDatabase, wanted: WantedDatabase): boolean {
  return (
    started.timeout === wanted.timeout && [...started.extensions].sort().join() === [...wanted.extensions].sort().join()
  );
}
