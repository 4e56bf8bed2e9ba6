/** What projects with sqlx do: fill `Self`, have crates for other databases, import structs, read rows by hand. */
import { describe, expect, test } from '@jest/globals';
import { compare } from '../../src/drift/compare.js';
import type { SourceText } from '../../src/drift/declared.js';
import { readModels } from '../../src/drift/readers/read.js';
import { noSettings } from '../../src/drift/settings.js';
import { catalogOf, findingsOf, readText, relation } from './support.js';

const tasks = relation('tasks', { id: 'int8! = 1', owner: 'int4!', name: 'text!' });

/** Errors where each statement that fills a model gives the columns of `tasks`. */
async function errorsOf(files: readonly SourceText[], table = tasks): Promise<readonly string[]> {
  const declared = await readModels(files);
  const described = declared.literals
    .filter(({ into, dynamic }) => into !== undefined && !dynamic)
    .map((literal) => ({ literal, columns: table.columns }));
  const { findings } = compare(catalogOf(table), declared, noSettings, { described });
  return findings.filter(({ severity }) => severity === 'error').map(({ id, file }) => `${file} ${id}`);
}

const one = (text: string, table = tasks) => errorsOf([{ file: 'src/a.rs', text }], table);

describe('Self is the type of the impl', () => {
  test.each<[string, string, string | undefined]>([
    ['in a macro', 'impl Task { fn f() { query_as!(Self, "select 1 from t") } }', 'Task'],
    ['in a call', 'impl Task { fn f() { query_as::<_, Self>("select 1 from t") } }', 'Task'],
    ['in a macro of a macro', 'impl Task { fn f() { join!(query_as!(Self, "select 1 from t"), g()) } }', 'Task'],
    ['of a trait', 'impl<T: Db> Find for Task<T> { fn f() { query_as::<_, Self>("select 1 from t") } }', 'Task'],
    [
      'that a function returns',
      'impl Task { async fn f() -> Result<Option<Self>> { query_as("select 1 from t").fetch_optional(db).await } }',
      'Task',
    ],
    ['not in a trait', 'trait Find { fn f() { query_as::<_, Self>("select 1 from t") } }', undefined],
  ])('%s', async (_, text, want) => {
    expect((await readText(text)).literals.find(({ into }) => into)?.into).toBe(want);
  });
});

test('a flattened struct of another crate with the same name is unknown', async () => {
  const text =
    'use outside::types; #[derive(FromRow)] struct Task { #[sqlx(flatten)] inner: outside::types::Task, owner: i32 } fn f() -> Task { query_as("SELECT * FROM tasks") }';
  expect(await one(text)).toEqual([]);
});

describe('a struct that code of its own takes out of a row', () => {
  const own = "impl FromRow<'_, PgRow> for Task { fn from_row(row: &PgRow) -> Self { g() } }";
  test.each<[string, string, readonly string[]]>([
    [
      'may have any fields',
      `struct Task { all: Parts } ${own} fn f() { query_as::<_, Task>("SELECT * FROM tasks") }`,
      [],
    ],
    [
      'is filled by query_as! all the same',
      `struct Task { all: Parts } ${own} fn f() { query_as!(Task, "SELECT * FROM tasks") }`,
      ['src/a.rs extra-field/tasks/all'],
    ],
    [
      'by From',
      '#[derive(hiqlite::FromRow)] struct Task { id: u32 } impl From<tokio_postgres::Row> for Task {} fn f() -> Task { g() }',
      [],
    ],
    [
      'by TryFrom of a reference',
      "#[derive(FromRow)] struct Task { id: u32 } impl<'a> TryFrom<&'a Row> for Task {} fn f() -> Task { g() }",
      [],
    ],
    [
      'yet not where a statement fills it by its derive',
      '#[derive(FromRow)] struct Task { id: u32 } impl From<PgRow> for Task {} fn f() { query_as::<_, Task>("SELECT * FROM tasks") }',
      ['src/a.rs type-mismatch/tasks/id/id'],
    ],
    [
      'yet not from another type',
      '#[derive(FromRow)] struct Task { id: u32 } impl From<TaskRow> for Task {} fn f() -> Task { g() }',
      ['src/a.rs type-mismatch/tasks/id/id'],
    ],
  ])('%s', async (_, text, want) => {
    expect(await one(text)).toEqual(want);
  });
});

describe('a struct that code makes of the struct of a row', () => {
  const row = '#[derive(FromRow)] struct TaskRow { id: i64, owner: Option<i32> }';
  const task = '#[derive(FromRow)] struct Task { id: i64, who: i32 } fn all() -> Vec<Task> { g() }';
  const made = 'impl From<TaskRow> for Task { fn from(row: TaskRow) -> Self { Self { id: row.id, who: 1 } } }';
  const reading = (into: string) => `fn f() { query_as::<_, ${into}>("SELECT id, owner FROM tasks") }`;
  const found = ['src/a.rs extra-field/tasks/who'];
  test.each<[string, string, readonly string[]]>([
    ['which statements fill', `${row} ${task} ${made} ${reading('TaskRow')}`, []],
    ['which is tried', `${row} ${task} ${made.replace('From', 'TryFrom')} ${reading('TaskRow')}`, []],
    [
      'beside a query of its own',
      `${row} ${task} ${made} ${reading('TaskRow')} fn h() { query_as::<_, Task>(&sql) }`,
      found,
    ],
    [
      'beside code that reads it',
      `${row} ${task} ${made} ${reading('TaskRow')} fn h() { Task::from_row(&row) }`,
      found,
    ],
    ['the reverse', `${row} ${task} impl From<Task> for TaskRow {} ${reading('TaskRow')}`, found],
  ])('%s', async (_, text, want) => {
    const nullable = relation('tasks', { id: 'int8! = 1', owner: 'int4' });
    expect(await errorsOf([{ file: 'src/a.rs', text }], nullable)).toEqual(want);
  });
});

describe('a struct that code makes of the record of `query!`', () => {
  const task = '#[derive(FromRow)] pub struct Task { id: i64, who: i32 }';
  const made = 'query!("SELECT id FROM tasks").fetch_all(db).await?.map(|r| Task { id: r.id, who: 1 }).collect()';
  const all = `${task} fn all() -> Result<Vec<Task>> { ${made} }`;
  const found = ['src/task.rs extra-field/tasks/who'];
  test.each<[string, string, readonly string[]]>([
    ['is not read', all, []],
    [
      'in its own code',
      `${task} impl Task { fn one() -> Self { let r = query!("SELECT id FROM tasks"); Self { id: r.id, who: 1 } } }`,
      [],
    ],
    ['by a path', all.replace('|r| Task', '|r| models::Task'), []],
    ['beside a query that names it', `${all} fn f() { query_as::<_, Task>(&sql) }`, found],
    ['beside a macro that names it', `${all} fn f() { query_file_as!(Task, "a.sql") }`, found],
    ['beside a query that may be of it', `${all} fn f() -> Page<Task> { page(query_as(&sql).fetch_all(db)) }`, found],
    ['beside code that reads any struct', `${all} fn f<T>() -> T where T: for<'r> FromRow<'r, PgRow> { g() }`, found],
    ['only in code of tests', `${task} fn all() -> Vec<Task> { g() } #[cfg(test)] mod m { fn f() { ${made} } }`, found],
  ])('%s', async (_, text, want) => {
    const files = [
      { file: 'src/lib.rs', text: `mod task; #[derive(FromRow)] struct Id { id: i64 } ${readingId}` },
      { file: 'src/task.rs', text },
    ];
    expect(await errorsOf(files, relation('tasks', { id: 'int8! = 1', owner: 'int4' }))).toEqual(want);
  });
  const readingId =
    'fn f() { query_as::<_, Id>("SELECT id, owner FROM tasks") } fn g(q: B) -> Id { q.build_query_as().fetch_one() }';
});

describe('code for other databases', () => {
  const wrong = '#[derive(FromRow)] struct Task { gone: i64 }';
  const read = 'fn f() { query_as::<_, Task>("SELECT * FROM tasks") }';
  const found = (file: string) => [`${file} extra-field/tasks/gone`];
  test.each<[string, string, readonly string[]]>([
    ['a pool of SQLite', `use sqlx::SqlitePool; ${wrong} ${read}`, []],
    ['a pool of MySQL', `fn g(p: &MySqlPool) {} ${wrong} ${read}`, []],
    ['rusqlite', `use rusqlite::Connection; ${wrong}`, []],
    ['both', `use sqlx::{SqlitePool, PgPool}; ${wrong} ${read}`, found('src/a.rs')],
    ['a comment', `// Unlike SQLite, it has arrays.\n${wrong} ${read}`, found('src/a.rs')],
    ['none', `${wrong} ${read}`, found('src/a.rs')],
  ])('%s', async (_, text, want) => {
    expect(await one(text)).toEqual(want);
  });

  test('a crate that names no other, yet not beside one for PostgreSQL', async () => {
    const files = (pool: string) => [
      { file: 'a/src/db.rs', text: `fn g(p: &${pool}) {}` },
      { file: 'a/src/task.rs', text: `${wrong} ${read}` },
      { file: 'b/src/db.rs', text: 'fn g(p: &PgPool) {}' },
    ];
    expect(await errorsOf(files('SqlitePool'))).toEqual([]);
    expect(await errorsOf(files('PgPool'))).toEqual(found('a/src/task.rs'));
  });

  test.each([
    ['SELECT * FROM tasks WHERE id = ?', 0],
    ['INSERT INTO tasks (id, name) VALUES (?1, ?2)', 0],
    ['SELECT * FROM tasks LIMIT ?', 0],
    ["SELECT * FROM tasks WHERE labels ? 'a'", 1],
    ["SELECT * FROM tasks WHERE name ~ '(?i)a'", 1],
    ['SELECT * FROM tasks WHERE id = $1', 1],
  ])('%s', async (sql, count) => {
    expect((await readText(`fn f() { run("${sql}") }`)).literals).toHaveLength(count);
  });

  test.each([
    ['id = ?', 'id = $1'],
    ["id = ? AND name <> '?' AND owner IN (?, ?)", "id = $1 AND name <> '?' AND owner IN ($2, $3)"],
    ['owner = ?2 AND id = ?1', 'owner = $2 AND id = $1'],
  ])('rows that a call reads for %s', async (condition, numbered) => {
    const filling = async (call: string) =>
      (await readText(`fn f() { ${call}"SELECT id FROM jobs WHERE ${condition}") }`)).literals;
    expect(await filling('query_as::<_, Task>(')).toMatchObject([
      { sql: `SELECT id FROM jobs WHERE ${numbered}`, into: 'Task', adapted: true },
    ]);
    expect(await filling('query_as!(Task, ')).toEqual([]);
  });

  test('a statement with a mark has a table, whatever the struct is called', async () => {
    const jobs = relation('jobs', { id: 'int8!', owner: 'int4!' });
    const row =
      '#[derive(FromRow)] struct Task { id: i64, owner: i64 } fn f() { query_as::<_, Task>("SELECT id, owner FROM jobs WHERE id = ?") }';
    const { models, findings } = compare(catalogOf(tasks, jobs), await readText(row), noSettings);
    expect(models.map(({ relation: table }) => table?.name)).toEqual(['jobs']);
    expect(findings.map(({ severity, id }) => `${severity} ${id}`)).toEqual([
      'warning type-mismatch/jobs/owner/owner',
      'warning missing-model/tasks',
    ]);
  });
});

describe('of several structs of a name', () => {
  const right = 'pub struct Task { id: i64 }';
  const wrong = '#[derive(FromRow)] pub struct Task { gone: i64 }';
  const files = (text: string) => [
    { file: 'crates/api-types/src/lib.rs', text: right },
    { file: 'crates/other/src/lib.rs', text: wrong },
    { file: 'crates/db/src/lib.rs', text },
  ];
  test.each<[string, string, readonly string[]]>([
    ['the imported one', 'use api_types::{Error, Task}; fn f() { query_as!(Task, "SELECT * FROM tasks") }', []],
    ['the one of the path', 'fn f() { query_as!(api_types::Task, "SELECT * FROM tasks") }', []],
    ['by a call', 'fn f() { query_as::<_, api_types::Task>("SELECT * FROM tasks") }', []],
    [
      'of a module that is imported',
      'use api_types::models; fn f() { query_as!(models::Task, "SELECT * FROM tasks") }',
      [],
    ],
    [
      'else any that reads rows',
      'use unknown::Task; fn f() { query_as!(Task, "SELECT * FROM tasks") }',
      ['crates/other/src/lib.rs extra-field/tasks/gone'],
    ],
  ])('%s', async (_, text, want) => {
    expect(await errorsOf(files(text))).toEqual(want);
  });

  test('and a dead one with FromRow is none of them', async () => {
    const files = [
      { file: 'src/lib.rs', text: 'mod store; mod old;' },
      { file: 'src/old.rs', text: '#[derive(FromRow)] pub struct Task { gone: i64 }' },
      { file: 'src/tasks.rs', text: 'pub struct Task { id: i64 }' },
      {
        file: 'src/store.rs',
        text: 'use crate::tasks::Task; fn f() -> Vec<Task> { query_as!(Task, "SELECT * FROM tasks") }',
      },
    ];
    const declared = files.map((one) => (one.file === 'src/lib.rs' ? { ...one, text: `${one.text} mod tasks;` } : one));
    expect(await errorsOf(declared)).toEqual([]);
  });

  test('the one that a module takes from the modules in it, whatever else ends like it', async () => {
    const own = [
      { file: 'src/models/mod.rs', text: 'mod task; pub use task::*;' },
      { file: 'src/models/task.rs', text: 'pub struct Task { id: i64 }' },
      { file: 'src/old/models.rs', text: 'pub struct Task { gone: i64 }' },
    ];
    const read = (path: string) => ({
      file: 'src/store.rs',
      text: `use crate::${path}::{Other, Task}; fn f() { query_as::<_, Task>("SELECT * FROM tasks") }`,
    });
    expect(await errorsOf([...own, read('models')])).toEqual([]);
    expect(await errorsOf([...own, read('old::models')])).toEqual(['src/old/models.rs extra-field/tasks/gone']);
  });

  test('the one of the module that is imported', async () => {
    const own = [
      { file: 'crates/db/src/jobs.rs', text: 'struct Task { gone: i64 }' },
      { file: 'crates/db/src/tasks/mod.rs', text: 'struct Task { id: i64 }' },
    ];
    const read = 'use crate::{jobs::Other, tasks::{Task, b}}; fn f() { query_as!(Task, "SELECT * FROM tasks") }';
    expect(await errorsOf([...own, { file: 'crates/db/src/store.rs', text: read }])).toEqual([]);
    const other = read.replace('jobs::Other, tasks', 'tasks::Other, jobs');
    expect(await errorsOf([...own, { file: 'crates/db/src/store.rs', text: other }])).not.toEqual([]);
  });

  test.each<[string, string, readonly string[]]>([
    ['imports all of', 'use crate::{other, tasks::*};', []],
    ['imports all of, of several', 'use crate::tasks::*; use crate::prelude::*;', []],
    ['imports all of, with the other', 'use crate::jobs::*;', ['src/jobs.rs extra-field/tasks/gone']],
  ])('the one of a module that the file %s', async (_, use, want) => {
    const own = [
      { file: 'src/jobs.rs', text: 'struct Task { gone: i64 }' },
      { file: 'src/tasks.rs', text: 'struct Task { id: i64 }' },
    ];
    const text = `${use} fn f() { query_as::<_, Task>("SELECT * FROM tasks") }`;
    expect(await errorsOf([...own, { file: 'src/store.rs', text }])).toEqual(want);
  });

  test.each<[string, string, string | undefined]>([
    ['an alias of its function', 'fn f() { type Task = (i64, String); CALL }', '(i64, String)'],
    [
      'an alias behind it',
      'fn f() { let a: Vec<Task> = query_as("SELECT 1"); type Task = (i64, String); }',
      '(i64, String)',
    ],
    ['an alias with comments', 'fn f() { type Task = (\n i64, // id\n String, // name\n); CALL }', '(i64, String)'],
    ['an alias of its file', 'type Task = (i64, String); fn f() { CALL }', '(i64, String)'],
    ['an alias of a struct', 'type Task = models::TaskRow; fn f() { CALL }', 'TaskRow'],
    ['a struct of its function before an alias', 'type Task = (i64,); fn f() { struct Task { id: i64 } CALL }', 'Task'],
    ['no alias of another function', 'fn g() { type Task = (i64,); } fn f() { CALL }', 'Task'],
    ['no alias of another module', 'mod m { type Task = (i64,); } fn f() { CALL }', 'Task'],
    ['no type of a trait', 'impl Has for A { type Task = (i64,); fn f() { CALL } }', 'Task'],
  ])('%s', async (_, code, want) => {
    const { literals } = await readText(code.replace('CALL', 'query_as::<_, Task>("SELECT 1");'));
    expect(literals.find(({ into }) => into)?.into).toBe(want);
  });

  test('first one of its own crate', async () => {
    const own = { file: 'crates/db/src/task.rs', text: right };
    const read = 'use crate::task::Task; fn f() { query_as!(Task, "SELECT * FROM tasks") }';
    expect(await errorsOf([...files(read), own])).toEqual([]);
  });
});

describe('a type of a crate is not one of the given files', () => {
  const table = relation('tasks', { meta: 'jsonb!' });
  const own = 'enum Value { A } #[derive(FromRow)] struct Task';
  const found = ['src/a.rs type-mismatch/tasks/meta/meta'];
  test.each<[string, string, readonly string[]]>([
    ['by its path', `${own} { meta: serde_json::Value }`, []],
    ['inside another', `${own} { meta: Option<serde_json::Value> }`, []],
    ['by an import', `use serde_json::Value; #[derive(FromRow)] struct Task { meta: Value }`, []],
    ['its own', `${own} { meta: Value }`, found],
    ['of a module', `${own} { meta: crate::Value }`, found],
  ])('%s', async (_, text, want) => {
    const elsewhere = { file: 'src/b.rs', text: text.includes('enum Value') ? '' : 'pub enum Value { A }' };
    expect(await errorsOf([{ file: 'src/a.rs', text }, elsewhere], table)).toEqual(want);
  });
});

describe('a model that is read by position', () => {
  const model = (fields: string) => `#[derive(Queryable)] #[diesel(table_name = tasks)] struct Task { ${fields} }`;
  test.each<[string, string, readonly string[]]>([
    ['other names', 'id: i64, who: i32, label: String', []],
    ['another type', 'id: i64, who: String, label: String', ['src/a.rs type-mismatch/tasks/owner/who']],
    ['too few', 'id: i64, who: i32', []],
  ])('%s', async (_, fields, want) => {
    expect([...(await one(model(fields)))].sort()).toEqual(want);
  });
});

describe('a struct without a derive, called like a table, in code without a statement', () => {
  const plain = 'struct Task { id: i64, owner: String, name: String }';
  test.each<[string, string, readonly string[]]>([
    ['is compared', plain, ['src/a.rs type-mismatch/tasks/owner/owner']],
    ['is not read where a driver is given', `${plain} fn f(pool: &PgPool) { migrate!().run(pool) }`, []],
    [
      'is, by a derive, beside a driver',
      `#[derive(FromRow)] ${plain} fn f(pool: &PgPool) {}`,
      ['src/a.rs type-mismatch/tasks/owner/owner'],
    ],
  ])('%s', async (_, text, want) => {
    expect(await one(text)).toEqual(want);
  });
});

describe('a struct with FromRow beside others that the code reads', () => {
  const beside = 'struct Other { id: i64 } fn f() { query_as::<_, Other>("SELECT id FROM tasks") }';
  const row = '#[derive(FromRow)] struct Task { gone: i64 }';
  const found = ['src/a.rs extra-field/tasks/gone'];
  test.each<[string, string, readonly string[]]>([
    ['that no code names', `${row} ${beside}`, found],
    ['that code only takes', `${row} ${beside} fn g(t: &Task) {}`, []],
    [
      'that is made, given and converted',
      `${row} ${beside} fn g(t: Task) { Task { gone: 1 }; } impl From<Task> for B {}`,
      [],
    ],
    ['that a function returns', `${row} ${beside} fn g() -> Vec<Task> { h() }`, found],
    ['that a variable holds', `${row} ${beside} fn g() { let t: Option<Task> = h(); }`, found],
    ['that a call names', `${row} ${beside} fn g() { h::<Task>(sql) }`, found],
    ['that a closure takes', `${row} ${beside} fn g() { h().map(|t: Task| t.gone) }`, found],
    ['that another has', `${row} ${beside} struct Page { rows: Vec<Task> } fn g() -> Page { h() }`, found],
    ['that another has, which no code names', `${row} ${beside} struct Page { rows: Vec<Task> }`, []],
    ['that has a trait of its own', `${row} ${beside} impl Stored for Task {}`, found],
    ['with a derive that may read it', `${beside} #[derive(FromRow, ormx::Table)] struct Task { gone: i64 }`, found],
    [
      'where the code only writes',
      `${row} fn f(t: Task) { run("INSERT INTO tasks (owner, name) VALUES ($1, $2)") }`,
      [],
    ],
    ['where no code is given that reads', row, found],
  ])('%s', async (_, text, want) => {
    expect(await one(text)).toEqual(want);
  });

  test.each<[string, readonly string[]]>([
    ['src/lib.rs', []],
    ['src/other.rs', found],
  ])('that no code names, beside %s', async (file, want) => {
    expect(
      await errorsOf([
        { file: 'src/a.rs', text: `${row} ${beside}` },
        { file, text: 'mod a;' },
      ]),
    ).toEqual(want);
  });

  test.each<[string, readonly string[]]>([
    ['src/lib.rs', []],
    ['src/other.rs', found],
  ])('that no code names, where other files read rows, beside %s', async (file, want) => {
    expect(
      await errorsOf([
        { file: 'src/a.rs', text: row },
        { file: 'src/store.rs', text: beside },
        { file, text: 'mod a; mod store;' },
      ]),
    ).toEqual(want);
  });
});

describe('whole rows are read into a struct that lacks a column', () => {
  const read = 'struct Task { id: i64 } fn f() { query_as::<_, Task>("SELECT * FROM tasks") }';
  test.each<[string, string, readonly string[]]>([
    ['that no code inserts', read, []],
    [
      'that an INSERT lacks too',
      `${read} fn g() { run("INSERT INTO tasks (name) VALUES ($1)") }`,
      ['src/a.rs missing-field/tasks/owner'],
    ],
  ])('%s', async (_, text, want) => {
    expect(await one(text)).toEqual(want);
  });
});

describe('a plain struct that is called like the table', () => {
  const plain = 'struct Task { id: u64 }';
  const byHand = 'fn g(row: &Row) -> Task { Task { id: row.get("id") } }';
  const found = ['src/a.rs type-mismatch/tasks/id/id'];
  test.each<[string, string, readonly string[]]>([
    ['and taken out of a row by hand', `${plain} ${byHand} fn f() { run("SELECT id FROM tasks") }`, found],
    [
      'and taken out of a row by position',
      `${plain} ${byHand.replace('"id"', '0')} fn f() { run("SELECT id FROM tasks") }`,
      [],
    ],
    [
      'with the word of its comment',
      `/// Maps to \`tasks\`\n${plain} ${byHand} fn f() { run("SELECT id FROM tasks") }`,
      found,
    ],
    ['that a statement fills', `${plain} ${byHand} fn f() { query_as!(Task, "SELECT id FROM tasks") }`, found],
    ['where no statement is given', `${plain} ${byHand}`, found],
  ])('%s', async (_, text, want) => {
    expect((await one(text)).filter((id) => id.includes('type-mismatch'))).toEqual(want);
  });
});

describe('statements of a package for another database', () => {
  const statement = (table: string) => `query!("SELECT a FROM ${table}");`;
  const refusals = async (tables: readonly string[], own = 'tasks', fill = '') => {
    const declared = await readModels([
      { file: 'crates/own/src/lib.rs', text: `fn f() { ${statement(own)} }` },
      { file: 'crates/other/src/lib.rs', text: `${fill} fn f() { ${tables.map(statement).join(' ')} }` },
    ]);
    const described = declared.literals.map((literal) => {
      const name = /from (\w+)/i.exec(literal.sql)?.[1] ?? '';
      return name === 'tasks' ? { literal, columns: [] } : { literal, error: `relation "${name}" does not exist` };
    });
    const { findings } = compare(catalogOf(tasks), declared, noSettings, { described });
    return findings
      .filter(({ rule }) => rule !== 'missing-model')
      .map(({ severity, rule }) => `${severity} ${rule}`)
      .sort();
  };
  test('are left out, with a warning', async () => {
    expect(await refusals(['a', 'b', 'c'])).toEqual(['warning unread']);
  });
  test('and what they fill is none of the schema', async () => {
    const fill = 'struct A { a: i32 } fn g() { query_as!(A, "SELECT a FROM a"); }';
    expect(await refusals(['b', 'c'], 'tasks', fill)).toEqual(['info unmapped-model', 'warning unread']);
  });
  test.each<[string, readonly string[], string, number]>([
    ['two tables that are gone', ['a', 'a', 'b'], 'tasks', 3],
    ['as many as are there', ['a', 'b', 'c', 'tasks', 'tasks', 'tasks'], 'tasks', 3],
    ['all of all packages', ['a', 'b', 'c'], 'd', 4],
  ])('%s', async (_, tables, own, errors) => {
    expect(await refusals(tables, own)).toEqual(Array(errors).fill('error query-invalid'));
  });
});

describe('a refusal for a name in another schema', () => {
  const inSchema = (schema: string, name: string) => relation(name, { id: 'int8!' }, { schema });
  const many = ['a', 'b', 'c'].map((name) => inSchema('app', name));
  test.each([
    ['the one of most tables', 'relation "a" does not exist', many, 'warning'],
    [
      'written, of a table made without it',
      'relation "app.d" does not exist',
      [...many, inSchema('public', 'd')],
      'warning',
    ],
    ['a moved table', 'relation "a" does not exist', [inSchema('app', 'a'), tasks, inSchema('public', 'd')], 'error'],
    ['a table that is nowhere', 'relation "e" does not exist', many, 'error'],
    ['a column', 'column "a" does not exist', many, 'error'],
  ] as const)('%s', async (_, error, relations, want) => {
    const declared = await readText('fn f() { query!("SELECT id FROM a") }');
    const described = declared.literals.map((literal) => ({ literal, error }));
    const { findings } = compare(catalogOf(...relations), declared, noSettings, { described });
    expect(findings.filter(({ rule }) => rule === 'query-invalid').map(({ severity }) => severity)).toEqual([want]);
  });
});

test('a struct whose table is guessed from its fields has warnings only', async () => {
  const table = relation('jobs', { id: 'int8!', payload: 'text', attempts: 'int4!', runner: 'text!' });
  const text = '#[derive(FromRow)] struct Work { id: i64, payload: String, attempts: i64, runner: String }';
  const { findings } = compare(catalogOf(table), await readText(text), noSettings);
  expect(findings.map(({ severity, id }) => `${severity} ${id}`)).toEqual([
    'warning type-mismatch/jobs/attempts/attempts',
    'warning nullability-mismatch/jobs/payload/payload',
  ]);
});

describe('a struct called like a table that a join fills, whose text is not all known', () => {
  const row = '#[derive(FromRow)] struct Task { id: String, other: i32 }';
  const fill = (sql: string) => `${row} fn f() { query_as::<_, Task>(&format!("${sql} WHERE {}", w)) }`;
  test.each<[string, string, number]>([
    ['a join', fill('SELECT t.uuid AS id, o.other FROM tasks t JOIN o ON true'), 0],
    ['one table', fill('SELECT id, other FROM tasks'), 2],
    ['a text that is not known', `${row} fn f() { query_as::<_, Task>(sql) }`, 2],
  ])('%s', async (_, text, errors) => {
    const { findings } = compare(catalogOf(tasks), await readText(text), noSettings);
    expect(findings.filter(({ severity }) => severity === 'error')).toHaveLength(errors);
  });
});

describe('a statement in a variable', () => {
  test.each<[string, string, string, boolean]>([
    ['of the function', 'let q = "SELECT 1"; query_as::<_, T>(q)', 'SELECT 1', false],
    ['by reference', 'let q = r#"SELECT 1"#; query_as::<_, T>(&q)', 'SELECT 1', false],
    ['with parts', 'let q = &format!("SELECT {}", a); query_as::<_, T>(q)', 'SELECT {}', true],
    ['the last one', 'let q = "SELECT 0"; let q = "SELECT 1"; query_as::<_, T>(q)', 'SELECT 1', false],
    ['that changes', 'let mut q = "SELECT 1"; query_as::<_, T>(q)', '', true],
    ['of another block', '{ let q = "SELECT 1"; } query_as::<_, T>(q)', '', true],
    ['that a call makes', 'let q = g("SELECT 1"); query_as::<_, T>(q)', '', true],
  ])('%s', async (_, body, sql, dynamic) => {
    const { literals } = await readText(`fn f(q: &str) { ${body} }`);
    const filling = literals.find(({ into }) => into === 'T');
    expect([filling?.sql, filling?.dynamic ?? false]).toEqual([sql, dynamic]);
  });
});

describe('the table of a statement', () => {
  const table = relation('jobs', { id: 'int8!' });
  const capital = relation('Jobs', { id: 'int8!' });
  const read = (from: string) => `struct Work { id: String } fn f() { query_as!(Work, r#"SELECT * FROM ${from}"#) }`;
  test.each<[string, typeof table, string, string]>([
    ['in capitals', table, 'Jobs', 'type-mismatch/jobs/id/id'],
    ['in capitals with its schema', table, 'PUBLIC.Jobs j', 'type-mismatch/jobs/id/id'],
    ['in quotes', capital, '"Jobs"', 'type-mismatch/Jobs/id/id'],
    ['in quotes, which the schema has in small letters', table, '"Jobs"', 'unmapped-model/Work'],
    ['without quotes, which the schema has in capitals', capital, 'Jobs', 'unmapped-model/Work'],
  ])('%s', async (_, jobs, from, want) => {
    const { findings } = compare(catalogOf(jobs), await readText(read(from)), noSettings);
    expect(findings.filter(({ severity }) => severity === 'error').map(({ id }) => id)).toEqual([want]);
  });
});

test.each([
  ['Ok', 'async fn f() -> Result<Vec<T>> { Ok(query_as("select 1").fetch_all(db).await?) }', 'T'],
  [
    'another collection',
    'async fn f() -> Result<HashSet<T>> { Ok(query_as("select 1").fetch_all(db).await?.into_iter().collect()) }',
    'T',
  ],
  ['not any call', 'async fn f() -> Result<Vec<T>> { g(query_as("select 1").fetch_all(db).await?) }', undefined],
])('rows are what a function returns through %s', async (_, text, want) => {
  expect((await readText(text)).literals.find(({ into }) => into)?.into).toBe(want);
});

describe('a statement', () => {
  const wrong = '#[derive(FromRow)] struct Task { id: i64, owner: i32, name: String, gone: i64 }';
  const error = ['src/a.rs extra-field/tasks/gone'];
  test.each<[string, string, readonly string[]]>([
    [
      'that a match takes',
      'fn f() { let all: Vec<Task> = match query_as("SELECT * FROM tasks").fetch_all(db).await { Ok(rows) => rows, Err(_) => return }; }',
      error,
    ],
    ['behind a comment', 'fn f() { query_as::<_, Task>(/* PostgreSQL */ "SELECT * FROM tasks") }', error],
    ['behind a comment in a macro', 'fn f() { query_as!(Task, // PostgreSQL\n "SELECT * FROM tasks") }', error],
    ['with an empty object', `fn f() { query_as::<_, Task>("SELECT * FROM tasks WHERE name <> '{}'") }`, error],
    [
      'with a fallback',
      'fn f() { let t: Task = query_as("SELECT * FROM tasks").fetch_optional(db).await?.ok_or(E)?; }',
      error,
    ],
    [
      'with the columns of a constant',
      'const ALL: &str = "id, gone"; fn f() { query_as::<_, Task>(&format!("SELECT {ALL} FROM tasks")) }',
      error,
    ],
    [
      'with such columns in their place',
      'const ALL: &str = "id, gone"; fn f() { query_as::<_, Task>(&format!("SELECT {} FROM tasks", ALL)) }',
      error,
    ],
    [
      'with a call on a constant',
      'const ALL: &str = "id, gone"; fn f() { query_as::<_, Task>(&format!("SELECT {} FROM tasks", ALL.split(", ").map(|c| format!("t.{c}")).join(", "))) }',
      [],
    ],
    [
      'with such columns and a condition that nobody knows',
      'const ALL: &str = "id, gone"; fn f() { query_as::<_, Task>(&format!("SELECT {} FROM tasks WHERE {}", ALL, w)) }',
      error,
    ],
    [
      'of a table that an unknown beginning may define',
      'fn f() { query_as::<_, Task>(&format!("{} SELECT base.* FROM base LIMIT {}", ctes, limit)) }',
      error,
    ],
    [
      'of a table that a constant defines',
      'const BASE: &str = "WITH base AS (SELECT * FROM tasks)"; fn f() { query_as::<_, Task>(&format!("{} SELECT base.* FROM base LIMIT {}", BASE, limit)) }',
      [],
    ],
    ['with columns that nobody knows', 'fn f() { query_as::<_, Task>(&format!("SELECT id, {more} FROM tasks")) }', []],
    [
      'with a condition that nobody knows',
      'fn f() { query_as::<_, Task>(&format!("SELECT * FROM tasks {filter}")) }',
      error,
    ],
    [
      'of another schema, which the source lacks',
      'fn f() { query_as::<_, Task>(&format!("SELECT * FROM archive.tasks {filter}")) }',
      [],
    ],
  ])('%s', async (_, text, want) => {
    expect(await one(`${wrong} ${text}`)).toEqual(want);
  });

  test.each([
    ['that the code only prints', 'fn f() { println!("INSERT INTO tasks (name) VALUES (1)"); }'],
    [
      'under a condition of the project',
      '#[cfg(verifies_sql)] fn f() { query!("INSERT INTO tasks (name) VALUES (1)") }',
    ],
  ])('%s is not read', async (_, text) => {
    expect((await readText(text)).literals).toEqual([]);
  });

  test('that calls a column like a field names no other column of it', async () => {
    const row = '#[derive(FromRow)] struct Task { id: i64, task_owner: i32, name: String }';
    const text =
      'let sql = format!("SELECT id, f(owner) AS task_owner, name FROM tasks {filter}"); query_as::<_, Task>(&sql)';
    const { findings } = compare(catalogOf(tasks), await readText(`${row} fn f() { ${text} }`), noSettings);
    expect(findings.filter(({ rule }) => rule === 'renamed-field')).toEqual([]);
  });
});

test.each<[string, string, readonly string[]]>([
  ['a table that another file of the crate makes', 'CREATE TABLE IF NOT EXISTS made (id int)', []],
  ['a table that none makes', 'SELECT 1 FROM tasks', ['src/task.rs unmapped-model/Made']],
])('%s', async (_, sql, want) => {
  const model = '#[derive(FromRow)] #[sqlx(table = "made")] struct Made { id: i32 }';
  const files = [
    { file: 'src/task.rs', text: model },
    { file: 'src/store.rs', text: `fn f() { run("${sql}") }` },
  ];
  expect(await errorsOf(files)).toEqual(want);
});

describe('what the source leaves out', () => {
  const model = (table: string) => `#[derive(FromRow)] #[sqlx(table = "${table}")] struct Part { id: i32 }`;
  const part = (name: string, kind: 'partition' | 'table') => relation(name, { id: 'int8!' }, { kind });
  test.each<[string, string, 'partition' | 'table', readonly string[]]>([
    ['a partition is compared', 'log_archive', 'partition', ['type-mismatch/log_archive/id/id']],
    ['an excluded table is not', 'log_archive', 'table', []],
    ['a table that is gone', 'gone', 'table', ['unmapped-model/Part']],
  ])('%s', async (_, table, kind, want) => {
    const leftOut = [part('log_archive', kind)];
    const { findings } = compare(catalogOf(tasks), await readText(model(table)), noSettings, { leftOut });
    expect(findings.filter(({ severity }) => severity === 'error').map(({ id }) => id)).toEqual(want);
  });
});

test("a column has its domain's default", async () => {
  const versioned = relation('tasks', { id: 'int8!', version: 'version!' });
  const typed = versioned.columns.map((one) =>
    one.name === 'version' ? { ...one, type: { schema: 'public', name: 'version', sql: 'version' } } : one,
  );
  const domain = {
    schema: 'public',
    name: 'version',
    base: { name: 'int8', sql: 'bigint' },
    notNull: true,
    checks: [],
  };
  const errors = async (given: object) => {
    const catalog = { ...catalogOf({ ...versioned, columns: typed }), domains: [{ ...domain, ...given }] };
    const declared = await readText('fn f() { query!("INSERT INTO tasks (id) VALUES ($1)") }');
    return compare(catalog, declared, noSettings).findings.filter(({ severity }) => severity === 'error').length;
  };
  expect([await errors({}), await errors({ default: '1' })]).toEqual([1, 0]);
});

describe('the driver Any', () => {
  const read = (pool: string) =>
    `#[derive(FromRow)] struct Task { id: i64, name: i32 } async fn f(p: &${pool}) { query_as::<_, Task>("SELECT id, name FROM tasks").fetch_all(p) }`;
  const numbers = catalogOf(relation('tasks', { id: 'int4!', name: 'text!' }));
  const errors = async (code: string) => {
    const { findings } = await findingsOf(numbers, code, {}, 'a.rs');
    return findings.filter(({ severity }) => severity === 'error').map(({ id }) => id);
  };

  test.each(['AnyPool', 'sqlx::Pool<sqlx::Any>'])('%s reads an integer as long as it fits', async (pool) => {
    expect(await errors(read(pool))).toEqual(['type-mismatch/tasks/name/name']);
  });

  test.each([
    ['PgPool', read('PgPool')],
    ['both', `${read('AnyPool')} fn g(p: &PgPool) {}`],
  ])('%s does not', async (_, code) => {
    expect(await errors(code)).toEqual(['type-mismatch/tasks/id/id', 'type-mismatch/tasks/name/name']);
  });
});

describe('a number that a statement does not use', () => {
  const call = (sql: string) => `#[derive(FromRow)] struct Task { id: i64 } fn f() { query_as::<_, Task>("${sql}") }`;
  test.each<[string, string, string]>([
    ['at the start', 'id = $2 AND owner = $3 AND $2 > 0', 'id = $1 AND owner = $2 AND $1 > 0'],
    ['in between', 'id = $1 AND owner = $12', 'id = $1 AND owner = $2'],
    ['in a name', 'cost$3 = $2', 'cost$3 = $1'],
    ['in a comment alone', '/* $1 */ id = $2', '/* $1 */ id = $2'],
    ['nowhere', 'owner = $2 AND id = $1', 'owner = $2 AND id = $1'],
    ['that is no parameter', 'id = $0 AND owner = $2', 'id = $0 AND owner = $2'],
  ])('%s is left out of those that a library sends', async (_, condition, want) => {
    const { literals } = await readText(call(`SELECT id FROM tasks WHERE ${condition}`));
    expect(literals.map(({ sql }) => sql)).toEqual([`SELECT id FROM tasks WHERE ${want}`]);
  });

  test.each([
    ['query_as!', 'struct Task { id: i64 } fn f() { query_as!(Task, "SELECT id FROM tasks WHERE id = $2") }'],
    ['query!', 'fn f() { query!("SELECT id FROM tasks WHERE id = $2") }'],
  ])('stays in %s, which the compiler has the database check', async (_, text) => {
    const { literals } = await readText(text);
    expect(literals.map(({ sql }) => sql)).toEqual(['SELECT id FROM tasks WHERE id = $2']);
  });
});
