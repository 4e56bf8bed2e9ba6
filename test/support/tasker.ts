import { PGlite } from '@electric-sql/pglite';
import { Kysely, PostgresDialect, type PostgresPool } from 'kysely';
import pg from 'pg';
import type { DB } from '../../generated/db.js';
import { freshDatabase, POSTGRES_VERSIONS, type PostgresVersion } from './postgres.js';
import { readSql } from './repository.js';

/** The Tasker example with its rows, on each engine that the models have to work on. */
export const engines = [...POSTGRES_VERSIONS, 'PGlite'] as const;

export interface TaskerDatabase {
  readonly db: Kysely<DB>;
  close(): Promise<void>;
}

const script = () =>
  ['schema.sql', 'functions.sql', 'rows.sql'].map((file) => readSql(`examples/tasker/${file}`)).join('\n');

export function openTasker(engine: PostgresVersion | 'PGlite'): Promise<TaskerDatabase> {
  return engine === 'PGlite' ? openEmbedded() : openServer(engine);
}

async function openServer(version: PostgresVersion): Promise<TaskerDatabase> {
  const database = await freshDatabase(version, script());
  const pool = new pg.Pool({ connectionString: database.url });
  // Dropping the database may end a connection that is just about to end by itself.
  pool.on('error', () => {});
  const db = new Kysely<DB>({ dialect: new PostgresDialect({ pool }) });
  return {
    db,
    close: async () => {
      await db.destroy();
      await database.drop();
    },
  };
}

/**
 * PGlite behind Kysely's own dialect. It reads bigint as text, as `pg` does, because the example's types are those of
 * `pg`.
 */
async function openEmbedded(): Promise<TaskerDatabase> {
  const pglite = await PGlite.create({ parsers: { 20: (text) => text } });
  await pglite.exec(script());
  await pglite.exec('set search_path = public');
  // One connection: whoever gets it keeps it until it is released, so that transactions do not mix.
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
