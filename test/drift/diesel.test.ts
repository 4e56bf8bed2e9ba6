/** What structs of Diesel are read and inserted as, beside their `table!` and the texts of `sql_query`. */
import { describe, expect, test } from '@jest/globals';
import { compare } from '../../src/drift/compare.js';
import { readModels } from '../../src/drift/readers/read.js';
import { noSettings } from '../../src/drift/settings.js';
import { catalogOf, column, findingsOf, readText, relation } from './support.js';

const tasks = relation('tasks', { id: 'int8! = 1', ups: 'int4!', downs: 'int4!', name: 'text!' });
const table = 'diesel::table! { tasks (id) { id -> Int8, ups -> Int4, downs -> Int4, name -> Text, } }';

async function errorsOf(text: string, given = tasks): Promise<readonly string[]> {
  const { findings } = compare(catalogOf(given), await readText(text), noSettings);
  return findings.filter(({ severity }) => severity === 'error').map(({ id }) => id);
}

describe('a struct whose comment names no table', () => {
  const struct = (derives: string, fields: string) =>
    `${table} /// A row in the \`tasks_of_all\` table\n#[derive(${derives})] struct Task { ${fields} }`;
  test.each<[string, string, readonly string[]]>([
    ["is of the table of Diesel's rule", struct('Queryable, Insertable', 'ups: i32, downs: i32, name: String'), []],
    ['so that an insert is held against it', struct('Insertable', 'ups: i32'), ['downs', 'name']],
  ])('%s', async (_, text, want) => {
    expect(await errorsOf(text)).toEqual(want.map((name) => `insert-missing-required/tasks/${name}`));
  });
});

describe('a struct for inserts', () => {
  const insert = (name: string) =>
    `#[derive(Insertable)] #[diesel(table_name = tasks)] struct ${name} { ups: i32, name: String }`;
  const other =
    '#[derive(Insertable)] #[diesel(table_name = tasks)] struct All { ups: i32, downs: i32, name: String } fn f() -> All { g() }';
  const lacking = ['insert-missing-required/tasks/downs'];
  test.each<[string, string, readonly string[]]>([
    ['that code names', `${insert('NewTask')} fn f() { insert_into(tasks::table).values(&NewTask { .. }) }`, lacking],
    ['that no code names, and no other', insert('NewTask'), lacking],
    ['that no code names beside one that it does', `${insert('NewTask')} ${other}`, []],
    [
      'that only its own code names',
      `${insert('NewTask')} impl NewTask { fn new() -> Self { NewTask { .. } } } impl From<Form> for NewTask {} ${other}`,
      [],
    ],
    ['that code is given', `${insert('NewTask')} ${other} fn f(form: Json<NewTask>) { values(&form.0) }`, lacking],
    ['that code passes on', `${insert('NewTask')} ${other} fn f(form: NewTask) { f(form) }`, lacking],
    ['that code calls', `${insert('NewTask')} ${other} fn f(Json(form): Json<NewTask>) { form.save(db) }`, lacking],
    [
      'of which code reads fields',
      `${insert('NewTask')} ${other} fn f(form: Json<NewTask>) { log!("form: {}", form.name); let form = All { ups: form.ups, .. }; values(&form) }`,
      [],
    ],
    [
      'of which one piece of code reads fields, and another makes one',
      `${insert('NewTask')} ${other} fn f(form: &NewTask) { form.ups } fn g() { NewTask { ups: 1 } }`,
      lacking,
    ],
    ['that a field has', `${insert('NewTask')} ${other} struct Both { task: NewTask }`, lacking],
    ['that a trait has', `${insert('NewTask')} ${other} impl Crud for Task { type Insert = NewTask; }`, lacking],
  ])('%s', async (_, text, want) => {
    expect(await errorsOf(`${table} ${text}`)).toEqual(want);
  });

  test('that nothing is inserted from has warnings', async () => {
    const text = `${table} ${insert('NewTask').replace('ups', 'gone')} ${other}`;
    const { findings } = compare(catalogOf(tasks), await readText(text), noSettings);
    const ofInsert = findings.filter(({ severity, rule }) => severity !== 'info' && rule !== 'missing-model');
    expect(ofInsert.map(({ severity, id, message }) => [severity, id, message.split(': ')[1]])).toEqual([
      ['warning', 'insert-missing-required/tasks/downs', 'no given code inserts rows from it.'],
      ['warning', 'insert-missing-required/tasks/ups', 'no given code inserts rows from it.'],
      ['warning', 'extra-field/tasks/gone', 'no given code inserts rows from it.'],
    ]);
  });

  test('of a library is used by none if the root of its crate is given', async () => {
    const read = async (root: string) => {
      const declared = await readModels([
        { file: root, text: 'pub mod task;' },
        { file: 'src/task.rs', text: insert('NewTask') },
      ]);
      return declared.models.map(({ role }) => role);
    };
    const reason = 'no code inserts rows from it';
    expect(await read('src/lib.rs')).toEqual([{ kind: 'insert', reason, unused: true }]);
    expect(await read('src/other.rs')).toEqual([
      { kind: 'insert', reason: 'it derives Insertable and nothing that reads rows' },
    ]);
  });
});

describe('a table that no table! declares, and the schema does not have', () => {
  const struct = (derives: string) =>
    `${table} #[derive(${derives})] #[diesel(table_name = chores)] struct Chore { id: i64 }`;
  test.each<[string, string, readonly string[]]>([
    ['is checked by the compiler', struct('Queryable, Selectable'), ['unmapped-model/Chore']],
    ['is not, where only Queryable is derived', struct('Queryable, Debug'), []],
    ['is, where no table! is given', struct('Queryable').slice(table.length), ['unmapped-model/Chore']],
  ])('%s', async (_, text, want) => {
    expect(await errorsOf(text)).toEqual(want);
  });
});

test.each<[string, string, readonly string[]]>([
  ['uses', 'use crate::Task; fn f() -> Vec<Task> { tasks::table.load(db) }', ['extra-field/tasks/gone']],
  ['only imports', 'use crate::Task;', []],
])('a struct that the code of its crate %s', async (_, code, want) => {
  const struct = `${table} #[derive(Queryable, Selectable)] #[diesel(table_name = tasks)] pub struct Task { gone: i64 }`;
  const files = [
    { file: 'src/lib.rs', text: `mod store; ${struct}` },
    { file: 'src/store.rs', text: code },
  ];
  const { findings } = compare(catalogOf(tasks), await readModels(files), noSettings);
  expect(findings.flatMap(({ id, severity }) => (severity === 'error' ? [id] : []))).toEqual(want);
});

test.each([
  ['another table has columns of its own', 'diesel(table_name = people)', false],
  ['the same table adds columns', 'diesel(table_name = crate::schema::tasks)', true],
  ['no table adds columns', 'derive(Debug)', true],
])('an embedded struct of %s', async (_, attribute, isColumn) => {
  const person = `#[derive(Selectable)] #[${attribute}] struct Person { email: String }`;
  const task =
    '#[derive(Queryable, Selectable)] #[diesel(table_name = tasks)] struct Task { id: i64, #[diesel(embed)] owner: Person }';
  expect((await errorsOf(`${person} ${task}`)).includes('extra-field/tasks/email')).toBe(isColumn);
});

describe('a struct that sql_query fills', () => {
  const struct = (doc: string, attribute: string) =>
    `/// ${doc}\n#[derive(QueryableByName)] struct TaskRow { #[${attribute}] id: i64, #[${attribute}] total: i64 }`;
  test.each<[string, string, number]>([
    ['with the attribute of Diesel 1', struct('Tasks', 'sql_type = "BigInt"'), 0],
    ['with that of Diesel 2', struct('Tasks', 'diesel(sql_type = BigInt)'), 0],
    ['beside a mention', struct('A row in `tasks` table along with the total', 'sql_type = "BigInt"'), 0],
    ['yet not without the attribute', struct('A row in `tasks` table along with the total', 'serde(default)'), 1],
  ])('%s', async (_, text, want) => {
    expect(await errorsOf(`${table} ${text}`)).toHaveLength(want);
  });
});

describe('a statement of sql_query', () => {
  const struct =
    '#[derive(QueryableByName)] struct Total { #[sql_type = "BigInt"] id: i64, #[sql_type = "Text"] name: String }';
  const text = 'const SUM: &str = "SELECT id, name FROM tasks";';
  const giving = (id: string) => ({ id, name: 'text!' });
  test.each<[string, string]>([
    ['whose call names the struct', 'fn f() { sql_query(SUM).bind(a).load::<Total>(db)?; }'],
    ['whose call names a module', 'fn f() { diesel::sql_query("SELECT id").get_result::<models::Total>(db)?; }'],
    ['whose variable does', 'fn f() { let x: Vec<Total> = sql_query(SUM).load(db).unwrap_or_default(); }'],
    [
      'whose function does',
      'fn f() -> Result<Vec<Total>> { diesel::sql_query(SUM).bind::<Text, _>(a).load(db).context("x") }',
    ],
  ])('%s fills it', async (_, code) => {
    const { literals } = await readText(`${struct} ${text} ${code}`);
    expect(literals.find(({ into }) => into === 'Total')?.sql).toMatch(/^SELECT id/);
  });

  test.each<[string, Readonly<Record<string, string>> | string, readonly string[]]>([
    ['all columns', giving('int8!'), []],
    ['one too few', { id: 'int8!' }, ['error extra-field/tasks/name']],
    ['another type', giving('text!'), ['error type-mismatch/tasks/id/id']],
    ['one that may be null', giving('int8'), ['error nullability-mismatch/tasks/id/id']],
    ['a refusal', 'column "name" does not exist', ['error query-invalid/Total']],
    ['a schema that is not given', 'schema "r" does not exist', ['warning query-invalid/Total']],
    ['a table of such a schema', 'relation "r.sums" does not exist', ['warning query-invalid/Total']],
    ['a table of a schema that is given', 'relation "public.sums" does not exist', ['error query-invalid/Total']],
    ['a table that the code makes', 'relation "sums" does not exist', []],
    ['a parameter without a type', 'could not determine data type of parameter $2', ['warning query-invalid/Total']],
    ['a cast of it alone', 'operator does not exist: text = uuid', ['error query-invalid/Total']],
    ['a function by it', 'function unnest(unknown) is not unique', ['warning query-invalid/Total']],
    ['an operator by it', 'operator is not unique: unknown + unknown', ['warning query-invalid/Total']],
    ['a function with types', 'function f(integer) is not unique', ['error query-invalid/Total']],
  ])('is compared with its struct: %s', async (_, given, want) => {
    const declared = await readText(
      `${struct} ${text} fn f() { sql_query(SUM).load::<Total>(db)?; run("CREATE TEMP TABLE sums (id int)"); }`,
    );
    const columns = typeof given === 'string' ? [] : Object.entries(given).map(([name, type]) => column(name, type));
    const described = declared.literals
      .filter(({ into }) => into !== undefined)
      .map((literal) => (typeof given === 'string' ? { literal, error: given } : { literal, columns }));
    const { findings } = compare(catalogOf(tasks), declared, noSettings, { described });
    expect(
      findings
        .filter(({ rule }) => rule !== 'missing-model')
        .map(({ severity, id }) => `${severity} ${id.replace(/\/[0-9a-f]{16,}$/, '')}`),
    ).toEqual(want);
  });
});

describe('fields in another order than the columns', () => {
  const struct = (fields: string, derives = 'Queryable') => `${table} #[derive(${derives})] struct Task { ${fields} }`;
  const swapped = 'id: i64, downs: i32, ups: i32, name: String';
  const found = ['renamed-field/tasks/downs/ups', 'renamed-field/tasks/ups/downs'];
  test.each<[string, string, readonly string[]]>([
    ['of one type', struct(swapped), found],
    ['which the compiler refuses', struct('name: String, id: i64, ups: i32, downs: i32'), []],
    ['that are selected by name', struct(swapped, 'Queryable, Selectable'), []],
    ['of a struct that rows are inserted from', struct(swapped, 'Queryable, Insertable'), []],
    ['in order', struct('id: i64, ups: i32, downs: i32, name: String'), []],
  ])('%s', async (_, text, want) => {
    expect([...(await errorsOf(text))].sort()).toEqual(want);
  });
});

describe('fields that rows are inserted from', () => {
  const given = 'ups: i32, downs: i32';
  const insert = (fields: string, derives = 'Insertable') =>
    `#[derive(${derives})] #[diesel(table_name = tasks)] struct NewTask { ${given}, ${fields} }`;
  test.each<[string, string, readonly string[]]>([
    ['all columns', insert('name: String'), []],
    ['a column that is gone', insert('name: String, gone: i64'), ['extra-field/tasks/gone']],
    ['one that nothing says is inserted', 'struct NewTask { gone: i64 }', []],
    ['an absent value, which a trigger may fill', insert('name: Option<String>'), []],
    [
      'of a struct that is read too',
      insert('name: Option<String>', 'Insertable, Queryable, Selectable').replace('NewTask', 'Task'),
      ['nullability-mismatch/tasks/name/name'],
    ],
    [
      'of one beside its table!',
      `${table} ${insert('name: Option<String>', 'Insertable, Queryable').replace('NewTask', 'Task')}`,
      ['nullability-mismatch/tasks/name/name'],
    ],
    ['an absent value that a default replaces', insert('name: String, id: Option<i64>'), []],
    [
      'of an update',
      '#[derive(AsChangeset)] #[diesel(table_name = tasks)] struct TaskUpdate { name: Option<String> }',
      [],
    ],
  ])('%s', async (_, text, want) => {
    expect(await errorsOf(text)).toEqual(want);
  });
});

describe('a NOT NULL column of table! that may be null', () => {
  const nullable = relation('tasks', { id: 'int8! = 1', ups: 'int4', downs: 'int4!', name: 'text!' });
  const insert =
    '#[derive(Insertable)] #[diesel(table_name = tasks)] struct NewTask { ups: i32, downs: i32, name: String }';
  const found = ['nullability-mismatch/tasks/ups/ups'];
  test.each<[string, string, readonly string[]]>([
    ['where no struct is given', table, found],
    ['where rows are only inserted', `${table} ${insert}`, []],
    [
      'where a struct is read too',
      `${table} ${insert} #[derive(Queryable)] #[diesel(table_name = tasks)] struct Ups { ups: i32 }`,
      found,
    ],
  ])('%s', async (_, text, want) => {
    expect(await errorsOf(text, nullable)).toEqual(want);
  });
});

test.each<[string, string, string]>([
  ['BigInt', 'int8!', 'Bigint'],
  ['SmallInt', 'int2!', 'Smallint'],
  ['SmallSerial', 'int2!', 'Smallserial'],
])('%s is known by its other name', async (_, column, name) => {
  const read = `diesel::table! { tasks (id) { id -> ${name}, } }`;
  expect(await errorsOf(read, relation('tasks', { id: column }))).toEqual([]);
  expect(await errorsOf(read, relation('tasks', { id: 'int4!' }))).toEqual(['type-mismatch/tasks/id/id']);
});

test.each<[string, string, readonly string[]]>([
  ['of a sequence', 'numbers (last_value) { last_value -> Int8, is_called -> Bool, }', []],
  ['of no relation', 'numbers (id) { id -> Int8, }', ['unmapped-model/numbers']],
])('a table! %s', async (_, body, want) => {
  expect(await errorsOf(`${table} diesel::table! { ${body} }`)).toEqual(want);
});

describe('structs of generated code', () => {
  const update = (fields: string, name = 'UpdateTask') =>
    `${table} #[derive(Queryable, Insertable, AsChangeset)] #[diesel(table_name = tasks)] struct ${name} { ${fields} }`;
  test.each<[string, string, number]>([
    ['an update', update('ups: Option<i32>, downs: Option<i32>, name: Option<String>'), 0],
    ['one that is not called so', update('ups: Option<i32>, downs: Option<i32>, name: Option<String>', 'Task'), 3],
  ])('%s', async (_, text, want) => {
    const errors = await errorsOf(text);
    expect(errors.filter((id) => id.startsWith('nullability-mismatch'))).toHaveLength(want);
  });
});

test('two structs that are inserted together give their columns together', async () => {
  const part = (name: string, fields: string) =>
    `#[derive(Insertable)] #[diesel(table_name = tasks)] struct ${name} { ${fields} }`;
  const parts = `${table} ${part('NewTask', 'ups: i32, name: String')} ${part('Rest', 'downs: i32')}`;
  expect(await errorsOf(`${parts} fn f(n: NewTask, r: Rest) { insert_into(tasks::table).values((n, r)) }`)).toEqual([]);
  expect(await errorsOf(`${parts} fn f(n: NewTask, r: Rest) { insert_into(tasks::table).values(n) }`)).not.toEqual([]);
});

describe('a table! that says what a query gives', () => {
  const names = 'diesel::table! { names (name) { name -> Text, } }';
  const row = (derives: string, attribute: string) => `#[derive(${derives})] ${attribute} struct Name { name: String }`;
  const used = 'fn f() { tasks::table.load(db) }';
  const errors = ['unmapped-model/names', 'unmapped-model/Name'];
  const byName = row('QueryableByName', '#[diesel(table_name = names)]');
  test.each<[string, string, readonly string[]]>([
    ['of sql_query', `${used} ${byName}`, []],
    ["by Diesel's rule", `${used} ${row('QueryableByName', '')}`, []],
    ['of a CTE', `${used} ${row('Queryable, Selectable', '#[diesel(table_name = names)]')}`, []],
    ['yet is queried', `${used} ${byName} fn g() { names::table.load(db) }`, errors],
    ['yet is queried by its dsl', `${used} ${byName} use schema::names::dsl::*;`, errors],
    ['where no query is given', byName, errors],
  ])('%s', async (_, code, want) => {
    expect([...(await errorsOf(`${table} ${names} ${code}`))].sort()).toEqual([...want].sort());
  });
});

test.each([
  ['a macro of the project', 'define_tables! { view: chores = "chores_view", core: all_chores = "chores" }', false],
  ['nothing that is given', 'other! { view: jobs = "jobs" }', true],
  ['Diesel itself, elsewhere', 'joinable!(jobs -> chores (id));', true],
])('a struct whose table %s declares, beside others', async (_, macro, isError) => {
  const chores = relation('tasks', { id: 'int8! = 1', ups: 'int4!', downs: 'int4!', name: 'text!' });
  const struct =
    '#[derive(Queryable)] #[diesel(table_name = chores)] struct Chore { id: i64, link: String, name: String }';
  const { findings } = compare(
    catalogOf(chores, relation('chores', { id: 'int8!', link: 'int4!', name: 'text!' })),
    await readText(`${table} ${macro} ${struct}`),
    noSettings,
  );
  expect(findings.some(({ severity, table: name }) => severity === 'error' && name === 'chores')).toBe(isError);
});

test('a name that PostgreSQL cuts is the one that it stores', async () => {
  const long = 'keep_requisition_lines_with_zero_requested_quantity_on_finalised';
  const text = `diesel::table! { tasks (id) { id -> Int8, ${long} -> Bool, } }`;
  expect(await errorsOf(text, relation('tasks', { id: 'int8!', [long.slice(0, 63)]: 'bool!' }))).toEqual([]);
});

describe('a struct read by position, whose table! is not given', () => {
  const struct = (fields: string, named = '#[diesel(table_name = tasks)]') =>
    `#[derive(Queryable)] ${named} struct Task { ${fields} }`;
  const wrong = 'type-mismatch/tasks/ups/ups';
  test.each<[string, string, readonly string[]]>([
    ['as many fields as columns', struct('id: i64, ups: String, other: i32, name: String'), [`error ${wrong}`]],
    ['fewer, of other names', struct('id: i64, ups: String, label: String'), []],
    ['more', struct('id: i64, ups: String, downs: i32, name: String, total: i64'), []],
    [
      'fewer, of its names',
      struct('id: i64, ups: String, name: String'),
      [`error ${wrong}`, 'warning missing-field/tasks/downs'],
    ],
    [
      'fewer, of the names of a table that only its own names',
      struct('id: i64, ups: String, name: String', ''),
      [`warning ${wrong}`],
    ],
    [
      'fewer, of what is inserted too',
      `${struct('ups: i32, name: String, total: i64').replace('able)', 'able, Insertable)')}`,
      ['error missing-field/tasks/downs', 'warning extra-field/tasks/total', 'warning missing-field/tasks/id'],
    ],
  ])('%s', async (_, text, want) => {
    const { findings } = compare(catalogOf(tasks), await readText(text), noSettings);
    const told = findings.filter(({ severity, rule }) => severity !== 'info' && rule !== 'missing-model');
    expect(told.map(({ severity, id }) => `${severity} ${id}`).sort()).toEqual(want);
  });
});

test('a table! of a few columns, that nothing is inserted into, needs no other', async () => {
  const wide = relation('profiles', { id: 'int4!', kind: 'text!', bio: 'text!', site: 'text!', note: 'text!' });
  const table = 'diesel::table! { profiles (id) { id -> Int4, kind -> Text, } }';
  const severities = async (code: string) => {
    const { findings } = await findingsOf(catalogOf(wide), code);
    return findings.filter(({ rule }) => rule === 'missing-field').map(({ severity }) => severity);
  };
  expect(await severities(table)).toEqual(['warning', 'warning', 'warning']);
  const inserted = `${table} #[derive(Insertable)] #[diesel(table_name = profiles)] struct NewProfile { kind: String }`;
  expect(await severities(inserted)).toEqual(['error', 'error', 'error']);
});
