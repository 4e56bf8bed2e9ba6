/** SQL files that do not end, or that want more than the embedded Postgres. The built command line runs them. */
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { rowsmith } from './support/cli.js';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'rowsmith-hostile-sql-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function generate(sql: string, ...more: string[]) {
  writeFileSync(join(folder, 'a.sql'), sql);
  return rowsmith(['generate', '--source', 'a.sql', ...more], folder);
}

describe('what does not end is ended by --timeout', () => {
  test.each([
    ['a sleep', 'select pg_sleep(1e9)'],
    ['a recursive query', 'with recursive r as (select 1 as n union all select n + 1 from r) select count(*) from r'],
    ['a loop', 'do $$ begin loop perform 1; end loop; end $$'],
    ['a function in a default that is asked for', "create function f() returns int language plpgsql as $$ begin loop perform 1; end loop; end $$; create table t as select f()"],
    ['one of a transaction', 'begin; create table a (id int); select pg_sleep(1e9); commit'],
  ])('%s', (_, sql) => {
    const { code, stdout, stderr } = generate(`create table before (id int);\n${sql};\n`, '--timeout', '3');
    expect({ code, stdout, stderr }).toEqual({ code: 2, stdout: '', stderr: expect.stringMatching(/^error: a\.sql:\d: The SQL was not loaded and read within 3 s\.\n {2}.*--timeout <seconds>\.\n$/) });
    expect(existsSync(join(folder, 'generated'))).toBe(false);
  });
});

describe('commands of psql are refused before anything runs', () => {
  test.each(['\\! touch outside', "\\copy t from program 'touch outside'", '\\i ../outside.sql', '\\ir /etc/passwd', '\\o outside', '\\w outside', '\\setenv A b', '\\gexec', '\\lo_import /etc/passwd'])('%s', (command) => {
    const { code, stderr } = generate(`create table t (id int);\n${command}\n`);
    expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringMatching(/^error: a\.sql:2: the psql command \\\S+ is not supported\.\n/) });
    expect(existsSync(join(folder, 'outside'))).toBe(false);
  });
});

test('extensions that reach out are not there', () => {
  const names = ['dblink', 'adminpack', 'plperlu', 'postgres_fdw'];
  const { code, stderr } = generate(`${names.map((name) => `create extension ${name};\n`).join('')}create table t (id int);\n`);
  expect(code).toBe(0);
  for (const name of names) expect(stderr).toContain(`the extension "${name}" is not in the embedded Postgres`);
});
