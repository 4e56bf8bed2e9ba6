import type { DescribedColumn, Session } from '../../postgres/session.js';
import { isRefusal } from '../../postgres/sql-state.js';
import { quoteName } from '../sql.js';
import { type Expression, expressionFailed } from './expression.js';

/**
 * Parses an expression by itself, by the extended query protocol, which takes one statement and no more: `1); drop table
 * users; select (1` is refused there, before it stands beside other SQL in a message. Behind the expression stands no
 * name, so that nothing in the schema can close a string or a comment that the expression opens.
 *
 * It is parsed behind the savepoint of a reading, and the next message gives back the locks that parsing takes.
 */
export async function describeAlone(
  session: Session,
  expression: Expression,
  searchPath: string,
): Promise<DescribedColumn> {
  await session.query(`rollback to savepoint rowsmith; ${searchPath}`);
  const { columns } = await session.describe(aloneStatement(expression)).catch(async (error: unknown) => {
    if (!isRefusal(error)) throw error;
    await session.query('rollback to savepoint rowsmith');
    throw expressionFailed(expression, (error as Error).message, error);
  });
  const [column, another] = columns;
  if (column?.name !== 'f0' || another) throw expressionFailed(expression, 'it is more than one expression');
  return column;
}

function aloneStatement({ relation, sql }: Expression): string {
  return `select f.* from ${quoteName(relation)} as t cross join lateral (select (${sql}\n) as f0 limit 0) f`;
}
