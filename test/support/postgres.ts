import pg from 'pg';
import { createDatabase, type PostgresVersion } from '../../scripts/postgres.js';

export { POSTGRES_VERSIONS, type PostgresVersion } from '../../scripts/postgres.js';

export interface FreshDatabase {
  readonly url: string;
  /** Drops the database, and whoever is still connected to it. */
  drop(): Promise<void>;
}

/** The URL of the run's server of that version, as its superuser. */
export function serverUrl(version: PostgresVersion): string {
  const url = process.env[`ROWSMITH_TEST_POSTGRES_${version}`];
  if (url === undefined) throw new Error(`no PostgreSQL ${version} was started: run the tests through Jest's config`);
  return url;
}

/** A database of one test's own, with `sql` run in it. */
export async function freshDatabase(version: PostgresVersion, sql: string): Promise<FreshDatabase> {
  const server = serverUrl(version);
  const url = await createDatabase(server);
  const name = decodeURIComponent(new URL(url).pathname.slice(1));
  const drop = (): Promise<void> => execute(server, `DROP DATABASE IF EXISTS ${pg.escapeIdentifier(name)} WITH (FORCE)`);
  try {
    await execute(url, sql);
  } catch (error) {
    await drop();
    throw error;
  }
  return { url, drop };
}

async function execute(url: string, sql: string): Promise<void> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
