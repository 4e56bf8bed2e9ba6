import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { Kysely, PostgresDialect, sql } from 'kysely';
import { PostgresJSDialect } from 'kysely-postgres-js';
import pg from 'pg';
import postgres from 'postgres';
import { jsonText } from '../generated/runtime/write.js';
import { type FreshDatabase, freshDatabase, POSTGRES_VERSIONS } from './support/postgres.js';

interface Database {
  documents: { id: number; doc: unknown; plain: unknown; list: unknown };
}

/**
 * A value that the generated types accept for a JSON column is stored as given, or refused, but never changed. The
 * types accept `jsonText(value)`, numbers, booleans and objects; `test/matrix.slow.ts` shows that they refuse bare
 * arrays and strings.
 */
const drivers = ['pg', 'postgres'] as const;
const everyOne = POSTGRES_VERSIONS.flatMap((version) => drivers.map((driver) => ({ version, driver })));

describe.each(everyOne)('JSON written to PostgreSQL $version through $driver', ({ version, driver }) => {
  let database: FreshDatabase;
  let db: Kysely<Database>;

  beforeAll(async () => {
    database = await freshDatabase(version, 'CREATE TABLE documents (id serial, doc jsonb, plain json, list jsonb[])');
    db = new Kysely<Database>({
      dialect:
        driver === 'pg'
          ? new PostgresDialect({ pool: new pg.Pool({ connectionString: database.url }) })
          : new PostgresJSDialect({ postgres: postgres(database.url, { onnotice: () => {} }) }),
    });
  });
  afterAll(async () => {
    await db.destroy();
    await database.drop();
  });

  /** What the database contains, read without the driver's parsers; undefined if it refused the value. */
  async function stored(column: 'doc' | 'plain' | 'list', value: unknown): Promise<string | null | undefined> {
    try {
      const row = await db
        .insertInto('documents')
        .values({ [column]: value } as never)
        .returning(sql<string | null>`${column === 'list' ? sql`to_jsonb(list)` : sql.ref(column)}::text`.as('text'))
        .executeTakeFirstOrThrow();
      return row.text;
    } catch (error) {
      if (error instanceof pg.DatabaseError || error instanceof postgres.PostgresError) return undefined;
      throw error;
    }
  }

  /** jsonb cannot contain a lone surrogate or a NUL, and refuses it. */
  const isRefusedText = (value: unknown) => /\\u0000|\\ud[89a-f]/i.test(JSON.stringify(value));
  const normal = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

  test.each(['doc', 'plain'] as const)('any value through jsonText is what %s holds', async (column) => {
    await fc.assert(
      fc.asyncProperty(fc.jsonValue({ maxDepth: 3 }), async (value) => {
        const text = await stored(column, jsonText(value));
        if (value === null) expect(text).toBeNull();
        else if (text === undefined) expect(isRefusedText(value)).toBe(true);
        else expect(JSON.parse(text ?? 'null')).toEqual(normal(value));
      }),
      { numRuns: 150 },
    );
  });

  test('numbers, booleans and objects are stored as they are', async () => {
    const plain = fc.oneof(
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      // postgres.js sends a boolean as a bool, which the column refuses, and so does the type of its profile.
      ...(driver === 'pg' ? [fc.boolean()] : []),
      fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 2 })),
    );
    await fc.assert(
      fc.asyncProperty(plain, async (value) => {
        const text = await stored('doc', value);
        if (text === undefined) expect(isRefusedText(value)).toBe(true);
        else expect(JSON.parse(text ?? 'null')).toEqual(normal(value));
      }),
      { numRuns: 150 },
    );
  });

  test('elements of a JSON array column too', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.jsonValue({ maxDepth: 2 })), async (values) => {
        const text = await stored(
          'list',
          values.map((value) => jsonText(value)),
        );
        if (text === undefined) expect(isRefusedText(values)).toBe(true);
        else expect(JSON.parse(text ?? 'null')).toEqual(normal(values));
      }),
      { numRuns: 100 },
    );
  });

  // postgres.js sends their `JSON.stringify`, which is null.
  (driver === 'pg' ? test : test.skip)('NaN and Infinity, which are no JSON, are refused', async () => {
    expect(await stored('doc', NaN)).toBeUndefined();
    expect(await stored('doc', Infinity)).toBeUndefined();
  });
});
