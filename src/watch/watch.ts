import { createStandby } from '../postgres/embedded/standby.js';
import { attempt, type Seen } from './attempt.js';
import { FileEvents } from './file-events.js';
import type { WatchEvent, WatchOptions } from './options.js';
import { foldersOf, stampsHold } from './stamped-files.js';

/** Milliseconds between two checks of the files without any event. */
const lookEvery = 1000;

/**
 * Generates, and generates again whenever the config, what it imports, the SQL, the templates or the database changes.
 * It ends with its signal, or when its consumer stops reading. Runs do not overlap: a change during a run is noticed
 * after it.
 */
export async function* watch(options: WatchOptions): AsyncGenerator<WatchEvent, void> {
  const { signal } = options;
  const fileEvents = new FileEvents();
  const standby = createStandby();
  const wake = () => fileEvents.wake();
  signal?.addEventListener('abort', wake);
  const ended = () => signal?.aborted === true;
  let outage = false;
  try {
    while (!ended()) {
      const { seen, outcome } = await attempt(options, standby.start);
      if (ended()) return;
      // Checked before the outcome is reported: a file that reappears by then looks as if it had never been gone.
      const overtaken = !stampsHold(seen.files);
      const failing = seen.database !== undefined && 'error' in seen.database.result;
      if (!(failing && outage)) yield outcome;
      outage = failing;
      fileEvents.follow(foldersOf(seen.files));
      standby.prepare();
      if (!overtaken) yield* untilChanged(seen);
    }
  } finally {
    signal?.removeEventListener('abort', wake);
    fileEvents.close();
    await standby.close();
  }

  /**
   * Waits until something has changed. Meanwhile, reports when the database stops answering and when it answers again.
   */
  async function* untilChanged({ files, database }: Seen): AsyncGenerator<WatchEvent, void> {
    for (; !ended() && stampsHold(files); await fileEvents.wait(lookEvery)) {
      const result = await database?.watched.askIfDue();
      if (ended() || !database || !result) continue;
      if ('error' in result) {
        if (!outage) yield { kind: 'failed', error: result.error };
        outage = true;
        continue;
      }
      if ('error' in database.result || result.fingerprint !== database.result.fingerprint) return;
      if (outage) yield { kind: 'recovered' };
      outage = false;
    }
  }
}
