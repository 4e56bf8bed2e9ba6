import { RowsmithError } from '../../errors.js';
import type { InferredExpression } from '../catalog.js';
import type { QueryFacts } from '../query-facts.js';
import type { Session } from '../session.js';
import { quoteName } from '../sql.js';
import { describeExpressions } from './describe.js';
import { expressionFailed, type Expression } from './expression.js';
import { inferFromViews, viewStatement } from './views.js';

/**
 * Asks the database for the type and the nullability of each expression, and for the columns that it reads. Runs in the
 * caller's transaction, which is rolled back.
 */
export async function inferExpressions(
  session: Session,
  expressions: readonly Expression[],
  facts: QueryFacts,
): Promise<InferredExpression[]> {
  await session.query('savepoint rowsmith');
  let inferred: InferredExpression[];
  try {
    inferred = await inferFromViews(session, expressions, facts);
  } catch (error) {
    await session.query('rollback to savepoint rowsmith');
    if (!refusesTemporaryViews(error)) throw (await findCulprit(session, expressions)) ?? error;
    inferred = await describeExpressions(session, expressions);
  }
  for (const expression of inferred) await checkAssertion(session, expression);
  return inferred;
}

/** A read-only transaction, as on a replica (25006), or a role without the TEMPORARY privilege (42501). */
function refusesTemporaryViews(error: unknown): boolean {
  const code = sqlState(error);
  return code === '25006' || (code === '42501' && /temporary/i.test((error as Error).message));
}

function sqlState(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error ? String(error.code) : undefined;
}

/** The first expression that Postgres refuses by itself, as the error to show. */
async function findCulprit(session: Session, expressions: readonly Expression[]): Promise<RowsmithError | undefined> {
  for (const expression of expressions) {
    try {
      await session.query(`savepoint rowsmith_one; set local search_path to default; ${viewStatement([expression], 0)}; rollback to savepoint rowsmith_one`);
    } catch (error) {
      await session.query('rollback to savepoint rowsmith');
      // The whole row stands beside the expression, so Postgres complains of grouping.
      const aggregates = sqlState(error) === '42803';
      const reason = aggregates ? 'it aggregates the rows of the table; put the aggregate into a subquery' : String((error as Error).message);
      return expressionFailed(expression, reason, error);
    }
  }
  return undefined;
}

/** The only statement that ever reads a user's table, and only where the config says `notNull: true`. */
async function checkAssertion(session: Session, expression: InferredExpression): Promise<void> {
  if (!expression.assertNotNull) return;
  const { relation, sql, field } = expression;
  const [row] = await session.query<{ found: boolean }>(
    `set local search_path to default; select exists (select from ${quoteName(relation)} as t where (${sql}\n) is null) as found`,
  );
  if (!row?.found) return;
  throw new RowsmithError(
    'expression-failed',
    `The computed field "${field}" of ${relation.name} is declared notNull, and is null for some rows.`,
    'Remove notNull, or give the expression a default with coalesce(…).',
  );
}
