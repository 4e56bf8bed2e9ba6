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
    { file, line: 1, sql: 'select id from tasks;', into: 'Task', package: 'crate', home: 'crate/', converts: true },
  ]);
});

test.each([
  ['queries/gone.sql', 'crate/src/m.rs', 'the crate has no such file'],
  ['queries/latin.sql', 'crate/src/m.rs', 'it is not valid UTF-8'],
  ['../secret.sql', 'crate/src/m.rs', 'it is outside of the crate'],
  ['secret.sql', 'none/m.rs', 'no folder above has the Cargo.toml that its path starts from'],
])('%s of %s is listed as not checked', async (path, file, reason) => {
  const { literals, unread } = await read(path, file);
  expect(unread).toEqual([{ name: path, file, line: 1, reason, broken: false }]);
  expect(literals).toEqual([expect.objectContaining({ into: 'Task', dynamic: true, sql: '' })]);
});
