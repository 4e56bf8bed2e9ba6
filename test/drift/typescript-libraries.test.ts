import { describe, expect, test } from '@jest/globals';
import { readModels } from '../../src/drift/readers/read.js';
import { catalogOf, findingsOf, foundInTypeScript, relation } from './support.js';

const users = relation('users', { id: 'int4!', big: 'int8!', note: 'text', seen: 'timestamptz!' });
const found = (text: string, tables = [users]) => foundInTypeScript(text, tables);

const row = (fields: string) => `interface Row { ${fields} }`;
const whole = 'id: number; big: string; note: string | null; seen: Date';
const wrong = ['error type-mismatch/users/seen/seen category'];

describe('Knex', () => {
  test.each([
    ['a type argument', "knex<Row>('users')"],
    ['a list', "this.knex<Row[]>('users as u').where({ id: 1 })"],
    ['a transaction', "trx<Row>('users')"],
    ['from', "db.from<Row>('users')"],
    ['a cast', "const rows = (await this.knex('users').where({ id: 1 })) as Row[]"],
    ['a cast of one that may be gone', "const row = (await knex('users').first()) as Row | undefined"],
    ['a cast by way of unknown', "const rows = ((await knex('users')) as unknown) as Row[]"],
    ['an annotation', "const row: Row = await knex('users').where({ id: 1 }).first()"],
    ['a constant', "const TABLE = 'users'; this.db<Row>(TABLE)"],
    ['a member of constants', "const T = { users: 'users' } as const; this.db<Row>(T.users)"],
    ['a member of an enum', "enum T { Users = 'users' } knex<Row>(T.Users)"],
    ['a constant with an alias', "const TABLE = 'users'; knex<Row>(`${TABLE} as u`)"],
    ['Tables', "declare module 'knex/types/tables' { interface Tables { users: Row } }"],
    [
      'CompositeTableType',
      "declare module 'knex/types/tables' { interface Tables { users: Knex.CompositeTableType<Row, object> } }",
    ],
  ])('%s says what rows are read as', async (_, query) => {
    expect(await found(`${row(whole.replace('Date', 'string'))} ${query}`)).toEqual(wrong);
  });

  test('a constant with the name of a type says nothing of it', async () => {
    const kinds = "const Kind = { a: 'a' } as const; type Kind = (typeof Kind)[keyof typeof Kind];";
    expect(await found(`${kinds} ${row(whole.replace('string | null', 'Kind | null'))} knex<Row>('users')`)).toEqual([
      'info unknown-type/users/note/note',
    ]);
  });

  test('a map of tables says what rows are read as, and nothing about inserts', async () => {
    const text = row('id: number; note?: string | null; seen: string; gone?: string');
    expect(await found(`${text} interface TableTypeMap { users: Row }`)).toEqual([
      'info missing-field/users/big',
      'warning extra-field/users/gone unknown',
      ...wrong,
    ]);
  });

  test.each([
    ['joined', "const rows = (await knex('users').join('notes', 'a', 'b')) as Row[]"],
    ['of Supabase', "const row = (await supabase.from('users').select('id')) as Row"],
    ['of Supabase, under another name', "const row = (await client.from('users').select('id').eq('id', 1)) as Row"],
    ['counted', "const rows = (await knex('users').count('id')) as Row[]"],
  ])('what is %s is no row of the table', async (_, query) => {
    expect(await found(`interface Row { shape: string } ${query}`)).toEqual(['info unmapped-model/Row']);
  });

  test('a field that may be left out is no error where no query selects it', async () => {
    expect(await found(`${row(`${whole}; posts?: Post[]; shape: string`)} knex<Row>('users')`)).toEqual([
      'error extra-field/users/shape unknown',
      'warning extra-field/users/posts unknown',
    ]);
  });

  test('rows of a query that joins tables may have more than the columns', async () => {
    const joined = "knex<Row>('users').leftJoin('posts', 'a', 'b')";
    expect(await found(`${row(`${whole.replace('Date', 'string')}; shape: string`)} ${joined}`)).toEqual([
      'warning extra-field/users/shape unknown',
      ...wrong,
    ]);
  });

  test('a query of one table says the table, whatever joins say', async () => {
    const joined = "knex<Row>('posts').with('users', q).select('users.*').join('users', {});";
    const posts = relation('posts', { id: 'int4!', text: 'text!' });
    const alone = `${row(whole.replace('Date', 'string'))} knex<Row>('users');`;
    expect(await found(`${alone} ${joined}`, [users, posts])).toEqual(wrong);
    expect(await found(`${joined} ${alone}`, [users, posts])).toEqual(wrong);
  });

  test('an object that is written out is no row of the model', async () => {
    const text = row('id: number; note: string | null; seen: Date');
    expect(await found(`${text} knex<Row>('users'); knex('users').insert({ big: '1' })`)).toEqual([
      'info missing-field/users/big',
    ]);
  });

  test('a field that several models of a table inherit is reported once', async () => {
    const heirs = 'interface Counted extends Row { count?: number } interface Joined extends Row { team?: string }';
    const queries = "knex<Row>('users'); knex<Counted>('users'); knex<Joined>('users')";
    expect(await found(`${row(whole.replace('Date', 'string'))} ${heirs} ${queries}`)).toEqual([
      'warning extra-field/users/count unknown',
      'warning extra-field/users/team unknown',
      ...wrong,
    ]);
  });

  test('what rows are inserted from has to have what an INSERT gives', async () => {
    const text = row('id: number; note: string | null; seen: Date');
    expect(await found(`${text} knex<Row>('users').where({})`)).toEqual(['info missing-field/users/big']);
    expect(await found(`${text} knex<Row>('users').insert({})`)).toEqual(['error missing-field/users/big']);
    const beside = (row: string) => found(`${text} knex<Row & { big: string }>('users').insert(${row})`);
    expect(await beside('{ id: 1, seen, big }')).toEqual(['info missing-field/users/big']);
    expect(await beside('{ ...row, big: `1` } as Partial<Row>')).toEqual(['info missing-field/users/big']);
    expect(await beside('{ ...row, id: 1 }')).toEqual(['info missing-field/users/big']);
  });
});

describe('rows that Knex inserts', () => {
  const lacking = row('id: number; note: string | null; seen: Date');

  test.each([
    ['what its type adds', "knex<Row & { big: string }>('users').insert(row)", 'info missing-field/users/big'],
    [
      'what it writes out',
      "knex<Row>('users').insert({ ...x, big: '1' } as Partial<Row>)",
      'info missing-field/users/big',
    ],
    [
      'a list',
      "knex<Row>('users').transacting(trx).insert(all.map((one) => ({ ...one, big })))",
      'info missing-field/users/big',
    ],
    ['another column', "knex<Row>('users').insert({ ...x, note: '1' })", 'error missing-field/users/big'],
    ['what nobody gives', "knex<Row & { shape: string }>('users').insert(row)", 'error missing-field/users/big'],
  ])('%s', async (_, query, want) => {
    expect(await found(`${lacking} ${query}`)).toEqual([want]);
  });

  const insert = 'id: number; big: string; seen: Date; gone: string';
  test.each([
    ['a part', `type CreateUser = Partial<{ ${insert} }>`, '{ ...x }', 'warning'],
    [
      'a part whose field is written',
      `type CreateUser = Partial<{ ${insert} }>`,
      '{ ...x, gone } as CreateUser',
      'error',
    ],
    ['a field that may be left out', `interface CreateUser { ${insert.replace('gone', 'gone?')} }`, 'x', 'error'],
  ])('%s of a row', async (_, type, given, severity) => {
    const all = await found(`${type} knex<CreateUser>('users').insert(${given})`);
    expect(all.filter((one) => one.includes('extra-field'))).toEqual([`${severity} extra-field/users/gone written`]);
  });
});

describe('fields of Knex rows that come from elsewhere', () => {
  const rows = "const rows = await knex<Row>('users').where('id', 1);";
  const selected = "query.join('states as s', 'a', 'b').select('s.tags', 'u.shape')";

  test.each([
    ['a loop sets it', `${rows} for (const row of rows) row.tags = await tags(row)`, 'warning'],
    ['a callback sets it', `${rows} rows.map(async (row) => { row.tags = [] })`, 'warning'],
    ['of one row', "const [row] = await knex<Row>('users'); row.tags = []", 'warning'],
    ['a function sets it', `${rows} function fill(row: Row) { row.tags = [] }`, 'warning'],
    [
      'the row is then written',
      `${rows} for (const row of rows) { row.tags = []; knex('users').update(row) }`,
      'error',
    ],
    ['another is set', `${rows} for (const row of rows) row.note = null`, 'error'],
    ['of another row', `${rows} const page = await load<Page>(); page.tags = []`, 'error'],
    ['of something else', `${rows} page.tags = []`, 'error'],
    ['a join selects it', `${rows} ${selected}; helper().first<Row>()`, 'warning'],
    ['a join for other rows selects it', `${rows} ${selected}; helper().first<Page>()`, 'error'],
    ['the table itself selects it', `${rows} ${selected.replace('s.tags', 'u.tags')}; helper().first<Row>()`, 'error'],
  ])('%s', async (_, code, severity) => {
    const text = `interface Page { size: number } ${row(`${whole}; tags: string[]`)} async function f() { ${code} }`;
    const all = await found(text);
    expect(all.filter((one) => one.includes('/users/'))).toEqual([`${severity} extra-field/users/tags unknown`]);
  });
});

describe('TypeORM', () => {
  const entity = (fields: string) =>
    `@Entity('users') class User { @PrimaryColumn() id: number; @Column() big: string; @Column() seen: Date; ${fields} }`;

  test.each([
    [
      'nullable: true and a type without null',
      '@Column({ nullable: true }) note: string',
      ['info nullability-mismatch/users/note/note hidden'],
    ],
    [
      'a default of null',
      '@Column({ default: null }) note: string',
      ['info nullability-mismatch/users/note/note hidden'],
    ],
    [
      'another default',
      "@Column({ default: 'null' }) note: string",
      ['error nullability-mismatch/users/note/note may-be-null'],
    ],
    ['nullable: true and null', '@Column({ nullable: true }) note: string | null', []],
    [
      'nullable: false',
      '@Column({ nullable: false }) note: string',
      ['error nullability-mismatch/users/note/note may-be-null'],
    ],
    ['neither', '@Column() note: string', ['error nullability-mismatch/users/note/note may-be-null']],
    ['a transformer', "@Column('text', { nullable: true, transformer: money }) note: Money", []],
    ['simple-array', "@Column('simple-array', { nullable: true }) note: string[]", []],
    ['a decorator that calls Column', '@Text() note: string | null', []],
    [
      'what may be left out is selected all the same',
      '@Column({ nullable: true }) note: string | null; @Column() gone?: string',
      ['error extra-field/users/gone unknown'],
    ],
  ])('%s', async (_, fields, want) => {
    expect(await found(`const Text = () => Column('text'); ${entity(fields)}`)).toEqual(want);
  });
});

describe("the project's parsers", () => {
  const rows = `${row(whole.replace('big: string', 'big: number'))} knex<Row>('users');`;
  const asNumber: string[] = [];
  const asString = ['error type-mismatch/users/big/big category'];

  test.each([
    ['none', '', asString],
    ['of pg', 'pg.types.setTypeParser(pg.types.builtins.INT8, (value) => parseInt(value, 10))', asNumber],
    ['of pg, by number', 'types.setTypeParser(20, Number)', asNumber],
    ['of pg, by a constant', 'const bigId = 20; types.setTypeParser(bigId, Number)', asNumber],
    ['of pg, by a constant for another type', 'const bigId = 1700; types.setTypeParser(bigId, Number)', asString],
    ['of pg, by a member of an enum', 'enum Ids { Big = 20 } types.setTypeParser(Ids.Big, Number)', asNumber],
    ['of pg, by a member', 'const ids = { big: 20 } as const; types.setTypeParser(ids.big, Number)', asNumber],
    [
      'of pg, of each in a list',
      '[types.builtins.INT8, 23].forEach((id) => types.setTypeParser(id, Number))',
      asNumber,
    ],
    ['of pg, of each in a constant', 'const ids = [20]; ids.forEach(id => types.setTypeParser(id, Number))', asNumber],
    ['of pg, in a loop', 'for (const id of [builtins.INT8]) { types.setTypeParser(id, Number) }', asNumber],
    ['of pg, of each of other types', '[1114, 700].forEach((id) => types.setTypeParser(id, Number))', asString],
    ['of pg, that writes a date', 'types.setTypeParser(20, (v) => new Date(v).toISOString())', asString],
    ['of postgres.js, by a constant', 'const a = 20; const t = { to: 20, from: [a], parse: Number }', asNumber],
    [
      'of pg-types',
      "import { setTypeParser, builtins } from 'pg-types'; setTypeParser(builtins.INT8, 'text', (value) => +value)",
      asNumber,
    ],
    ['for another type', 'types.setTypeParser(types.builtins.NUMERIC, Number)', asString],
    ['that makes text of it', 'types.setTypeParser(20, (value) => value)', asString],
    ['that nobody can read', 'types.setTypeParser(20, parseBig)', asNumber],
    [
      'of postgres.js',
      'postgres(url, { types: { big: { to: 20, from: [20], serialize: String, parse: (value) => parseInt(value) } } })',
      asNumber,
    ],
    ['an option of TypeORM', "new DataSource({ type: 'postgres', parseInt8: true })", asNumber],
    ['an option that is off', "new DataSource({ type: 'postgres', parseInt8: false })", asString],
    ['a default of pg', 'pg.defaults.parseInt8 = true', asNumber],
    ['of postgres.js, as bigint', 'postgres(url, { types: { bigint: postgres.BigInt } })', asString],
    [
      'of a pool alone',
      'new Pool({ types: { getTypeParser: (oid) => (oid === builtins.INT8 ? Number : text) } })',
      asNumber,
    ],
    [
      'of a pool, for another type',
      'new Pool({ types: { getTypeParser(oid) { return oid === 1700 ? Number : text } } })',
      asString,
    ],
    ['of slonik', 'createPool(url, { typeParsers: createTypeParserPreset() })', wrong],
    ['of slonik, of its own', "createPool(url, { typeParsers: [{ name: 'int8', parse: (text) => text }] })", asString],
    ['two that disagree', 'types.setTypeParser(20, Number); types.setTypeParser(20, BigInt)', asNumber],
  ])('%s', async (_, parser, want) => {
    expect(await found(`${rows} ${parser}`)).toEqual(want);
  });
});

test.each([
  [
    'that a statement of slonik reads',
    'sql.type(user)`SELECT id, big FROM users`',
    ['error extra-field/users/gone unknown'],
  ],
  [
    'that none reads, beside one',
    'sql.type(other)`SELECT id FROM users`; const other = z.object({ id: z.number() });',
    [],
  ],
])('a zod object %s', async (_, query, want) => {
  const text = `const user = z.object({ id: z.number(), big: z.string(), gone: z.string() }); ${query}`;
  const all = await found(text);
  expect(all.filter((one) => one.startsWith('error'))).toEqual(want);
});

test.each([
  ['a field', 'gone: z.string()', 'SELECT id, big FROM users', 'error'],
  ['a field that may be left out', 'gone: z.string().optional()', 'SELECT id, big FROM users', 'warning'],
  ['a field beside columns that a fragment selects', 'gone: z.string()', 'SELECT id, ${more} FROM users', 'warning'],
  ['a field beside a parameter', 'gone: z.string()', 'SELECT id, big FROM users WHERE id = ${id}', 'error'],
])('%s that slonik does not find', async (_, field, sql, severity) => {
  const text = `const user = z.object({ id: z.number(), big: z.string(), ${field} }); sql.type(user)\`${sql}\``;
  const all = await found(text);
  expect(all.filter((one) => one.includes('gone'))).toEqual([`${severity} extra-field/users/gone unknown`]);
});

test.each([
  ['a call makes', "class UserId extends uuidType<'UserId'>() {}", []],
  ['is written out', 'class UserId { value: string; }', ['error type-mismatch/users/id/id category']],
])('a class that %s', async (_, made, want) => {
  const text = `${made} ${row(whole.replace('id: number', 'id: UserId'))} knex<Row>('users')`;
  expect((await found(text)).filter((one) => one.startsWith('error'))).toEqual(want);
});

describe('Kysely', () => {
  test.each([
    [
      'the type of the instance',
      `${row(whole.replace('Date', 'string'))} interface Anything { users: Row } new Kysely<Anything>({})`,
    ],
    [
      'a type of a transaction',
      `${row(whole.replace('Date', 'string'))} interface Anything { users: Row } function f(trx: Transaction<Anything>) {}`,
    ],
    [
      'a key that is a constant',
      `const table = 'users'; ${row(whole.replace('Date', 'string'))} interface DB { [table]: Row }`,
    ],
    [
      'Generated and ColumnType',
      `${row('id: Generated<number>; big: ColumnType<string, number>; note: string | null; seen: ColumnType<string, Date, never>')} interface DB { users: Row }`,
    ],
    [
      'Generated, as generated code declares it',
      `type Generated<T> = T extends ColumnType<infer S, infer I, infer U> ? ColumnType<S, I | undefined, U> : ColumnType<T, T | undefined, T>; ${row('id: Generated<number>; big: Generated<string>; note: Generated<string | null>; seen: Generated<string>')} interface DB { users: Row }`,
    ],
    [
      'a column that nobody selects',
      `${row('id: number; big: string; note: ColumnType<never, string, string>; seen: string')} interface DB { users: Row }`,
    ],
    ['a table that is written out', `interface DB { users: { ${whole.replace('Date', 'string')} } }`],
  ])('%s', async (_, text) => {
    expect(await found(text)).toEqual(wrong);
  });

  test.each([
    ['of another database', 'new Kysely<Old>({ dialect: new MysqlDialect({}) })', []],
    ['of PostgreSQL', 'new Kysely<Old>({ dialect: new PostgresDialect({}) })', ['error unmapped-model/gone']],
    [
      'of both, one for tests',
      'new Kysely<Old>({ dialect: new PostgresDialect({}) }); new Kysely<Old>({ dialect: new SqliteDialect({}) })',
      ['error unmapped-model/gone'],
    ],
    ['of another one, with a table of a tool', 'interface DB { pgmigrations: Row }', []],
    ['of another one, with tables of TimescaleDB', "interface DB { '_timescaledb_catalog.chunk': Row }", []],
  ])('an instance %s', async (_, made, want) => {
    const text = `interface Old { gone: { id: number } } ${row(whole.replace('Date', 'string'))} ${made}`;
    const all = await found(text);
    expect(all.filter((one) => one.includes('unmapped-model') && one.startsWith('error'))).toEqual(want);
  });

  test.each([
    ["of Supabase's schemas", 'Database', '__InternalSupabase: { a: string }; public: { Tables: { users: 1 } }', []],
    ['of tables', 'Database', 'gone: { id: number }', ['error unmapped-model/gone']],
    ['of other things', 'Database', 'gone: { id: number }; tenant: string', ['info unmapped-model/Database']],
    ['with such a member, of Kysely', 'DB', 'gone: { Tables: string }', ['error unmapped-model/gone']],
  ])('a type %s', async (_, name, members, want) => {
    expect(await found(`type ${name} = { ${members} }; ${row(whole)} knex<Row>('users')`)).toEqual(want);
  });

  test('JSON that may be null', async () => {
    const notes = relation('notes', { a: 'jsonb', b: 'jsonb' });
    const text = 'interface DB { notes: { a: JSONColumnType<object | null>; b: JSONColumnType<object> } }';
    expect(await found(text, [notes])).toEqual(['error nullability-mismatch/notes/b/b may-be-null']);
  });

  test('Insertable and Updateable of a table are no rows', async () => {
    expect(
      await found(
        `${row(whole)} interface DB { users: Row } type NewUser = Insertable<Row>; type UserUpdate = Updateable<Row>`,
      ),
    ).toEqual([]);
  });
});

test.each([
  ['a type of a function', 'function list() { type User = { total: string }; return', '}'],
  ['a parameter', 'const list = async <User>() =>', ''],
])('%s is no other type of its name', async (_, before, after) => {
  const users = relation('users', { id: 'int4!', name: 'text!' });
  const text = `interface Page { users: User[] } interface User { id: string } ${before} knex<User>('users'); ${after} knex<Row>('users'); interface Row { id: number; name: string }`;
  expect((await foundInTypeScript(text, [users])).filter((one) => one.startsWith('error'))).toEqual([]);
});

describe('statements', () => {
  const stated = async (into: string, sql: string, more = '') =>
    (await found(`${row(`${whole.replace('Date', 'string')}${more}`)} sql<${into}>\`${sql}\``)).filter(
      (one) => !one.startsWith('info'),
    );

  test.each([
    ['an intersection', '(Row & { total: number })[]', 'SELECT *, 1 AS total FROM users'],
    ['a query in a WITH', 'Row[]', 'WITH r AS (SELECT u.*, n.a FROM users AS u JOIN n USING (id)) SELECT * FROM r'],
    ['whole rows of a join', 'Row[]', 'SELECT users.* FROM users JOIN n USING (id)'],
  ])('%s is read from the table', async (_, into, sql) => {
    expect(await stated(into, sql)).toEqual(wrong);
  });

  test.each([
    ['a constant', "const TABLE = 'users';", wrong],
    ['a constant, of a table that is gone', "const TABLE = 'gone';", ['error unmapped-model/Item']],
    ['what the program gives', 'const TABLE = tableOf(this);', ['warning type-mismatch/users/seen/seen category']],
  ])('%s names a table', async (_, before, want) => {
    const item = row(whole.replace('Date', 'string')).replace('Row', 'Item');
    const text = `${before} ${item} db.query<Item>(\`SELECT * FROM \${TABLE} WHERE id = \${id}\`)`;
    expect(await found(text)).toEqual(want);
  });

  test('a table that only the program names is none of an upsert either', async () => {
    const item = row(whole.replace('Date', 'string')).replace('Row', 'Item');
    const upsert = 'INSERT INTO ${this.table} (id) VALUES (1) ON CONFLICT (id) DO UPDATE SET note = $1 RETURNING *';
    expect(await found(`${item} db.query<Item>(\`${upsert}\`)`)).toEqual([
      'warning type-mismatch/users/seen/seen category',
    ]);
  });

  test.each([
    [
      'names of replacements',
      'WHERE note = :note AND id::int4 = :id OR id = :id',
      'WHERE note = $1 AND id::int4 = $2 OR id = $2',
    ],
    ['what only looks like it', "WHERE note = '12:30'", "WHERE note = '12:30'"],
  ])('Sequelize: %s', async (_, where, want) => {
    const text = `sequelize.query<Row>("SELECT id FROM users ${where}", { replacements: { id } })`;
    const { literals } = await readModels([{ file: 'a.ts', text }]);
    expect(literals.map(({ sql }) => sql)).toEqual([`SELECT id FROM users ${want}`]);
  });

  test('a join brings fields of other tables', async () => {
    expect(await stated('Row[]', 'SELECT u.*, n.shape FROM users u JOIN n USING (id)', '; shape: string')).toEqual([
      'warning extra-field/users/shape unknown',
      ...wrong,
    ]);
  });

  test('a part of a statement may make a field', async () => {
    const part = 'const shape = sql`CASE WHEN ${on} THEN 1 END AS shape `;';
    const text = `${part} ${row(`${whole}; shape: number`)} sql<Row[]>\`SELECT *, \${shape} FROM users\``;
    expect(await found(text)).toEqual(['info extra-field/users/shape derived']);
  });

  test.each([
    ['another name', 'notes.title AS shape', ['info extra-field/users/shape derived']],
    ['the name that it has', 'users.shape AS shape', ['error extra-field/users/shape unknown']],
  ])('a part that is written out may give a field %s', async (_, part, want) => {
    const text = `${row(`${whole}; shape: number`)} knex<Row>('users'); knex('users').select(knex.raw('${part}'))`;
    expect(await found(text)).toEqual(want);
  });

  test('whole rows of a query are of no table, which stays a guess', async () => {
    expect(await stated('Row[]', 'WITH r AS (SELECT 1) SELECT r.* FROM r')).toEqual([
      'warning type-mismatch/users/seen/seen category',
    ]);
  });

  test('a statement with several tables says nothing against one that reads a table alone', async () => {
    const both = 'SELECT * FROM users`; sql<Row[]>`SELECT a FROM users JOIN n USING (id)';
    expect(await stated('Row[]', both)).toEqual(wrong);
  });
});

test.each([
  ['text[]', 'string | string[]', []],
  ['text', 'string[] | string', []],
  ['text[]', 'string', ['error type-mismatch/mails/to/to category']],
  ['int4[]', 'string | string[]', ['error type-mismatch/mails/to/to category']],
])('%s may be %s', async (type, declared, want) => {
  const mails = relation('mails', { id: 'int4!', to: `${type}!` });
  expect(await found(`interface Mail { id: number; to: ${declared} } knex<Mail>('mails')`, [mails])).toEqual(want);
});

describe('the values of an enum', () => {
  const catalog = {
    ...catalogOf(relation('things', { id: 'int4!', mood: 'mood!', noted: 'text!' })),
    enums: [{ schema: 'public', name: 'mood', labels: ['sad', 'ok'] }],
  };
  for (const relation of catalog.relations)
    for (const { name, type } of relation.columns) if (name === 'mood') Object.assign(type, { schema: 'public' });
  const lacks = ['error enum-mismatch'];

  test.each([
    ['a union with all', "'sad' | 'ok'", '', []],
    ['a union with more', "'sad' | 'ok' | 'new'", '', []],
    ['a union that lacks one', "'sad' | 'new'", '', lacks],
    ['one text', "'sad'", '', lacks],
    ['an alias that lacks one', 'Mood', "type Mood = 'sad';", lacks],
    ['an enum that lacks one', 'Mood', "enum Mood { Sad = 'sad' }", lacks],
    ['a list that lacks one', '(typeof moods)[number]', "const moods = ['sad'] as const;", lacks],
    ['a union with any text', "'sad' | string", '', []],
    ['a text', 'string', '', []],
  ])('%s', async (_, type, before, want) => {
    const text = `${before} interface Thing { id: number; mood: ${type}; noted: 'a' } knex<Thing>('things')`;
    const { findings } = await findingsOf(catalog, text, {}, 'models.ts');
    expect(findings.map(({ severity, rule }) => `${severity} ${rule}`)).toEqual(want);
  });
});
