import { isDeepStrictEqual } from 'node:util';
import type { Session } from '../postgres/session.js';
import { isPassing, sqlState } from '../postgres/sql-state.js';
import type { Reading } from './reading.js';
import { serverNotReadable } from './unreadable.js';

/** How many internal errors of the server count as another session's doing. */
const patience = 5;

/**
 * Decides whether the catalog has to be read again. Where another session changed the schema meanwhile, it is read
 * again until nothing changed or two readings in a row are equal; where a lock was not given in time, until the
 * session's time is up.
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

  /** Ends a reading, and says whether what it read counts. */
  async holds(reading: Reading): Promise<boolean> {
    if (await reading.end()) return true;
    if (isDeepStrictEqual(reading.listTexts, this.#previous)) return true;
    this.#previous = reading.listTexts;
    return false;
  }

  /** Ends a reading that failed. Throws unless another session is to blame. */
  async failed(error: unknown): Promise<void> {
    // A connection that is gone has rolled back by itself.
    await this.#session.query('rollback').catch(() => undefined);
    const isInternal = sqlState(error) === 'XX000';
    if (isInternal) this.#failures++;
    if (isPassing(error) && !(isInternal && this.#failures >= patience)) return;
    throw await serverNotReadable(this.#session, error);
  }
}
