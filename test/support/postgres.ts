import pg from 'pg';
import { defaultVersions, everyVersion, type PostgresVersion } from '../../scripts/postgres/binaries.js';
import { createDatabase } from '../../scripts/postgres.js';

export type { PostgresVersion } from '../../scripts/postgres/binaries.js';

/** The versions to test on: the dev dependencies, or those of ROWSMITH_TEST_VERSIONS, such as `14,16`. Oldest first. */
export const POSTGRES_VERSIONS = wantedVersions(process.env['ROWSMITH_TEST_VERSIONS']);

export const [oldestVersion = '15'] = POSTGRES_VERSIONS;
export const newestVersion = POSTGRES_VERSIONS.at(-1) ?? '18';

function wantedVersions(list: string | undefined): readonly PostgresVersion[] {
  if (list === undefined) return defaultVersions;
  const wanted = list.split(',');
  const unknown = wanted.filter((version) => !everyVersion.some((known) => known === version));
  if (unknown.length > 0)
    throw new Error(
      `ROWSMITH_TEST_VERSIONS: no PostgreSQL ${unknown.join(', ')}; there are ${everyVersion.join(', ')}`,
    );
  return everyVersion.filter((version) => wanted.includes(version));
}

export interface FreshDatabase {
  readonly url: string;
  /** Drops the database, even if somebody is still connected to it. */
  drop(): Promise<void>;
}

/**
 * The URL of the run's server of that version, as its superuser. The first test that requests it starts the server
 * (`global-setup.js`). A server given in ROWSMITH_TEST_POSTGRES_<version> (a superuser's URL) is used as it is.
 */
export async function serverUrl(version: PostgresVersion): Promise<string> {
  const given = process.env[`ROWSMITH_TEST_POSTGRES_${version}`];
  if (given !== undefined) return given;
  const servers = process.env['ROWSMITH_TEST_SERVERS'];
  if (servers === undefined) throw new Error('no servers here: this test is taken for a unit (jest.config.js)');
  // A kept connection may already be closed when a test that blocks its process sends its next request.
  const answer = await fetch(new URL(version, servers), { headers: { connection: 'close' } });
  if (!answer.ok) throw new Error(`PostgreSQL ${version} did not start: ${await answer.text()}`);
  return answer.text();
}

/** A database for one test, in which `sql` has run. */
export async function freshDatabase(version: PostgresVersion, sql: string): Promise<FreshDatabase> {
  const server = await serverUrl(version);
  const url = await createDatabase(server);
  const name = decodeURIComponent(new URL(url).pathname.slice(1));
  const force = Number(version) < 13 ? '' : 'WITH (FORCE)';
  const drop = (): Promise<void> => execute(server, `DROP DATABASE IF EXISTS ${pg.escapeIdentifier(name)} ${force}`);
  try {
    await execute(url, sql);
  } catch (error) {
    await drop();
    throw error;
  }
  return { url, drop };
}

/** Runs SQL on a separate connection. */
export async function execute(url: string, sql: string): Promise<void> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
