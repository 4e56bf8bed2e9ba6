import type { InferredExpression } from '../../catalog/catalog.js';
import type { Change } from '../change.js';
import type { RelationPair } from '../pair.js';
import { type Members, nameKey } from '../side.js';
import { changedValues } from './columns.js';
import { between, type Comparison, match, nullability, relationMeaning, same } from './context.js';
import { brokenByMembers, plainType } from './fits.js';

/** Compares computed fields that are SQL: their expressions, and the types that the database inferred. */
export function compareComputed(comparison: Comparison): Change[] {
  const { from, to, renamed } = comparison;
  const present = new Set(to.catalog.relations.map(nameKey));
  const key = ({ relation, field }: InferredExpression) => JSON.stringify([nameKey(relation), field]);
  const { removed, added, paired } = match(
    from.catalog.expressions,
    to.catalog.expressions,
    key,
    ({ relation, field }) => JSON.stringify([nameKey(renamed(relation)), field]),
  );
  return [
    ...comparison.pairs.flatMap((pair) => compareLiterals(comparison, pair)),
    ...paired.flatMap(([before, after]) => compareExpression(comparison, before, after)),
    ...added.map(({ relation, field }): Change => ({ rule: 'computed-added', relation, field })),
    // Fields of a relation that is gone are not told one by one.
    ...removed
      .filter(({ relation }) => present.has(nameKey(renamed(relation))))
      .map(({ relation, field }): Change => ({ rule: 'computed-removed', relation: renamed(relation), field })),
  ];
}

function compareExpression(comparison: Comparison, before: InferredExpression, after: InferredExpression): Change[] {
  const { relation, field } = after;
  const sql = between(before.sql.trim(), after.sql.trim());
  const nulls = between(nullability(before.notNull), nullability(after.notNull));
  const [was, is] = [readOf(comparison.from, before), readOf(comparison.to, after)];
  const unread = same(before.type, after.type) ? [] : (['select'] as const);
  const breaks = was && is ? brokenByMembers(plainType(was), plainType(is), {}, comparison.enumNames) : unread;
  return [
    ...(comparison.sameType(before.type, after.type)
      ? []
      : [{ rule: 'computed-type', relation, field, before: before.type.sql, after: after.type.sql, breaks } as const]),
    ...(nulls ? [{ rule: 'computed-nullability', relation, field, ...nulls } as const] : []),
    ...(sql ? [{ rule: 'computed-sql', relation, field, ...sql } as const] : []),
  ];
}

/** Compares the literal unions of computed fields that both sides have, such as the states of a state machine. */
function compareLiterals({ from, to }: Comparison, { before, after }: RelationPair): Change[] {
  const was = relationMeaning(from, before)?.computed;
  const is = relationMeaning(to, after)?.computed ?? [];
  return [...is].flatMap(([field, read]): Change[] => {
    const earlier = was?.get(field);
    const values = earlier && same(plainType(earlier), plainType(read)) ? changedValues(earlier, read) : undefined;
    return values
      ? [{ rule: 'computed-values', relation: { schema: after.schema, name: after.name }, field, ...values }]
      : [];
  });
}

function readOf(side: Comparison['from'], { relation, field }: InferredExpression): Members | undefined {
  return relationMeaning(side, relation)?.computed.get(field);
}
