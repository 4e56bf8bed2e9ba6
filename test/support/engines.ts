import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { type Dialect, Kysely, PostgresDialect, type PostgresPool } from 'kysely';
import { PostgresJSDialect } from 'kysely-postgres-js';
import pg from 'pg';
import postgres from 'postgres';
import { freshDatabase, newestVersion, POSTGRES_VERSIONS, type PostgresVersion } from './postgres.js';
import { repositoryPath } from './repository.js';

/**
 * The engines on which the models must work: servers through `pg`, the newest one also through postgres.js, and PGlite.
 */
export const engines = [...POSTGRES_VERSIONS, 'postgres.js', 'PGlite'] as const;
export type Engine = (typeof engines)[number];

export interface OpenDatabase<DB> {
  readonly db: Kysely<DB>;
  close(): Promise<void>;
}

/** A database for one test on an engine, in which `script` has run. */
export function openEngine<DB>(engine: Engine, script: string): Promise<OpenDatabase<DB>> {
  if (engine === 'PGlite') return openEmbedded(script);
  if (engine === 'postgres.js') return openServer(newestVersion, script, throughPostgresJs);
  return openServer(engine, script, throughPg);
}

function throughPg(url: string): Dialect {
  const pool = new pg.Pool({ connectionString: url });
  // Dropping the database may end a connection that is just being closed.
  pool.on('error', () => {});
  return new PostgresDialect({ pool });
}

const throughPostgresJs = (url: string): Dialect => {
  return new PostgresJSDialect({ postgres: postgres(url, { onnotice: () => {} }) });
};

async function openServer<DB>(
  version: PostgresVersion,
  script: string,
  dialect: (url: string) => Dialect,
): Promise<OpenDatabase<DB>> {
  const database = await freshDatabase(version, script);
  const db = new Kysely<DB>({ dialect: dialect(database.url) });
  return {
    db,
    close: async () => {
      await db.destroy();
      await database.drop();
    },
  };
}

/**
 * PGlite behind Kysely's own dialect. It reads bigint as text, like `pg`, because the example's types are those of
 * `pg`.
 */
async function openEmbedded<DB>(script: string): Promise<OpenDatabase<DB>> {
  const pglite = await PGlite.create({ loadDataDir: await emptyDirectory(), parsers: { 20: (text) => text } });
  await pglite.exec(script);
  await pglite.exec('set search_path = public');
  // There is one connection. Whoever gets it keeps it until it is released, so that transactions do not mix.
  let turn: Promise<void> = Promise.resolve();
  const pool = {
    connect: async () => {
      const before = turn;
      let release = () => {};
      turn = new Promise((resolve) => (release = resolve));
      await before;
      return {
        query: async (sql: string, parameters: unknown[]) => {
          const { rows, affectedRows } = await pglite.query(sql, parameters);
          return { command: 'UPDATE', rows, rowCount: affectedRows ?? rows.length };
        },
        release: () => release(),
      };
    },
    end: () => pglite.close(),
  };
  const db = new Kysely<DB>({ dialect: new PostgresDialect({ pool: pool as unknown as PostgresPool }) });
  return { db, close: () => db.destroy() };
}

/** The data directory from which PGlite starts, kept from the first start: creating one takes 4.2 s instead of 0.9. */
async function emptyDirectory(): Promise<Blob> {
  const { version } = JSON.parse(
    readFileSync(repositoryPath('node_modules/@electric-sql/pglite/package.json'), 'utf8'),
  );
  const path = repositoryPath(`node_modules/.cache/rowsmith-tests/pglite-${version}.tar`);
  try {
    return new Blob([readFileSync(path)]);
  } catch {
    const pglite = await PGlite.create();
    const directory = await pglite.dumpDataDir('none');
    await pglite.close();
    mkdirSync(dirname(path), { recursive: true });
    const beside = `${path}.${process.pid}`;
    writeFileSync(beside, Buffer.from(await directory.arrayBuffer()));
    renameSync(beside, path);
    return directory;
  }
}
