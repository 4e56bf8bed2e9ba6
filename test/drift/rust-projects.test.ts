/** What Rust projects have around their models: tests, requests, tables of their own, text that is no Rust. */
import { describe, expect, test } from '@jest/globals';
import { compare } from '../../src/drift/compare.js';
import { readModels } from '../../src/drift/readers/read.js';
import { noSettings } from '../../src/drift/settings.js';
import { catalogOf, readText, relation } from './support.js';

const tasks = relation('tasks', { id: 'int8! = 1', owner: 'int4!', name: 'text!' });

async function errorsOf(text: string, table = tasks): Promise<readonly string[]> {
  const { findings } = compare(catalogOf(table), await readText(text), noSettings);
  return findings.filter(({ severity }) => severity === 'error').map(({ id }) => id);
}

const columns = 'id: i64, owner: i32, name: String';
const row = `#[derive(sqlx::FromRow)] struct Task { ${columns} }`;
const lacking = '"INSERT INTO tasks (name) VALUES ($1)"';
const fails = ['insert-missing-required/tasks/owner'];

describe('code of tests is not read', () => {
  test.each<[string, string, readonly string[]]>([
    ['a statement of the program', `${row} fn f() { run(${lacking}) }`, fails],
    ['a module of tests', `${row} #[cfg(test)] mod tests { fn f() { run(${lacking}) } }`, []],
    ['with a comment between', `${row} #[cfg(test)]\n// Old rows.\nmod tests { fn f() { run(${lacking}) } }`, []],
    ['with a feature', `${row} #[cfg(all(test, feature = "pg"))] mod tests { fn f() { run(${lacking}) } }`, []],
    [
      'a module that tests share with others',
      `${row} #[cfg(any(test, feature = "x"))] mod m { fn f() { run(${lacking}) } }`,
      fails,
    ],
    ['a function', `${row} #[test] fn f() { run(${lacking}) }`, []],
    ['an asynchronous function', `${row} #[tokio::test(flavor = "multi_thread")] async fn f() { run(${lacking}) }`, []],
    ['a function that is only called so', `${row} fn test() { run(${lacking}) }`, fails],
    [
      'a struct',
      `${row} #[cfg(test)] mod tests { #[derive(FromRow)] #[sqlx(table = "gone")] struct A { a: i32 } }`,
      [],
    ],
  ])('%s', async (_, text, want) => {
    expect(await errorsOf(text)).toEqual(want);
  });
});

describe('code for another database is not read', () => {
  const wrong = '#[derive(FromRow)] #[sqlx(table = "tasks")] struct Old { gone: i64 }';
  const found = ['extra-field/tasks/gone'];
  test.each<[string, string, readonly string[]]>([
    ['a feature of its own', `#[cfg(feature = "mysql")] ${wrong} ${row}`, []],
    ['all but PostgreSQL', `#[cfg(not(feature = "postgres"))] ${wrong} ${row}`, []],
    ['two at once', `#[cfg(all(feature = "v1", feature = "sqlite"))] ${wrong} ${row}`, []],
    ['one of several', `#[cfg(any(feature = "postgres", feature = "sqlite"))] ${wrong} ${row}`, found],
    ['another feature', `#[cfg(feature = "v1")] ${wrong} ${row}`, found],
    ['no other', `#[cfg(not(feature = "mysql"))] ${wrong} ${row}`, found],
    ['what follows', `#[cfg(feature = "mysql")] use a::b; ${wrong} ${row}`, found],
    [
      'a field',
      `${row.replace('owner', '#[cfg(feature = "mysql")] owner: Bits, #[cfg(feature = "postgres")] owner')}`,
      [],
    ],
    [
      'an attribute',
      `#[cfg_attr(feature = "mysql", diesel(sql_type = Bit))] #[cfg_attr(feature = "postgres", diesel(sql_type = Int4))] struct Owner(pub bool); ${row.replace('i32', 'Owner')}`,
      [],
    ],
    [
      'an implementation',
      `use sqlx::{PgPool, SqlitePool}; ${row} impl Tasks for Store<SqlitePool> { fn f() { run(${lacking}) } }`,
      [],
    ],
    ['a function', `use sqlx::PgPool; ${row} fn f(pool: &SqlitePool) { run(${lacking}) }`, []],
    ['a function for both', `${row} fn f(one: &SqlitePool, other: &PgPool) { run(${lacking}) }`, fails],
  ])('%s', async (_, text, want) => {
    expect(await errorsOf(text)).toEqual(want);
  });

  test.each<[string, string, readonly string[]]>([
    [
      'the one that fits is compared',
      `#[cfg(feature = "v2")] ${row.replace('owner: i32', 'key: i32, more: i32')} #[cfg(feature = "v1")] ${row}`,
      [],
    ],
    [
      'with what is wrong in it',
      `#[cfg(feature = "v2")] ${row.replace('owner: i32', 'key: i32, more: i32')} #[cfg(feature = "v1")] ${row.replace('i32', 'i64')}`,
      ['type-mismatch/tasks/owner/owner'],
    ],
    ['one that is alone', `#[cfg(feature = "v2")] ${row.replace('owner', 'key')}`, ['extra-field/tasks/key']],
  ])('of two structs that exclude each other, %s', async (_, text, want) => {
    expect(await errorsOf(text)).toEqual(want);
  });

  test('the file of a module', async () => {
    const declared = await readModels([
      {
        file: 'src/lib.rs',
        text: '#[cfg(feature = "mysql")] pub mod schema; #[cfg(feature = "postgres")] #[path = "pg.rs"] pub mod schema; #[cfg(test)] mod m; #[cfg(not(test))] mod m;',
      },
      { file: 'src/schema.rs', text: 'struct A { a: i32 }' },
      { file: 'src/pg.rs', text: 'struct B { b: i32 }' },
      { file: 'src/m.rs', text: 'struct C { c: i32 }' },
    ]);
    expect(declared.models.map(({ name }) => name)).toEqual(['B', 'C']);
  });
});

describe('a file that no module declares', () => {
  const stale = '#[derive(FromRow)] #[sqlx(table = "tasks")] struct Old { gone: i64 }';
  test.each<[string, string, string, boolean]>([
    ['beside the root', 'src/lib.rs', 'pub mod other;', false],
    ['beside a mod.rs', 'src/db/mod.rs', '', true],
    ['declared', 'src/lib.rs', 'pub(crate) mod old;', true],
    ['declared by a macro', 'src/lib.rs', 'modules!(new, old);', true],
    ['declared with others', 'src/lib.rs', 'automod::dir!("src");', true],
    ['without its parent', 'src/new.rs', '', true],
  ])('%s', async (_, file, text, isRead) => {
    const declared = await readModels([
      { file, text },
      { file: 'src/old.rs', text: stale },
    ]);
    expect(declared.models.map(({ name }) => name)).toEqual(isRead ? ['Old'] : []);
    expect(declared.unread.map(({ file: unread, broken }) => [unread, broken])).toEqual(
      isRead ? [] : [['src/old.rs', false]],
    );
  });
});

describe('the files that a chain of modules leads to', () => {
  const main = 'mod db; fn main() {}';
  const api = '#[web::path(get, path = "/tasks")] pub fn list() {} mod other;';
  test.each<[string, string, readonly (readonly [string, string])[], boolean]>([
    ['from a program beside a library', 'src/db.rs', [['src/server.rs', main]], true],
    ['from an asynchronous one', 'src/db.rs', [['src/server.rs', main.replace('fn', 'async fn')]], true],
    [
      'from a program below',
      'src/db/old.rs',
      [
        ['src/server.rs', main],
        ['src/db/mod.rs', 'mod old;'],
      ],
      true,
    ],
    ['from a file without main', 'src/db.rs', [['src/server.rs', 'mod db; impl A {\n  fn main() {}\n}']], false],
    ['through a module that is not declared', 'src/db/old.rs', [['src/db.rs', 'mod old;']], false],
    ['through a folder that is not declared', 'src/db/old/a.rs', [['src/db.rs', '']], false],
    [
      'through a folder of a declared module',
      'src/db/old/a.rs',
      [
        ['src/main.rs', 'mod db;'],
        ['src/db.rs', 'mod x;'],
      ],
      false,
    ],
    ['through modules in a file', 'src/db/old/a.rs', [['src/main.rs', 'mod db { mod old { mod a; } }']], true],
    [
      'through a path',
      'src/legacy/old.rs',
      [
        ['src/main.rs', '#[path = "legacy/mod.rs"] mod db;'],
        ['src/legacy/mod.rs', 'mod old;'],
      ],
      true,
    ],
    [
      'through a path that a feature sets',
      'src/legacy/old.rs',
      [['src/main.rs', '#[cfg_attr(feature = "a", path = "legacy/old.rs")] mod db;']],
      true,
    ],
    [
      'beside the path of a request',
      'src/old.rs',
      [
        ['src/api.rs', api],
        ['src/main.rs', `mod api; ${api}`],
      ],
      false,
    ],
    ['where modules declare each other', 'src/a/old.rs', [['src/a.rs', 'mod old; #[path = "a.rs"] mod a;']], false],
  ])('%s', async (_, file, others, isRead) => {
    const text = '#[derive(FromRow)] #[sqlx(table = "tasks")] struct Old { gone: i64 }';
    const files = [['src/lib.rs', 'extern crate diesel;'], ...others, [file, text]];
    const declared = await readModels(files.map(([file = '', text = '']) => ({ file, text })));
    expect(declared.models.map(({ name }) => name)).toEqual(isRead ? ['Old'] : []);
  });
});

describe('text that the grammar does not know', () => {
  test.each<[string, string, readonly string[]]>([
    ['a turbofish in a type', 'struct Row {\n  pub a: std::vec::Vec::<String>,\n  b: i32,\n}', []],
    ['a lifetime before its trait', "struct Row { a: Box<dyn 't + Fn(i32) -> i32>, b: i32 }", []],
    ['an alias of a trait of a module', 'pub trait AuthStore = store::Auth; struct Row { a: String }', []],
    ['a trait alias', 'trait S = FnMut(u32) -> u32 + Send; struct Row { a: String, b: i32 }', []],
    [
      'a macro',
      'macro_rules! m { ($f:ident) => { struct fn ${concat(set_, $f)}() } } struct Row { a: String, b: i32 }',
      [],
    ],
    [
      'a function with the word in a comment',
      "fn f(raw: String) { // the struct's field\n i32::from_str(&raw).ok(); } struct Row { a: i32 }",
      [],
    ],
    [
      'a variable called like a word of the language',
      'fn g(raw: V) { let c = &raw; for s in x { if y { z(&raw, 1); } } struct Inner { a: i32 } } struct Row { a: i32 }',
      [],
    ],
    ['a struct', 'struct Row { a: i32,, b } fn f() { some(1); other(2); } struct Other { b: i32 }', ['Row']],
  ])('%s', async (_, text, want) => {
    const { models, unread } = await readText(text);
    expect(unread.filter(({ broken }) => broken).map(({ name }) => name)).toEqual(want);
    expect(models.some(({ name }) => name === 'Row')).toBe(true);
  });
});

describe('files of tests are not read', () => {
  const inserting = `fn f() { run(${lacking}) }`;
  test.each<[string, string, string, boolean]>([
    ['a module of the root', 'src/lib.rs', 'src/tests.rs', false],
    ['a folder of it', 'src/main.rs', 'src/tests/insert.rs', false],
    ['a module of a module', 'src/db.rs', 'src/db/tests.rs', false],
    ['a module beside a mod.rs', 'src/db/mod.rs', 'src/db/tests.rs', false],
    ['a module of another folder', 'src/db/mod.rs', 'src/tests.rs', true],
    ['the tests of the crate', 'src/lib.rs', 'tests/api/insert.rs', false],
    ['the tests of another crate', 'a/src/lib.rs', 'tests/insert.rs', true],
  ])('%s', async (_, parent, file, isRead) => {
    const declared = await readModels([
      { file: parent, text: `${row} #[cfg(test)] pub(crate) mod tests;` },
      { file, text: inserting },
    ]);
    const { findings } = compare(catalogOf(tasks), declared, noSettings);
    expect(findings.some(({ file: place }) => place === file)).toBe(isRead);
  });
});

describe('forms of Diesel', () => {
  const form = (derives: string, name: string, fields: string) =>
    `${row} #[derive(${derives})] #[diesel(table_name = tasks)] struct ${name} { ${fields} }`;
  test.each<[string, string, readonly string[]]>([
    ['an insert', form('Insertable', 'NewTask', 'name: String'), fails],
    ['one that may update too', form('Insertable, AsChangeset', 'TaskForm', 'name: String'), fails],
    ['an update that could insert', form('Insertable, AsChangeset', 'UpdateTaskForm', 'name: String'), []],
    ['an update by its ending', form('Insertable, AsChangeset', 'TaskUpdate', 'name: String'), []],
    ['a part that no file declares', form('Insertable', 'NewTask', 'name: String, #[diesel(embed)] part: Part'), []],
    ['fields that may all be left out', form('Insertable, AsChangeset', 'TaskForm', 'name: Option<String>'), []],
    ['a name with the word inside', form('Insertable, AsChangeset', 'UpdatedTask', 'name: String'), fails],
    ['no changeset', form('Insertable', 'UpdateTaskForm', 'name: String'), fails],
    [
      'columns that are given beside it',
      `${form('Insertable', 'NewTask', 'name: String')} fn f() { insert_into(schema::tasks::table).values((&new, tasks::owner.eq(id))) }`,
      [],
    ],
    [
      'columns that another insert gives',
      `${form('Insertable', 'NewTask', 'name: String')} fn f() { insert_into(jobs::table).values((&new, jobs::owner.eq(id))); insert_into(tasks::table).values(&new) }`,
      fails,
    ],
    [
      'a struct of a table that the code inserts nothing into',
      `${form('Insertable', 'NewTask', 'name: String')} fn f() { insert_into(jobs::table).values(Job::of(new)) }`,
      [],
    ],
    [
      'columns that an insert without it gives',
      `${form('Insertable', 'NewTask', 'name: String')} fn f() { insert_into(tasks::table).values((tasks::owner.eq(id),)) }`,
      fails,
    ],
  ])('%s', async (_, text, want) => {
    expect(await errorsOf(text)).toEqual(want);
  });

  test('a request that is called like an insert is none, where the code shows the insert', async () => {
    const model = '#[derive(HasQuery)] #[diesel(table_name = tasks)] struct Task { id: i64 }';
    const insert = `#[derive(Insertable)] #[diesel(table_name = tasks)] struct NewTask { owner: i32, name: String }`;
    const request = '#[derive(Deserialize)] struct NewTask { name: String }';
    const files = [model, insert, `mod requests { ${request} }`].join('\n');
    expect(await errorsOf(files)).toEqual([]);
  });
});

describe('a struct of Diesel beside its table!', () => {
  const whole = 'id -> Int8, owner -> Int4, name -> Text';
  const beside = (struct: string, declared = whole) =>
    `diesel::table! { tasks (id) { ${declared} } } #[diesel(table_name = tasks)] ${struct}`;
  const wrong = 'type-mismatch/tasks/owner/owner';
  const optional = relation('tasks', { id: 'int8!', owner: 'int4', name: 'text!' });

  test.each<[string, string, readonly string[], typeof tasks?]>([
    [
      'types of its own',
      beside('#[derive(Queryable)] struct Task { id: Id, owner: Owner, name: A } enum Owner { A }'),
      [],
    ],
    ['other names, by position', beside('#[derive(Queryable)] struct Task { a: i64, b: i32, c: String }'), []],
    ['a part, by position', beside('#[derive(Queryable)] struct Task { id: i64, label: String }'), []],
    [
      'a struct that names no table, by position',
      `diesel::table! { tasks (id) { ${whole} } } #[derive(Queryable)] struct Task { a: i64, b: i32, c: String }`,
      [],
    ],
    [
      'a struct that names no table, and fits none',
      `diesel::table! { tasks (id) { ${whole} } } #[derive(Queryable)] struct Tasks { id: i64, label: String }`,
      [],
    ],
    ['a type of the project over a text', beside('struct A { a: i64 }', whole.replace('Text', 'crate::Label')), []],
    [
      'a type that the database does not have',
      beside(`#[derive(Queryable)] struct Task { ${columns.replace('i32', 'i64')} }`, whole.replace('Int4', 'Int8')),
      [wrong, wrong],
    ],
    [
      'a column that only the database has, and requires',
      beside('#[derive(Queryable)] struct Task { id: i64, name: String }', 'id -> Int8, name -> Text'),
      ['missing-field/tasks/owner'],
    ],
    [
      'a column that only the database has, and every INSERT gives',
      `${beside('struct A { a: i64 }', 'id -> Int8, name -> Text')} fn f() { sql_query("INSERT INTO tasks (owner, name) VALUES ($1, $2)") }`,
      [],
    ],
    [
      'a column that only the database has, and may lack',
      beside('#[derive(Queryable)] struct Task { id: i64, name: String }', 'id -> Int8, name -> Text'),
      [],
      optional,
    ],
    [
      'what a statement gives beside the columns',
      beside(
        '#[derive(QueryableByName)] struct Task { id: i64, owner: i32, name: String, #[diesel(sql_type = Int8)] total: i64 }',
      ),
      [],
    ],
    [
      'columns with their types, of what is inserted too',
      beside(
        '#[derive(QueryableByName, Insertable)] struct Task { #[diesel(sql_type = Int8)] id: i64, owner: i32, name: String, #[diesel(sql_type = Int8)] total: i64 }',
      ),
      ['extra-field/tasks/total'],
    ],
    [
      'what a query of its own gives',
      '#[derive(QueryableByName)] struct Task { #[diesel(sql_type = Int8)] id: i64, #[diesel(sql_type = Int8)] total: i64 }',
      [],
    ],
  ])('%s', async (_, text, want, relationOf = tasks) => {
    expect(await errorsOf(text, relationOf)).toEqual(want);
  });
});

describe("SeaORM's expanded format", () => {
  const entity = (fields: string, table = 'tasks', columns = 'Id, Owner, Name') =>
    `#[derive(DeriveEntity)] pub struct Entity; impl EntityName for Entity { fn table_name(&self) -> &str { "${table}" } } #[derive(DeriveModel, DeriveActiveModel)] pub struct Model { ${fields} } #[derive(EnumIter, DeriveColumn)] pub enum Column { ${columns} }`;
  test.each<[string, string, readonly string[]]>([
    ['of a table', entity(columns), []],
    ['with another type', entity(columns.replace('i32', 'i64')), ['type-mismatch/tasks/owner/owner']],
    ['with a field more', entity(`${columns}, gone: i64`), ['extra-field/tasks/gone']],
    ['without a column', entity(columns.replace('owner: i32, ', '')), ['missing-field/tasks/owner']],
    ['of a table that is gone', entity(columns, 'chores'), ['unmapped-model/models::Model']],
    [
      'with a column of another name',
      entity(columns.replace('owner', 'owned_by'), 'tasks', 'Id, #[sea_orm(column_name = "owner")] OwnedBy, Name'),
      [],
    ],
  ])('%s', async (_, text, want) => {
    expect(await errorsOf(text)).toEqual(want);
  });
});

describe('structs of SeaORM', () => {
  const entity = (fields: string) =>
    `#[derive(DeriveEntityModel)] #[sea_orm(table_name = "tasks")] pub struct Model { ${fields} }`;
  const documents = (type: string) =>
    `${entity(`id: i64, owner: i32, name: ${type}`)} #[derive(FromJsonQueryResult)] pub struct Note { text: String }`;
  const wrong = ['type-mismatch/tasks/name/name'];
  test.each<[string, string, string, readonly string[]]>([
    ['one', 'Note', 'jsonb!', []],
    ['a list', 'Vec<Note>', 'jsonb!', []],
    ['a list that may be null', 'Option<Vec<Note>>', 'json', []],
    ['a list, of an array', 'Vec<Note>', 'jsonb[]!', wrong],
    ['a list, of a text', 'Vec<Note>', 'text!', wrong],
    ['a list of lists', 'Vec<Vec<Note>>', 'jsonb!', wrong],
  ])('documents: %s', async (_, type, column, want) => {
    const table = relation('tasks', { id: 'int8! = 1', owner: 'int4!', name: column });
    expect(await errorsOf(documents(type), table)).toEqual(want);
  });

  test.each([
    ['u64', 'SeaORM reads integers with a sign from it, as i64'],
    ['i32', 'it has 64 bits, and SeaORM reads no other width'],
  ])('a bigint as %s', async (type, reason) => {
    const text = entity(`id: ${type}, owner: i32, name: String`);
    const { findings } = compare(catalogOf(tasks), await readText(text), noSettings);
    expect(findings.map(({ message }) => message)).toEqual([
      expect.stringContaining(`${type}, tasks.id is bigint: ${reason}.`),
    ]);
  });

  test('an entity is compared although a macro names its table', async () => {
    const text = `event!(tasks); ${entity('id: i64, owner: i64, name: String')}`;
    expect(await errorsOf(text)).toEqual(['type-mismatch/tasks/owner/owner']);
  });

  test.each<[string, string, readonly string[]]>([
    [
      'a type that is read through a cast',
      entity('id: i64, #[sea_orm(select_as = "text", save_as = "int")] owner: String, name: String'),
      [],
    ],
    ['what a query of its own gives', '#[derive(FromQueryResult)] struct Task { id: i64, number_of: i32 }', []],
    [
      'a table that is named for it',
      '/// Maps to `tasks`\n#[derive(FromQueryResult)] struct Task { id: i64, owner: i64, name: String }',
      ['type-mismatch/tasks/owner/owner'],
    ],
  ])('%s', async (_, text, want) => {
    expect(await errorsOf(text)).toEqual(want);
  });
});

test.each([
  ['tasks_partition_0', []],
  ['tasks_0a', []],
  ['tasks_default', []],
  ['tasks_2024_01', []],
  ['tasks_log', ['unmapped-model/tasks_log']],
])('a partition by its name: %s', async (name, want) => {
  const text = `diesel::table! { ${name} (id) { id -> Int8, } }`;
  expect(await errorsOf(text, { ...tasks, kind: 'partitioned table' })).toEqual(want);
});

test('tables of Diesel for other databases, beside those for PostgreSQL, are not compared', async () => {
  const text = (type: string) =>
    `diesel::table! { tasks (id) { id -> Int8, owner -> Int4, name -> ${type} } } #[derive(Queryable)] #[diesel(table_name = tasks)] struct Task { ${columns} }`;
  const errors = async (...paths: readonly (readonly [string, string])[]) => {
    const files = paths.map(([file, type]) => ({ file, text: text(type) }));
    const { findings } = compare(catalogOf(tasks), await readModels(files), noSettings);
    return findings.filter(({ severity }) => severity === 'error').map(({ id, file }) => `${file} ${id}`);
  };
  expect(await errors(['src/schema.rs', 'Text'], ['store-mysql/src/schema.rs', 'Integer'])).toEqual([]);
  expect(await errors(['a/mysql/schema.rs', 'Text'], ['a/sqlite/schema.rs', 'Integer'])).toContain(
    'a/sqlite/schema.rs type-mismatch/tasks/name/name',
  );
});

describe('tables that are not of the schema', () => {
  const table = (name: string) => `diesel::table! { ${name} (id) { id -> Int8, } }`;
  test.each<[string, string, readonly string[]]>([
    ['a table that is gone', table('gone'), ['unmapped-model/gone']],
    ['the system catalogs', table('pg_namespace'), []],
    ['a table of PostGIS', table('spatial_ref_sys'), []],
    ['the information schema', table('information_schema.columns'), []],
    ['a temporary one', `${table('batch')} fn f() { sql_query(r#"CREATE TEMPORARY TABLE batch (id bigint)"#) }`, []],
    [
      'a temporary one, otherwise',
      `${table('batch')} fn f() { q("create local temp table if not exists batch (id int)") }`,
      [],
    ],
    [
      'another temporary one',
      `${table('batch')} fn f() { q("CREATE TEMP TABLE batches (id int)") }`,
      ['unmapped-model/batch'],
    ],
    ["a table of Supabase's", table('auth.users'), []],
    ['in another schema that the source does not know', table('billing.users'), ['unmapped-model/users']],
    ['a namesake that the file makes', `${row} fn f() { q("CREATE TABLE tasks (name text)"); q(${lacking}) }`, []],
    ['a namesake in another schema', `${row} fn f() { q("CREATE TABLE tmp.tasks (name text)"); q(${lacking}) }`, fails],
  ])('%s', async (_, text, want) => {
    expect(await errorsOf(text)).toEqual(want);
  });
});

describe('a doc comment', () => {
  const readers = '#[derive(FromRow)] #[sqlx(table = "tasks")] struct TaskRow { id: i64, owner: i32, name: String }';
  test.each<[string, string, readonly string[]]>([
    [
      'says the table',
      `${readers} /// Maps to \`tasks\` table.\nstruct Job { since: i64 }`,
      ['extra-field/tasks/since'],
    ],
    ['mentions it', `${readers} /// Archives the \`tasks\` table.\nstruct Job { since: i64 }`, []],
    [
      'mentions it as a model of its own',
      `${readers} /// Model of the \`tasks\` table.\nstruct Job { since: u64 }`,
      [],
    ],
    ['mentions it in passing', '/// Kept with the `tasks` table.\nstruct Settings { since: i64, until: i64 }', []],
    ['has the word before a colon', `${readers} /// A row of the seed table: a fee.\nstruct Job { since: i64 }`, []],
    [
      'says it by that word',
      `${readers} /// Jobs.\n/// Database table: chores\nstruct Job { since: i64 }`,
      ['unmapped-model/Job'],
    ],
    ['mentions one that is gone', `${readers} /// Say there is a \`numbers\` table.\nstruct Job { since: i64 }`, []],
    [
      'mentions it, and rows are read',
      '/// A row of `tasks`.\n#[derive(FromRow)] struct Job { since: i64 }',
      ['extra-field/tasks/since'],
    ],
  ])('%s', async (_, text, want) => {
    expect(await errorsOf(text)).toEqual(want);
  });
});

describe('names of types', () => {
  const kinds = (text: string) =>
    readText(text).then(({ models }) => models[0]?.fields.map(({ type }) => type.category));

  test.each<[string, string, readonly string[]]>([
    ['an alias of an import', 'use chrono::NaiveDateTime as Moment; struct A { a: Moment }', ['timestamp']],
    ['in a group, inside a list', 'use uuid::{Uuid as Id, Error}; struct A { a: Option<Vec<Id>> }', ['uuid']],
    ['that hides a type of Rust', 'use my::Label as String; struct A { a: String }', ['unknown']],
    ['not after a path', 'use my::Label as String; struct A { a: std::string::String }', ['text']],
    ['in an alias', 'use chrono::NaiveDate as Day; type Birthday = Day; struct A { a: Birthday }', ['date']],
    ['of a SQL type', '#[diesel(sql_type = Stored)] enum B { C } type Stored = Int2; struct A { a: B }', ['integer']],
    [
      "of the project, called like a library's",
      'use crate::{day::Date}; struct A { a: Date } struct Date { year: i32 }',
      ['unknown'],
    ],
    [
      "of a library, called like the project's",
      'use time::Date; struct A { a: Date } struct Date { year: i32 }',
      ['date'],
    ],
    ['of a library, by way of the project', 'use crate::prelude::Date; struct A { a: Date }', ['date']],
    ['an import for its traits', 'use std::fmt::Write as _; struct A { a: i32 }', ['integer']],
    ['an enum that a macro makes', 'pg_enum! { pub enum Kind { A = 1, } } struct A { a: Kind }', ['unknown']],
    ['and a namesake elsewhere', 'struct A { a: Kind } mod b { enum Kind { B } } m! { enum Kind { A } }', ['unknown']],
  ])('%s', async (_, text, want) => {
    expect(await kinds(text)).toEqual(want);
  });
});

describe('text that is not valid Rust', () => {
  const unread = (text: string) =>
    readText(text, 'a.rs').then(({ unread: list }) =>
      list.map(({ name, line, reason }) => `${name}:${line} ${reason}`),
    );

  test.each<[string, string, readonly string[]]>([
    ['in a struct', 'struct A { a: i32,, b }', ['A:1 the text is not valid Rust']],
    ['in a type that the grammar does not know', "type F<'a> = Box<dyn 'a + Fn(i32) -> i32>; struct A { a: i32 }", []],
    ['in a function of a module', 'mod m { fn f() { let = ; } } struct A { a: i32 }', []],
    ['in a struct of a module', 'mod m { fn f() {}\nstruct A { a: i32,, b } }', ['A:2 the text is not valid Rust']],
    ['in tests', '#[cfg(test)] mod tests { struct A { a: i32,, b } } struct B { b: i32 }', []],
    [
      'in several items',
      'struct A { a: i32,, b }\nstruct B { a: i32,, b }',
      ['a.rs:1 the text is not valid Rust in 2 places'],
    ],
  ])('%s', async (_, text, want) => {
    expect(await unread(text)).toEqual(want);
  });

  test('an alias of such a type is unknown', async () => {
    const { models } = await readText("type F<'a> = Box<dyn 'a + Fn(i32) -> i32>; struct A<'a> { a: F<'a> }");
    expect(models[0]?.fields[0]?.type.category).toBe('unknown');
  });
});

describe('statements', () => {
  const statements = (text: string) =>
    readText(text).then(({ literals }) =>
      literals.map(({ into, dynamic, sql }) => [into, dynamic ?? false, sql.trim()]),
    );

  test.each<[string, string, readonly unknown[]]>([
    [
      'in the rules of a macro',
      'macro_rules! all { ($p:tt) => { query_as!(Task, "select 1 from t " + $p) } }',
      [['Task', true, 'select 1 from t']],
    ],
    [
      'in the arguments of a macro',
      'fn f() { join!(sqlx::query_as!(Task, "select 1 from t", id), g()) }',
      [['Task', false, 'select 1 from t']],
    ],
    [
      'of two strings',
      'fn f() { sqlx::query_as!(Task, "select 1 " + "from t") }',
      [['Task', false, 'select 1 from t']],
    ],
  ])('%s', async (_, text, want) => {
    expect(await statements(text)).toEqual(want);
  });

  test.each<[string, string, readonly unknown[]]>([
    [
      'a let',
      'async fn f() { let a: Option<Task> = sqlx::query_as("select 1 from t").bind(1).fetch_optional(db).await?; }',
      [['Task', false, 'select 1 from t']],
    ],
    [
      'what its function returns',
      'async fn f() -> Result<Vec<Task>, Error> { query_as("select 1 from t").fetch_all(db).await }',
      [['Task', false, 'select 1 from t']],
    ],
    [
      'a return',
      'async fn f() -> sqlx::Result<Task> { if a { return query_as("select 1 from t").fetch_one(db).await; } g() }',
      [['Task', false, 'select 1 from t']],
    ],
    [
      'a variable that is returned',
      'async fn f() -> Result<Vec<Task>> { let all = query_as("select 1 from t").fetch_all(db).await?; Ok(all) }',
      [['Task', false, 'select 1 from t']],
    ],
    [
      'a variable that is made into another',
      'async fn f() -> Result<Vec<Task>> { let all = query_as("select 1 from t").fetch_all(db).await?; Ok(g(all)) }',
      [[undefined, false, 'select 1 from t']],
    ],
    [
      'a tuple',
      'async fn f() { let a: (i64,) = query_as("select 1 from t").fetch_one(db).await?; }',
      [['(i64,)', false, 'select 1 from t']],
    ],
    [
      'nothing that is known',
      'async fn f() { let a = query_as("select 1 from t").fetch_one(db).await?; }',
      [[undefined, false, 'select 1 from t']],
    ],
    [
      'what a call makes of it',
      'async fn f() { let a: Task = query_as("select 1 from t").fetch_one(db).await?.into(); }',
      [[undefined, false, 'select 1 from t']],
    ],
    [
      'a closure',
      'fn f() -> Vec<Task> { g(|| query_as("select 1 from t").fetch_all(db)) }',
      [[undefined, false, 'select 1 from t']],
    ],
    [
      'a constant of the function',
      'const Q: &str = "other"; async fn f() -> Result<Task> { const Q: &str = r#"select 1 from t"#; query_as(Q).fetch_one(db).await }',
      [['Task', false, 'select 1 from t']],
    ],
    [
      'a constant of the file',
      'const Q: &str = "select 1 from t"; fn f() { query_as::<_, Task>(Q) }',
      [['Task', false, 'select 1 from t']],
    ],
    [
      'a text whose beginning is elsewhere',
      'const Q: &str = concatcp!(CTE, "select 1 from t"); fn f() { query_as::<_, Task>(Q) }',
      [['Task', true, '']],
    ],
    [
      'a text whose end is elsewhere',
      'fn f() { query_as::<_, Task>(&format!("select 1 from t where {}", w)) }',
      [['Task', true, 'select 1 from t where {}']],
    ],
  ])('are read into %s', async (_, text, want) => {
    expect(await statements(text)).toEqual(want);
  });

  test.each<[string, string, readonly string[]]>([
    ['of the same function', 'fn f() { struct N { n: i32 } query_as!(N, "select 1 as n from t"); }', ['N']],
    ['that nothing fills', 'fn f() { struct M { n: i32 } query_as!(N, "select 1 as n from t"); }', []],
  ])('fill a struct %s', async (_, text, want) => {
    expect((await readText(text)).models.map(({ name }) => name)).toEqual(want);
  });

  test('fill the struct in sight: of the function, else of the file, else any', async () => {
    const local =
      'fn f() { struct N { n: i32 }\nquery_as!(N, "select n from t"); }\nfn g() {\nquery_as!(N, "select n from u"); }';
    const files = [
      { file: 'a.rs', text: `struct N { n: i64 }\n${local}` },
      { file: 'b.rs', text: 'struct N { n: i16 }' },
    ];
    const declared = await readModels(files);
    const described = declared.literals.map((literal) => ({
      literal,
      columns: [{ name: 'n', type: { name: 'int4', sql: 'integer' }, notNull: true }],
    }));
    const { findings } = compare(catalogOf(tasks), declared, noSettings, { described });
    const wrong = findings.filter(({ rule }) => rule === 'type-mismatch').map(({ file, line }) => `${file}:${line}`);
    // `query_as!` widens an i32, and b.rs is not in sight.
    expect(wrong).toEqual([]);
    const narrow = await readModels([
      { file: 'a.rs', text: `struct N { n: i16 }\n${local}` },
      { file: 'b.rs', text: '' },
    ]);
    const again = compare(catalogOf(tasks), narrow, noSettings, { described });
    expect(again.findings.filter(({ rule }) => rule === 'type-mismatch').map(({ line }) => line)).toEqual([1]);
  });

  test('of several structs elsewhere, only those fill that the code shows to read rows', async () => {
    const declared = await readModels([
      { file: 'api.rs', text: '#[derive(Deserialize)] struct N { n: String }' },
      { file: 'db.rs', text: '#[derive(FromRow)] struct N { n: i16 }' },
      { file: 'main.rs', text: 'mod api; mod db; fn f() { query_as::<_, N>("select n from t") }' },
    ]);
    const described = declared.literals.map((literal) => ({
      literal,
      columns: [{ name: 'n', type: { name: 'int4', sql: 'integer' }, notNull: true }],
    }));
    const { findings } = compare(catalogOf(tasks), declared, noSettings, { described });
    expect(findings.filter(({ rule }) => rule === 'type-mismatch').map(({ file }) => file)).toEqual(['db.rs']);
  });

  test.each([
    ['BigSerial', 'int8', 0],
    ['Range<Integer>', 'int4range', 0],
    ['Range<Timestamptz>', 'tstzrange', 0],
    ['Range<Integer>', 'int8range', 1],
    ['Serial', 'int8', 1],
  ])('a table! with %s for %s', async (written, type, wrong) => {
    const text = `table! { spans (id) { id -> Int8, span -> ${written}, } }`;
    const { findings } = compare(
      catalogOf(relation('spans', { id: 'int8! = 1', span: `${type}!` })),
      await readText(text),
      noSettings,
    );
    expect(findings.filter(({ rule }) => rule === 'type-mismatch')).toHaveLength(wrong);
  });

  test('that give no rows fill nothing', async () => {
    const declared = await readText(
      'struct Seen { id: i64 } fn f() { query_as!(Seen, "UPDATE tasks SET name = $1", n) }',
    );
    const described = declared.literals.map((literal) => ({ literal, columns: [] }));
    const { findings } = compare(catalogOf(tasks), declared, noSettings, { described });
    expect(findings.filter(({ severity }) => severity === 'error')).toEqual([]);
  });

  test.each([
    ['query_as! makes null a JSON value', 'query_as!(Task, "select meta from tasks", id)', []],
    ['a call does not', 'query_as::<_, Task>("select meta from tasks")', ['nullability-mismatch/tasks/meta/meta']],
  ])('%s', async (_, call, want) => {
    const declared = await readText(`struct Task { meta: serde_json::Value } fn f() { ${call}; }`);
    const described = declared.literals.map((literal) => ({
      literal,
      columns: [{ name: 'meta', type: { name: 'jsonb', sql: 'jsonb' }, notNull: false }],
    }));
    const { findings } = compare(catalogOf(relation('tasks', { meta: 'jsonb' })), declared, noSettings, { described });
    expect(findings.filter(({ severity }) => severity === 'error').map(({ id }) => id)).toEqual(want);
  });
});

describe('types that `query_as!` converts into', () => {
  const step = 'enum Step { Open, Done } impl From<bool> for Step { fn from(done: bool) -> Self { Step::Done } }';
  test.each<[string, string, readonly string[]]>([
    ['a struct that only it fills', `struct Task { done: Step } ${step}`, []],
    [
      'a struct with a derive',
      `#[derive(FromRow)] struct Task { done: Step } ${step}`,
      ['type-mismatch/tasks/done/done'],
    ],
    ['no conversion', 'struct Task { done: Step } enum Step { Open, Done }', ['type-mismatch/tasks/done/done']],
  ])('%s', async (_, text, want) => {
    const declared = await readText(`${text} fn f() { query_as!(Task, "select done from tasks", id); }`);
    const columnsOf = [{ name: 'done', type: { name: 'bool', sql: 'boolean' }, notNull: true }];
    const described = declared.literals.map((literal) => ({ literal, columns: columnsOf }));
    const { findings } = compare(catalogOf(relation('tasks', { done: 'bool!' })), declared, noSettings, { described });
    expect(findings.filter(({ severity }) => severity === 'error').map(({ id }) => id)).toEqual(want);
  });
});

describe('statements that the compiler has a database check', () => {
  test.each<[string, string, string | undefined]>([
    ['query!', 'fn f() { sqlx::query!("UPDATE tasks SET a = $1", a) }', 'UPDATE tasks SET a = $1'],
    ['query! without a path', 'fn f() { query!(r#"SELECT a FROM tasks"#) }', 'SELECT a FROM tasks'],
    ['query_scalar!', 'fn f() { sqlx::query_scalar!("SELECT a FROM tasks") }', 'SELECT a FROM tasks'],
    ['not the unchecked one', 'fn f() { sqlx::query_unchecked!("SELECT a FROM tasks") }', undefined],
    ['not a call', 'fn f() { sqlx::query("SELECT a FROM tasks") }', undefined],
    ['not a macro of another crate', 'fn f() { other::query!("SELECT a FROM tasks") }', undefined],
    [
      'not one with parts of another macro',
      'macro_rules! m { ($p:tt) => { query!("SELECT a FROM tasks " + $p) } }',
      undefined,
    ],
  ])('%s', async (_, text, want) => {
    const { literals } = await readText(text);
    expect(literals.find(({ checked }) => checked)?.sql).toBe(want);
  });

  test.each<[string, string, string, readonly string[]]>([
    ['a refusal', row, 'column "a" does not exist', ['query-invalid']],
    [
      'a type of another crate',
      'fn g() { query_as!(other::Task, "SELECT a FROM tasks") }',
      'no',
      ['query-invalid', 'query-invalid'],
    ],
    ['the table of a tool', row, 'relation "_sqlx_migrations" does not exist', []],
    [
      'a table that the file makes',
      `${row} fn g() { q("CREATE TABLE tasks (a text)") }`,
      'column "a" does not exist',
      [],
    ],
  ])('%s is an error, if the schema is meant', async (_, text, error, want) => {
    const declared = await readText(
      `${text} fn f() { query!("INSERT INTO tasks (a, owner, name) VALUES ($1, 1, 2)") }`,
    );
    const described = declared.literals
      .filter(({ into, checked }) => into !== undefined || checked)
      .map((literal) => ({ literal, error }));
    const { findings } = compare(catalogOf(tasks), declared, noSettings, { described });
    expect(findings.filter(({ severity }) => severity === 'error').map(({ rule }) => rule)).toEqual(want);
  });
});
