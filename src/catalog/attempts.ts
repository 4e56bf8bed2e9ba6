import { isDeepStrictEqual } from 'node:util';
import type { Session } from '../postgres/session.js';
import { isPassing, sqlState } from '../postgres/sql-state.js';
import type { Reading } from './reading.js';
import { serverNotReadable } from './unreadable.js';

/** The number of internal errors of the server at which rowsmith gives up. Fewer are blamed on another session. */
const patience = 5;

/**
 * Decides whether the catalog must be read again. If another session changed the schema during a reading, it is read
 * again until nothing changed or two consecutive readings are equal; if a lock was not granted in time, until the
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

  /** Ends a reading, and returns whether its result is valid. */
  async holds(reading: Reading): Promise<boolean> {
    if (await reading.end()) return true;
    if (isDeepStrictEqual(reading.listTexts, this.#previous)) return true;
    this.#previous = reading.listTexts;
    return false;
  }

  /** Ends a reading that failed. Throws unless another session caused the failure. */
  async failed(error: unknown): Promise<void> {
    // If the connection is gone, the server has already rolled back.
    await this.#session.query('rollback').catch(() => undefined);
    const isInternal = sqlState(error) === 'XX000';
    if (isInternal) this.#failures++;
    if (isPassing(error) && !(isInternal && this.#failures >= patience)) return;
    throw await serverNotReadable(this.#session, error);
  }
}
