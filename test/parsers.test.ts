import { mkdtempSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { vector } from '@electric-sql/pglite-pgvector';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Decimal } from 'decimal.js';
import pg from 'pg';
import { Temporal } from 'temporal-polyfill';
import { generate } from '../src/index.js';
import { type FreshDatabase, freshDatabase, newestVersion } from './support/postgres.js';
import { repositoryPath } from './support/repository.js';

let database: FreshDatabase;
let pool: pg.Pool;
const out = mkdtempSync(join(tmpdir(), 'rowsmith-parsers-'));

beforeAll(async () => {
  database = await freshDatabase(
    newestVersion,
    `CREATE TYPE mood AS ENUM ('a', 'b,"c\\'); CREATE TYPE pair AS (n int8, t text); CREATE TYPE outer_pair AS (p pair, ps pair[], r int4range);
     CREATE DOMAIN small AS int2; CREATE TYPE text_range AS RANGE (subtype = text); CREATE TABLE t (a int)`,
  );
  await generate({ config: { source: { url: database.url }, out, driver: { name: 'pg-parsers', dates: 'date' } } });
  const { parsers } = (await import(join(out, 'parsers.ts'))) as { readonly parsers: () => pg.PoolConfig };
  pool = new pg.Pool({ connectionString: database.url, ...parsers() });
});
afterAll(async () => {
  await pool.end();
  await database.drop();
  rmSync(out, { recursive: true });
});

test.each<[sql: string, value: unknown]>([
  [`array['a', 'b,"c\\', null]::mood[]`, ['a', 'b,"c\\', null]],
  [
    `'[0:1][2:3]={{1,2},{NULL,4}}'::small[][]`,
    [
      [1, 2],
      [null, 4],
    ],
  ],
  [`array['NULL', 'null', '', null]::text[]`, ['NULL', 'null', '', null]],
  [`'{(1,1),(0,0);NULL}'::box[]`, ['(1,1),(0,0)', null]],
  [`row(9007199254740993, '')::pair`, { n: 9007199254740993n, t: '' }],
  [`row(null, null)::pair`, { n: null, t: null }],
  [
    `row(row(1, 'a "b" (c), \\d'), array[row(2, null)::pair, null], '[1,5)')::outer_pair`,
    { p: { n: 1n, t: 'a "b" (c), \\d' }, ps: [{ n: 2n, t: null }, null], r: { lower: 1, upper: 5, bounds: '[)' } },
  ],
  [`'empty'::int4range`, { lower: null, upper: null, bounds: 'empty' }],
  [`'(,5]'::numrange`, { lower: null, upper: '5', bounds: '(]' }],
  [`text_range('a,")', 'b\\"', '[]')`, { lower: 'a,")', upper: 'b\\"', bounds: '[]' }],
  [`text_range('', null)`, { lower: '', upper: null, bounds: '[)' }],
  [
    `'{[1,3),[5,)}'::int4multirange`,
    [
      { lower: 1, upper: 3, bounds: '[)' },
      { lower: 5, upper: null, bounds: '[)' },
    ],
  ],
  [`timestamp '2024-02-29 12:34:56.789'`, new Date('2024-02-29T12:34:56.789Z')],
  [`timestamptz '2024-02-29 12:34:56.789+02'`, new Date('2024-02-29T10:34:56.789Z')],
  [`date '0044-03-15 BC'`, new Date('-000043-03-15T00:00:00Z')],
  [`date '12024-01-02'`, new Date('+012024-01-02T00:00:00Z')],
  [`date 'infinity'`, Infinity],
  [`'\\x00ff'::bytea`, Buffer.from([0, 255])],
  [`'(1,2)'::point`, { x: 1, y: 2 }],
])('select %s', async (sql, value) => {
  expect((await pool.query<{ value: unknown }>(`select ${sql} as value`)).rows[0]?.value).toEqual(value);
});

describe('classes of the user', () => {
  let classes: pg.Pool;
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'rowsmith-classes-')));

  beforeAll(async () => {
    symlinkSync(repositoryPath('node_modules'), join(folder, 'node_modules'), 'junction');
    await generate({
      config: {
        source: { url: database.url },
        out: join(folder, 'generated'),
        driver: { name: 'pg-parsers', dates: 'temporal-polyfill#Temporal', numeric: 'decimal.js#Decimal' },
      },
    });
    const { parsers } = (await import(join(folder, 'generated/parsers.ts'))) as {
      readonly parsers: () => pg.PoolConfig;
    };
    classes = new pg.Pool({ connectionString: database.url, ...parsers() });
  });
  afterAll(async () => {
    await classes.end();
    rmSync(folder, { recursive: true });
  });

  // In a session far from UTC, which must make no difference.
  const query = async (sql: string, values: unknown[] = []) => {
    const client = await classes.connect();
    try {
      await client.query("set timezone to 'Asia/Kathmandu'");
      return (await client.query<{ value: unknown }>(`select ${sql} as value`, values)).rows[0]?.value;
    } finally {
      client.release();
    }
  };

  test.each<[type: string, value: unknown]>([
    ['timestamptz', Temporal.Instant.from('2024-02-29T10:34:56.789123Z')],
    ['timestamptz', Temporal.Instant.from('-000043-03-15T12:00:00Z')],
    ['timestamptz', Temporal.Instant.from('+275760-09-12T00:00:00Z')],
    ['timestamp', Temporal.PlainDateTime.from('2024-03-31T02:30:00')],
    ['timestamp', Temporal.PlainDateTime.from('0000-12-31T23:59:59.999999')],
    ['date', Temporal.PlainDate.from('-004712-01-01')],
    ['date', Temporal.PlainDate.from('2024-02-29').withCalendar('gregory')],
    ['date', Infinity],
    ['time', Temporal.PlainTime.from('23:59:59.999999')],
    ['numeric', new Decimal('123456789012345678901234567890.5')],
    ['numeric', new Decimal('1e-30')],
    ['numeric', new Decimal(NaN)],
  ])('%s %s is read as what was written', async (type, value) => {
    const text = (read: unknown) =>
      read instanceof Temporal.PlainDate ? read.toString({ calendarName: 'never' }) : String(read);
    const read = await query(`$1::${type}`, [value]);
    expect(read?.constructor).toBe(value?.constructor);
    expect(text(read)).toBe(text(value));
    const list = await query(`$1::${type}[]`, [[value, null, value]]);
    expect((list as unknown[]).map((element) => element && text(element))).toEqual([text(value), null, text(value)]);
  });

  test.each(["timestamptz '294276-12-31 00:00:00+00'", "time '24:00:00'"])(
    '%s, which Temporal has no value for, is an error',
    async (sql) => {
      await expect(query(sql)).rejects.toThrow(RangeError);
    },
  );
});

test('vectors of pgvector are lists of numbers, whatever schema the extension stands in', async () => {
  const pglite = await PGlite.create({ extensions: { vector } });
  await pglite.exec('create schema ext; create extension vector schema ext');
  const { parsers } = (await import(join(out, 'parsers.ts'))) as { readonly parsers: () => Parsers };
  const { types, onConnect } = parsers();
  await onConnect({ query: (sql) => pglite.query(sql) });
  const read = async (type: string, value: string) => {
    const sql = `select '${type}'::regtype::oid as oid, ('${value}'::${type})::text as text`;
    const { rows } = await pglite.query<{ readonly oid: number; readonly text: string }>(sql);
    return types.getTypeParser(rows[0]?.oid ?? 0)(rows[0]?.text ?? '');
  };
  expect(await read('ext.vector', '[1,2.5,-3e-8]')).toEqual([1, 2.5, -3e-8]);
  expect(await read('ext.halfvec[]', '{"[1,2]",NULL}')).toEqual([[1, 2], null]);
  expect(await read('ext.sparsevec', '{1:1.5}/3')).toBe('{1:1.5}/3');
  await pglite.close();
});

interface Parsers {
  readonly types: { getTypeParser(oid: number): (text: string) => unknown };
  onConnect(client: { query(sql: string): Promise<unknown> }): Promise<void>;
}
