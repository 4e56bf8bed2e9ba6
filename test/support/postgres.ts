import pg from 'pg';
import { createDatabase } from '../../scripts/postgres.js';
import { defaultVersions, everyVersion, type PostgresVersion } from '../../scripts/postgres/binaries.js';

export type { PostgresVersion } from '../../scripts/postgres/binaries.js';

/** The versions to test on: the dev dependencies, or those of ROWSMITH_TEST_VERSIONS, as in `14,16`; oldest first. */
export const POSTGRES_VERSIONS = wantedVersions(process.env['ROWSMITH_TEST_VERSIONS']);

export const [oldestVersion = '15'] = POSTGRES_VERSIONS;
export const newestVersion = POSTGRES_VERSIONS.at(-1) ?? '18';

function wantedVersions(list: string | undefined): readonly PostgresVersion[] {
  if (list === undefined) return defaultVersions;
  const wanted = list.split(',');
  const unknown = wanted.filter((version) => !everyVersion.some((known) => known === version));
  if (unknown.length > 0) throw new Error(`ROWSMITH_TEST_VERSIONS: no PostgreSQL ${unknown.join(', ')}; there are ${everyVersion.join(', ')}`);
  return everyVersion.filter((version) => wanted.includes(version));
}

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

async function execute(url: string, sql: string): Promise<void> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
