import type { Session } from '../../postgres/session.js';
import type { Migrate, MigrationModule, Require } from './modules.js';
import { send } from './send.js';

/** The part of Kysely that is used, in any version that the project has. */
interface KyselyPackage {
  readonly Kysely: new (config: { readonly dialect: object }) => object;
  readonly PostgresAdapter: new () => object;
  readonly PostgresIntrospector: new (db: object) => object;
  readonly PostgresQueryCompiler: new () => object;
}

interface MigratorPackage {
  readonly Migrator: new (options: {
    readonly db: object;
    readonly provider: object;
  }) => {
    migrateToLatest(): Promise<{ readonly error?: unknown }>;
  };
}

/** The tables in which Kysely's migrator records what has run. */
export const kyselyTables = `CREATE TABLE kysely_migration (name varchar(255) PRIMARY KEY, timestamp varchar(255) NOT NULL);
CREATE TABLE kysely_migration_lock (id varchar(255) PRIMARY KEY, is_locked integer NOT NULL DEFAULT 0);`;

/** Runs migrations with the migrator of the project's own Kysely, which handles their order and their transactions. */
export const migrateWithKysely: Migrate = async (migrations, session, require) => {
  const kysely = require('kysely') as KyselyPackage;
  const { Migrator } = migratorOf(require);
  const db = new kysely.Kysely({ dialect: dialectOn(session, kysely) });
  const byName = new Map<string, MigrationModule>();
  for (const [file, migration] of migrations) byName.set(file.replace(/\.[^.]*$/, ''), migration);
  const provider = { getMigrations: async () => Object.fromEntries(byName) };
  const { error } = await new Migrator({ db, provider }).migrateToLatest();
  if (error !== undefined) throw error;
};

/** Since Kysely 0.30, the migrator is in a module of its own. */
function migratorOf(require: Require): MigratorPackage {
  try {
    return require('kysely/migration') as MigratorPackage;
  } catch {
    return require('kysely') as MigratorPackage;
  }
}

/** A dialect of Kysely over a session: PostgreSQL's, with the session as its only connection. */
function dialectOn(session: Session, kysely: KyselyPackage): object {
  const connection = {
    async executeQuery({ sql, parameters }: { readonly sql: string; readonly parameters: readonly unknown[] }) {
      return { rows: [...(await send(session, sql, parameters))] };
    },
    streamQuery() {
      throw new Error('A migration cannot stream here.');
    },
  };
  const statement = (sql: string) => async () => {
    await session.query(sql);
  };
  const nothing = async () => {};
  return {
    createAdapter: () => new kysely.PostgresAdapter(),
    createIntrospector: (db: object) => new kysely.PostgresIntrospector(db),
    createQueryCompiler: () => new kysely.PostgresQueryCompiler(),
    createDriver: () => ({
      init: nothing,
      acquireConnection: async () => connection,
      beginTransaction: statement('BEGIN'),
      commitTransaction: statement('COMMIT'),
      rollbackTransaction: statement('ROLLBACK'),
      releaseConnection: nothing,
      destroy: nothing,
    }),
  };
}
