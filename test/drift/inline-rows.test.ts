/** Types of rows that are written where a statement is read: they are compared with what it gives. */
import { describe, expect, test } from '@jest/globals';
import { compare } from '../../src/drift/compare.js';
import type { SqlLiteral } from '../../src/drift/declared-statement.js';
import { noSettings } from '../../src/drift/settings.js';
import { catalogOf, column, findingsOf, readText, relation } from './support.js';

const severities = { 'missing-model': 'off' } as const;
const users = relation('users', { id: 'int8!', name: 'text!', note: 'text' });

/** The findings for code of which each statement gives some columns, each of its table or computed. */
async function found(
  code: string,
  given: Readonly<Record<string, string>> = { id: 'int8!', name: 'text!', note: 'text' },
) {
  const declared = await readText(code, 'src/db.ts');
  const columns = Object.entries(given).map(([name, type]) => column(name, type));
  const described = declared.literals.map((literal: SqlLiteral) => ({ literal, columns }));
  return compare(catalogOf(users), declared, { ...noSettings, severities }, { described }).findings;
}

const said = async (...given: Parameters<typeof found>) =>
  (await found(...given)).map(({ severity, message }) => `${severity} ${message}`);

const text = "'SELECT id, name, note FROM users'";
const reads = 'the column id of the statement at src/db.ts:1 is bigint: the driver pg reads it as string.';

test('each field is compared with the columns of the statement', async () => {
  const code = `function getUser() { return db.query<{ id: number; name: string; note: string; total: number }>(${text}) }`;
  expect(await found(code)).toMatchObject([
    {
      id: 'extra-field/the row type of getUser/total',
      severity: 'error',
      model: 'the row type of getUser',
      table: null,
      file: 'src/db.ts',
      line: 1,
      message:
        'total of the row type of getUser is not a column of the statement at src/db.ts:1, which fills the model.',
    },
    {
      id: 'type-mismatch/the row type of getUser/id/id',
      severity: 'error',
      message: `id of the row type of getUser is number, ${reads}`,
      fix: 'Declare it as string',
    },
    {
      id: 'nullability-mismatch/the row type of getUser/note/note',
      severity: 'error',
      message:
        'note of the row type of getUser is required (string), the column note of the statement at src/db.ts:1 may be null: reading such a row fails or lies.',
    },
  ]);
});

const wrong = [`error id of the row type of db.ts is number, ${reads}`];

test.each([
  ['a template of postgres.js', 'sql<{ id: number }[]>`SELECT id, name, note FROM users`'],
  ['the only row of postgres.js', 'sql<[{ id: number }?]>`SELECT id, name, note FROM users`'],
  ['a list', `query<Array<{ id: number }>>(${text})`],
  ['a list that nobody changes', `query<readonly { id: number }[]>(${text})`],
  ['a record', `query<Record<'id', number>>(${text})`],
  ['a mapped type', `query<{ [Key in 'id']: number }>(${text})`],
  ['a row or nothing', `query<{ id: number } | undefined>(${text})`],
  ['an intersection', `query<{ id: number } & { name: string }>(${text})`],
  ['a cast of rows', `const rows = (await query(${text})).rows as { id: number }[]`],
  ['a cast of the answer', `const result = (await query(${text})) as unknown as { rows: { id: number }[] }`],
  ['the answer of a driver', `const result: QueryResult<{ id: number }> = await query(${text})`],
  ['the type of a variable', `const rows: { id: number }[] = await query(${text})`],
])('%s', async (_, code) => {
  expect(await said(code)).toEqual(wrong);
});

test.each([
  ['a returned row', `const { rows } = await query(${text}); return rows[0] ?? null`],
  ['a row of an array', `const [row] = await query(${text}); return row`],
])('the result of a function of %s', async (_, body) => {
  const code = `class Users { async find(): Promise<{ id: number } | null> { ${body} } }`;
  expect(await said(code)).toEqual([`error id of the row type of Users.find is number, ${reads}`]);
});

test.each([
  ['what a function makes of its rows', `const page: { data: string; id: number } = await page(${text})`],
  ['an object that is returned', `const f = async (): Promise<{ id: number }> => fetchOne(${text})`],
  ['rows of one of two types', `query<{ id: number } | { id: boolean }>(${text})`],
  ['keys that are not known', `query<Record<string, number>>(${text})`],
  ['two lists', `query<[{ id: number }[], unknown]>(${text})`],
  ['a type parameter', `const f = <T extends { id: string }>() => query<Pick<T, 'id'>>(${text})`],
  ['columns that are only known at run time', 'query<{ id: number }>(`SELECT ${columns} FROM users`)'],
  ['a part of a statement', 'sql<{ id: number }[]>`(SELECT id, name, note FROM users)`'],
])('nothing is said of %s', async (_, code) => {
  const declared = await readText(code, 'src/db.ts');
  const inline = new Set(declared.models.map(({ name }) => name));
  const isCompared = ({ into, givesOthers }: SqlLiteral) => inline.has(into ?? '') && !givesOthers;
  expect(declared.literals.filter(isCompared)).toEqual([]);
});

describe('types of declared ones', () => {
  const declaredRow = 'interface Listed { id: string; name: string; note: string | null; total: number }';

  test.each([
    ['a picked field', `query<Pick<Listed, 'id' | 'total'>>(${text})`, 'error'],
    ['a field that is left', `query<Omit<Listed, 'id'>>(${text})`, 'warning'],
  ])('%s must be given', async (_, code, severity) => {
    const want =
      'total of the row type of db.ts is not a column of the statement at src/db.ts:1, which fills the model.';
    expect(await said(`${declaredRow} ${code}`)).toContain(`${severity} ${want}`);
  });

  test.each([
    ['a field that may be left out', `query<Partial<Listed>>(${text})`],
    ['a field that is omitted', `query<Omit<Listed, 'total'>>(${text})`],
    ['a field that an alias omits', `type Computed = 'total'; query<Omit<Listed, Computed>>(${text})`],
    ['a field of a base', `interface Base { total: string } query<Omit<Listed, keyof Base>>(${text})`],
  ])('%s need not', async (_, code) => {
    expect((await said(`${declaredRow} ${code}`)).filter((one) => !one.startsWith('info'))).toEqual([]);
  });

  test('what is added to a type is compared beside it', async () => {
    const row = 'interface User { id: string; name: string; note: string | null }';
    expect(await said(`${row} query<User & { owner: string }>(${text})`)).toEqual([
      'error owner of the row type of db.ts is not a column of the statement at src/db.ts:1, which fills the model.',
    ]);
  });

  test('a field that is wrong in its own type is reported there', async () => {
    const row = 'interface User { id: number; name: string; note: string | null }';
    const code = `${row} query<User>(${text}); query<Pick<User, 'id'>>(${text})`;
    expect(await said(code)).toEqual([
      'error User.id is number, users.id is bigint: the driver pg reads it as string.',
    ]);
  });

  test('a field of a type that is only like a table is reported where it is read', async () => {
    const row = 'interface User { id: string; name: string; note: string | null; total: number }';
    expect(await said(`${row} query<Pick<User, 'total'>>(${text})`)).toEqual([
      'warning User.total is not a column of users: nothing in the schema, the config or its SQL shows where it comes from.',
      'error total of the row type of db.ts is not a column of the statement at src/db.ts:1, which fills the model.',
    ]);
  });

  test('a picked type says nothing of who reads the whole one', async () => {
    const { models } = await readText(`interface User { id: string } query<Pick<User, 'id'>>(${text})`, 'src/db.ts');
    expect(models.map(({ name, readsRows }) => [name, readsRows])).toEqual([
      ['User', false],
      ['the row type of db.ts', false],
    ]);
  });
});

describe('a type that a function declares', () => {
  const elsewhere = 'interface Row { id: string; total: number }';

  test.each([
    ['an alias', `function find() { type Row = { id: number }; query<Row>(${text}) }`],
    ['an interface', `function find() { if (found) { interface Row { id: number } query<Row[]>(${text}) } }`],
    ['an alias of another', `function find() { type Base = { id: number }; type Row = Base[]; query<Row>(${text}) }`],
    [
      'the type of a value',
      `const find = async () => { type Row = { id: number }; return (await query(${text})) as Row }`,
    ],
  ])('is compared, and hides others of its name: %s', async (_, code) => {
    expect(await said(`${elsewhere} ${code}`)).toEqual([
      'info The interface Row was not compared: no table has a name like it.',
      `error id of the row type of find is number, ${reads}`,
    ]);
  });

  test.each([
    ['a parameter', `const find = <Row>() => query<Row>(${text})`],
    ['a circle', `function find() { type Row = Base; type Base = Row; query<Row>(${text}) }`],
  ])('says nothing as %s', async (_, code) => {
    expect(await said(`${elsewhere} ${code}`)).toEqual([
      'info The interface Row was not compared: no table has a name like it.',
    ]);
  });
});

test.each([
  ['Prisma', 'prisma.$queryRaw<{ id: bigint }[]>`SELECT id, name, note FROM users`', { id: 'int8!' }],
  [
    'Drizzle, which is given a template',
    "import { sql } from 'drizzle-orm'; db.execute(sql<{ at: string }>`SELECT at FROM users`)",
    { at: 'timestamptz!' },
  ],
])('values are those of %s', async (_, code, given) => {
  expect(await said(code, given)).toEqual([]);
});

test('a statement that the database refuses is told', async () => {
  const declared = await readText(`const find = () => query<{ id: number }>('SELECT nme FROM users')`, 'src/db.ts');
  const described = declared.literals.map((literal) => ({ literal, error: 'column "nme" does not exist' }));
  const { findings } = compare(catalogOf(users), declared, { ...noSettings, severities }, { described });
  expect(findings.map(({ message }) => message)).toEqual([
    'The database refuses this statement, which the row type of find is read from: column "nme" does not exist.',
  ]);
});

test('a table that a script makes for itself is there for it', async () => {
  const code = `query('CREATE TABLE IF NOT EXISTS applied (name text)'); query<{ name: string }>('SELECT name FROM applied')`;
  const declared = await readText(code, 'src/migrate.ts');
  const described = declared.literals.map((literal) => ({ literal, error: 'relation "applied" does not exist' }));
  expect(compare(catalogOf(users), declared, { ...noSettings, severities }, { described }).findings).toEqual([]);
});

test('a package that may have parsers makes a warning of what all types do', async () => {
  const code = `import { PgClient } from '@acme/toolkit';
    client.query<{ a: number; b: number; c: number }>('SELECT a, b, c FROM users')`;
  const findings = await found(code, { a: 'int8!', b: 'int8!', c: 'int8!' });
  expect(findings.map(({ severity }) => severity)).toEqual(['warning', 'warning', 'warning']);
});

describe('the name of a type', () => {
  const nameIn = async (code: string) =>
    (await readText(code.replace('$', `query<{ id: number }>(${text})`), 'src/db.ts')).models.map(({ name }) =>
      name.replace('the row type of ', ''),
    );

  test.each([
    ['a function', 'async function find() { await $ }', 'find'],
    ['a method', 'class Users { async find() { await $ } }', 'Users.find'],
    ['a property', 'class Users { find = () => $ }', 'Users.find'],
    ['a method of an object', 'const users = { find() { $ } }', 'find'],
    ['a constant', 'const find = async () => $', 'find'],
    ['a wrapped function', 'const find = cached(async () => $)', 'find'],
    ['a function inside', 'async function find() { const found = await begin(async (tx) => $); }', 'find'],
    ['a route', "router.get('/users/:id', guarded(async (request) => $))", "get('/users/:id')"],
    ['a script', '$', 'db.ts'],
    ['a callback of a script', 'begin(() => $)', 'db.ts'],
  ])('is that of %s', async (_, code, want) => {
    expect(await nameIn(code)).toEqual([want]);
  });

  test('counts those of a function', async () => {
    const code = `const find = () => { $; query<{ name: string }>(${text}) }`;
    expect(await nameIn(code)).toEqual(['find', 'find (2)']);
  });

  test('does not tell a finding apart: what comes before it, or the line, may change', async () => {
    const own = `query<{ id: number }>(${text})`;
    const prints = async (code: string) =>
      (await found(code)).filter(({ field }) => field === 'id').map(({ fingerprint }) => fingerprint);
    const [first] = await prints(`function find() { ${own} }`);
    expect(await prints(`function find() {\n query<{ name: string }>(${text});\n ${own} }`)).toEqual([first]);
    expect(await prints(`function other() { ${own} }`)).not.toEqual([first]);
  });
});

test('a type in place is no model of a table', async () => {
  const code = `query<{ id: string; name: string; note: string | null }>('SELECT * FROM users')`;
  const { findings, models } = await findingsOf(catalogOf(users), code, {}, 'src/db.ts');
  expect(findings.map(({ id }) => id)).toEqual(['missing-model/users']);
  expect(models.map(({ status }) => status)).toEqual(['other']);
});
