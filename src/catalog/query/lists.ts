import type { AnsweredLists } from '../answered-lists.js';
import { arraysQuery, builtinsQuery } from './builtins.js';
import { ifThere, userSchema } from './common.js';
import { firstArgument, setsItsArgument, setsNewRow, triggerCondition } from './triggers.js';

/** A list of the catalog query's answer: the SQL of each field, and the FROM clause of the rows with their order. */
interface List<Row> {
  readonly fields: { readonly [Field in keyof Row]: string };
  readonly rows: string;
}

/**
 * The events that INSTEAD OF triggers and unconditional INSTEAD rules handle, for any columns, as bits of
 * `pg_relation_is_updatable`: 8 for insert, 4 for update. The bits of `tgtype` are in PostgreSQL's `pg_trigger.h`.
 */
const handledEvents = `
    select g.tgrelid as rel, case when g.tgtype & 4 <> 0 then 8 else 0 end | case when g.tgtype & 16 <> 0 then 4 else 0 end as events
    from pg_trigger g where g.tgtype & 64 <> 0
    union all
    select w.ev_class, case w.ev_type when '3' then 8 when '2' then 4 else 0 end
    from pg_rewrite w where w.is_instead and w.ev_type in ('2', '3') and w.ev_qual::text = '<>'`;

/**
 * SQL of a default's expression, for `pg_attrdef f` and the column `c`. A default mentions no column, so it is printed
 * without the table. With the table, the server first makes the names of all columns distinct: that took 2 s for a
 * table of 1,600 columns with 266 defaults, instead of 20 ms.
 * https://www.postgresql.org/docs/current/functions-info.html#FUNCTIONS-INFO-CATALOG
 */
const defaultExpression = `pg_get_expr(f.adbin, case c.attgenerated when '' then 0 else f.adrelid end)`;

/** The condition that the column `c` has a nondeterministic collation. */
const hasNondeterministic = 'c.attcollation in (select oid from nondeterministic)';

/**
 * All lists of the catalog query's answer. Rows are ordered by name under the C collation (that of type `name`), so the
 * answer does not depend on the server's locale. The ids of types are collected into an array first: the server then
 * finds those few by an index, instead of joining all its types. The columns come first, because they take the longest
 * on both sides.
 */
export const lists: { readonly [Name in keyof AnsweredLists]: List<AnsweredLists[Name][number]> } = {
  columns: {
    fields: {
      rel: 'c.attrelid::int8',
      num: 'c.attnum',
      name: 'c.attname',
      type: 'c.atttypid::int8',
      notnull: 'c.attnotnull',
    },
    rows: 'from col c',
  },
  schemas: {
    fields: { name: 'n.nspname', comment: `nullif(obj_description(n.oid, 'pg_namespace'), 'standard public schema')` },
    rows: `from pg_namespace n where ${userSchema} order by n.nspname`,
  },
  relations: {
    fields: {
      id: 'r.oid::int8',
      schema: 'r.nspname',
      name: 'r.relname',
      kind: 'r.relkind',
      partition: 'r.relispartition',
      insertable: 'case when r.asked then pg_relation_is_updatable(r.oid, true) & 8 <> 0 end',
      handled: 'coalesce(h.events, 0)',
      secured: 'r.secured',
      extension: 'r.extension',
      inherited: 'exists (select from heir h where h.parent = r.oid)',
      // The bits of tgtype: 1 is FOR EACH ROW, 2 BEFORE, 4 INSERT.
      fills: "exists (select from pg_trigger g where g.tgrelid = r.oid and g.tgtype & 7 = 7 and g.tgenabled <> 'D')",
      partkey: `case r.relkind when 'p' then pg_get_partkeydef(r.oid) end`,
      bound: 'pg_get_expr(r.relpartbound, r.oid)',
      comment: 'd.description',
    },
    rows: `from rel r left join pg_description d on d.objoid = r.oid and d.classoid = 'pg_class'::regclass and d.objsubid = 0
      left join (select e.rel, bit_or(e.events) as events from (${handledEvents}) e group by e.rel) h on h.rel = r.oid
    order by r.nspname, r.relname`,
  },
  parents: {
    fields: { id: 'i.inhrelid::int8', schema: 'n.nspname', name: 'p.relname' },
    rows: `from pg_inherits i join rel r on r.oid = i.inhrelid join pg_class p on p.oid = i.inhparent join pg_namespace n on n.oid = p.relnamespace
    order by i.inhrelid, i.inhseqno`,
  },
  details: {
    fields: {
      rel: 'c.attrelid::int8',
      num: 'c.attnum',
      mod: 'nullif(c.atttypmod, -1)',
      dims: 'nullif(c.attndims, 0)',
      identity: `nullif(c.attidentity, '')`,
      generated: `nullif(c.attgenerated, '')`,
      updatable: 'case when c.asked then pg_column_is_updatable(c.attrelid, c.attnum, true) end',
      nondeterministic: `case when ${hasNondeterministic} then true end`,
    },
    rows: `from col c where c.atttypmod <> -1 or c.attndims <> 0 or c.attidentity <> '' or c.attgenerated <> '' or c.asked or ${hasNondeterministic}`,
  },
  defaults: {
    fields: { rel: 'f.adrelid::int8', num: 'f.adnum', expression: defaultExpression },
    rows: 'from pg_attrdef f join col c on c.attrelid = f.adrelid and c.attnum = f.adnum order by f.adrelid, f.adnum',
  },
  comments: {
    fields: { rel: 'd.objoid::int8', num: 'd.objsubid', comment: 'd.description' },
    rows: `from pg_description d where d.classoid = 'pg_class'::regclass and d.objsubid > 0 and d.objoid in (select oid from rel) order by d.objoid, d.objsubid`,
  },
  /*
   * Since PostgreSQL 18, a NOT NULL constraint can be NOT VALID, and attnotnull is set nevertheless. And a table that
   * inherits the column may allow null in it, which reading the parent then returns.
   */
  unproven: {
    fields: { rel: 'u.rel::int8', num: 'u.num' },
    rows: `from (
      select k.conrelid as rel, k.conkey[1] as num from con k
      where k.contype = 'n' and not k.convalidated and k.conrelid in (select oid from rel)
      union
      select h.parent, p.attnum from heir h join pg_attribute p on p.attrelid = h.parent
      join pg_attribute a on a.attrelid = h.child and a.attname = p.attname
      where p.attnum > 0 and p.attnotnull and not a.attnotnull) u order by u.rel, u.num`,
  },
  constraints: {
    fields: {
      rel: 'k.conrelid::int8',
      domain: 'k.contypid::int8',
      name: 'k.conname',
      kind: 'k.contype',
      key: 'k.conkey',
      ref: 'k.confrelid::int8',
      refkey: 'k.confkey',
      ondelete: `nullif(k.confdeltype, 'a')`,
      onupdate: `nullif(k.confupdtype, 'a')`,
      expression: `case k.contype when 'c' then pg_get_expr(k.conbin, k.conrelid) end`,
      valid: 'k.convalidated',
      deferrable: 'k.condeferrable',
      noinherit: 'k.connoinherit',
      period: 'k.period',
    },
    rows: `from con k
    where k.contype in ('p', 'u', 'f', 'c') and (k.conrelid in (select oid from rel) or k.contypid in (select oid from usertype))
    order by k.conname, k.oid`,
  },
  references: {
    fields: { id: 'c.oid::int8', schema: 'n.nspname', name: 'c.relname' },
    rows: `from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.oid in (select k.confrelid from con k where k.contype = 'f' and k.conrelid in (select oid from rel))`,
  },
  indexes: {
    fields: {
      rel: 'i.indrelid::int8',
      name: 'c.relname',
      method: 'm.amname',
      unique: 'i.indisunique',
      key: 'i.indkey::int2[]',
      keys: 'i.indnkeyatts',
      predicate: 'pg_get_expr(i.indpred, i.indrelid)',
    },
    rows: `from pg_index i join rel r on r.oid = i.indrelid join pg_class c on c.oid = i.indexrelid join pg_am m on m.oid = c.relam
    where i.indisvalid and not exists (select from pg_constraint k where k.conindid = i.indexrelid and k.contype in ('p', 'u', 'x'))
    order by c.relname`,
  },
  // Postgres itself makes the triggers of constraints, and on partitions those of their table.
  triggers: {
    fields: {
      rel: 'g.tgrelid::int8',
      name: 'g.tgname',
      bits: 'g.tgtype',
      columns: 'g.tgattr::int2[]',
      schema: 'n.nspname',
      function: 'p.proname',
      source: `case when g.sets and l.lanname = 'plpgsql' then p.prosrc end`,
      argument: `case when g.sets and p.proname in (${setsItsArgument}) then g.argument end`,
      condition: `case when g.conditional then substring(pg_get_triggerdef(g.oid) from '${triggerCondition}') end`,
      disabled: `g.tgenabled = 'D'`,
    },
    rows: `from (${ifThere(
      { tgparentid: '0::oid' },
      `
      select g.oid, g.tgrelid, g.tgname, g.tgtype, g.tgattr, g.tgfoid, g.tgenabled, g.tgqual is not null as conditional,
        ${setsNewRow} as sets, ${firstArgument} as argument
      from pg_trigger g where not g.tgisinternal and tgparentid = 0 and g.tgrelid in (select oid from rel)`,
    )}) g
      join pg_proc p on p.oid = g.tgfoid join pg_namespace n on n.oid = p.pronamespace
      join pg_language l on l.oid = p.prolang
    order by g.tgname`,
  },
  policies: {
    fields: {
      rel: 'y.polrelid::int8',
      name: 'y.polname',
      command: 'y.polcmd',
      permissive: 'y.polpermissive',
      roles: `(select array_agg(o.rolname order by o.rolname) from pg_roles o where o.oid = any(y.polroles))`,
      using: 'pg_get_expr(y.polqual, y.polrelid)',
      check: 'pg_get_expr(y.polwithcheck, y.polrelid)',
    },
    rows: `from (${ifThere(
      { polpermissive: 'true' },
      `
      select y.polrelid, y.polname, y.polcmd, polpermissive, y.polroles, y.polqual, y.polwithcheck
      from pg_policy y where y.polrelid in (select oid from rel)`,
    )}) y order by y.polname`,
  },
  types: {
    fields: {
      id: 't.oid::int8',
      schema: 'n.nspname',
      name: 't.typname',
      kind: 't.typtype',
      element: 'e.oid::int8',
      sql: 'format_type(t.oid, null)',
      base: `case when t.typtype = 'd' then t.typbasetype::int8 end`,
      mod: 'nullif(t.typtypmod, -1)',
      dims: 'nullif(t.typndims, 0)',
      notnull: 't.typnotnull',
      nondeterministic: 'case when l.oid is not null then true end',
      // `typdefault` is a text that depends on the settings of the session that created the domain.
      default: `case when t.typtype = 'd' then pg_get_expr(t.typdefaultbin, 0) end`,
      comment: `obj_description(t.oid, 'pg_type')`,
      extension: 'x.extname',
      declared: 'exists (select from usertype u where u.oid = t.oid)',
    },
    rows: `from pg_type t join pg_namespace n on n.oid = t.typnamespace left join nondeterministic l on l.oid = t.typcollation
      left join pg_type e on e.oid = t.typelem and e.typarray = t.oid
      left join pg_depend d on d.classid = 'pg_type'::regclass and d.objid = t.oid and d.deptype = 'e'
      left join pg_extension x on x.oid = d.refobjid
    where t.oid = any(array(select typid from used union select t.typelem from used join pg_type t on t.oid = used.typid where t.typelem <> 0))
    order by n.nspname, t.typname`,
  },
  modified: {
    fields: { type: 'm.type::int8', mod: 'm.mod', sql: 'format_type(m.type, m.mod)' },
    rows: `from (select atttypid, atttypmod from col where atttypmod <> -1 union select atttypid, atttypmod from attribute where atttypmod <> -1
      union select typbasetype, typtypmod from usertype where typtype = 'd' and typtypmod <> -1) as m(type, mod)`,
  },
  labels: {
    fields: { type: 'e.enumtypid::int8', label: 'e.enumlabel' },
    rows: 'from pg_enum e where e.enumtypid in (select oid from usertype) order by e.enumtypid, e.enumsortorder',
  },
  attributes: {
    fields: {
      owner: 'a.typid::int8',
      name: 'a.attname',
      type: 'a.atttypid::int8',
      mod: 'nullif(a.atttypmod, -1)',
      dims: 'nullif(a.attndims, 0)',
    },
    rows: 'from attribute a order by a.typid, a.attnum',
  },
  ranges: {
    fields: { type: 'r.type::int8', subtype: 'r.subtype::int8', multirange: 'r.multirange' },
    rows: `from (${ifThere(
      { rngmultitypid: '0::oid' },
      `
      select r.rngtypid as type, r.rngsubtype as subtype, m.typname as multirange
      from pg_range r join usertype t on t.oid = r.rngtypid left join pg_type m on m.oid = rngmultitypid`,
    )}) r`,
  },
  rules: {
    fields: { view: 'w.ev_class::int8', tree: 'w.ev_action::text' },
    rows: `from pg_rewrite w join rel r on r.oid = w.ev_class where w.ev_type = '1' and r.relkind in ('v', 'm')`,
  },
  builtins: {
    fields: { id: 'b.id', kind: 'b.kind' },
    rows: `from (${builtinsQuery}) b where exists (select from rel where relkind in ('v', 'm'))`,
  },
  arrays: {
    fields: { id: 'b.id', kind: 'b.kind' },
    rows: `from (${arraysQuery}) b where exists (select from rel where relkind in ('v', 'm'))`,
  },
  routines: {
    fields: {
      schema: 'p.nspname',
      name: 'p.proname',
      kind: 'p.prokind',
      args: 'p.argtypes::int8[]',
      modes: 'p.proargmodes',
      names: 'p.proargnames',
      defaults: 'p.pronargdefaults',
      returns: 'p.prorettype::int8',
      set: 'p.proretset',
      volatility: 'p.provolatile',
      strict: 'p.proisstrict',
      comment: `obj_description(p.oid, 'pg_proc')`,
    },
    rows: `from routine p order by p.nspname, p.proname, pg_get_function_identity_arguments(p.oid) collate "C"`,
  },
};
