import { describe, expect, test } from '@jest/globals';
import type { StatementColumn } from '../../src/drift/checks/statements.js';
import { compare } from '../../src/drift/compare.js';
import { noSettings } from '../../src/drift/settings.js';
import { catalogOf, column, readText, relation } from './support.js';

const catalog = catalogOf(relation('tasks', { id: 'int8!', name: 'text!' }));
const settings = { ...noSettings, severities: { 'missing-model': 'off' } } as const;

/** Columns that a database describes: `int8!` is a NOT NULL column of a table, `int8?` one of no table. */
const columns = (given: Readonly<Record<string, string>>): readonly StatementColumn[] =>
  Object.entries(given).map(([name, type]) => {
    const { notNull, ...described } = column(name, type.replace('?', ''));
    return { ...described, notNull: type.endsWith('?') ? undefined : notNull };
  });

async function found(text: string, given: Readonly<Record<string, string>> | string, file?: string) {
  const declared = await readText(text, file);
  const described = declared.literals
    .filter(({ into }) => into !== undefined)
    .map((literal) => (typeof given === 'string' ? { literal, error: given } : { literal, columns: columns(given) }));
  return compare(catalog, declared, settings, { described }).findings.map(
    ({ severity, id, kind }) => `${severity} ${id.replace(/[0-9a-f]{16,}$/, '…')} ${kind ?? '-'}`,
  );
}

const fill = (fields: string, sql = 'SELECT count(*) AS n FROM a JOIN b ON true') =>
  `struct Counted { ${fields} } fn f() { sqlx::query_as!(Counted, r#"${sql}"#, id); }`;

test.each([
  ['the same columns', fill('n: Option<i64>'), { n: 'int8?' }, []],
  ['a column that it does not give', fill('n: i64, m: i64'), { n: 'int8?' }, ['error extra-field/Counted/m unknown']],
  ['another type', fill('n: i32'), { n: 'int8?' }, ['error type-mismatch/Counted/n/n width']],
  ['a column that may be null', fill('n: i64'), { n: 'int8' }, ['error nullability-mismatch/Counted/n/n may-be-null']],
  ['one that the statement says is never null', fill('n: i64'), { 'n!': 'int8' }, []],
  ['one whose type the statement says', fill('n: Id'), { 'n: Id': 'int8!' }, []],
  [
    'one whose type the statement says, and that may be null',
    fill('n: Id'),
    { 'n: Id': 'int8' },
    ['error nullability-mismatch/Counted/n/n may-be-null'],
  ],
  ['a String of a uuid, by into()', fill('n: String'), { n: 'uuid!' }, []],
  [
    'a String of a uuid that a call reads',
    '#[derive(FromRow)] struct Counted { n: String } fn f() { query_as::<_, Counted>("SELECT n FROM a, b"); }',
    { n: 'uuid!' },
    ['error type-mismatch/Counted/n/n category'],
  ],
  [
    'a name with a sign, which an attribute of FromRow names too',
    '#[derive(FromRow)] struct Counted { #[sqlx(rename = "n?")] n: Option<i64> } fn f() { query_as::<_, Counted>("SELECT n FROM a, b"); }',
    { 'n?': 'int8' },
    [],
  ],
  [
    'a name with a sign, which calls do not read as one',
    '#[derive(FromRow)] struct Counted { n: i64 } fn f() { query_as::<_, Counted>("SELECT n FROM a, b"); }',
    { 'n!': 'int8' },
    ['error extra-field/Counted/n unknown'],
  ],
  ['a number of a text', fill('n: i64'), { n: 'text!' }, ['error type-mismatch/Counted/n/n category']],
  ['a field that an attribute renames for FromRow', fill('#[sqlx(rename = "m: X")] n: i64'), { n: 'int8!' }, []],
  [
    'the name of that attribute, which the macro does not know',
    fill('#[sqlx(rename = "m")] n: i64'),
    { m: 'int8!' },
    ['error extra-field/Counted/n unknown'],
  ],
  ['one that is said to be there, with its type', fill('n: Id'), { 'n!: Id': 'int8' }, []],
  [
    'one that the statement filters',
    fill('n: i64', 'SELECT n FROM a JOIN b ON true WHERE n IS NOT NULL'),
    { n: 'int8' },
    [],
  ],
  ['one that the statement compares', fill('n: i64', 'SELECT n FROM a JOIN b ON true WHERE n > $1'), { n: 'int8' }, []],
  [
    'a struct called like a table, filled by a join, is compared with the join',
    `struct Task { id: i64, owner: String } fn f() { query_as::<_, Task>("SELECT t.id, o.owner FROM tasks t JOIN o ON true"); }`,
    { id: 'int8!', owner: 'text!' },
    ['info missing-field/tasks/name -'],
  ],
] as const)('%s', async (_, text, given, want) => {
  expect(await found(text, given)).toEqual(want);
});

test.each<[string, string, Readonly<Record<string, string>>]>([
  ['a column that an outer join may leave out', 'SELECT b.n FROM a LEFT JOIN b ON b.id = a.id', { n: 'int8!' }],
  ['a null that the statement writes', 'SELECT NULL AS n FROM a, b', { n: 'text' }],
])('an Option is right for %s', async (_, sql, given) => {
  expect(await found(fill('n: Option<i64>', sql), given)).toEqual([]);
});

test.each<[string, string, readonly string[]]>([
  ['all are mapped', 'userId: string; createdAt: string', []],
  ['none is mapped', 'user_id: string; createdAt: string', ['error extra-field/Seen/createdAt unknown']],
])('names in another case are read where %s', async (_, fields, want) => {
  const code = `interface Seen { ${fields} } query<Seen>("SELECT a.user_id, a.created_at FROM a JOIN b ON true")`;
  expect(await found(code, { user_id: 'text!', created_at: 'text!' }, 'a.ts')).toEqual(want);
});

test('many fields that a statement lacks are one finding', async () => {
  const code = fill('a: i64, b: i64, c: i64, n: i64, d: i64');
  expect(await found(code, { n: 'text!' })).toEqual([
    'error extra-field/Counted/a unknown',
    'error type-mismatch/Counted/n/n category',
  ]);
});

test('a parameter that is cast once may be of another type elsewhere', async () => {
  const code = fill('n: i64', 'SELECT n FROM a WHERE $1::uuid IS NULL OR owner = $1');
  expect(
    await found(code.replace('query_as!(Counted, ', 'query_as::<_, Counted>('), 'operator does not exist: text = uuid'),
  ).toEqual([expect.stringMatching(/^warning query-invalid/)]);
});

test.each([
  ['now()', 'info nullability-mismatch/Seen/at/at may-be-null'],
  ['make_date(1, 1, 1)', 'info nullability-mismatch/Seen/at/at may-be-null'],
  ['NULL::date', 'error nullability-mismatch/Seen/at/at may-be-null'],
])('a nullable column that the default %s fills is what it is beside its table', async (byDefault, want) => {
  const code = 'interface Seen { at: Date } query<Seen>("SELECT a.at FROM a JOIN b ON true")';
  expect(await found(code, { at: `timestamptz = ${byDefault}` }, 'a.ts')).toEqual([want]);
});

test.each([
  ['that needs an extension', 'operator does not exist: vector <=> unknown'],
  ['of SQLite', 'syntax error at or near "PRAGMA"'],
  ['with the names of a library', 'syntax error at or near "$"'],
  ['with the lists of a library', 'unterminated dollar-quoted string at or near "$$ids"'],
])('a statement %s is not checked', async (_, error) => {
  expect(await found(fill('n: i64'), error)).toEqual([expect.stringMatching(/^warning query-invalid\/Counted\//)]);
});

describe('an expression of a type that PostgreSQL guesses', () => {
  const error = 'column "owner" is of type uuid but expression is of type text';
  const row = '#[derive(FromRow)] struct Counted { n: i64 }';
  const insert = (value: string) => `"INSERT INTO a (owner) VALUES (${value}) RETURNING n"`;
  test.each<[string, string, string]>([
    ['of a parameter', `query_as::<_, Counted>(${insert('CASE WHEN $1 THEN $2 END')})`, 'warning'],
    ['of no parameter', `query_as::<_, Counted>(${insert("lower('a')")})`, 'error'],
    ['in a macro', `query_as!(Counted, ${insert('CASE WHEN $1 THEN $2 END')}, a, b)`, 'error'],
  ])('%s', async (_, call, severity) => {
    expect(await found(`${row} fn f() { ${call} }`, error)).toContainEqual(
      expect.stringMatching(`^${severity} query-invalid/Counted/`),
    );
  });
});

describe('refused statements', () => {
  const read = (table: string) => `query_as!(Counted, "SELECT n FROM ${table}");`;
  const twins = '#[derive(FromRow)] struct Counted { n: i64 } mod m { #[derive(FromRow)] struct Counted { n: i64 } }';
  test.each<[string, string, number]>([
    ['of one model are several findings', `${read('a')} ${read('b')}`, 2],
    ['with the same text are one', `${read('a')} ${read('a')}`, 1],
  ])('%s, also of two models of its name', async (_, code, count) => {
    const errors = async (structs: string) =>
      (await found(`${structs} fn f() { ${code} }`, 'relation "x" does not exist')).filter((id) =>
        id.includes('query-invalid'),
      );
    expect(await errors('#[derive(FromRow)] struct Counted { n: i64 }')).toHaveLength(count);
    expect(await errors(twins)).toHaveLength(count);
  });
});

test('a model whose statement the schema refuses was compared', async () => {
  const declared = await readText(
    '#[derive(FromRow)] struct Counted { n: i64 } fn f() { query_as!(Counted, "SELECT n FROM gone") }',
  );
  const described = declared.literals.map((literal) => ({ literal, error: 'relation "gone" does not exist' }));
  const { models, findings } = compare(catalog, declared, settings, { described });
  expect(models.map(({ status }) => status)).toEqual(['projection']);
  expect(findings.map(({ rule }) => rule)).toEqual(['query-invalid']);
});

test('a statement that the schema refuses is an error of its model', async () => {
  expect(await found(fill('n: i64'), 'relation "a" does not exist')).toEqual([
    expect.stringMatching(/^error query-invalid\/Counted\//),
  ]);
});

describe('a tuple is read by position', () => {
  const call = (code: string) => `async fn f(db: &Db) -> Result<(), Error> { ${code} }`;
  const two = 'sqlx::query_as::<_, (i64, String)>("SELECT id, name FROM tasks")';
  const mismatch = (severity: string, index: string, kind: string, rule = 'type-mismatch') => [
    `${severity} ${rule}/(i64, String)/${index} ${kind}`,
  ];
  test.each<[string, string, Readonly<Record<string, string>>, readonly string[]]>([
    ['of the same types, whatever the names', two, { id: 'int8!', called: 'text!' }, []],
    ['and a column more', two, { id: 'int8!', name: 'text!', more: 'text' }, []],
    ['of another type', two, { id: 'int4!', name: 'text!' }, mismatch('error', 'id/0', 'width')],
    [
      'whose column may be null',
      two,
      { id: 'int8!', name: 'text' },
      mismatch('error', 'name/1', 'may-be-null', 'nullability-mismatch'),
    ],
    ['and a column less', two, { id: 'int8!' }, mismatch('error', '1', 'unknown', 'extra-field')],
    [
      'that a let names',
      'let found: Option<(i64, String)> = query_as("SELECT id, name FROM tasks").fetch_optional(db).await?;',
      { id: 'int8!', name: 'int8!' },
      mismatch('error', 'name/1', 'category'),
    ],
    [
      'of one column',
      'query_scalar::<_, i32>("SELECT count(*) FROM tasks")',
      { count: 'int8?' },
      ['error type-mismatch/(i32,)/count/0 width'],
    ],
    [
      'of one column without a type',
      'let n: i32 = query_scalar("SELECT count(*) FROM tasks");',
      { count: 'int8?' },
      [],
    ],
    ['of nothing', 'query_as::<_, ()>("SELECT 1")', { one: 'int4?' }, []],
  ])('%s', async (_, code, given, want) => {
    expect(await found(call(code), given)).toEqual(want);
  });

  test('is listed where a catalog file cannot say what a statement gives', async () => {
    const { models } = compare(catalog, await readText(call(two)), settings);
    expect(models.map(({ status, reason, model }) => [model.name, status, reason])).toEqual([
      ['(i64, String)', 'other', 'a statement fills it by position'],
    ]);
  });
});

test('a field that several types inherit is told once, whatever statements fill them', async () => {
  const declared = await readText(
    "interface Task { id: number } interface Wide extends Task { n: string } query<Task>('SELECT id FROM tasks'); query<Wide>('SELECT id, name AS n FROM tasks')",
    'a.ts',
  );
  const described = declared.literals.map((literal) => ({ literal, columns: columns({ id: 'int8!', n: 'text!' }) }));
  const { findings } = compare(catalog, declared, settings, { described });
  expect(findings.filter(({ severity }) => severity === 'error').map(({ id }) => id)).toEqual([
    'type-mismatch/tasks/id/id',
  ]);
});

test.each([
  ['WHERE ${conditions}', 'warning'],
  ['WHERE id = ${id}', 'error'],
  ['WHERE id = ${id} AND ${condition} ORDER BY id', 'warning'],
])('nulls of a template with %s are a %s', async (where, want) => {
  const code = `interface Seen { at: Date } query<Seen>(\`SELECT a.at FROM a JOIN b ON true ${where}\`)`;
  expect(await found(code, { at: 'timestamptz' }, 'a.ts')).toEqual([
    `${want} nullability-mismatch/Seen/at/at may-be-null`,
  ]);
});
