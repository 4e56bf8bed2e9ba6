import type { Session } from '../../postgres/session.js';
import { isPassing, sqlState } from '../../postgres/sql-state.js';
import type { InferredExpression } from '../catalog.js';
import { quoteName } from '../sql.js';
import { type Expression, expressionFailed } from './expression.js';
import { type TypeRow, typeColumns, typeOf } from './type-row.js';

/**
 * Infers types without a temporary view: the server describes the result of a query that it does not run. That tells
 * the types and nothing about null, so every expression may be null; a domain is described as its base type. Between
 * two descriptions, the locks that parsing takes are given back.
 */
export async function describeExpressions(
  session: Session,
  expressions: readonly Expression[],
  searchPath: string,
): Promise<InferredExpression[]> {
  const types: string[] = [];
  for (const expression of expressions) {
    await session.query(`rollback to savepoint rowsmith; ${searchPath}`);
    const [column] = await session
      .describe(`select (${expression.sql}\n) from ${quoteName(expression.relation)} as t limit 0`)
      .catch(async (error: unknown) => {
        if (sqlState(error) === undefined || isPassing(error)) throw error;
        await session.query('rollback to savepoint rowsmith');
        throw expressionFailed(expression, (error as Error).message, error);
      });
    if (!column) throw new Error(`The server described no column for ${expression.field}.`);
    types.push(`select ${typeColumns(String(column.type), String(column.modifier))}`);
  }
  const rows = await session.query<TypeRow>(`rollback to savepoint rowsmith; ${types.join(' union all ')}`);
  return expressions.map((expression, index) => {
    const row = rows[index];
    if (!row) throw new Error(`The server does not know its own type of ${expression.field}.`);
    return { ...expression, type: typeOf(row), notNull: expression.assertNotNull === true, needs: [] };
  });
}
