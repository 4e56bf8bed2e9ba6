import { givesList, joinsArrays, keepsDimensions } from './dimensions/array-functions.js';
import {
  aggregatesOfRows,
  aggregatesOfValues,
  countingAggregates,
  plainTypes,
  rankingFunctions,
  totalAlways,
  totalOverPlainTypes,
} from './nullability/total-functions.js';

/**
 * The one catalog query: flat lists of plain catalog joins, each a `json_agg`, sent as one statement and answered as one
 * row. Nesting them in SQL cost twice as much; `assemble.ts` nests them instead. Lists are ordered by name under the C
 * collation (which type `name` has), so the answer does not depend on the server's locale.
 *
 * Only columns that PostgreSQL 14 to 18 all have are named; newer ones are read through `to_jsonb(row)`, which answers null
 * where a server lacks them. See https://www.postgresql.org/docs/current/catalogs.html.
 */

const userSchema = `n.nspname !~ '^pg_' and n.nspname <> 'information_schema'`;

/** Objects that an extension owns are its business, not the schema's. */
const notOfExtension = (catalog: string, oid: string) =>
  `not exists (select from pg_depend d where d.classid = '${catalog}'::regclass and d.objid = ${oid} and d.deptype = 'e')`;

/**
 * Relations of which Postgres knows whether they can be written. It asks a foreign table's wrapper, and fails where that has
 * no handler: nobody can tell about such a table, so it counts as any other.
 */
const tellsUpdatable = `(c.relkind = 'v' or (c.relkind = 'f' and exists (
    select from pg_foreign_table t join pg_foreign_server s on s.oid = t.ftserver join pg_foreign_data_wrapper w on w.oid = s.srvfdw
    where t.ftrelid = c.oid and w.fdwhandler <> 0)))`;

/**
 * The events, in the bits of `pg_relation_is_updatable`, that INSTEAD OF triggers and unconditional INSTEAD rules handle, with
 * whatever columns: insert 8, update 4. The bits of `tgtype` are in PostgreSQL's `pg_trigger.h`.
 */
const handledEvents = `coalesce((
      select bit_or(case when g.tgtype & 4 <> 0 then 8 else 0 end | case when g.tgtype & 16 <> 0 then 4 else 0 end)
      from pg_trigger g where g.tgrelid = r.oid and g.tgtype & 64 <> 0), 0)
    | coalesce((
      select bit_or(case w.ev_type when '3' then 8 when '2' then 4 else 0 end)
      from pg_rewrite w where w.ev_class = r.oid and w.is_instead and w.ev_qual::text = '<>'), 0)`;

/** Shared by several lists: the relations to read, and every type they and the routines mention. */
const common = `
rel as materialized (
  select c.oid, c.relname, c.relkind, c.relispartition, c.reltype, n.nspname, ${tellsUpdatable} as asked
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where c.relkind in ('r', 'p', 'v', 'm', 'f') and ${userSchema} and ${notOfExtension('pg_class', 'c.oid')}
),
col as materialized (
  select a.*, r.relkind, r.asked
  from pg_attribute a join rel r on r.oid = a.attrelid
  where a.attnum > 0 and not a.attisdropped
),
usertype as materialized (
  select t.*, n.nspname
  from pg_type t join pg_namespace n on n.oid = t.typnamespace left join pg_class c on c.oid = t.typrelid
  where ${userSchema} and (t.typtype in ('e', 'd', 'r', 'm') or (t.typtype = 'c' and c.relkind = 'c') or (t.typtype = 'b' and t.typelem = 0))
),
attribute as materialized (
  select t.oid as typid, a.attnum, a.attname, a.atttypid, a.atttypmod, a.attndims
  from usertype t join pg_attribute a on a.attrelid = t.typrelid
  where t.typtype = 'c' and a.attnum > 0 and not a.attisdropped
),
routine as materialized (
  select p.*, n.nspname, coalesce(p.proallargtypes, p.proargtypes::oid[]) as argtypes
  from pg_proc p join pg_namespace n on n.oid = p.pronamespace
  where ${userSchema} and p.prorettype not in ('trigger'::regtype, 'event_trigger'::regtype) and ${notOfExtension('pg_proc', 'p.oid')}
),
/* Since PostgreSQL 18 a NOT NULL constraint can be NOT VALID, and attnotnull is set all the same. */
invalid as materialized (
  select k.conrelid, k.conkey[1] as attnum from pg_constraint k where k.contype = 'n' and not k.convalidated
),
used as materialized (
  select atttypid as typid from col union select atttypid from attribute union select oid from usertype
  union select typbasetype from usertype where typtype = 'd' union select rngsubtype from pg_range
  union select unnest(argtypes) from routine union select prorettype from routine
)`;

const textArray = (names: readonly string[]) => `'{${names.join(',')}}'::text[]`;

/** What the proofs of nullability know about a built-in function; see `nullability/total-functions.ts`. */
const builtinKinds = `
  when p.proname = any(${textArray(countingAggregates)}) and p.prokind = 'a' then 'counts'
  when p.proname = any(${textArray(aggregatesOfValues)}) and p.prokind = 'a' then 'of values'
  when p.proname = any(${textArray(aggregatesOfRows)}) and p.prokind = 'a' then 'of rows'
  when p.proname = any(${textArray(rankingFunctions)}) and p.prokind = 'w' then 'ranking'
  when p.prokind <> 'f' or p.proretset then null
  when p.proname = any(${textArray(totalAlways)}) then 'total'
  when p.proname = any(${textArray(totalOverPlainTypes)})
    and p.proargtypes::oid[] <@ array(select oid from pg_type where typnamespace = 'pg_catalog'::regnamespace and typname = any(${textArray(plainTypes)})) then 'total'`;

/** The built-in functions that the proofs of nullability rely on. */
export const builtinsQuery = `select id, kind from (select p.oid::int8 as id, case ${builtinKinds} end as kind
from pg_proc p where p.pronamespace = 'pg_catalog'::regnamespace) b where kind is not null`;

/** What the reader of array dimensions relies on: the array types of every new database, and built-in functions. */
export const arraysQuery = `select t.oid::int8 as id, 'type' as kind from pg_type t where t.oid < 16384 and t.typcategory = 'A'
union all select id, kind from (select p.oid::int8 as id, case
  when p.proname = 'array_agg' then case when p.proargtypes[0] = 'anyarray'::regtype then 'nested' else 'list' end
  when p.proname = any(${textArray(givesList)}) then 'list'
  when p.proname = any(${textArray(keepsDimensions)}) then 'first'
  when p.proname = any(${textArray(joinsArrays)}) then 'all' end as kind
from pg_proc p where p.pronamespace = 'pg_catalog'::regnamespace) b where kind is not null`;

/** Each list of the answer. The names and columns are the fields of `RawCatalog`. */
const lists = {
  schemas: `
    select n.nspname as name, nullif(obj_description(n.oid, 'pg_namespace'), 'standard public schema') as comment
    from pg_namespace n where ${userSchema} order by n.nspname`,
  relations: `
    select r.oid::int8 as id, r.nspname as schema, r.relname as name, r.relkind as kind, r.relispartition as partition,
      case when r.asked then pg_relation_is_updatable(r.oid, true) & 8 <> 0 end as insertable,
      ${handledEvents} as handled, d.description as comment
    from rel r left join pg_description d on d.objoid = r.oid and d.classoid = 'pg_class'::regclass and d.objsubid = 0
    order by r.nspname, r.relname`,
  parents: `
    select i.inhrelid::int8 as id, n.nspname as schema, p.relname as name
    from pg_inherits i join rel r on r.oid = i.inhrelid join pg_class p on p.oid = i.inhparent join pg_namespace n on n.oid = p.relnamespace
    order by i.inhrelid, i.inhseqno`,
  columns: `
    select c.attrelid::int8 as rel, c.attnum as num, c.attname as name, c.atttypid::int8 as type, nullif(c.atttypmod, -1) as mod,
      nullif(c.attndims, 0) as dims, c.attnotnull and not exists (select from invalid i where i.conrelid = c.attrelid and c.attnum = i.attnum) as notnull, pg_get_expr(f.adbin, f.adrelid) as default,
      nullif(c.attidentity, '') as identity, nullif(c.attgenerated, '') as generated,
      case when c.asked then pg_column_is_updatable(c.attrelid, c.attnum, true) end as updatable,
      case when c.attcollation not in (0, 100) and not l.collisdeterministic then true end as nondeterministic, d.description as comment
    from col c left join pg_attrdef f on f.adrelid = c.attrelid and f.adnum = c.attnum
      left join pg_collation l on l.oid = c.attcollation
      left join pg_description d on d.objoid = c.attrelid and d.classoid = 'pg_class'::regclass and d.objsubid = c.attnum
    order by c.attrelid, c.attnum`,
  constraints: `
    select k.conrelid::int8 as rel, k.contypid::int8 as domain, k.conname as name, k.contype as kind, k.conkey as key,
      k.confrelid::int8 as ref, k.confkey as refkey, nullif(k.confdeltype, 'a') as ondelete, nullif(k.confupdtype, 'a') as onupdate,
      case k.contype when 'c' then pg_get_expr(k.conbin, k.conrelid) end as expression, k.convalidated as valid
    from pg_constraint k
    where k.contype in ('p', 'u', 'f', 'c') and (k.conrelid in (select oid from rel) or k.contypid in (select oid from usertype))
    order by k.conname, k.oid`,
  references: `
    select c.oid::int8 as id, n.nspname as schema, c.relname as name
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.oid in (select k.confrelid from pg_constraint k where k.contype = 'f' and k.conrelid in (select oid from rel))`,
  indexes: `
    select i.indrelid::int8 as rel, c.relname as name, m.amname as method, i.indisunique as unique, i.indkey::int2[] as key,
      i.indnkeyatts as keys, pg_get_expr(i.indpred, i.indrelid) as predicate
    from pg_index i join rel r on r.oid = i.indrelid join pg_class c on c.oid = i.indexrelid join pg_am m on m.oid = c.relam
    where i.indisvalid and not exists (select from pg_constraint k where k.conindid = i.indexrelid and k.contype in ('p', 'u', 'x'))
    order by c.relname`,
  types: `
    select t.oid::int8 as id, n.nspname as schema, t.typname as name, t.typtype as kind, e.oid::int8 as element, format_type(t.oid, null) as sql,
      case when t.typtype = 'd' then t.typbasetype::int8 end as base, nullif(t.typtypmod, -1) as mod, nullif(t.typndims, 0) as dims,
      t.typnotnull as notnull,
      case when t.typcollation not in (0, 100) and not l.collisdeterministic then true end as nondeterministic, case when t.typtype = 'd' then t.typdefault end as default,
      obj_description(t.oid, 'pg_type') as comment, x.extname as extension, exists (select from usertype u where u.oid = t.oid) as declared
    from pg_type t join pg_namespace n on n.oid = t.typnamespace left join pg_collation l on l.oid = t.typcollation
      left join pg_type e on e.oid = t.typelem and e.typarray = t.oid
      left join pg_depend d on d.classid = 'pg_type'::regclass and d.objid = t.oid and d.deptype = 'e'
      left join pg_extension x on x.oid = d.refobjid
    where t.oid in (select typid from used union select t.typelem from used join pg_type t on t.oid = used.typid where t.typelem <> 0)
    order by n.nspname, t.typname`,
  modified: `
    select type::int8, mod, format_type(type, mod) as sql
    from (select atttypid, atttypmod from col union select atttypid, atttypmod from attribute
      union select typbasetype, typtypmod from usertype where typtype = 'd') as m(type, mod)
    where mod <> -1`,
  labels: `
    select e.enumtypid::int8 as type, e.enumlabel as label
    from pg_enum e where e.enumtypid in (select oid from usertype) order by e.enumtypid, e.enumsortorder`,
  attributes: `
    select typid::int8 as owner, attname as name, atttypid::int8 as type, nullif(atttypmod, -1) as mod, nullif(attndims, 0) as dims
    from attribute order by typid, attnum`,
  ranges: `
    select r.rngtypid::int8 as type, r.rngsubtype::int8 as subtype, m.typname as multirange
    from pg_range r join usertype t on t.oid = r.rngtypid left join pg_type m on m.oid = r.rngmultitypid`,
  rules: `
    select w.ev_class::int8 as view, w.ev_action::text as tree
    from pg_rewrite w join rel r on r.oid = w.ev_class where w.ev_type = '1' and r.relkind in ('v', 'm')`,
  builtins: `
    select * from (${builtinsQuery}) b where exists (select from rel where relkind in ('v', 'm'))`,
  arrays: `
    select * from (${arraysQuery}) b where exists (select from rel where relkind in ('v', 'm'))`,
  routines: `
    select p.nspname as schema, p.proname as name, p.prokind as kind, p.argtypes::int8[] as args, p.proargmodes as modes,
      p.proargnames as names, p.pronargdefaults as defaults, p.prorettype::int8 as returns, p.proretset as set,
      p.provolatile as volatility, p.proisstrict as strict, obj_description(p.oid, 'pg_proc') as comment
    from routine p order by p.nspname, p.proname, pg_get_function_identity_arguments(p.oid) collate "C"`,
};

/** One row, one column `catalog`: the lists as JSON text. */
export const catalogQuery = `with ${common}
select json_build_object(
${Object.entries(lists)
  .map(([name, list]) => `'${name}', (select coalesce(json_agg(l), '[]') from (${list}) l)`)
  .join(',\n')}
)::text as catalog`;
