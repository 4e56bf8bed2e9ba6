import type { Session } from '../postgres/session.js';
import { sqlState } from '../postgres/sql-state.js';
import type { QualifiedName } from './catalog.js';
import { userSchema } from './query/common.js';
import { answerNotReadable } from './unreadable.js';

/**
 * What roles other than its owner may do with a relation: `PUBLIC select`, `editor select` and `editor update (title)`,
 * one a line. Empty where only the owner may do anything. Grants are not part of the catalog, because hosts grant to
 * roles of their own: the same schema has others in another place.
 */
export interface RelationGrants extends QualifiedName {
  readonly grants: string;
}

/** `all` stands for every privilege that the server's version knows for tables. Each role has lines of its own. */
const grantsQuery = `
select n.nspname as schema, c.relname as name, coalesce((
  select string_agg(coalesce(r.rolname, 'PUBLIC') || ' ' || g.may, chr(10) order by r.rolname collate "C" nulls first, g.col, g.may collate "C")
  from (
    select x.grantee, case when count(distinct x.privilege_type) = every.number then 'all'
      else string_agg(distinct lower(x.privilege_type), ', ') end as may, false as col
    from aclexplode(c.relacl) x, (select count(*) as number from aclexplode(acldefault('r', c.relowner))) every
    group by x.grantee, every.number
    union all
    select x.grantee, lower(x.privilege_type) || ' (' || string_agg(distinct a.attname::text collate "C", ', ') || ')', true
    from pg_attribute a, aclexplode(a.attacl) x where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    group by x.grantee, x.privilege_type) g
  left join pg_roles r on r.oid = g.grantee where g.grantee <> c.relowner), '') as grants
from pg_class c join pg_namespace n on n.oid = c.relnamespace
where c.relkind in ('r', 'p', 'v', 'm', 'f') and ${userSchema} order by n.nspname, c.relname`;

/** Reads the grants on all relations; undefined if the server cannot tell them. */
export async function readGrants(session: Session): Promise<readonly RelationGrants[] | undefined> {
  const query = `set local search_path = ''; ${session.limits()}; ${grantsQuery}`;
  const rows = await session.query<RelationGrants>(query).catch((error: unknown) => {
    if (sqlState(error) === undefined) throw error;
    return undefined;
  });
  const isText = (row: RelationGrants) =>
    [row.schema, row.name, row.grants].every((value) => typeof value === 'string');
  if (rows?.every(isText) === false) throw answerNotReadable('its grants are not what was asked for');
  return rows;
}
