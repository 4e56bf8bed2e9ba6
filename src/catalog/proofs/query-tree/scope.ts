import { isNode, listOf, type PgNode, type PgValue } from './node-tree.js';

/**
 * A query while it is read: its range table, which of the entries an outer join may fill with nulls, and the query
 * around it.
 */
export interface Scope {
  readonly query: PgNode;
  readonly rangeTable: readonly PgValue[];
  readonly nullable: ReadonlySet<number>;
  readonly outer?: Scope;
}

/** A number as the tree has it, as text; 0 where the field is not written. */
export const number = (value: PgValue | undefined): number => Number(value ?? 0);

/** `SubLinkType` of `primnodes.h`, as far as it is read. */
export const subLinkTypes = { exists: 0, scalar: 4, array: 6 };
/** `RTEKind` of `parsenodes.h`, as far as it is read: what an entry of a range table is. */
export const entryKinds = { relation: 0, subquery: 1, join: 2, values: 5, commonTable: 6, group: 9 };

export function scopeOf(query: PgNode, outer?: Scope): Scope {
  const nullable = new Set<number>();
  markNullable(query.fields['jointree'], false, nullable);
  return { query, rangeTable: listOf(query.fields['rtable']), nullable, ...(outer ? { outer } : {}) };
}

/**
 * Adds the entries on that side of an outer join which is filled with nulls. Join types: inner 0, left 1, full 2, right
 * 3.
 */
function markNullable(node: PgValue | undefined, below: boolean, nullable: Set<number>): void {
  if (!isNode(node)) return;
  const { fields } = node;
  if (node.tag === 'FROMEXPR') for (const item of listOf(fields['fromlist'])) markNullable(item, below, nullable);
  if (below && fields['rtindex'] !== undefined) nullable.add(number(fields['rtindex']));
  if (node.tag !== 'JOINEXPR') return;
  const type = number(fields['jointype']);
  markNullable(fields['larg'], below || type === 2 || type === 3, nullable);
  markNullable(fields['rarg'], below || type === 1 || type === 2, nullable);
}

/** The query so many levels further out, as `varlevelsup` and its like count them. */
export function ancestor(scope: Scope | undefined, levels: number): Scope | undefined {
  let found = scope;
  for (let level = 0; level < levels; level++) found = found?.outer;
  return found;
}

/** What the targets of a query select, without those that only GROUP BY or ORDER BY need. */
export function targetsOf({ fields }: PgNode): PgNode[] {
  return listOf(fields['targetList'])
    .filter(isNode)
    .filter((target) => target.fields['resjunk'] !== 'true');
}

/**
 * The SELECT of a WITH that a range table entry refers to, and the scope it stands in; undefined for any that cannot be
 * read.
 */
export function commonTable(
  { fields }: PgNode,
  from: Scope,
): { readonly query: PgNode; readonly outer: Scope } | undefined {
  const outer = ancestor(from, number(fields['ctelevelsup']));
  const all = listOf(outer?.query.fields['cteList']).filter(isNode);
  const found = all.find((cte) => cte.fields['ctename'] === fields['ctename']);
  if (!outer || !found || found.fields['cterecursive'] === 'true' || fields['self_reference'] === 'true')
    return undefined;
  const query = found.fields['ctequery'];
  // A data-modifying WITH returns rows of another shape than its target list.
  return isNode(query) && number(query.fields['commandType']) === 1 ? { query, outer } : undefined;
}
