/** Which type the code reads a statement's rows as, however the text and the type reach the call. */
import { describe, expect, test } from '@jest/globals';
import { compare } from '../../src/drift/compare.js';
import { noSettings } from '../../src/drift/settings.js';
import { catalogOf, foundInTypeScript, readText, relation } from './support.js';

const into = async (code: string) =>
  (await readText(`interface User { id: number } ${code}`, 'a.ts')).literals.map((literal) => literal.into);

test.each([
  ['a type argument', `query<User>('SELECT id FROM users')`],
  ['a type argument of any function', `queryOne<User>(client, 'SELECT id FROM users')`],
  ['a text in a constant', `const SQL = 'SELECT id FROM users'; query<User>(SQL)`],
  ['a constant after the code', `const f = () => query<User>(SQL); const SQL = 'SELECT id FROM users';`],
  ['a text in an object', `query<User>({ text: 'SELECT id FROM users', values: [] })`],
  ['an object in a constant', `const text = 'SELECT id FROM users'; const q = { text }; query<User>(q)`],
  ['a template', 'sql<User[]>`SELECT id FROM users WHERE id = ${id}`'],
  ['a template that a call is given', 'query<User>(sql`SELECT id FROM users WHERE id = ${id}`)'],
  ['a cast', `const users = (await query('SELECT id FROM users')).rows as User[]`],
  ['a cast behind unknown', `const user = (await query('SELECT id FROM users')).rows[0] as unknown as User`],
  ['the type of a variable', `const users: User[] = await query('SELECT id FROM users')`],
  ['the result of a driver', `const users: QueryResult<User> = await query('SELECT id FROM users')`],
  ['the result of a function', `const f = async (): Promise<User[]> => query('SELECT id FROM users')`],
  [
    'a returned row',
    `async function f(): Promise<User | null> {
    const { rows } = await query('SELECT id FROM users');
    return rows[0] ?? null;
  }`,
  ],
  [
    'a returned result',
    `class Users { async all(): Promise<User[]> {
    const result = await query('SELECT id FROM users');
    if (result.rows.length === 0) return [];
    return result.rows;
  } }`,
  ],
  [
    'a row that is taken before it is returned',
    `async function f(): Promise<User> {
    const result = await query('SELECT id FROM users');
    const found = result.rows[0];
    const row = found;
    if (!row) throw new Error('gone');
    return row;
  }`,
  ],
  [
    'the type of a later variable',
    `async function f() { const { rows } = await query('SELECT id FROM users'); const all: User[] = rows; }`,
  ],
  [
    'what a function takes each row as',
    `async function f() { const r = await query('SELECT id FROM users'); return r.rows.map((row: User) => row.id); }`,
  ],
  [
    'a row of an array',
    `async function f() { const [row] = await query('SELECT id FROM users'); return row as User; }`,
  ],
])('of %s', async (_, code) => {
  expect(await into(code)).toEqual(['User']);
});

test.each<[string, string, object]>([
  [
    'a constant',
    'const COLUMNS = `id, name`; query<User>(`SELECT ${COLUMNS} FROM users`)',
    { sql: 'SELECT id, name FROM users' },
  ],
  [
    'constants of constants',
    "const ID = 'id'; const SQL = { all: `${ID}, name` }; query<User>(`SELECT ${SQL.all} FROM users`)",
    { sql: 'SELECT id, name FROM users' },
  ],
  [
    'a constant beside a value',
    "const MINE = 'owner = 1'; query<User>(`SELECT id FROM users WHERE ${MINE} AND id = ${id}`)",
    { sql: 'SELECT id FROM users WHERE owner = 1 AND id = $2', templated: true },
  ],
  [
    'a variable that changes',
    "let mine = 'a = 1'; mine += b; query<User>(`SELECT id FROM users WHERE ${mine}`)",
    { sql: 'SELECT id FROM users WHERE $1', templated: true },
  ],
  [
    'what a tag gets',
    "const name = 'x'; sql<User[]>`SELECT id FROM users WHERE name = ${name}`",
    { sql: 'SELECT id FROM users WHERE name = $1', templated: true },
  ],
  [
    'a constant of itself',
    'const A = `${A}`; query<User>(`SELECT ${A} FROM users`)',
    { sql: 'SELECT $1 FROM users', templated: true },
  ],
])('a template inserts %s', async (_, code, want) => {
  const { literals } = await readText(`interface User { id: number } ${code}`, 'a.ts');
  const literal = literals.find(({ into }) => into === 'User');
  expect(literal).toMatchObject(want);
  expect(Object.hasOwn(literal ?? {}, 'templated')).toBe('templated' in want);
});

test.each([
  ['a statement that is no query yet', 'const query: User = SQL`SELECT id FROM users`;'],
  [
    'rows that a function changes',
    `async function f(): Promise<User[]> {
    const { rows } = await query('SELECT id FROM users');
    return rows.map(toUser);
  }`,
  ],
  [
    'an object that the code makes',
    `async function f(): Promise<User> {
    const { rows } = await query('SELECT id FROM users');
    return { id: rows[0].id };
  }`,
  ],
  [
    'what a sum takes first',
    `async function f() {
    const r = await query('SELECT id FROM users');
    return r.rows.reduce((sum: User, row) => sum, start);
  }`,
  ],
  [
    'a variable for something else',
    `async function f() { const r = await query('SELECT id FROM users'); const user: User = r.first; }`,
  ],
  [
    'what is counted',
    `async function f(): Promise<User> { const r = await query('SELECT id FROM users'); return r.count }`,
  ],
])('not of %s', async (_, code) => {
  expect(await into(code)).toEqual([undefined]);
});

test.each([
  ['a variable', `let text = 'SELECT id FROM users'; text += ' WHERE …'; query<User>(text)`, {}],
  ['an object', 'const q = SQL`SELECT id FROM users`; q.append(SQL` WHERE …`); query<User>(q)', {}],
  ['all columns', `let text = 'SELECT * FROM users'; text += ' JOIN …'; query<User>(text)`, { givesOthers: true }],
])('a text that the code adds to may be refused: %s', async (_, code, facts) => {
  const { literals } = await readText(`interface User { id: number } ${code}`, 'a.ts');
  expect(literals[0]).toMatchObject({ into: 'User', templated: true, ...facts });
  expect(Object.hasOwn(literals[0] ?? {}, 'givesOthers')).toBe('givesOthers' in facts);
});

test.each([
  [
    'used for some of its fields',
    "const { rows } = await query<User>('SELECT id FROM users'); return rows.map((row) => row.id)",
    true,
  ],
  ['given on', "const { rows } = await query<User>('SELECT id FROM users'); return rows", undefined],
  ['declared', "const rows: User[] = await query('SELECT id FROM users'); return rows.map((row) => row.id)", undefined],
])('rows that are %s', async (_, body, loose) => {
  const code = `interface User { id: number } async function f(): Promise<User[]> { ${body} }`;
  expect((await readText(code, 'a.ts')).literals[0]?.loose).toBe(loose);
});

test('a statement that is read as two types fills both', async () => {
  const code = `interface Row { id: string } const SQL = 'SELECT id FROM users'; query<User>(SQL); query<Row>(SQL)`;
  expect(await into(code)).toEqual(['User', 'Row']);
});

test.each([
  [
    'pg-promise',
    "db.one<User>('SELECT id FROM users WHERE id = $/id/ OR id IN ($(ids:csv)) OR id = $/id/')",
    '$1 OR id IN ($2) OR id = $1',
  ],
  [
    'Knex',
    "knex.raw<User>(`SELECT id FROM users WHERE note = '?' AND id = ? AND ?? = ?`)",
    "'?' AND id = $1 AND $2 = $3",
  ],
])('parameters of %s', async (_, code, want) => {
  const { literals } = await readText(`interface User { id: number } ${code}`, 'a.ts');
  const [literal] = literals;
  expect(literal).toMatchObject({ templated: true });
  expect(literal?.sql.split('= ').slice(1).join('= ')).toBe(want);
});

test.each([
  ['SELECT ${columns} FROM users', true],
  ['SELECT DISTINCT ${columns} FROM users', true],
  ['SELECT id, ${columns} FROM users', true],
  ['WITH a AS (SELECT id FROM users) SELECT ${columns}, (SELECT count(*) FROM a) AS total FROM a', true],
  ['INSERT INTO users (id) VALUES (${a}, ${b}) RETURNING ${columns}', true],
  ['INSERT INTO users (id) VALUES (${a}, ${b}) RETURNING id', undefined],
  ['SELECT coalesce(name, ${a}) FROM users WHERE id IN (${a}, ${b})', undefined],
])('%s may give other columns: %s', async (sql, want) => {
  const { literals } = await readText(`interface User { id: number } db<User[]>\`${sql}\``, 'a.ts');
  expect(literals.map(({ givesOthers }) => givesOthers)).toEqual([want]);
});

const pgtyped = "import { sql } from '@pgtyped/runtime';";

test.each([
  ['a name', 'id = $id AND id = $other! AND id = $id', 'id = $1 AND id = $2 AND id = $1'],
  ['a name of a formatter', 'id = $ id ! AND name = $ name', 'id = $1 AND name = $2'],
  ['a name before an operator', 'id = $id!= true', 'id = $1!= true'],
  ['a list', 'id IN $$ids', 'id IN ($1)'],
  ['the fields of a row', '(id, name) = $user(id, name!)', '(id, name) = ($1, $2)'],
  ['the fields of rows', '(id, name) IN $$ users (id, name)', '(id, name) IN ($1, $2)'],
  ['a text that looks like one', `name = '$name' AND id = $id`, `name = '$name' AND id = $1`],
])('parameters of pgtyped: %s', async (_, written, want) => {
  const { literals } = await readText(`${pgtyped} sql\`SELECT id FROM users WHERE ${written}\``, 'a.ts');
  const [literal] = literals;
  expect(literal).toMatchObject({ templated: true, sql: `SELECT id FROM users WHERE ${want}` });
});

test.each([
  ['the last type of a pair', 'sql<Redefine<UsersQuery, Params, User>>', 'User'],
  ['the result of a pair', 'sql<{ params: Params; result: User }>', 'User'],
  ['nothing where it is void', 'sql<Redefine<UsersQuery, User, void>>', undefined],
  ['nothing of a name for a pair', 'sql<User>', undefined],
])('rows of pgtyped are read as %s', async (_, tag, want) => {
  expect(await into(`${pgtyped} const q = ${tag}\`SELECT id FROM users\``)).toEqual([want]);
});

test.each([
  ['a field that the table has, which the statement does not select', 'note', 'warning extra-field/users/note unknown'],
  ['a field that neither has', 'total', 'error extra-field/users/total unknown'],
])('%s', async (_, field, want) => {
  const table = relation('users', { id: 'int4!', name: 'text!', note: 'text!' });
  const declared = await readText(
    `interface User { id: number; name: string; ${field}: string } query<User>('SELECT id, name FROM users')`,
    'a.ts',
  );
  const columns = table.columns.slice(0, 2);
  const described = declared.literals.map((literal) => ({ literal, columns }));
  const { findings } = compare(catalogOf(table), declared, noSettings, { described });
  const found = findings.filter(({ rule }) => rule === 'extra-field');
  expect(found.map(({ severity, id, kind }) => `${severity} ${id} ${kind}`)).toEqual([want]);
});

describe('the library that runs a statement', () => {
  const tables = [relation('visits', { id: 'int8!', cost: 'numeric!', at: 'timestamptz!' })];
  const found = (fields: string, read: string) => foundInTypeScript(`interface Row { ${fields} } ${read}`, tables);
  const id = 'error type-mismatch/visits/id/id category';
  const at = 'error type-mismatch/visits/at/at category';

  test.each([
    ['pg', 'query<Row[]>(`SELECT * FROM visits`)', 'id: string; cost: string; at: Date', []],
    ['pg, as Prisma would', 'query<Row[]>(`SELECT * FROM visits`)', 'id: bigint; cost: string; at: Date', [id]],
    ['Prisma', 'prisma.$queryRaw<Row[]>`SELECT * FROM visits`', 'id: bigint; cost: Decimal; at: Date', []],
    [
      'Prisma, of a text',
      'tx.$queryRawUnsafe<Row[]>("SELECT * FROM visits")',
      'id: string; cost: Decimal; at: Date',
      [id],
    ],
    [
      'Drizzle',
      "import { sql } from 'drizzle-orm'; db.execute<Row>(sql`SELECT * FROM visits`)",
      'id: string; cost: string; at: string',
      [],
    ],
    ['a method of that name', 'db.execute<Row>("SELECT * FROM visits")', 'id: string; cost: string; at: string', [at]],
  ])('%s', async (_, read, fields, want) => {
    const all = await found(fields, read);
    expect(all.filter((line) => line.startsWith('error'))).toEqual(want);
  });

  test('a row of two libraries has the types of the driver', async () => {
    const both = 'prisma.$queryRaw<Row[]>`SELECT * FROM visits`; query<Row[]>(`SELECT * FROM visits`)';
    expect(await found('id: bigint; cost: string; at: Date', both)).toContain(id);
  });
});

test('parameters of a template follow those of its text', async () => {
  const { literals } = await readText('query<User>(`SELECT id FROM users WHERE id = $1 LIMIT ${limit}`)', 'a.ts');
  expect(literals[0]?.sql).toBe('SELECT id FROM users WHERE id = $1 LIMIT $2');
});

test.each([
  ['of some columns', "returning('users.id')", []],
  ['of whole rows', "returning('*')", ['error extra-field/users/total unknown']],
])('rows that Knex returns %s', async (_, returning, want) => {
  const code = `interface User { id: number; total: number } knex<User>('users').update({ id: 1 }).${returning}; knex<Other>('others')`;
  const tables = [relation('users', { id: 'int4!' }), relation('others', { id: 'int4!' })];
  expect((await foundInTypeScript(code, tables)).filter((line) => line.startsWith('error'))).toEqual(want);
});
