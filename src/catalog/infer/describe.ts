import type { DescribedColumn, Session } from '../../postgres/session.js';
import type { InferredExpression } from '../catalog.js';
import type { Expression } from './expression.js';
import { readTypes } from './type-row.js';

/**
 * The expressions with the types that the server describes, without a temporary view. That tells nothing about null, so
 * every expression may be null; a domain is described as its base type.
 */
export async function describedExpressions(
  session: Session,
  expressions: readonly Expression[],
  columns: readonly DescribedColumn[],
): Promise<InferredExpression[]> {
  const types = await readTypes(session, columns);
  return expressions.map((expression, index) => {
    const type = types[index];
    if (!type) throw new Error(`The server does not know its own type of ${expression.field}.`);
    return { ...expression, type, notNull: expression.assertNotNull === true, needs: [] };
  });
}
