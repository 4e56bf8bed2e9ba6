import type { Session } from '../../postgres/session.js';
import type { Migrate } from './modules.js';
import { send } from './send.js';

/** The part of Knex that is used, in any version that the project has. */
type KnexPackage = (config: object) => {
  readonly migrate: { latest(options: object): Promise<unknown> };
  destroy(): Promise<void>;
};

/** A query that Knex sends. */
interface KnexQuery {
  readonly sql: string;
  readonly bindings?: readonly unknown[];
  readonly method?: string;
  readonly returning?: unknown;
  response?: object;
}

type PostgresClient = new (config: object) => object;

/** The tables in which Knex records what has run. */
export const knexTables = `CREATE TABLE knex_migrations (id serial PRIMARY KEY, name varchar(255), batch integer, migration_time timestamptz);
CREATE TABLE knex_migrations_lock (index serial PRIMARY KEY, is_locked integer);`;

/** Runs migrations with the project's own Knex, in the order of their names. */
export const migrateWithKnex: Migrate = async (migrations, session, require) => {
  const knex = require('knex') as KnexPackage;
  const client = clientOn(session, require('knex/lib/dialects/postgres/index.js') as PostgresClient);
  const db = knex({ client, connection: {}, pool: { min: 1, max: 1 }, log: { warn: () => {}, error: () => {} } });
  const migrationSource = {
    getMigrations: async () => [...migrations.keys()].sort(),
    getMigrationName: (name: string) => name,
    getMigration: async (name: string) => migrations.get(name),
  };
  try {
    await db.migrate.latest({ migrationSource });
  } finally {
    await db.destroy();
  }
};

/** Knex's client for PostgreSQL, with a session in place of a connection. */
function clientOn(session: Session, Postgres: PostgresClient): PostgresClient {
  return class extends Postgres {
    _driver() {
      return {};
    }

    async acquireRawConnection() {
      return {};
    }

    async destroyRawConnection() {}

    async _query(_connection: object, query: KnexQuery) {
      const { bindings, method = '' } = query;
      const rows = [...(await send<object>(session, isCounted(query) ? returning(query.sql) : query.sql, bindings))];
      query.response = { command: method.toUpperCase(), rows, rowCount: rows.length, fields: [] };
      return query;
    }
  };
}

/** Whether Knex relies on the number of rows that a statement changed, as its lock does. */
const isCounted = ({ method = '', returning }: KnexQuery) => ['update', 'del'].includes(method) && !returning;

/** A statement that returns a row for each row that it changes, because a session returns rows and no count. */
const returning = (sql: string) => `${sql} RETURNING 1`;
