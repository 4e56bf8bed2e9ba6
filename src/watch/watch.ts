import { createStandby } from '../postgres/embedded/standby.js';
import { attempt, type Seen } from './attempt.js';
import { Nudges } from './file-events.js';
import type { WatchEvent, WatchOptions } from './options.js';
import { foldersOf, stampsHold } from './stamped-files.js';

/** Milliseconds between two looks at the files that nothing gave rise to. */
const lookEvery = 1000;

/**
 * Generates, and again whenever the config, what it imports, the SQL, the templates or the database changed. Ends with its signal, or
 * when its consumer leaves. One thing happens at a time: what changes during a run is seen after it.
 */
export async function* watch(options: WatchOptions): AsyncGenerator<WatchEvent, void> {
  const { signal } = options;
  const nudges = new Nudges();
  const standby = createStandby();
  const wake = () => nudges.nudge();
  signal?.addEventListener('abort', wake);
  const ended = () => signal?.aborted === true;
  let outage = false;
  try {
    while (!ended()) {
      const { seen, outcome } = await attempt(options, standby.start);
      if (ended()) return;
      // Asked before anybody hears of the outcome: what comes back by then looks as if it had never been gone.
      const overtaken = !stampsHold(seen.files);
      const failing = seen.database !== undefined && 'error' in seen.database.answer;
      if (!(failing && outage)) yield outcome;
      outage = failing;
      nudges.follow(foldersOf(seen.files));
      standby.prepare();
      if (!overtaken) yield* untilChanged(seen);
    }
  } finally {
    signal?.removeEventListener('abort', wake);
    nudges.close();
    await standby.close();
  }

  /** Tells when the database goes and comes back meanwhile. */
  async function* untilChanged({ files, database }: Seen): AsyncGenerator<WatchEvent, void> {
    for (; !ended() && stampsHold(files); await nudges.wait(lookEvery)) {
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
