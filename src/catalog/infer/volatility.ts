import { isNode, listOf, type PgValue, queryOf } from '../proofs/query-tree/node-tree.js';

/** Function or view in the query of a view that can be volatile: a function that is, or another view. */
export interface VolatileCall {
  /** The oid of the view. */
  readonly view: number;
  readonly kind: 'function' | 'view';
  readonly id: number;
}

/** The fields of a query tree that hold the oid of a function. */
const functionFields = ['funcid', 'opfuncid', 'aggfnoid', 'winfnoid'] as const;

/**
 * A query for the volatile calls of the views `c` that a condition picks, and of all views that they read. A name in a
 * tree cannot be taken for a field: a space in it has a backslash before it. Of an aggregate its transition and final
 * functions count: the aggregate itself is always called immutable.
 */
export function volatileCalls(views: string): string {
  return `with recursive read as (
    select c.oid as view, w.ev_action::text as tree from pg_class c join pg_rewrite w on w.ev_class = c.oid where ${views}
    union
    select w.ev_class, w.ev_action::text from read r
      cross join lateral regexp_matches(r.tree, ':relid (\\d+)', 'g') m
      join pg_class c on c.oid = m[1]::oid and c.relkind = 'v' join pg_rewrite w on w.ev_class = c.oid and w.ev_type = '1'
  ), called as (
    select r.view, m[1]::oid as id from read r
      cross join lateral regexp_matches(r.tree, ':(?:${functionFields.join('|')}) (\\d+)', 'g') m
  )
  select distinct c.view::int8 as view, 'function' as kind, c.id::int8 as id
    from called c left join pg_aggregate a on a.aggfnoid = c.id
    join pg_proc p on p.oid in (c.id, a.aggtransfn, a.aggfinalfn) and p.provolatile = 'v'
  union
  select distinct r.view::int8, 'view', m[1]::int8 from read r
    cross join lateral regexp_matches(r.tree, ':relid (\\d+)', 'g') m where m[1]::oid in (select view from read)`;
}

/** For each target of a query, whether reading it calls a volatile function. */
export function volatileFields(tree: PgValue, calls: readonly VolatileCall[] | null): readonly boolean[] {
  const volatile = volatileKeys(calls ?? []);
  const targets = listOf(queryOf(tree)?.fields['targetList']).filter(isNode);
  return targets.map(({ fields }) => callsAny(fields['expr'], volatile));
}

const keyOf = (kind: VolatileCall['kind'], id: unknown) => `${kind} ${String(id)}`;

/** The volatile functions, and the views whose queries call one, directly or through other views. */
function volatileKeys(calls: readonly VolatileCall[]): ReadonlySet<string> {
  const keys = new Set(calls.filter(({ kind }) => kind === 'function').map(({ id }) => keyOf('function', id)));
  for (let size = -1; size !== keys.size; ) {
    size = keys.size;
    for (const { view, kind, id } of calls) if (keys.has(keyOf(kind, id))) keys.add(keyOf('view', view));
  }
  return keys;
}

function callsAny(value: PgValue | undefined, volatile: ReadonlySet<string>): boolean {
  if (Array.isArray(value)) return (value as readonly PgValue[]).some((item) => callsAny(item, volatile));
  if (!isNode(value)) return false;
  const { fields } = value;
  return (
    functionFields.some((name) => volatile.has(keyOf('function', fields[name]))) ||
    volatile.has(keyOf('view', fields['relid'])) ||
    Object.values(fields).some((field) => callsAny(field, volatile))
  );
}
