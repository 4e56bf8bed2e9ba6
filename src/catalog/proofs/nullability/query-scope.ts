import type { PgNode, PgValue } from '../query-tree/node-tree.js';
import { commandTypes, number, type Scope, scopeOf } from '../query-tree/scope.js';
import { columnKey, isColumnKey, isPlainColumn } from '../query-tree/spelling.js';
import { hasGroups, leftOutKeys } from './grouping.js';
import { readJoins } from './join-tree.js';
import { nothing, type Proven, together } from './proven.js';

/** A query while it is read, and what is known of every row that its expressions are evaluated over. */
export interface QueryScope extends Scope {
  readonly proven: Proven;
  /** Entries of the range table that an outer join may fill with nulls. */
  readonly filled: ReadonlySet<number>;
  /** Expressions that are grouped by, and that some grouping set leaves out, which makes them null. */
  readonly leftOut: ReadonlySet<string>;
  /** The scope of the rows that are grouped, where this one is that of the groups: aggregates look at rows. */
  readonly rows?: QueryScope;
}

/** What a condition proves where it is true, for a query of which nothing is known yet. */
export type ProvenBy = (condition: PgValue | undefined, scope: QueryScope) => Proven;

/** A query of whose rows nothing is known but where outer joins stand: conditions are read in it. */
export function bareScope(query: PgNode, outer?: QueryScope): QueryScope {
  const { filled } = readJoins(query.fields['jointree'], nothing, () => nothing);
  const { rangeTable } = scopeOf(query);
  const scope = { query, rangeTable, proven: nothing, filled, leftOut: new Set<string>() };
  return outer ? { ...scope, outer } : scope;
}

/** The rows that WHERE and the conditions of joins leave. */
export function rowScope(query: PgNode, outer: QueryScope | undefined, provenBy: ProvenBy): QueryScope {
  const bare = bareScope(query, outer);
  return { ...bare, ...readJoins(query.fields['jointree'], nothing, (condition) => provenBy(condition, bare)) };
}

/**
 * What a RETURNING is evaluated over: rows of which WHERE tells nothing about the columns that are written, since it
 * has seen them as they were before.
 */
export function returningScope(query: PgNode, outer: QueryScope | undefined, provenBy: ProvenBy): QueryScope {
  if (number(query.fields['commandType']) === commandTypes.merge) return bareScope(query, outer);
  const rows = rowScope(query, outer, provenBy);
  const written = columnKey(number(query.fields['resultRelation']), 0).slice(0, -1);
  const keys = [...rows.proven.keys].filter((key) => isColumnKey(key) && !key.startsWith(written));
  return { ...rows, proven: { keys: new Set(keys), entries: rows.proven.entries } };
}

/** What the targets of a query are evaluated over: its rows, or the groups of them that HAVING leaves. */
export function targetScope(rows: QueryScope, provenBy: ProvenBy): QueryScope {
  const { fields } = rows.query;
  const groups = ['groupClause', 'groupingSets', 'havingQual'].some((field) => fields[field]);
  if (!groups && fields['hasAggs'] !== 'true') return rows;
  const leftOut = leftOutKeys(rows);
  const proven = hasGroups(rows.query) ? provenOfGroups(rows.proven, leftOut) : nothing;
  const scope = { ...rows, rows, leftOut, proven };
  return fields['havingQual'] ? narrowed(scope, provenBy(fields['havingQual'], scope)) : scope;
}

/**
 * What is known of rows and stays true of groups: of columns that are left out, and of expressions of them, nothing.
 */
function provenOfGroups({ keys, entries }: Proven, leftOut: ReadonlySet<string>): Proven {
  if (leftOut.size === 0) return { keys, entries };
  return { keys: new Set([...keys].filter((key) => isColumnKey(key) && !leftOut.has(key))), entries };
}

/** The same query where more is known: within `CASE WHEN q.id IS NOT NULL THEN …` every row has a `q`. */
export function narrowed(scope: QueryScope, more: Proven): QueryScope {
  const told = scope.leftOut.size > 0 ? ofColumns(more, scope) : more;
  if (told.keys.size === 0 && told.entries.size === 0) return scope;
  const given = together([scope.proven, told]);
  return { ...scope, ...readJoins(scope.query.fields['jointree'], given, () => nothing) };
}

/**
 * What is proven of columns alone. Postgres evaluates a constant expression before it sees that the same one is grouped
 * by: `HAVING coalesce(4, 3) = 4` is true where the set leaves `coalesce(4, 3)` out.
 *
 * A column that is left out is not proven either: where an expression of it is grouped by as well, `HAVING` asks for
 * its value over the rows, and the column is null all the same.
 */
function ofColumns({ keys, entries }: Proven, scope: QueryScope): Proven {
  const isColumn = (key: string) => isPlainColumn(key, scope) && !scope.leftOut.has(key);
  return { keys: new Set([...keys].filter(isColumn)), entries };
}

/** The scope in which the arguments of an aggregate stand that belongs to the query so many levels further out. */
export function withinAggregate(scope: QueryScope, levels: number): QueryScope {
  if (levels === 0) return scope.rows ?? scope;
  return scope.outer ? { ...scope, outer: withinAggregate(scope.outer, levels - 1) } : scope;
}
