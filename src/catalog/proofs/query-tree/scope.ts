import { isNode, listOf, type PgNode, type PgValue } from './node-tree.js';

/** A query while it is read: its range table, and the query around it. */
export interface Scope {
  readonly query: PgNode;
  readonly rangeTable: readonly PgValue[];
  readonly outer?: this;
}

/** A number as the tree has it, as text; 0 where the field is not written. */
export const number = (value: PgValue | undefined): number => Number(value ?? 0);

/** `SubLinkType` of `primnodes.h`, as far as it is read. */
export const subLinkTypes = { exists: 0, all: 1, any: 2, row: 3, scalar: 4, array: 6 };
/** `RTEKind` of `parsenodes.h`, as far as it is read: what an entry of a range table is. */
export const entryKinds = { relation: 0, subquery: 1, join: 2, function: 3, values: 5, commonTable: 6, group: 9 };

export function scopeOf(query: PgNode, outer?: Scope): Scope {
  return { query, rangeTable: listOf(query.fields['rtable']), ...(outer ? { outer } : {}) };
}

/** The query so many levels further out, as `varlevelsup` and its like count them. */
export function ancestor<Kind extends Scope>(scope: Kind | undefined, levels: number): Kind | undefined {
  let found = scope;
  for (let level = 0; level < levels; level++) found = found?.outer;
  return found;
}

/** `CmdType` of `nodes.h`, as far as it is read. */
export const commandTypes = { select: 1, delete: 4, merge: 5 };

/** Whether a statement writes rows. Of a query it is its RETURNING that gives columns, over the rows as they are then. */
export const isModifying = ({ fields }: PgNode): boolean => number(fields['commandType']) !== commandTypes.select;

/**
 * Whether a column is of `old` or `new`, in the RETURNING of PostgreSQL 18: of the row before it was written, which an
 * INSERT has none of, or after it, which a DELETE has none of.
 */
export const isOldOrNew = (fields: PgNode['fields']): boolean => number(fields['varreturningtype']) !== 0;

/** The columns of a query's rows: of its SELECT, without those that only GROUP BY or ORDER BY need, or of its RETURNING. */
export function targetsOf(query: PgNode): PgNode[] {
  return listOf(query.fields[isModifying(query) ? 'returningList' : 'targetList'])
    .filter(isNode)
    .filter((target) => target.fields['resjunk'] !== 'true');
}

/** The query of a WITH, and the scope it stands in. */
export interface CommonTable<Kind extends Scope> {
  readonly query: PgNode;
  readonly outer: Kind;
  /** It reads itself: WITH RECURSIVE. */
  readonly recursive: boolean;
}

/** The query of a WITH that a range table entry refers to; undefined for any that cannot be read. */
export function commonTable<Kind extends Scope>({ fields }: PgNode, from: Kind): CommonTable<Kind> | undefined {
  const outer = ancestor(from, number(fields['ctelevelsup']));
  const all = listOf(outer?.query.fields['cteList']).filter(isNode);
  const found = all.find((cte) => cte.fields['ctename'] === fields['ctename']);
  const query = found?.fields['ctequery'];
  if (!outer || !found || !isNode(query)) return undefined;
  return { query, outer, recursive: found.fields['cterecursive'] === 'true' };
}

/** The oid of an expression's type; 0 for nodes that do not write it. */
export function typeOf(value: PgValue | undefined): number {
  const field = isNode(value) ? typeFields.find((name) => value.fields[name] !== undefined) : undefined;
  return isNode(value) && field !== undefined ? number(value.fields[field]) : 0;
}

const typeFields = [
  'vartype',
  'consttype',
  'funcresulttype',
  'opresulttype',
  'aggtype',
  'wintype',
  'resulttype',
  'coalescetype',
  'casetype',
  'array_typeid',
  'minmaxtype',
  'refrestype',
  'row_typeid',
];
