import { givesList, joinsArrays, keepsDimensions } from './dimensions/array-functions.js';
import { firstOwnOid } from './first-own-oid.js';
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
 * Servers differ in the columns of their catalogs, and compatible ones do not have those of the version that they report: what
 * not every server has is asked for by `ifThere`. See https://www.postgresql.org/docs/current/catalogs.html.
 */

/**
 * A query that may name, bare, columns that some servers lack; `absent` says what each is then. SQL looks a name up in the query
 * itself first and around it after that, so the constant is found only where the catalog has no such column: by what is there,
 * in the same round trip, and at no cost for each row as `to_jsonb(row)` has.
 */
const ifThere = (absent: Readonly<Record<string, string>>, query: string) => `
  select there.* from (select ${Object.entries(absent).map(([column, value]) => `${value} as ${column}`).join(', ')}) absent cross join lateral (${query}) there`;

/** Of `pg_namespace n`. */
export const userSchema = `n.nspname !~ '^pg_' and n.nspname <> 'information_schema'`;

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
rel as (
  select c.oid, c.relname, c.relkind, c.relispartition, c.reltype, n.nspname, ${tellsUpdatable} as asked
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where c.relkind in ('r', 'p', 'v', 'm', 'f') and ${userSchema} and ${notOfExtension('pg_class', 'c.oid')}
),
col as (${ifThere({ attidentity: `''::"char"`, attgenerated: `''::"char"` }, `
  select a.attrelid, a.attnum, a.attname, a.atttypid, a.atttypmod, a.attndims, a.attnotnull, a.attcollation, attidentity, attgenerated, r.asked
  from pg_attribute a join rel r on r.oid = a.attrelid
  where a.attnum > 0 and not a.attisdropped`)}
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
/* Since PostgreSQL 18 a NOT NULL constraint can be NOT VALID, and attnotnull is set all the same. */
invalid as (
  select k.conrelid, k.conkey[1] as attnum from pg_constraint k where k.contype = 'n' and not k.convalidated offset 0
),
nondeterministic as (${ifThere({ collisdeterministic: 'true' }, `
  select l.oid from pg_collation l where not collisdeterministic`)}
),
used as (
  select atttypid as typid from col union select atttypid from attribute union select oid from usertype
  union select typbasetype from usertype where typtype = 'd' union select rngsubtype from pg_range
  union select unnest(argtypes) from routine union select prorettype from routine
)`;

const textArray = (names: readonly string[]) => `'{${names.join(',')}}'::text[]`;

/** One row for each name: a join with them takes a tenth of the time that a CASE over every function of the server takes. */
const named = (known: string, prokind: string, names: readonly string[]) => `select unnest(${textArray(names)})::name as name, '${known}' as known, '${prokind}'::"char" as prokind`;

/** The built-in functions that the proofs of nullability rely on, and what they know of them; see `nullability/total-functions.ts`. */
export const builtinsQuery = `select p.oid::int8 as id, case f.known when 'total over plain types' then 'total' else f.known end as kind
from (
  ${[
    named('counts', 'a', countingAggregates),
    named('of values', 'a', aggregatesOfValues),
    named('of rows', 'a', aggregatesOfRows),
    named('ranking', 'w', rankingFunctions),
    named('total', 'f', totalAlways),
    named('total over plain types', 'f', totalOverPlainTypes),
  ].join('\n  union all ')}
) f join pg_proc p on p.proname = f.name and p.prokind = f.prokind
where p.pronamespace = 'pg_catalog'::regnamespace and (p.prokind <> 'f' or not p.proretset)
  and (f.known <> 'total over plain types' or p.proargtypes::oid[] <@ array(select oid from pg_type where typnamespace = 'pg_catalog'::regnamespace and typname = any(${textArray(plainTypes)})))`;

/** What the reader of array dimensions relies on: the array types of every new database, and built-in functions. */
export const arraysQuery = `select t.oid::int8 as id, 'type' as kind from pg_type t where t.oid < 16384 and t.typcategory = 'A'
union all select p.oid::int8, case when f.name <> 'array_agg' then f.known when p.proargtypes[0] = 'anyarray'::regtype then 'nested' else 'list' end
from (
  ${[named('list', 'a', ['array_agg']), named('list', 'f', givesList), named('first', 'f', keepsDimensions), named('all', 'f', joinsArrays)].join('\n  union all ')}
) f join pg_proc p on p.proname = f.name
where p.pronamespace = 'pg_catalog'::regnamespace`;

/**
 * A default mentions no column, and is printed without the table: to print one with it the server first makes distinct names of all columns, which
 * took it 2 s for a table of 1,600 with 266 defaults, and takes 20 ms so. https://www.postgresql.org/docs/current/functions-info.html#FUNCTIONS-INFO-CATALOG
 */
const defaultExpression = `pg_get_expr(f.adbin, case c.attgenerated when '' then 0 else f.adrelid end)`;

/**
 * Each list of the answer. The names and columns are the fields of `RawCatalog`. Of types an array is made first: the server then finds those few by
 * their index, and does not join every type that it has.
 */
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
      nullif(c.attndims, 0) as dims, c.attnotnull and i.attnum is null as notnull, ${defaultExpression} as default,
      nullif(c.attidentity, '') as identity, nullif(c.attgenerated, '') as generated,
      case when c.asked then pg_column_is_updatable(c.attrelid, c.attnum, true) end as updatable,
      case when l.oid is not null then true end as nondeterministic, d.description as comment
    from col c left join pg_attrdef f on f.adrelid = c.attrelid and f.adnum = c.attnum
      left join invalid i on i.conrelid = c.attrelid and i.attnum = c.attnum
      left join nondeterministic l on l.oid = c.attcollation
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
      case when l.oid is not null then true end as nondeterministic, case when t.typtype = 'd' then t.typdefault end as default,
      obj_description(t.oid, 'pg_type') as comment, x.extname as extension, exists (select from usertype u where u.oid = t.oid) as declared
    from pg_type t join pg_namespace n on n.oid = t.typnamespace left join nondeterministic l on l.oid = t.typcollation
      left join pg_type e on e.oid = t.typelem and e.typarray = t.oid
      left join pg_depend d on d.classid = 'pg_type'::regclass and d.objid = t.oid and d.deptype = 'e'
      left join pg_extension x on x.oid = d.refobjid
    where t.oid = any(array(select typid from used union select t.typelem from used join pg_type t on t.oid = used.typid where t.typelem <> 0))
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
  ranges: ifThere({ rngmultitypid: '0::oid' }, `
    select r.rngtypid::int8 as type, r.rngsubtype::int8 as subtype, m.typname as multirange
    from pg_range r join usertype t on t.oid = r.rngtypid left join pg_type m on m.oid = rngmultitypid`),
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
