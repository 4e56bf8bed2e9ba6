import { isNode, listOf, type PgNode, type PgValue } from '../query-tree/node-tree.js';
import { number, type Scope } from '../query-tree/scope.js';
import { groupedByKey, isPlainColumn, spelled } from '../query-tree/spelling.js';

/**
 * Expressions that are grouped by and that GROUPING SETS, ROLLUP or CUBE leave out of some rows, which makes them null
 * there.
 *
 * `GROUP BY a, ROLLUP (b)` leaves out `b`, `GROUP BY GROUPING SETS ((a, b), (a))` too.
 */
export function leftOutKeys(scope: Scope): ReadonlySet<string> {
  const { fields } = scope.query;
  if (!fields['groupingSets']) return new Set();
  const always = alwaysGrouped(fields['groupingSets']);
  const targets = listOf(fields['targetList']).filter(isNode);
  const leftOut = targets.filter(({ fields: { ressortgroupref } }) => {
    const reference = number(ressortgroupref);
    return groupReferences(scope.query).has(reference) && !always.has(reference);
  });
  return new Set(leftOut.map((target) => spelled(target.fields['expr'], scope)));
}

/**
 * Whether an expression may be null because it is left out. `text` is how it is spelled.
 *
 * Postgres looks for the expressions that are grouped by once constants and parameters are evaluated: with 1 for `$1`,
 * `GROUP BY x, ROLLUP (x >= $1)` makes `x >= 1` null too; since version 18 only over views. So any expression of the
 * same columns may be meant, and any of none; one with an aggregate is not, since nothing with an aggregate is grouped
 * by.
 */
export function mayBeLeftOut({ tag }: PgNode, text: string, leftOut: ReadonlySet<string>, scope: Scope): boolean {
  if (leftOut.has(text)) return true;
  if (['VAR', 'CONST', 'PARAM'].includes(tag) || /\{(AGGREF|WINDOWFUNC|GROUPINGFUNC) /.test(text)) return false;
  const own = columnsIn(text, scope);
  return [...leftOut].some((key) => {
    const keys = columnsIn(key, scope);
    const mayBeSame = own.length === 0 || keys.length === 0 || own.some((column) => keys.includes(column));
    return mayBeSame && !isPlainColumn(key, scope);
  });
}

/**
 * The columns of the query itself in an expression, as it is spelled; of a column of the groups, those it is made of.
 */
function columnsIn(text: string, scope: Scope): readonly string[] {
  return (text.match(/(?<![\d.^])\d+\.\d+(?![\d.])/g) ?? []).flatMap((key) => {
    const expression = groupedByKey(key, scope);
    return expression ? columnsIn(spelled(expression, scope), scope) : [key];
  });
}

/**
 * Whether each row of the result is a group of at least one row. Without GROUP BY, or over `()`, a group may be empty.
 */
export function hasGroups(query: PgNode): boolean {
  const { groupingSets } = query.fields;
  return groupingSets ? alwaysGrouped(groupingSets).size > 0 : groupReferences(query).size > 0;
}

/** The numbers of the targets that GROUP BY names. */
const groupReferences = ({ fields }: PgNode): ReadonlySet<number> =>
  new Set(
    listOf(fields['groupClause'])
      .filter(isNode)
      .map((clause) => number(clause.fields['tleSortGroupRef'])),
  );

/** The numbers of the targets in every set of several items: `GROUP BY a, ROLLUP (b)` adds `a` to each set of `b`. */
const alwaysGrouped = (sets: PgValue | undefined): ReadonlySet<number> => new Set(listOf(sets).flatMap(alwaysInSet));

/** `GroupingSetKind` of `parsenodes.h`. */
const setKinds = { simple: 1, sets: 4 };

/** The numbers of the targets that are in every set that an item stands for. */
function alwaysInSet(set: PgValue): number[] {
  if (!isNode(set)) return [];
  const content = listOf(set.fields['content']);
  const kind = number(set.fields['kind']);
  if (kind === setKinds.simple) return content.map(number);
  // ROLLUP and CUBE stand for the empty set too.
  if (kind !== setKinds.sets) return [];
  const [first = [], ...others] = content.map(alwaysInSet);
  return first.filter((reference) => others.every((other) => other.includes(reference)));
}
