import { describe, expect, test } from '@jest/globals';
import pg from 'pg';
import { openLive } from '../src/postgres/live/open-live.js';
import { freshDatabase, POSTGRES_VERSIONS } from './support/postgres.js';
import { Random } from './support/random/random.js';
import { tables } from './support/random/tables.js';
import { select } from './support/random/views.js';
import { readEverything } from './support/read-everything.js';

/** How many views; each has several columns. `npm run soundness` tries many more. */
const count = Number(process.env['ROWSMITH_SOUNDNESS_VIEWS'] ?? 400);
const seed = Number(process.env['ROWSMITH_SOUNDNESS_SEED'] ?? 1);
const width = 5;
/** How many views there are at once: the queries of many more are a larger answer than is read. */
const batch = 2000;

describe.each(POSTGRES_VERSIONS)('nullability on PostgreSQL %s', (version) => {
  test(`no column that is called not null is ever null (seed ${seed})`, async () => {
    const random = new Random(seed);
    const database = await freshDatabase(version, tables(random));
    const client = new pg.Client(database.url);
    await client.connect();
    try {
      const wrong: string[] = [];
      let [created, checked] = [0, 0];
      for (let left = count; left > 0; left -= batch) {
        const views = await createViews(client, random, Math.min(left, batch));
        const proven = await provenColumns(database.url);
        created += views.size;
        for (const [view, sql] of views) {
          const names = proven.get(view) ?? [];
          const found = await nullColumns(client, view, names);
          if (found === undefined) continue;
          checked += names.length;
          wrong.push(...found.map((name) => `${name} of ${sql}`));
        }
        await client.query(`drop view ${[...views.keys()].join(', ')}`);
      }
      expect(wrong).toEqual([]);
      expect(created).toBeGreaterThan(count / 2);
      expect(checked).toBeGreaterThan(created / 2);
      if (process.env['ROWSMITH_SOUNDNESS_VIEWS'])
        process.stdout.write(
          `PostgreSQL ${version}: ${created} views, ${created * width} columns, ${checked} called not null\n`,
        );
    } finally {
      await client.end();
      await database.drop();
    }
  }, 3_600_000);
});

/** Postgres prints the names of columns in the query of a view. */
test.each(POSTGRES_VERSIONS)('a view is read whatever its columns are called, on PostgreSQL %s', async (version) => {
  const names = ['a"', '"', '""', '<>', 'a" b', '\\', '{', '}', '(', ')', ' ', ':a', 'a\n"'];
  const columns = names.map((name) => pg.escapeIdentifier(name));
  const database = await freshDatabase(
    version,
    `create table t (${columns.map((column) => `${column} int not null`).join(', ')}, n int); create view v as select * from t; create view w as select ${columns.join(', ')}, n from v`,
  );
  try {
    const proven = await provenColumns(database.url);
    expect(['v', 'w'].map((view) => proven.get(view))).toEqual([names, names]);
  } finally {
    await database.drop();
  }
});

test.each(POSTGRES_VERSIONS)(
  'a view that is nested deeper than the stack of JavaScript is read as one that may be null, on PostgreSQL %s',
  async (version) => {
    const terms = (count: number) => Array.from({ length: count }, () => 'a').join(' || ');
    const database = await freshDatabase(
      version,
      `create table t (a text not null); create view shallow as select ${terms(300)} as x from t; create view deep as select ${terms(3000)} as x from t`,
    );
    try {
      const proven = await provenColumns(database.url);
      expect(['shallow', 'deep'].map((view) => proven.get(view))).toEqual([['x'], []]);
    } finally {
      await database.drop();
    }
  },
);

/** Some random queries mix types in a way that Postgres refuses: they are left out. */
async function createViews(client: pg.Client, random: Random, count: number): Promise<Map<string, string>> {
  const views = new Map<string, string>();
  for (let index = 0; index < count; index++) {
    const sql = select(random, width);
    const name = `v${index}`;
    const created = await client.query(`create view ${name} as ${sql}`).then(
      () => true,
      () => false,
    );
    if (created) views.set(name, sql);
  }
  return views;
}

async function provenColumns(url: string): Promise<Map<string, string[]>> {
  const session = await openLive(url);
  try {
    const catalog = await readEverything(session);
    return new Map(
      catalog.relations.map(({ name, columns }) => [
        name,
        columns.filter(({ notNull }) => notNull).map((column) => column.name),
      ]),
    );
  } finally {
    await session.close();
  }
}

/** The columns that are null in some row; undefined where the query fails on its rows, which proves nothing. */
async function nullColumns(client: pg.Client, view: string, names: readonly string[]): Promise<string[] | undefined> {
  if (names.length === 0) return [];
  const query = `select ${names.map((name) => `bool_or(${name} is null) as ${name}`).join(', ')} from ${view}`;
  const result = await client.query<Record<string, boolean | null>>(query).catch(() => undefined);
  return result && names.filter((name) => result.rows[0]?.[name] === true);
}
