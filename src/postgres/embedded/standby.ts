import type { Database, StartDatabase } from './pglite.js';
import { startInThread } from './thread.js';

/** An embedded Postgres that was started before somebody asks for it: a change is then answered in the time of its SQL. */
export interface Standby {
  /** Gives the one that stands by, if it knows just these extensions; else a new one. */
  readonly start: StartDatabase;
  /** Starts the next one, with the extensions that were asked for last; nothing, where none was asked for yet. */
  prepare(): void;
  close(): Promise<void>;
}

export function createStandby(): Standby {
  let extensions: string | undefined;
  let ready: Promise<Database> | undefined;
  const discard = async () => {
    const unused = ready;
    ready = undefined;
    await unused?.then((database) => database.close()).catch(() => undefined);
  };
  return {
    async start(names) {
      const wanted = [...new Set(names)].sort();
      const key = wanted.join();
      if (key !== extensions) await discard();
      extensions = key;
      const standing = ready;
      ready = undefined;
      // One that could not be started says why when it is started again.
      return (await standing?.catch(() => undefined)) ?? startInThread(wanted);
    },
    prepare() {
      if (extensions === undefined || ready) return;
      ready = startInThread(extensions === '' ? [] : extensions.split(','));
      ready.catch(() => undefined);
    },
    close: discard,
  };
}
