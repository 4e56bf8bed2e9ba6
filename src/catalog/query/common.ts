/** `FirstNormalObjectId` of PostgreSQL's `transam.h`: objects with a lower oid exist in every new database. */
export const firstOwnOid = 16384;

/**
 * Lets a query name columns that some servers lack; the names must have no table name before them. `absent` has a
 * constant for each, such as `{ attgenerated: "''" }`. SQL looks a name up first in the query itself, then in the
 * enclosing one, so it finds the constant if the catalog has no such column. This depends on the existing columns and
 * not on the version, needs no second round trip, and costs nothing per row, as `to_jsonb(row)` would.
 */
export const ifThere = (absent: Readonly<Record<string, string>>, query: string) => `
  select there.* from (select ${Object.entries(absent)
    .map(([column, value]) => `${value} as ${column}`)
    .join(', ')}) absent cross join lateral (${query}) there`;

/** The condition on `pg_namespace n` for a schema that does not belong to the server. */
export const userSchema = `n.nspname !~ '^pg_' and n.nspname <> 'information_schema'`;

/** The condition that no extension owns an object. What an extension owns is not part of the schema. */
const notOfExtension = (catalog: string, oid: string) =>
  `not exists (select from pg_depend d where d.classid = '${catalog}'::regclass and d.objid = ${oid} and d.deptype = 'e')`;

/**
 * The condition on `pg_class c` for a relation for which Postgres must be asked whether it can be written: a view or a
 * foreign table. For a foreign table, Postgres asks the wrapper, and fails if that has no handler; such a table is
 * treated like any other.
 */
const tellsUpdatable = `(c.relkind = 'v' or (c.relkind = 'f' and exists (
    select from pg_foreign_table t join pg_foreign_server s on s.oid = t.ftserver join pg_foreign_data_wrapper w on w.oid = s.srvfdw
    where t.ftrelid = c.oid and w.fdwhandler <> 0)))`;

/**
 * What several lists read from: the relations, their columns, the types, the routines, and every type that these use.
 */
export const common = `
rel as (${ifThere(
  { relrowsecurity: 'false' },
  `
  select c.oid, c.relname, c.relkind, c.relispartition, c.relpartbound, c.reltype, n.nspname, ${tellsUpdatable} as asked, relrowsecurity as secured, x.extname as extension
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
    left join pg_depend d on d.classid = 'pg_class'::regclass and d.objid = c.oid and d.objsubid = 0 and d.deptype = 'e'
    left join pg_extension x on x.oid = d.refobjid
  where c.relkind in ('r', 'p', 'v', 'm', 'f') and ${userSchema}`,
)}
),
/* The tables that inherit from a table, and those that inherit from these. Partitions are none: their table has no rows of its own. */
heir as (
  with recursive heir(parent, child) as (
    select i.inhparent, i.inhrelid from pg_inherits i join rel r on r.oid = i.inhparent and r.relkind in ('r', 'f')
    union select h.parent, i.inhrelid from heir h join pg_inherits i on i.inhparent = h.child
  ) select * from heir
),
/* Without the foreign keys that Postgres makes for partitions out of those of their tables, under names that depend on its version. */
con as (${ifThere(
  { conparentid: '0::oid', conperiod: 'false' },
  `
  select k.oid, k.conname, k.contype, k.conrelid, k.contypid, k.conkey, k.confrelid, k.confkey, k.confdeltype, k.confupdtype,
    k.conbin, k.convalidated, k.condeferrable, k.connoinherit, conperiod as period
  from pg_constraint k where k.contype <> 'f' or conparentid = 0`,
)}
),
/* In the order of relations and of columns: each relation's are found by their index, and need not be sorted. */
col as (${ifThere(
  { attidentity: `''::"char"`, attgenerated: `''::"char"` },
  `
  select a.*, r.asked from (select oid, asked from rel order by oid) r cross join lateral (
    select a.attrelid, a.attnum, a.attname, a.atttypid, a.atttypmod, a.attndims, a.attnotnull, a.attcollation, attidentity, attgenerated
    from pg_attribute a where a.attrelid = r.oid and a.attnum > 0 and not a.attisdropped order by a.attnum offset 0) a`,
)}
),
usertype as (
  select t.oid, t.typtype, t.typrelid, t.typbasetype, t.typtypmod, n.nspname
  from pg_type t join pg_namespace n on n.oid = t.typnamespace left join pg_class c on c.oid = t.typrelid
  where ${userSchema} and (t.typtype in ('e', 'd', 'r', 'm') or (t.typtype = 'c' and c.relkind = 'c') or (t.typtype = 'b' and t.typelem = 0))
),
attribute as (
  select t.oid as typid, a.attnum, a.attname, a.atttypid, a.atttypmod, a.attndims
  from usertype t join pg_attribute a on a.attrelid = t.typrelid
  where t.typtype = 'c' and a.attnum > 0 and not a.attisdropped
),
routine as (
  select p.oid, p.proname, p.prokind, p.proargmodes, p.proargnames, p.pronargdefaults, p.prorettype, p.proretset, p.provolatile, p.proisstrict,
    n.nspname, coalesce(p.proallargtypes, p.proargtypes::oid[]) as argtypes
  from pg_proc p join pg_namespace n on n.oid = p.pronamespace
  where p.oid >= ${firstOwnOid} and ${userSchema} and p.prorettype not in ('trigger'::regtype, 'event_trigger'::regtype) and ${notOfExtension('pg_proc', 'p.oid')}
),
nondeterministic as (${ifThere(
  { collisdeterministic: 'true' },
  `
  select l.oid from pg_collation l where not collisdeterministic`,
)}
),
used as (
  select atttypid as typid from col union select atttypid from attribute union select oid from usertype
  union select typbasetype from usertype where typtype = 'd' union select rngsubtype from pg_range
  union select unnest(argtypes) from routine union select prorettype from routine
)`;
