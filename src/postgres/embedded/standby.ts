import { cacheFolder } from '../../cache-folder.js';
import { findExtensionBundles } from './extension-packages.js';
import { withRequirements } from './extensions.js';
import { KeptDirectories } from './kept-directories.js';
import { findServerFiles } from './packages.js';
import type { Database } from './server-process.js';
import { startServer } from './start.js';

/** The requirements for a database that is to be started. */
export interface WantedDatabase {
  /** Extensions that it must have, by their names in CREATE EXTENSION. */
  readonly extensions: readonly string[];
  /** The packages of extensions that have other names. */
  readonly packages?: Readonly<Record<string, string>>;
  /** Seconds that it may work. */
  readonly timeout: number;
  /** Characters of SQL that it will run. */
  readonly characters: number;
}

/** Returns an empty database. */
export type StartDatabase = (wanted: WantedDatabase) => Promise<Database>;

/**
 * An embedded Postgres that is started before it is needed, so that a change is answered in the time that its SQL
 * takes.
 */
export interface Standby {
  /** Returns the database on standby if it meets the requirements, otherwise a new one. */
  readonly start: StartDatabase;
  /** Starts the next database, with the last requirements. Does nothing if there were none yet. */
  prepare(): void;
  close(): Promise<void>;
}

/** Starts an empty embedded Postgres in a separate process. */
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
      // If it could not be started, starting it again reports the reason.
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
 * Whether a started database meets the requirements. The length of the SQL may differ, because it affects only speed.
 */
function serves(started: WantedDatabase, wanted: WantedDatabase): boolean {
  const decisive = ({ timeout, extensions, packages }: WantedDatabase) =>
    JSON.stringify([timeout, [...extensions].sort(), Object.entries(packages ?? {}).sort()]);
  return decisive(started) === decisive(wanted);
}
