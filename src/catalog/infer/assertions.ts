import { RowsmithError } from '../../errors.js';
import type { Session } from '../../postgres/session.js';
import { isPassing, sqlState } from '../../postgres/sql-state.js';
import type { InferredExpression } from '../catalog.js';
import { beginTransaction } from '../session-settings.js';
import { quoteName } from '../sql.js';
import { expressionFailed } from './expression.js';

/**
 * Asks the rows whether an expression is never null, where the config promises it with `notNull: true`. This is the
 * only statement that ever reads a user's table. It runs in a transaction of its own: it may take long, and nobody
 * should have to wait for more than that.
 *
 * `row_security = off` makes it fail where a policy hides rows; otherwise it would answer for the rows that are left.
 */
export async function checkAssertion(
  session: Session,
  expression: InferredExpression,
  searchPath: string,
): Promise<void> {
  const { relation, sql, field, assertNotNull } = expression;
  if (!assertNotNull) return;
  const question = `select exists (select from ${quoteName(relation)} as t where (${sql}\n) is null) as found`;
  const nulls = await firstAnswer(() => askRows(session, searchPath, question)).catch((error: unknown) => {
    if (sqlState(error) === undefined) throw error;
    throw expressionFailed(expression, `its rows could not be checked for nulls: ${(error as Error).message}`, error);
  });
  if (!nulls[0]?.found) return;
  throw new RowsmithError(
    'expression-failed',
    `The computed field "${field}" of ${relation.name} is declared notNull but is null for some rows.`,
    'Remove notNull, or give the expression a default with coalesce(…).',
  );
}

interface Found {
  readonly found: boolean;
}

/**
 * Runs the question in a transaction of its own, under the settings of a reading. They go ahead as a message of their
 * own, since they set how the next one is read.
 */
async function askRows(session: Session, searchPath: string, question: string): Promise<readonly Found[]> {
  try {
    await session.query(`${beginTransaction(session)} set local row_security = off; ${searchPath}`);
    const rows = await session.query<Found>(question);
    await session.query('rollback');
    return rows;
  } catch (error) {
    // A connection that is gone has rolled back by itself.
    await session.query('rollback').catch(() => undefined);
    throw error;
  }
}

/** Asks until there is an answer: where a lock is not given in time, again, until the session's time is up. */
async function firstAnswer<T>(ask: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      if (!isPassing(error)) throw error;
    }
  }
}
