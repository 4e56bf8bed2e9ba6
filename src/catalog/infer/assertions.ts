import { RowsmithError } from '../../errors.js';
import type { InferredExpression } from '../catalog.js';
import type { Session } from '../../postgres/session.js';
import { beginTransaction } from '../session-settings.js';
import { quoteName } from '../sql.js';
import { isPassing, sqlState } from '../../postgres/sql-state.js';
import { expressionFailed } from './expression.js';

/** Asks the rows whether each expression is never null of which the config promises it. */
export async function checkAssertions(session: Session, expressions: readonly InferredExpression[], searchPath: string): Promise<void> {
  for (const expression of expressions) if (expression.assertNotNull) await checkAssertion(session, expression, searchPath);
}

/**
 * The only statement that ever reads a user's table, and only where the config says `notNull: true`. It is a transaction of its own: it may take
 * long, and nobody should wait for more than it.
 *
 * - `row_security = off`: a policy that hides rows makes it fail, where it would answer for the rows that are left.
 */
async function checkAssertion(session: Session, expression: InferredExpression, searchPath: string): Promise<void> {
  const { relation, sql, field } = expression;
  const question = `select exists (select from ${quoteName(relation)} as t where (${sql}\n) is null) as found`;
  const nulls = await firstAnswer(() => askRows(session, searchPath, question)).catch((error: unknown) => {
    if (sqlState(error) === undefined) throw error;
    throw expressionFailed(expression, `its rows do not tell whether it is never null: ${(error as Error).message}`, error);
  });
  if (!nulls[0]?.found) return;
  throw new RowsmithError(
    'expression-failed',
    `The computed field "${field}" of ${relation.name} is declared notNull, and is null for some rows.`,
    'Remove notNull, or give the expression a default with coalesce(…).',
  );
}

/** In a transaction of its own, under the settings of the reading: the first message sets how the second is read. */
async function askRows(session: Session, searchPath: string, question: string): Promise<readonly { readonly found: boolean }[]> {
  try {
    await session.query(`${beginTransaction(session)} set local row_security = off; ${searchPath}`);
    return await session.query<{ found: boolean }>(question);
  } finally {
    // A connection that is gone has rolled back by itself.
    await session.query('rollback').catch(() => undefined);
  }
}

/** A lock that is not given in time is asked for again, until the session's time is up. */
async function firstAnswer<T>(ask: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      if (!isPassing(error)) throw error;
    }
  }
}
