import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import pg from 'pg';
import type { TypeRef } from '../src/catalog/catalog.js';
import { intersectLiterals, type Literal, literalsOfCheck } from '../src/catalog/check-literals.js';
import { buildSchema } from '../src/model/build.js';
import { builtin, sameType } from '../src/model/ts-type.js';
import { openLive } from '../src/postgres/live/open-live.js';
import { freshDatabase, POSTGRES_VERSIONS } from './support/postgres.js';
import { readEverything } from './support/read-everything.js';

/**
 * Random CHECK constraints as people and tools write them: whatever union rowsmith reads from one, the database must
 * accept no other value for the column. The tried values include some that look alike to the database.
 */
const texts = [
  'a',
  'A',
  'a ',
  'b',
  '',
  "it's",
  'x", y',
  'VALUE',
  'NULL',
  'ARRAY[1]',
  '1',
  '01',
  'é',
  '\\',
  'a) OR (true',
  'c::text',
];
const numbers = ['1', '2', '-1', '0', '10', '+1', '1.0', '1e1'];
const columnTypes = [
  'text',
  'varchar(20)',
  'char(4)',
  'int2',
  'int4',
  'int8',
  'numeric',
  'float8',
  'citext',
  'word',
  'small',
  'name',
  'lax',
  'text collate ignore_case',
];
const isNumeric = (type: string) => /^(int|numeric|float|small)/.test(type);

const quoted = (text: string) => `'${text.replaceAll("'", "''")}'`;

function condition(type: string): fc.Arbitrary<string> {
  const value = isNumeric(type) ? fc.constantFrom(...numbers) : fc.constantFrom(...texts).map(quoted);
  const cast = fc.constantFrom(
    ...Array.from({ length: 12 }, () => ''),
    ...(isNumeric(type) ? ['::int8', '::numeric', '::int4'] : ['::text', '::varchar', '::varchar(1)', '::char(2)']),
  );
  const operand = fc.tuple(value, cast).map(([text, suffix]) => `${text}${suffix}`);
  const column = fc.constantFrom(
    ...Array.from({ length: 20 }, () => 'c'),
    ...(isNumeric(type)
      ? ['abs(c)', '(c + 0)', 'c::int8']
      : ['lower(c)', 'c::text', '(c)', 'c::varchar(1)', 'trim(c)']),
    'd',
  );
  const list = fc.array(fc.oneof({ weight: 12, arbitrary: operand }, { weight: 1, arbitrary: fc.constant('NULL') }), {
    minLength: 1,
    maxLength: 4,
  });
  const one = fc.oneof(
    { weight: 5, arbitrary: fc.tuple(column, list).map(([c, values]) => `${c} IN (${values.join(', ')})`) },
    { weight: 3, arbitrary: fc.tuple(column, list).map(([c, values]) => `${c} = ANY (ARRAY[${values.join(', ')}])`) },
    { weight: 3, arbitrary: fc.tuple(column, operand).map(([c, v]) => `${c} = ${v}`) },
    fc.tuple(column, operand).map(([c, v]) => `${v} = ${c}`),
    fc.tuple(column, list).map(([c, values]) => `${c} NOT IN (${values.join(', ')})`),
    fc.tuple(column, list).map(([c, values]) => `${c} <> ALL (ARRAY[${values.join(', ')}])`),
    fc.tuple(column, operand).map(([c, v]) => `${c} IS NOT DISTINCT FROM ${v}`),
    fc.constant('c IS NULL'),
    fc.constant('true'),
  );
  const joined = fc
    .tuple(fc.array(one, { minLength: 1, maxLength: 3 }), fc.constantFrom(' OR ', ' OR ', ' OR ', ' AND '))
    .map(([parts, word]) => parts.map((part) => `(${part})`).join(word));
  return fc
    .tuple(joined, fc.constantFrom('', '', '', '', 'NOT '))
    .map(([text, not]) => (not === '' ? text : `NOT (${text})`));
}

const table = fc
  .constantFrom(...columnTypes)
  .chain((type) => fc.tuple(fc.constant(type), fc.array(condition(type), { minLength: 1, maxLength: 2 })));

const setup = `
CREATE EXTENSION IF NOT EXISTS citext;
CREATE COLLATION ignore_case (provider = icu, locale = 'und-u-ks-level2', deterministic = false);
CREATE DOMAIN word AS text CHECK (VALUE IN ('a', 'b', 'A', ''));
CREATE DOMAIN small AS int2;
CREATE DOMAIN lax AS text COLLATE ignore_case CHECK (VALUE IN ('a', 'b'));`;

describe.each(POSTGRES_VERSIONS)('unions from CHECK on PostgreSQL %s', (version) => {
  test('hold every value that the database accepts', async () => {
    const database = await freshDatabase(version, setup);
    const client = new pg.Client(database.url);
    await client.connect();
    try {
      const tables = fc.sample(table, { numRuns: Number(process.env['ROWSMITH_CHECKS'] ?? 400), seed: 7 });
      let made = 0;
      for (const [index, [type, conditions]] of tables.entries()) {
        const other = isNumeric(type) ? 'int4' : 'text';
        const sql = `CREATE TABLE t${index} (c ${type}, d ${other}, ${conditions.map((text) => `CHECK (${text})`).join(', ')})`;
        await client.query(sql).then(
          () => made++,
          () => undefined,
        );
      }
      const unions = await unionsOf(database.url);
      const wrong: string[] = [];
      for (const { name, column, union, checks } of unions) {
        for (const value of await accepted(client, name, column)) {
          if (value !== null && !union.includes(value as Literal))
            wrong.push(`${name}.${column} ${JSON.stringify(value)} is not in ${JSON.stringify(union)} of ${checks}`);
        }
      }
      expect(wrong).toEqual([]);
      expect(made).toBeGreaterThan(tables.length / 3);
      expect(unions.length).toBeGreaterThan(20);
    } finally {
      await client.end();
      await database.drop();
    }
  }, 300_000);
});

/** The columns whose generated type is a union of literals, taking domains and NULL rules into account. */
async function unionsOf(url: string) {
  const session = await openLive(url);
  try {
    const catalog = await readEverything(session);
    return buildSchema(catalog, {}).relations.flatMap(({ key, stored }, index) =>
      stored.flatMap(({ column, select }) => {
        const members = (select.kind === 'union' ? select.members : [select]).filter(
          (member) => !sameType(member, builtin('null')),
        );
        const union = members.flatMap((member) => (member.kind === 'literal' ? [member.value] : []));
        const checks = catalog.relations[index]?.checks.map(({ expression }) => expression).join('; ');
        return union.length === members.length ? [{ name: key, column, union, checks }] : [];
      }),
    );
  } finally {
    await session.close();
  }
}

/** Every candidate that one column of the table accepts, as the driver reads it back. */
async function accepted(client: pg.Client, name: string, column: string): Promise<unknown[]> {
  const values: unknown[] = [];
  for (const candidate of [...texts, ...numbers, null]) {
    const insert = `INSERT INTO ${name} (${column}) VALUES ($1) RETURNING ${column}`;
    const rows = await client.query<Record<string, unknown>>(insert, [candidate]).then(
      (result) => result.rows,
      () => [],
    );
    values.push(...rows.map((row) => row[column]));
  }
  return values;
}

describe('literalsOfCheck', () => {
  const text: TypeRef = { name: 'text', sql: 'text' };
  const read = (expression: string, type = text) => literalsOfCheck({ name: 'c', expression }, 'c', type);

  test.each([
    ["(c = 'a'::text)", ['a']],
    ["((c)::text = 'a'::text)", ['a']],
    ["(c = ANY (ARRAY['a'::text, 'b'::text]))", ['a', 'b']],
    ["((c = 'a'::text) OR (c = 'b'::text))", ['a', 'b']],
    ["((c = 'a'::text) OR (d = 'b'::text))", undefined],
    ["((c = 'a'::text) AND (c = 'b'::text))", undefined],
    ["((c = ANY (ARRAY['a'::text, 'b'::text])) AND (c = 'b'::text))", ['b']],
    ["((c IS NOT NULL) AND (c = 'b'::text) AND (length(c) > 0))", ['b']],
    ["((c IS NULL) OR (c = 'b'::text))", ['b']],
    ['((c IS NULL) OR (length(c) > 0))', undefined],
    ['(c IS NULL)', undefined],
    ["(c = 'a'::text) OR (c = 'b'::text) AND (c = 'c'::text)", undefined],
    ["(c => 'a'::text)", undefined],
    ["(c = ANY (ARRAY['a'::text, NULL::text]))", undefined],
    ["(NOT (c = 'a'::text))", undefined],
    ["(lower(c) = 'a'::text)", undefined],
    ["(c = ('a'::text)::character varying(1))", undefined],
    ["(c <> 'a'::text)", undefined],
    ["(c = 'a'::text) OR", undefined],
    ['', undefined],
  ])('%s', (expression, expected) => {
    expect(read(expression)).toEqual(expected);
  });

  test.each<[expression: string, type: Partial<TypeRef>, expected: readonly Literal[] | undefined]>([
    [
      "((c)::text = ANY ((ARRAY['a'::character varying, 'b'::character varying])::text[]))",
      { name: 'varchar' },
      ['a', 'b'],
    ],
    [
      "(c = ANY (ARRAY['a OR b'::text, '('::text, ']'::text, 'it''s'::text, 'a OR b'::text]))",
      {},
      ['a OR b', '(', ']', "it's"],
    ],
    ["(c = ANY ((ARRAY['a'::text])::name[]))", {}, undefined],
    ["(c = ANY (ARRAY['a'::text) OR (c = 'b'::text])", {}, undefined],
    ["((c = 'a'::text) OR (length(c) > 1))", {}, undefined],
    ["((c = 'a'::text) AND (\"OR\" = 'b'::text))", {}, ['a']],
    ["(c = 'OR'::text)", {}, ['OR']],
    ["(c = ANY (ARRAY[1, '-20'::integer, (0)::integer]))", { name: 'int4' }, [1, -20, 0]],
    ['(c = ANY (ARRAY[1, 1.5]))', { name: 'int4' }, undefined],
    ["(c = ANY (ARRAY[1, '2x'::integer]))", { name: 'int4' }, undefined],
    ["(c = 'x2'::integer)", { name: 'int4' }, undefined],
    ["(c = ANY (ARRAY[(1)::bigint, '-20'::bigint, (0)::bigint]))", { name: 'int8' }, ['1', '-20', '0']],
    ["(c = ANY (ARRAY['1'::bigint, '01'::bigint]))", { name: 'int8' }, undefined],
    ["(c = '-0'::bigint)", { name: 'int8' }, undefined],
    ["(c = '1 '::bigint)", { name: 'int8' }, undefined],
    ['(c = 1)', { name: 'numeric' }, undefined],
    ["(c = 'a'::text)", { schema: 'public' }, undefined],
    ["(c = 'a'::text)", { dimensions: 1 }, undefined],
  ])('%s of %j', (expression, type, expected) => {
    expect(read(expression, { ...text, ...type })).toEqual(expected);
  });

  test('a column whose name is quoted, or a keyword', () => {
    const of = (column: string, expression: string) => literalsOfCheck({ name: 'c', expression }, column, text);
    expect(of('c"d', `("c""d" = 'a'::text)`)).toEqual(['a']);
    expect(of('IS', `("IS" = 'a'::text)`)).toEqual(['a']);
    expect(of('c', `("C" = 'a'::text)`)).toBeUndefined();
  });

  test('nothing of a constraint that rows may break', () => {
    expect(literalsOfCheck({ name: 'c', expression: "(c = 'a'::text)", notValid: true }, 'c', text)).toBeUndefined();
  });

  test('several constraints leave what all of them allow', () => {
    expect(intersectLiterals([['a', 'b'], undefined, ['b', 'c', 'a'], ['b']])).toEqual(['b']);
    expect(intersectLiterals([['a'], ['b']])).toBeUndefined();
    expect(intersectLiterals([undefined])).toBeUndefined();
  });

  test('never throws, whatever the text', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.constantFrom(
            'c',
            '=',
            'ANY',
            'ARRAY',
            '[',
            ']',
            '(',
            ')',
            ',',
            "'a'",
            '::',
            'text',
            'OR',
            'AND',
            '1',
            ' ',
            '"',
            "'",
            '\\',
            'é',
          ),
          { maxLength: 20 },
        ),
        (parts) => {
          read(parts.join(' '));
        },
      ),
      { numRuns: 2000 },
    );
  });
});
