import type { Session } from '../postgres/session.js';
import { sqlState } from '../postgres/sql-state.js';
import type { QualifiedName } from './catalog.js';
import { answerNotReadable, makeOfAnswer } from './unreadable.js';

/**
 * The identities of a database's objects: object ids and attribute numbers, which distinguish an object from another
 * one with the same name. They are kept outside the catalog, because a dump and restore renumbers them, and the same
 * schema must produce the same catalog.
 *
 *     {
 *       cluster: '7301…',
 *       relations: [
 *         { schema: 'public', name: 'tasks', id: 16390, columns: [{ name: 'id', number: 1 }] },
 *       ],
 *     }
 */
export interface Identities {
  /** The cluster in which the database was created; for a copy, that of its original. */
  readonly cluster: string;
  readonly relations: readonly RelationIdentity[];
}

/** The identity of a relation: its object id and the numbers of its columns. */
export interface RelationIdentity extends QualifiedName {
  readonly id: number;
  /**
   * `pg_attribute.attnum`: a column keeps it for life, even through a rename, and no other column of the table gets it.
   */
  readonly columns: readonly { readonly name: string; readonly number: number }[];
}

/**
 * The query for the identities. `pg_control_system()` identifies the cluster:
 * https://www.postgresql.org/docs/current/functions-info.html#FUNCTIONS-INFO-CONTROLDATA. A physical copy (a base
 * backup, a branch) keeps the cluster's identifier, and a database created from a template keeps the object ids inside.
 */
const identityQuery = `
select (select system_identifier::text from pg_control_system()) as cluster,
  (select coalesce(json_agg(r), '[]') from (
    select n.nspname as schema, c.relname as name, c.oid::int8 as id,
      (select coalesce(json_agg(json_build_object('name', a.attname, 'number', a.attnum) order by a.attnum), '[]')
       from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped) as columns
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('r', 'p', 'v', 'm', 'f') and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
    order by n.nspname, c.relname) r)::text as relations`;

/**
 * Reads the identities; undefined if the server does not reveal them. Some hosted servers restrict
 * `pg_control_system()`.
 */
export async function readIdentities(session: Session): Promise<Identities | undefined> {
  const rows = await session
    .query<{ cluster: string; relations: string }>(`set local search_path = ''; ${session.limits()}; ${identityQuery}`)
    .catch((error: unknown) => {
      if (sqlState(error) === undefined) throw error;
      return [];
    });
  const [row] = rows;
  return row && makeOfAnswer(() => ({ cluster: row.cluster, relations: readRelations(row.relations) }));
}

function readRelations(text: string): readonly RelationIdentity[] {
  const relations = JSON.parse(text) as readonly RelationIdentity[];
  return relations.map(({ schema, name, id, columns }) => {
    const isRelation = typeof schema === 'string' && typeof name === 'string' && typeof id === 'number';
    const areColumns = columns.every((column) => typeof column.name === 'string' && typeof column.number === 'number');
    if (!isRelation || !areColumns) throw answerNotReadable('what tells its relations apart is not what was asked for');
    return { schema, name, id, columns };
  });
}
