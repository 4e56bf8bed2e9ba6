/** Random queries through models return the same as queries that are written by hand over the tables. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { CamelCasePlugin, type Kysely, sql } from 'kysely';
import { type OpenDatabase, openEngine } from './support/engines.js';
import { POSTGRES_VERSIONS } from './support/postgres.js';
import { Random } from './support/random/random.js';
import { RandomReads } from './support/random-reads.js';
import { readRows } from './support/read-models.js';
import { readSql } from './support/repository.js';

/** The number of queries of each kind. `npm run random-reads` tries many more. */
const count = Number(process.env['ROWSMITH_RANDOM_READS'] ?? 120);
const seed = Number(process.env['ROWSMITH_RANDOM_SEED'] ?? 1);

// biome-ignore lint/suspicious/noExplicitAny: the queries are made at random
type Any = any;
type Rows = readonly (readonly unknown[])[];

/** The result of one form: its rows as text in sorted order, or the database's error. */
const outcome = (rows: Promise<Rows>): Promise<string> =>
  rows.then(
    (all) =>
      all
        .map((row) => JSON.stringify(row))
        .sort()
        .join('\n'),
    (error: Error) => `error: ${error.message}`,
  );

const asRows = (rows: readonly object[]): Rows => rows.map((row) => Object.values(row));

/** Runs something in a transaction that is rolled back. */
async function undone(db: Kysely<Any>, run: (transaction: Kysely<Any>) => Promise<Rows>): Promise<Rows> {
  let rows: Rows = [];
  const rollback = new Error('rollback');
  await db
    .transaction()
    .execute(async (transaction) => {
      rows = await run(transaction);
      throw rollback;
    })
    .catch((error: unknown) => {
      if (error !== rollback) throw error;
    });
  return rows;
}

describe.each(POSTGRES_VERSIONS)('on PostgreSQL %s', (version) => {
  let opened: OpenDatabase<Any>;
  let db: Kysely<Any>;
  beforeAll(async () => {
    opened = await openEngine<Any>(version, readSql('test/cases/reads/schema.sql') + readRows);
    ({ db } = opened);
  });
  afterAll(() => opened?.close());

  const kinds = ['query', 'read', 'write'] as const;

  test.each(kinds)(
    'a %s',
    async (kind) => {
      const wrong: object[] = [];
      let refused = 0;
      let empty = 0;
      for (let index = 0; index < count; index++) {
        const random = new Random(seed * 1_000_003 + index);
        const { withModels, byHand } = new RandomReads(random)[kind]();
        const plugged = random.chance(30) ? db.withPlugin(new CamelCasePlugin()) : db;
        const [actual, wanted] = [
          await outcome(undone(plugged, async (transaction) => asRows(await withModels(transaction)))),
          await outcome(
            undone(db, async (transaction) => asRows((await sql.raw<object>(byHand).execute(transaction)).rows)),
          ),
        ];
        if (wanted.startsWith('error: ')) refused++;
        else if (actual !== wanted) wrong.push({ index, byHand, actual, wanted });
        if (wanted === '') empty++;
      }
      if (process.env['ROWSMITH_RANDOM_READS'])
        process.stdout.write(
          `PostgreSQL ${version}, ${kind}: ${count} tried, ${refused} refused by the database, ${empty} without rows, ${wrong.length} wrong\n`,
        );
      expect(wrong).toEqual([]);
      expect(refused).toBeLessThan(count / 10);
      expect(empty).toBeLessThan(count / 2);
    },
    3_600_000,
  );
});
