/**
 * Whether another session has changed the schema since this transaction's snapshot was taken. The snapshot shows the
 * catalog's rows as they were, but functions such as `pg_get_expr` and `format_type`, and the parser, see them as they
 * are: a column that is renamed meanwhile has its old name in the list of columns and the new one in a CHECK.
 *
 * A row of the snapshot that has been updated or deleted bears the transaction that did it in `xmax`; one that is older
 * than every transaction still running then was rolled back, or only locked the row. New rows are in no list, and
 * change none. It may say yes without need, to `TRUNCATE` and `GRANT` for example, and costs a second reading then.
 * https://www.postgresql.org/docs/current/ddl-system-columns.html
 */
const changed = (row: string) =>
  `${row}.xmax <> 0 and age(${row}.xmax) <= age((txid_snapshot_xmin(txid_current_snapshot()) & 4294967295)::text::xid)`;

/**
 * A subquery for each row that changed, of which there are few: a join would look at every column first. Temporary
 * tables are others' own.
 */
const isLasting = (relation: string) =>
  `(select n.nspname !~ '^pg_' from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.oid = ${relation})`;

export const changedQuery = `select
  exists (select from pg_namespace n where ${changed('n')})
  or exists (select from pg_class r where ${changed('r')} and ${isLasting('r.oid')})
  or exists (select from pg_attribute a where ${changed('a')} and ${isLasting('a.attrelid')})
  or exists (select from pg_type t where ${changed('t')} and t.typnamespace not in (select oid from pg_namespace where nspname ~ '^pg_'))
  or exists (select from pg_proc p where ${changed('p')})
  or exists (select from pg_constraint k where ${changed('k')})
  or exists (select from pg_database d where d.datname = current_database() and ${changed('d')})
  or exists (select from pg_auth_members m where ${changed('m')}) as changed`;
