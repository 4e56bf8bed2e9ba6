/** Statements of other databases: what tells them from those that are compared with the schema. */
import { describe, expect, test } from '@jest/globals';
import { compare } from '../../src/drift/compare.js';
import { readModels } from '../../src/drift/readers/read.js';
import { noSettings } from '../../src/drift/settings.js';
import { catalogOf, relation } from './support.js';

const catalog = catalogOf(relation('visits', { id: 'int4!', page: 'text!', seen_at: 'timestamptz!' }));

/** The errors of files: those of a type that a statement fills, and of an INSERT that lacks columns. */
async function errorsIn(files: Readonly<Record<string, string>>) {
  const declared = await readModels(Object.entries(files).map(([file, text]) => ({ file, text })));
  const { findings } = compare(catalog, declared, noSettings);
  return findings.filter(({ severity }) => severity === 'error').map(({ id }) => id.replace(/\/[0-9a-f]{16,}/, ''));
}

const row = 'interface Hit { id: number; total: number }';
const insert = "'INSERT INTO visits (id) VALUES (1)'";
const lacking = ['insert-missing-required/visits/page', 'insert-missing-required/visits/seen_at'];

describe('a statement is for another database by its client', () => {
  test.each<[string, Record<string, string>]>([
    [
      'that is imported from a package',
      { 'a.ts': `import { open } from 'expo-sqlite'; const db = open('x'); db.runSync(${insert})` },
    ],
    [
      'that another file opens',
      {
        'db/open.ts': "import * as SQLite from 'expo-sqlite'; export const db = SQLite.openDatabaseSync('x');",
        'a.ts': `import { db } from './db/open'; db.withTransactionSync(() => { db.runSync(${insert}); })`,
      },
    ],
    [
      'that a function of another file gives',
      {
        'open.ts': "import Database from 'better-sqlite3'; export function open() { return new Database('x'); }",
        'a.ts': `import { open } from './open'; async function f() { const db = await open(); db.prepare(${insert}).run(); }`,
      },
    ],
    [
      'whose import says so by its path, beside another',
      {
        'a.ts': `import { PrismaClient } from '@prisma/client'; import { events } from '~/lib/clickhouse/client'; ${row}
        events.$query<Hit>\`SELECT id, total FROM hits\``,
      },
    ],
    [
      'that the class of the file has',
      {
        'a.ts': `import type { ClickHouseClient } from '@clickhouse/client'; ${row}
        class Hits { constructor(private readonly client: ClickHouseClient) {} f() { return this.all<Hit>('SELECT * FROM hits'); } }`,
      },
    ],
    [
      'that an object hands over, if the schema has none of its tables',
      {
        'a.ts': `import { clickhouse } from './clickhouse/client'; import { db } from './db'; ${row}
        const f = (ctx) => ctx.events.query<Hit>({ query: 'SELECT id, total FROM hits' })`,
        'db.ts': "import { Pool } from 'pg'; export const db = new Pool();",
      },
    ],
  ])('%s', async (_, files) => {
    expect(await errorsIn(files)).toEqual([]);
  });
});

test.each([
  ['MySQL', "SELECT id, IF(page = 'x', '1', '0') total FROM visits WHERE seen_at > ?"],
  ['MySQL', 'SELECT `id`, `total` FROM `visits`'.replaceAll('`', '\\`')],
  ['MySQL', 'SELECT id, CAST(total AS CHAR CHARACTER SET utf8mb4) total FROM visits'],
  ['SQLite', 'SELECT id, total FROM sqlite_master'],
  ['ClickHouse', 'SELECT id, countIf(page = $1) total FROM visits'],
  ['ClickHouse', 'SELECT id, total FROM hits WHERE id IN ({ids:Array(UInt32)})'],
])('a statement is for another database by words of %s: %s', async (_, sql) => {
  expect(await errorsIn({ 'a.ts': `${row} run<Hit>(\`${sql}\`)` })).toEqual([]);
});

describe('a statement is for the database of the schema', () => {
  test.each<[string, Record<string, string>, readonly string[]]>([
    [
      'beside a client of another database, if it runs by its own',
      {
        'a.ts': `import { Pool } from 'pg'; import { ch } from './clickhouse'; const pool = new Pool(); pool.query(${insert}); ch.query('SELECT 1 FROM hits')`,
      },
      lacking,
    ],
    [
      'if its client is unknown and the schema has its table',
      {
        'a.ts': `import { Pool } from 'pg'; import { ch } from './clickhouse'; const f = (ctx) => ctx.db.query(${insert})`,
      },
      lacking,
    ],
    [
      'that a module runs which has clients of both',
      {
        'db.ts':
          "import { Pool } from 'pg'; import Old from 'mysql2'; export const db = new Pool(); const old = new Old();",
        'a.ts': `import { db } from './db'; db.query(${insert})`,
      },
      lacking,
    ],
    [
      'that a module gives which chooses one of two clients',
      {
        'pool.ts': "import { Pool } from 'pg'; export const pool = new Pool();",
        'db.ts':
          "import { pool } from './pool'; import Lite from 'better-sqlite3'; export const db = flag ? pool : new Lite();",
        'a.ts': `import { db } from './db'; db.query(${insert})`,
      },
      lacking,
    ],
    [
      'that a module gives which chooses by the names of their modules',
      {
        'db.ts':
          "import { a } from './postgres/pool'; import { b } from './sqlite/db'; export const db = flag ? a : b;",
        'a.ts': `import { db } from './db'; db.query(${insert})`,
      },
      lacking,
    ],
    [
      'whose text only speaks of other words',
      { 'a.ts': `${row} run<Hit>("SELECT id, total FROM visits WHERE page = 'if (' -- \`x\`")` },
      ['extra-field/visits/total'],
    ],
    ['of a table that is gone', { 'a.ts': `${row} run<Hit>('SELECT id, total FROM hits')` }, ['unmapped-model/Hit']],
  ])('%s', async (_, files, want) => {
    expect(await errorsIn(files)).toEqual(want);
  });
});
