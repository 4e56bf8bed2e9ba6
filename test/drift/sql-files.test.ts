import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { withSqlFiles } from '../../src/drift/sql-files.js';
import { readText } from './support.js';

/** A folder with a crate, whose SQL file belongs to it, and with code outside of any crate. */
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'rowsmith-sql-files-'));
  for (const name of ['crate/queries', 'crate/src/deep', 'none']) mkdirSync(join(folder, name), { recursive: true });
  writeFileSync(join(folder, 'crate/Cargo.toml'), '[package]');
  writeFileSync(join(folder, 'crate/queries/tasks.sql'), 'select id from tasks;');
  writeFileSync(join(folder, 'crate/queries/latin.sql'), Buffer.from([0x73, 0xff]));
  writeFileSync(join(folder, 'crate/src/deep/get.sql'), 'select id, name from tasks');
  writeFileSync(join(folder, 'secret.sql'), 'select 1');
});
afterAll(() => rmSync(folder, { recursive: true }));

const read = async (path: string, file = 'crate/src/deep/m.rs') =>
  withSqlFiles(
    await readText(`struct Task { id: i64 } fn f() { sqlx::query_file_as!(Task, "${path}", 1); }`, file),
    folder,
  );

test('a statement in a file of the crate is read like one in the code', async () => {
  expect(await read('queries/tasks.sql')).toMatchObject({ unread: [] });
  const file = 'crate/src/deep/m.rs';
  expect((await read('queries/tasks.sql')).literals).toEqual([
    {
      file,
      line: 1,
      sql: 'select id from tasks;',
      into: 'Task',
      declaredIn: file,
      package: 'crate',
      home: 'crate/',
      converts: true,
    },
  ]);
});

test.each([
  ['queries/gone.sql', 'crate/src/m.rs', 'the crate has no such file'],
  ['queries/latin.sql', 'crate/src/m.rs', 'it is not valid UTF-8'],
  ['../secret.sql', 'crate/src/m.rs', 'it is outside of the crate'],
  ['secret.sql', 'none/m.rs', 'no folder above has a Cargo.toml'],
])('%s of %s is listed as not checked', async (path, file, reason) => {
  const { literals, unread } = await read(path, file);
  expect(unread).toEqual([{ name: path, file, line: 1, reason, broken: false }]);
  expect(literals).toEqual([expect.objectContaining({ into: 'Task', dynamic: true, sql: '' })]);
});

const including = async (code: string) =>
  withSqlFiles(await readText(`#[derive(FromRow)] struct Task { id: i64 } ${code}`, 'crate/src/deep/m.rs'), folder);

test.each([
  ['a string', 'fn f() { query_as::<_, Task>(include_str!("get.sql")).bind(1) }'],
  ['a path upwards', 'fn f() { query_as::<_, Task>(include_str!("../deep/get.sql")) }'],
  ['a reference', 'fn f() { query_as::<_, Task>(&std::include_str!(r"get.sql",)) }'],
  ['a constant', 'const GET: &str = include_str!("get.sql"); fn f() { query_as::<_, Task>(GET) }'],
  ['a variable', 'fn f() -> Vec<Task> { let sql = include_str!("get.sql"); query_as(sql).fetch_all(db) }'],
  ['a call of Diesel', 'fn f() { sql_query(include_str!("get.sql")).load::<Task>(db) }'],
])('include_str! in %s is found from the folder of the code', async (_, code) => {
  const { literals, unread } = await including(code);
  expect(unread).toEqual([]);
  expect(literals.map(({ sql, into, dynamic }) => ({ sql, into, dynamic }))).toEqual([
    { sql: 'select id, name from tasks', into: 'Task', dynamic: undefined },
  ]);
});

test.each([
  ['a file outside of the crate', 'include_str!("../../../secret.sql")', ['it is outside of the crate']],
  ['a file that is not there', 'include_str!("gone.sql")', ['the crate has no such file']],
  ['a path that is made', 'include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/queries/tasks.sql"))', []],
  ['a part of the text', 'concat!(include_str!("get.sql"), " where id = $1")', []],
])('%s is no text that is known', async (_, text, reasons) => {
  const { literals, unread } = await including(`fn f() { query_as::<_, Task>(${text}) }`);
  expect(unread.map(({ reason }) => reason)).toEqual(reasons);
  expect(literals).toEqual([expect.objectContaining({ into: 'Task', dynamic: true })]);
});
