import type { DescribedColumn } from '../../postgres/session.js';
import { quoteName } from '../sql.js';
import { type Asking, describeEach } from './describe.js';
import { type Expression, expressionFailed } from './expression.js';

/**
 * Parses expressions, each by itself, by the extended query protocol, which takes one statement and no more: `1); drop
 * table users; select (1` is refused there, before it stands beside other SQL in a message. Behind the expression
 * stands no name, so that nothing in the schema can close a string or a comment that the expression opens.
 */
export async function describeAlone(
  expressions: readonly Expression[],
  asking: Asking,
): Promise<readonly DescribedColumn[]> {
  const answers = await describeEach(expressions.map(aloneStatement), asking);
  return expressions.map((expression, index) => {
    const answer = answers[index];
    if (answer && 'error' in answer) throw expressionFailed(expression, (answer.error as Error).message, answer.error);
    const [column, another] = answer?.columns ?? [];
    if (column?.name !== 'f0' || another) throw expressionFailed(expression, 'it is more than one expression');
    return column;
  });
}

function aloneStatement({ relation, sql }: Expression): string {
  return `select f.* from ${quoteName(relation)} as t cross join lateral (select (${sql}\n) as f0 limit 0) f`;
}
