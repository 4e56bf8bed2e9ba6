import type { Extensions, PGlite } from '@electric-sql/pglite';
import { vector } from '@electric-sql/pglite-pgvector';
import { Kysely, PostgresDialect } from 'kysely';
import { PostgresJSDialect } from 'kysely-postgres-js';
import pg from 'pg';
import postgres from 'postgres';
import { serializeCatalog } from '../../src/catalog/serialize.js';
import { rowsTogether, type Session } from '../../src/postgres/session.js';
import { readEverything } from '../../test/support/read-everything.js';
import { bunDialect } from './bun-dialect.js';
import { neonPool } from './neon.js';
import { oneConnectionDialect, type RunStatement } from './one-connection.js';
import type { Query } from './schema.js';

/** The type of a database whose tables only the matrix knows. It allows any name and any value. */
export type AnyDatabase = Record<string, Record<string, unknown>>;

/** A database with a real driver under Kysely, as in programs. */
export interface Opened {
  /** Absent for PGlite, which has no server. */
  readonly url?: string;
  /** Runs statements that create the schema, without the driver's parsers. */
  readonly query: Query;
  /** Creates a Kysely over the driver. `options` are those that the profile under test adds to the pool's options. */
  connect(options?: pg.PoolConfig): Kysely<AnyDatabase>;
  /** Called when the schema is complete, for drivers that look up types when they start. */
  ready(): Promise<void>;
  /** The catalog, as the text of a `catalog.json`. */
  catalog(): Promise<string>;
  close(): Promise<void>;
}

/** The drivers that connect to a server, each under its Kysely dialect. */
const dialects = {
  pg: (url: string, options: pg.PoolConfig) => {
    return new PostgresDialect({ pool: new pg.Pool({ connectionString: url, ...options }) });
  },
  postgres: (url: string) => new PostgresJSDialect({ postgres: postgres(url, { onnotice: () => {} }) }),
  neon: (url: string) => new PostgresDialect({ pool: neonPool(url) }),
  /** Usable only if Bun runs the matrix. */
  bun: bunDialect,
} as const;

export type ServerDriver = keyof typeof dialects;

/** A database on a server, read with one of the drivers. The schema is always created through `pg`. */
export async function openServer(url: string, driver: ServerDriver = 'pg'): Promise<Opened> {
  const plain = new pg.Client(url);
  await plain.connect();
  const query: Query = async (sql) => lastRows(await plain.query(sql));
  const databases: Kysely<AnyDatabase>[] = [];
  return {
    url,
    query,
    connect: (options = {}) => {
      const db = new Kysely<AnyDatabase>({ dialect: dialects[driver](url, options) });
      databases.push(db);
      return db;
    },
    ready: async () => {},
    catalog: () => readCatalog(query),
    close: async () => {
      await Promise.all(databases.map((db) => db.destroy()));
      await plain.end();
    },
  };
}

/** PGlite in memory, with those extensions of its package that the matrix wants. */
export async function openPglite(): Promise<Opened> {
  const { PGlite: EmbeddedPostgres } = await import('@electric-sql/pglite');
  const pglite: PGlite = await EmbeddedPostgres.create({
    extensions: {
      ...(await contribs(['citext', 'cube', 'hstore', 'intarray', 'isn', 'ltree', 'pg_trgm', 'seg', 'uuid_ossp'])),
      vector,
    },
  });
  const query: Query = async (sql) => (await pglite.exec(sql)).findLast(({ fields }) => fields.length > 0)?.rows ?? [];
  const run: RunStatement = async (sql, parameters) => (await pglite.query(sql, parameters)).rows;
  return {
    query,
    connect: () => new Kysely<AnyDatabase>({ dialect: oneConnectionDialect(run, async () => {}) }),
    // PGlite looks up array types when it starts. Arrays of newer types are read as text until it looks again.
    ready: () => pglite.refreshArrayTypes(),
    catalog: () => readCatalog(query),
    close: () => pglite.close(),
  };
}

async function contribs(names: readonly string[]): Promise<Extensions> {
  const entries = names.map(async (name) => {
    const module = (await import(`@electric-sql/pglite/contrib/${name}`)) as Record<string, unknown>;
    return [name, module[name]] as const;
  });
  return Object.fromEntries(await Promise.all(entries)) as Extensions;
}

function lastRows(answer: unknown): readonly Record<string, unknown>[] {
  const results = (Array.isArray(answer) ? answer : [answer]) as readonly pg.QueryResult<Record<string, unknown>>[];
  return results.findLast(({ fields }) => fields.length > 0)?.rows ?? [];
}

async function readCatalog(query: Query): Promise<string> {
  const rows = async <Row>(sql: string) => (await query(sql)) as readonly Row[];
  const session: Session = {
    query: rows,
    eachRow: rowsTogether(rows),
    describe: async () => ({ described: [] }),
    limits: () => '',
    close: async () => {},
  };
  const catalog = await readEverything(session);
  return serializeCatalog(catalog, 'Of the matrix.');
}
