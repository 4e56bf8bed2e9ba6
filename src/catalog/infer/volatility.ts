import { isNode, listOf, type PgValue, queryOf } from '../proofs/query-tree/node-tree.js';

/** A call that can be volatile: of a function that is, by a statement or a view, or of another view by a view. */
export interface VolatileCall {
  /** The oid of the view; 0 where a statement itself calls a function. */
  readonly view: number;
  readonly kind: 'function' | 'view';
  readonly id: number;
}

/** The fields of a query tree that hold the oid of a function. */
export const functionFields = ['funcid', 'opfuncid', 'aggfnoid', 'winfnoid'] as const;

/**
 * A query for the volatile calls of statements that name some relations and functions, and of all views that they read.
 * Of an aggregate its transition and final functions count: the aggregate itself is always called immutable.
 */
export function volatileCalls(relations: readonly number[], functions: readonly number[]): string {
  return `with recursive read as (
    select c.oid as view, w.ev_action::text as tree from pg_class c join pg_rewrite w on w.ev_class = c.oid
      where c.oid = any(${oids(relations)}) and c.relkind = 'v' and w.ev_type = '1'
    union
    select w.ev_class, w.ev_action::text from read r
      cross join lateral regexp_matches(r.tree, ':relid (\\d+)', 'g') m
      join pg_class c on c.oid = m[1]::oid and c.relkind = 'v' join pg_rewrite w on w.ev_class = c.oid and w.ev_type = '1'
  ), called as (
    select 0::oid as view, unnest(${oids(functions)}) as id
    union all
    select r.view, m[1]::oid from read r
      cross join lateral regexp_matches(r.tree, ':(?:${functionFields.join('|')}) (\\d+)', 'g') m
  )
  select distinct c.view::int8 as view, 'function' as kind, c.id::int8 as id
    from called c left join pg_aggregate a on a.aggfnoid = c.id
    join pg_proc p on p.oid in (c.id, a.aggtransfn, a.aggfinalfn) and p.provolatile = 'v'
  union
  select distinct r.view::int8, 'view', m[1]::int8 from read r
    cross join lateral regexp_matches(r.tree, ':relid (\\d+)', 'g') m where m[1]::oid in (select view from read)`;
}

/** A list of oids as SQL. */
const oids = (ids: readonly number[]): string => `'{${ids.join(',')}}'::oid[]`;

/** For each target of a query, whether reading it calls a volatile function. */
export function volatileFields(tree: PgValue, calls: readonly VolatileCall[]): readonly boolean[] {
  const volatile = volatileKeys(calls);
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
