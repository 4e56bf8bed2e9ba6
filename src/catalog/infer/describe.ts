import type { InferredExpression } from '../catalog.js';
import type { Session } from '../session.js';
import { quoteName } from '../sql.js';
import { expressionFailed, type Expression } from './expression.js';
import { typeColumns, typeOf, type TypeRow } from './type-row.js';

/**
 * The way without a temporary view: the server describes the result of a query that reads no row. It tells the types, and
 * nothing about null, so every expression may be null; a domain is described as its base type.
 */
export async function describeExpressions(session: Session, expressions: readonly Expression[]): Promise<InferredExpression[]> {
  const inferred: InferredExpression[] = [];
  for (const expression of expressions) {
    const [column] = await session
      .describe(`set local search_path to default; select (${expression.sql}\n) from ${quoteName(expression.relation)} as t limit 0`)
      .catch((error: Error) => {
        throw expressionFailed(expression, error.message, error);
      });
    if (!column) throw new Error(`The server described no column for ${expression.field}.`);
    const { type, modifier } = column;
    const [row] = await session.query<TypeRow>(`set local search_path = ''; select ${typeColumns(String(type), String(modifier))}`);
    if (!row) throw new Error(`The server does not know its own type ${type}.`);
    inferred.push({ ...expression, type: typeOf(row), notNull: expression.assertNotNull === true, needs: [] });
  }
  return inferred;
}
