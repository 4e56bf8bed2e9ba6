import type { Session } from '../postgres/session.js';
import { firstOwnOid, ifThere, userSchema } from './query/common.js';
import { beginTransaction, settled } from './session-settings.js';

/**
 * Selects the relations that the catalog query reads, and composite types. Temporary tables of other sessions are
 * omitted, because they come and go.
 */
const relations = `
  select c.oid from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where ${userSchema} and c.relkind in ('r', 'p', 'v', 'm', 'f', 'c')`;

/**
 * Queries for the rows of the system catalogs that determine the catalog query's answer or the type of an expression.
 * They select whole rows if no part of a row changes while the schema stays the same: a column too many costs a
 * reading, a column too few misses a change.
 */
const rows: Readonly<Record<string, string>> = {
  pg_namespace: `select n.* from pg_namespace n where ${userSchema}`,
  // Without sizes, ages and files, which change as a table is used.
  pg_class: ifThere(
    { relrowsecurity: 'false' },
    `select c.oid, c.relname, c.relnamespace, c.reltype, c.relam, c.relkind, c.relispartition, c.relpartbound, c.reloptions,
      relrowsecurity from pg_class c where c.oid >= ${firstOwnOid} and c.relnamespace in (select n.oid from pg_namespace n where ${userSchema})`,
  ),
  pg_attribute: 'select a.* from pg_attribute a where a.attnum > 0 and a.attrelid in (select oid from relations)',
  pg_attrdef: 'select d.* from pg_attrdef d where d.adrelid in (select oid from relations)',
  pg_constraint: `select k.* from pg_constraint k
    where k.oid >= ${firstOwnOid} and (k.conrelid = 0 or k.conrelid in (select oid from relations))`,
  pg_index: `select i.indexrelid, i.indrelid, i.indisunique, i.indkey, i.indnkeyatts, i.indisvalid, i.indpred
    from pg_index i where i.indrelid in (select oid from relations)`,
  pg_inherits: 'select i.* from pg_inherits i',
  pg_rewrite: 'select w.* from pg_rewrite w where w.ev_class in (select oid from relations)',
  pg_trigger: 'select g.* from pg_trigger g where not g.tgisinternal and g.tgrelid in (select oid from relations)',
  pg_policy: 'select y.* from pg_policy y where y.polrelid in (select oid from relations)',
  // Policies name roles.
  pg_roles:
    'select o.oid, o.rolname from pg_roles o where exists (select from pg_policy y where o.oid = any(y.polroles))',
  pg_type: `select t.* from pg_type t where t.oid >= ${firstOwnOid}
    and t.typnamespace in (select n.oid from pg_namespace n where ${userSchema})`,
  pg_enum: 'select e.* from pg_enum e',
  pg_range: `select r.* from pg_range r where r.rngtypid >= ${firstOwnOid}`,
  pg_collation: `select l.* from pg_collation l where l.oid >= ${firstOwnOid}`,
  pg_proc: `select p.* from pg_proc p where p.oid >= ${firstOwnOid}`,
  pg_language: 'select l.* from pg_language l',
  pg_operator: `select o.* from pg_operator o where o.oid >= ${firstOwnOid}`,
  pg_cast: `select s.* from pg_cast s where s.oid >= ${firstOwnOid}`,
  // Without the descriptions of built-in functions and operators: every server has thousands, and they take 3 of the 13
  // ms for a small database.
  pg_description: `select d.* from pg_description d
    where d.objoid >= ${firstOwnOid} or d.classoid in ('pg_namespace'::regclass, 'pg_type'::regclass)`,
  pg_depend: `select d.* from pg_depend d where d.deptype = 'e' and d.objid >= ${firstOwnOid}`,
  pg_extension: 'select x.* from pg_extension x',
  pg_am: 'select m.* from pg_am m',
  pg_foreign_data_wrapper: 'select w.* from pg_foreign_data_wrapper w',
  pg_foreign_server: 'select s.* from pg_foreign_server s',
  pg_foreign_table: 'select t.* from pg_foreign_table t',
  // These determine what else a name in an expression can mean. An event trigger can refuse to create a view.
  pg_opclass: `select o.* from pg_opclass o where o.oid >= ${firstOwnOid}`,
  pg_amop: `select o.* from pg_amop o where o.oid >= ${firstOwnOid}`,
  pg_aggregate: `select a.* from pg_aggregate a where a.aggfnoid >= ${firstOwnOid}`,
  pg_ts_config: `select c.* from pg_ts_config c where c.oid >= ${firstOwnOid}`,
  pg_event_trigger: 'select e.* from pg_event_trigger e',
};

/** Names of the system catalogs that the fingerprint covers. */
export const fingerprinted: readonly string[] = Object.keys(rows);

const settledNames = settled.map((name) => `'${name}'`).join(', ');

/** The oid of the current role. */
const own = '(select r.oid from pg_roles r where r.rolname = current_user)';

/** The digest of a query's rows: their number and the sum of their hashes, which does not depend on their order. */
const digestOf = (query: string) =>
  `(select count(*) || ':' || coalesce(sum(hashtextextended(l::text, 0)), 0) from (${query}) l)`;

const md5Of = (values: readonly string[]) => `md5(concat_ws(' ', ${values.join(',\n')}))`;

/**
 * The conditions, besides the content of the database, under which expressions are evaluated: the server, the role with
 * all its memberships, what it may do, whether anything may be written, and every setting as a session of this role has
 * it (`reset_val`, which ignores what this transaction sets). Settings with a fixed value in every reading (`settled`)
 * are omitted.
 */
const conditions: readonly string[] = [
  'version()',
  'current_database()::text',
  'pg_is_in_recovery()::text',
  "current_setting('transaction_read_only')",
  // Contains the order of day and month.
  "current_setting('DateStyle')",
  "has_database_privilege(current_database(), 'TEMPORARY')::text",
  // Without the role's settings. Those in force are covered by pg_settings, below.
  digestOf("select to_jsonb(r) - 'rolconfig' from pg_roles r where r.rolname = current_user"),
  digestOf(`with recursive held as (
    select m.roleid, m::text as membership from pg_auth_members m where m.member = ${own}
    union select m.roleid, m::text from pg_auth_members m join held h on m.member = h.roleid) select h.* from held h`),
  digestOf(`select n.oid from pg_namespace n where ${userSchema} and has_schema_privilege(n.oid, 'USAGE')`),
  digestOf(`select s.name, s.reset_val from pg_settings s where s.name not in (${settledNames})`),
];

/**
 * A query for one row with one column, `conditions`: the digest of the conditions only, which can change while an
 * expression is being inferred.
 */
export const conditionsQuery = `select ${md5Of(conditions)} as conditions`;

/**
 * A query for one row with one column, `fingerprint`: a digest of each system catalog's number of rows and sum of their
 * hashes, then the digest of the conditions. It takes a third of the time of the catalog query, which has to look up
 * names and print expressions.
 */
export const fingerprintQuery = `with relations as (${relations})
select ${md5Of(Object.values(rows).map(digestOf))} || ${md5Of(conditions)} as fingerprint`;

/**
 * Reads the fingerprint of a database and of the conditions under which it is read: if fingerprints are equal, so are
 * catalogs. The server computes it and sends only 64 characters. It is read within `beginTransaction`, because rows
 * contain values whose text depends on settings.
 */
export async function readFingerprint(session: Session): Promise<string | undefined> {
  const [row] = await session.query<{ fingerprint: string }>(
    `${beginTransaction(session)} ${fingerprintQuery}; rollback`,
  );
  return row?.fingerprint;
}
