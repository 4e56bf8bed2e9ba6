import type { RowsmithError } from '../../errors.js';
import type { DescribedColumn, Session } from '../../postgres/session.js';
import { isRefusal, sqlState } from '../../postgres/sql-state.js';
import type { InferredExpression } from '../catalog.js';
import type { QueryFacts } from '../proofs/query-facts.js';
import { describeAlone } from './alone.js';
import { describedExpressions } from './describe.js';
import { type Expression, expressionFailed } from './expression.js';
import { inferFromViews, viewStatement } from './views.js';
import { whyNothingTemporary } from './why-nothing-temporary.js';

/** Session, facts and search path of an inference. */
export interface Inference {
  /** The session, in the transaction of a reading. */
  readonly session: Session;
  readonly facts: QueryFacts;
  /** A statement that sets the search path under which they are parsed. */
  readonly searchPath: string;
  readonly note: (message: string) => void;
}

/**
 * Infers the type and nullability of each expression, and the columns that it reads. It runs in the transaction of a
 * reading, behind its savepoint `rowsmith`: rolling back to that savepoint ends the locks on the tables with each
 * message.
 */
export async function inferExpressions(
  expressions: readonly Expression[],
  inference: Inference,
): Promise<InferredExpression[]> {
  const { session, facts, searchPath, note } = inference;
  const described: DescribedColumn[] = [];
  for (const expression of expressions) described.push(await describeAlone(session, expression, searchPath));
  try {
    return await inferFromViews(session, expressions, facts, searchPath);
  } catch (error) {
    if (!isRefusal(error)) throw error;
    await session.query('rollback to savepoint rowsmith');
    const reason = await whyNothingTemporary(session, error, 'a temporary view');
    if (reason === undefined) throw (await findCulprit(session, expressions, searchPath)) ?? error;
    note(`SQL computed fields are nullable, because nothing could be proven about them: ${reason}.`);
    return describedExpressions(session, expressions, described);
  }
}

/** The error for the first expression that is parsed alone and that Postgres refuses in a view. */
async function findCulprit(
  session: Session,
  expressions: readonly Expression[],
  searchPath: string,
): Promise<RowsmithError | undefined> {
  for (const expression of expressions) {
    try {
      await session.query(`${searchPath}; ${viewStatement([expression], 0)}; rollback to savepoint rowsmith`);
    } catch (error) {
      if (!isRefusal(error)) throw error;
      await session.query('rollback to savepoint rowsmith');
      // Nothing is wrong with this expression: only the view cannot be made.
      if ((await whyNothingTemporary(session, error, 'a temporary view')) !== undefined) continue;
      // The whole row stands beside the expression, so Postgres complains of grouping.
      const aggregates = sqlState(error) === '42803';
      const reason = aggregates
        ? 'it aggregates the rows of the table; put the aggregate into a subquery'
        : String((error as Error).message);
      return expressionFailed(expression, reason, error);
    }
  }
  return undefined;
}
