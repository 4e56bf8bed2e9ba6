import { isDeepStrictEqual } from 'node:util';
import type { Session } from '../postgres/session.js';
import { isPassing, sqlState } from '../postgres/sql-state.js';
import type { Reading } from './reading.js';
import { serverNotReadable } from './unreadable.js';

/** How often an internal error of the server counts as another session's doing. */
const patience = 5;

/**
 * Decides whether the catalog has to be read again: where another session changed the schema meanwhile, until nothing
 * changed or two readings in a row say the same; and where one waited for a lock in vain, until the session's time is up.
 *
 *     for (const attempts = new Attempts(session); ; ) {
 *       try {
 *         const reading = await Reading.begin(session);
 *         const everything = reading.catalog();
 *         if (await attempts.holds(reading)) return everything;
 *       } catch (error) {
 *         await attempts.failed(error);
 *       }
 *     }
 */
export class Attempts {
  readonly #session: Session;
  #previous: readonly string[] | undefined;
  #failures = 0;

  constructor(session: Session) {
    this.#session = session;
  }

  /** Ends a reading. True where what it said counts. */
  async holds(reading: Reading): Promise<boolean> {
    if (await reading.end()) return true;
    if (isDeepStrictEqual(reading.listTexts, this.#previous)) return true;
    this.#previous = reading.listTexts;
    return false;
  }

  /** Ends a reading that failed. Throws what no other session caused. */
  async failed(error: unknown): Promise<void> {
    // A connection that is gone has rolled back by itself.
    await this.#session.query('rollback').catch(() => undefined);
    const isInternal = sqlState(error) === 'XX000';
    if (isInternal) this.#failures++;
    if (isPassing(error) && !(isInternal && this.#failures >= patience)) return;
    throw await serverNotReadable(this.#session, error);
  }
}
