/**
 * The condition that another session changed a row of a system catalog after this transaction took its snapshot. The
 * snapshot shows the catalog's rows as they were then. But functions such as `pg_get_expr` and `format_type`, and the
 * parser, see them as they are now: a column that is renamed meanwhile has its old name in the list of columns and its
 * new name in a CHECK.
 *
 * `xmax` of a row that was updated or deleted since then is the number of the transaction that did it. If that is older
 * than every transaction that was running when the snapshot was taken, the transaction was rolled back or only locked
 * the row. New rows are in no list and change none. The condition may be true without need, for example after
 * `TRUNCATE` and `GRANT`; that costs a second reading. https://www.postgresql.org/docs/current/ddl-system-columns.html
 */
const changed = (row: string) =>
  `${row}.xmax <> 0 and age(${row}.xmax) <= age((txid_snapshot_xmin(txid_current_snapshot()) & 4294967295)::text::xid)`;

/**
 * Whether a relation is not temporary: temporary tables belong to other sessions. It is a subquery for each changed
 * row, of which there are few, because a join would look at every column first.
 */
const isLasting = (relation: string) =>
  `(select n.nspname !~ '^pg_' from pg_class c
    join pg_namespace n on n.oid = c.relnamespace where c.oid = ${relation})`;

/**
 * A query that returns one row: `{ changed: true }` if another session changed the schema since the snapshot was taken.
 */
export const changedQuery = `select
  exists (select from pg_namespace n where ${changed('n')})
  or exists (select from pg_class r where ${changed('r')} and ${isLasting('r.oid')})
  or exists (select from pg_attribute a where ${changed('a')} and ${isLasting('a.attrelid')})
  or exists (select from pg_type t where ${changed('t')}
    and t.typnamespace not in (select oid from pg_namespace where nspname ~ '^pg_'))
  or exists (select from pg_proc p where ${changed('p')})
  or exists (select from pg_constraint k where ${changed('k')})
  or exists (select from pg_database d where d.datname = current_database() and ${changed('d')})
  or exists (select from pg_auth_members m where ${changed('m')}) as changed`;
