import { expect, test } from '@jest/globals';
import pg from 'pg';
import { Reading } from '../src/catalog/reading.js';
import { openLive } from '../src/postgres/live/open-live.js';
import { freshDatabase, POSTGRES_VERSIONS } from './support/postgres.js';
import { Random } from './support/random/random.js';
import {
  countColumns,
  countProven,
  factsOf,
  runWithNulls,
  soundnessSchema,
  statementsThatRun,
  wronglyProven,
} from './support/soundness.js';

/** How many statements; `npm run soundness` tries many more. */
const count = Number(process.env['ROWSMITH_SOUNDNESS_QUERIES'] ?? 250);
/** How many are analysed at once. */
const batch = 250;
const seed = Number(process.env['ROWSMITH_SOUNDNESS_SEED'] ?? 1);

test.each(POSTGRES_VERSIONS)(
  `no column of a query that is called not null is ever null, on PostgreSQL %s (seed ${seed})`,
  async (version) => {
    const random = new Random(seed);
    const database = await freshDatabase(version, soundnessSchema(random));
    const client = new pg.Client(database.url);
    await client.connect();
    const session = await openLive(database.url, { timeout: 3600 });
    try {
      const wrong: string[] = [];
      let [tried, columns, proven] = [0, 0, 0];
      for (; tried < count; tried += batch) {
        const ran = await statementsThatRun(client, random, { count: batch, version: Number(version) });
        const reading = await Reading.begin(session);
        const facts = await factsOf(reading, ran);
        await reading.end();
        await runWithNulls(client, ran, facts);
        wrong.push(...wronglyProven(ran, facts));
        columns += countColumns(facts);
        proven += countProven(facts);
      }
      expect(wrong).toEqual([]);
      expect(proven).toBeGreaterThan(tried);
      if (process.env['ROWSMITH_SOUNDNESS_QUERIES'])
        process.stdout.write(
          `PostgreSQL ${version}: ${tried} statements, ${columns} columns, ${proven} called not null\n`,
        );
    } finally {
      await session.close();
      await client.end();
      await database.drop();
    }
  },
  3_600_000,
);
