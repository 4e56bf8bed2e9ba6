/** Structs that code of their own takes out of a row, by the names of columns. */
import { describe, expect, test } from '@jest/globals';
import { catalogOf, findingsOf, readText, relation } from './support.js';

const catalog = catalogOf(relation('tasks', { id: 'int8!', title: 'text!', done: 'bool!' }));
const struct = 'struct Task { id: i64, title: String, state: State }\n';
const reading = 'fn all() { query_as::<_, Task>("SELECT * FROM tasks") }';
const byHand = (body: string, head = "impl<'r> FromRow<'r, PgRow> for Task") =>
  `${struct} ${head} { fn from_row(row: &'r PgRow) -> Result<Self, Error> { ${body} } } ${reading}`;

async function errorsOf(text: string): Promise<readonly string[]> {
  const { findings } = await findingsOf(catalog, text, {}, 'a.rs');
  return findings.filter(({ severity }) => severity === 'error').map(({ id }) => id);
}

describe('errors of', () => {
  test.each([
    ['columns that exist', 'Ok(Self { id: row.try_get("id")?, title: row.get("title"), state: State::of(row) })', []],
    [
      'a column that is gone',
      'Ok(Self { id: row.try_get("id")?, title: row.get("name"), state: State::of(row) })',
      ['renamed-field/tasks/title/title'],
    ],
    [
      'a column of another type',
      'Ok(Task { id: row.try_get::<i64, _>("title")?, title: row.get("title"), state: State::of(row) })',
      ['type-mismatch/tasks/title/id'],
    ],
    [
      'a value that the code makes',
      'Ok(Self { id: row.get::<String, _>("title").parse()?, title: row.get("title"), state: State::of(row) })',
      [],
    ],
    [
      'a value that the code makes of a column that is gone',
      'Ok(Self { id: row.get("id"), title: row.get("title"), state: State::of(row.get("state")) })',
      ['extra-field/tasks/state'],
    ],
    [
      'a variable',
      'let done: bool = row.get("finished"); let state = done.into(); let id = row.get("ids"); Ok(Self { id, title: row.get("title"), state })',
      ['extra-field/tasks/id'],
    ],
    [
      'a value of two columns',
      'Ok(Self { id: row.get("id"), title: join(row.get("a"), row.get("b")), state: State::of(row) })',
      [],
    ],
    [
      'two ways to make it',
      'if a { Self { id: row.get("id"), title: row.get("a"), state: s } } else { Self { id: row.get("id"), title: row.get("b"), state: s } }',
      [],
    ],
  ])('%s', async (_, body, want) => {
    expect(await errorsOf(byHand(body))).toEqual(want);
  });

  test('a row of a driver without derives', async () => {
    const body = 'Self { id: row.get("id"), title: row.get("name"), state: State::of(row) }';
    const code = byHand(body, 'impl From<tokio_postgres::Row> for Task');
    expect(await errorsOf(code)).toEqual(['renamed-field/tasks/title/title']);
  });
});

describe('a function that makes a struct of a row, with errors of', () => {
  const body = 'Task { id: row.get("id"), title: row.try_get("name")?, state: State::of(row) }';
  const wrong = ['renamed-field/tasks/title/title'];
  test.each<[string, string, readonly string[]]>([
    ['a function', `fn task(row: &PgRow) -> Task { ${body} }`, wrong],
    ['a fallible one', `fn task(row: tokio_postgres::Row) -> Result<Task, Error> { Ok(${body}) }`, wrong],
    ['one that may give none', `fn task(row: Row) -> Option<Task> { Some(${body}) }`, wrong],
    ['one of its impl', `impl Task { fn from_row(row: &Row) -> Self { ${body.replace('Task', 'Self')} } }`, wrong],
    ['one of another impl', `impl Store { fn task(&self, row: &PgRow) -> Task { ${body} } }`, wrong],
    ['columns that exist', `fn task(row: &PgRow) -> Task { ${body.replace('name', 'title')} }`, []],
    ['no row', `fn task(row: &Form) -> Task { ${body} }`, []],
    ['another struct', `fn task(row: &PgRow) -> Other { f(${body}) }`, []],
    ['columns by position', 'fn task(row: &Row) -> Task { Task { id: row.get(0), title: row.get(1), state: s } }', []],
    ['two functions', `fn a(row: &Row) -> Task { ${body} } fn b(row: &Row) -> Task { ${body} }`, []],
    [
      'a column that is gone',
      `fn task(row: &Row) -> Task { ${body.replace('id"', 'gone"')} }`,
      ['extra-field/tasks/id', ...wrong],
    ],
    ['a column that a join may give', `fn task(row: &Row) -> Task { ${body.replace('id"', 'email"')} }`, wrong],
  ])('%s', async (_, code, want) => {
    const people = relation('people', { email: 'text!' });
    const text = `${struct} ${code} fn all() { db.query("SELECT id, title FROM tasks") }`;
    const { findings } = await findingsOf({ ...catalog, relations: [...catalog.relations, people] }, text, {}, 'a.rs');
    expect(findings.filter(({ severity }) => severity === 'error').map(({ id }) => id)).toEqual(want);
  });
});

test('a row of a driver is read, whatever else makes the struct', async () => {
  const text = `${struct} impl From<Row> for Task { fn from(row: Row) -> Self { Self { id: row.get("ids"), title: row.get("title"), state: f() } } }
    fn one() -> Task { Task { id: 1, title: t, state: s } } fn all() { db.query("SELECT id, title FROM tasks") }`;
  expect(await errorsOf(text)).toEqual(['extra-field/tasks/id']);
});

test('code that names no column is not read', async () => {
  const { models } = await readText(byHand('Ok(Self { id: row.get(0), title: row.get(1), state: read(row) })'));
  expect(models[0]?.role).toEqual({ kind: 'other', reason: 'code of its own takes it out of a row' });
});
