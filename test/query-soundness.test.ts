import { expect, test } from '@jest/globals';
import pg from 'pg';
import type { QueryText } from '../src/catalog/queries/query-text.js';
import { readQueries } from '../src/catalog/queries/read-queries.js';
import { parameterNames, sentText } from '../src/catalog/queries/sent-text.js';
import { Reading } from '../src/catalog/reading.js';
import { openLive } from '../src/postgres/live/open-live.js';
import { freshDatabase, POSTGRES_VERSIONS } from './support/postgres.js';
import { Random } from './support/random/random.js';
import { type RandomStatement, statement } from './support/random/statements.js';
import { tables } from './support/random/tables.js';

/** How many statements; each gives several columns. */
const count = Number(process.env['ROWSMITH_SOUNDNESS_QUERIES'] ?? 400);
const seed = Number(process.env['ROWSMITH_SOUNDNESS_SEED'] ?? 1);
const width = 5;

/** A statement that ran, and the columns that were null in some row. */
interface Ran {
  readonly query: QueryText;
  readonly sql: string;
  readonly nulls: ReadonlySet<string>;
}

test.each(POSTGRES_VERSIONS)(
  `no column of a query that is called not null is ever null, on PostgreSQL %s (seed ${seed})`,
  async (version) => {
    const random = new Random(seed);
    const database = await freshDatabase(version, tables(random));
    const client = new pg.Client(database.url);
    await client.connect();
    try {
      const ran: Ran[] = [];
      for (let index = 0; index < count; index++) {
        const one = await run(client, statement(random, width));
        if (one) ran.push(one);
      }
      const proven = await provenColumns(database.url, ran);
      const wrong = ran.flatMap(({ sql, nulls }, index) =>
        (proven[index] ?? []).filter((name) => nulls.has(name)).map((name) => `${name} of ${sql}`),
      );
      expect(wrong).toEqual([]);
      const checked = proven.reduce((sum, names) => sum + names.length, 0);
      expect(ran.length).toBeGreaterThan(count / 3);
      expect(checked).toBeGreaterThan(ran.length);
      if (process.env['ROWSMITH_SOUNDNESS_QUERIES'])
        process.stdout.write(
          `PostgreSQL ${version}: ${ran.length} statements, ${ran.length * width} columns, ${checked} called not null\n`,
        );
    } finally {
      await client.end();
      await database.drop();
    }
  },
  3_600_000,
);

/** Runs a statement; undefined where Postgres refuses it, as some mix types, or where it fails on the rows. */
async function run(client: pg.Client, { sql, values }: RandomStatement): Promise<Ran | undefined> {
  const { queries, problems } = readQueries({ path: 'q.sql', text: sql });
  const [query] = queries;
  if (!query) throw new Error(`${problems[0]?.message}: ${sql}`);
  const names = parameterNames(query);
  const { sql: text } = sentText(query, (use) => `$${names.indexOf(query.uses[use]?.name ?? '') + 1}`);
  await client.query('begin');
  try {
    const { rows } = await client.query(
      text,
      names.map((name) => values[name] ?? null),
    );
    const nulls = rows.flatMap((row) => Object.keys(row).filter((name) => row[name] === null));
    return rows.length > 0 ? { query, sql, nulls: new Set(nulls) } : undefined;
  } catch {
    return undefined;
  } finally {
    await client.query('rollback');
  }
}

/** The columns of each statement that are called not null. */
async function provenColumns(url: string, ran: readonly Ran[]): Promise<readonly (readonly string[])[]> {
  const session = await openLive(url, { timeout: 600 });
  try {
    const proven: (readonly string[])[] = [];
    for (let from = 0; from < ran.length; from += 500) {
      const reading = await Reading.begin(session);
      const queries = ran.slice(from, from + 500).map(({ query }) => query);
      const facts = await reading.queries({ queries, problems: [] });
      proven.push(...facts.map(({ columns }) => columns.filter(({ notNull }) => notNull).map(({ name }) => name)));
      await reading.end();
    }
    return proven;
  } finally {
    await session.close();
  }
}
