import { isNode, listOf, type PgNode, type PgValue } from '../query-tree/node-tree.js';
import { number, type Scope } from '../query-tree/scope.js';
import { isColumnKey, spelled } from '../query-tree/spelling.js';

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
 * Before version 18 Postgres looks for the expressions that are grouped by once constants and parameters are evaluated:
 * with 1 for `$1`, `GROUP BY x, ROLLUP (x >= $1)` makes `x >= 1` null too. So any expression of the same columns may be
 * meant, and any of none; one with an aggregate is not, since nothing with an aggregate is grouped by.
 */
export function mayBeLeftOut({ tag }: PgNode, text: string, leftOut: ReadonlySet<string>): boolean {
  if (leftOut.has(text)) return true;
  if (['VAR', 'CONST', 'PARAM'].includes(tag) || /\{(AGGREF|WINDOWFUNC|GROUPINGFUNC) /.test(text)) return false;
  const own = columnsIn(text);
  const isOfSame = (key: string) => own.length === 0 || columnsIn(key).some((column) => own.includes(column));
  return [...leftOut].some((key) => !isColumnKey(key) && (isOfSame(key) || columnsIn(key).length === 0));
}

/** The columns of the query itself in an expression, as it is spelled. */
const columnsIn = (text: string): readonly string[] => text.match(/(?<![\d.^])\d+\.\d+(?![\d.])/g) ?? [];

/** Whether each row of the result is a group of at least one row: without GROUP BY, or over `()`, there may be none. */
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

/** What every combination of several items has: `GROUP BY a, ROLLUP (b)` combines each set of one with each of the other. */
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
