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

test('code that names no column is not read', async () => {
  const { models } = await readText(byHand('Ok(Self { id: row.get(0), title: row.get(1), state: read(row) })'));
  expect(models[0]?.role).toEqual({ kind: 'other', reason: 'code of its own takes it out of a row' });
});
