/** SQL files that do not end, or that want more than the embedded Postgres allows. The built command line runs them. */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { rowsmith } from './support/cli.js';
import { attack } from './support/escapes.js';
import { sideModule } from './support/side-module.js';

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
    [
      'a function in a default that is asked for',
      'create function f() returns int language plpgsql as $$ begin loop perform 1; end loop; end $$; create table t as select f()',
    ],
    ['one of a transaction', 'begin; create table a (id int); select pg_sleep(1e9); commit'],
  ])('%s', (_, sql) => {
    const { code, stdout, stderr } = generate(`create table before (id int);\n${sql};\n`, '--timeout', '10');
    expect({ code, stdout, stderr }).toEqual({
      code: 2,
      stdout: '',
      stderr: expect.stringMatching(
        /^error: a\.sql:\d: The SQL was not loaded and read within 10 s\.\n {2}.*--timeout <seconds>\.\n$/,
      ),
    });
    expect(existsSync(join(folder, 'generated'))).toBe(false);
  });
});

describe('commands of psql are refused before anything runs', () => {
  test.each([
    '\\! touch outside',
    "\\copy t from program 'touch outside'",
    '\\i ../outside.sql',
    '\\ir /etc/passwd',
    '\\o outside',
    '\\w outside',
    '\\setenv A b',
    '\\gexec',
    '\\lo_import /etc/passwd',
  ])('%s', (command) => {
    const { code, stderr } = generate(`create table t (id int);\n${command}\n`);
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: expect.stringMatching(/^error: a\.sql:2: the psql command \\\S+ is not supported\.\n/),
    });
    expect(existsSync(join(folder, 'outside'))).toBe(false);
  });
});

test('extensions that reach out are not there', () => {
  const names = ['dblink', 'adminpack', 'plperlu', 'postgres_fdw'];
  const { code, stderr } = generate(
    `${names.map((name) => `create extension ${name};\n`).join('')}create table t (id int);\n`,
  );
  expect(code).toBe(0);
  for (const name of names) expect(stderr).toContain(`the extension "${name}" is not in the embedded Postgres`);
});

describe('a library that evaluates text gets nothing of the machine', () => {
  const variable = 'ROWSMITH_TEST_SECRET';
  const secret = 'known-to-nobody';

  function writeAttack(place: string): string {
    mkdirSync(place);
    const [file, absent] = [join(place, 'secret'), join(place, 'absent')];
    writeFileSync(file, secret);
    const bytes = sideModule({
      emJs: attack({ variable, file, absent, library: '', port: 9, datagrams: 9, socket: join(place, 'socket') }),
    });
    writeFileSync(
      join(place, 'attack.sql'),
      `create table t (id int);
      do $do$
      declare o oid := lo_from_bytea(0, decode('${bytes.toString('base64')}', 'base64'));
      begin
        perform lo_export(o, '/pglite/data/evil.so');
        execute 'lo' || 'ad ''/pglite/data/evil.so''';
      exception when others then null;
      end $do$;
      do $do$ begin execute format('comment on table t is %L', pg_read_file('/pglite/data/answer')); exception when others then null; end $do$;`,
    );
    return absent;
  }

  /** The comment of the table, if a catalog was written. It would contain the attack's result. */
  function commentWritten(place: string): string | undefined {
    const path = join(place, 'generated/catalog.json');
    return existsSync(path)
      ? (JSON.parse(readFileSync(path, 'utf8')) as { readonly relations: readonly { readonly comment?: string }[] })
          .relations[0]?.comment
      : undefined;
  }

  test.each([
    ['generate', ['generate', '--source', 'attack.sql']],
    ['check', ['check', '--source', 'attack.sql']],
    ['diff', ['diff', '--from', 'attack.sql', '--to', 'attack.sql']],
    ['docs', ['docs', '--source', 'attack.sql', '--out', 'docs.html']],
    ['init', ['init', '--yes', '--source', 'attack.sql']],
    ['drift', ['drift', '--source', 'attack.sql', '--models', '*.ts']],
  ])('%s', (name, args) => {
    const place = join(folder, name);
    const absent = writeAttack(place);
    const { stdout, stderr } = rowsmith(args, place, { [variable]: secret });
    expect(existsSync(absent)).toBe(false);
    expect(stdout + stderr).not.toContain(secret);
    expect(stderr).not.toContain('bug in rowsmith');
    expect(commentWritten(place)).toBeUndefined();
  });
});

test.each([
  ["LOAD '$libdir/x'", 'LOAD opens a library of the server'],
  ["copy (select 1) to program 'touch x'", 'COPY … PROGRAM runs a program'],
  ["select lo_export(1, '/tmp/x')", 'lo_import and lo_export read and write files of the server'],
  ["alter system set work_mem = '1MB'", 'ALTER SYSTEM writes the settings of the server'],
  ["create function f() returns int language c as '/lib/libc.so', 'abs'", 'LANGUAGE C runs a library of the server'],
])('refused before anything runs: %s', (sql, what) => {
  const { code, stdout, stderr } = generate(`create table t (id int);\n${sql};\n`);
  expect({ code, stdout, stderr }).toEqual({
    code: 2,
    stdout: '',
    stderr: `error: a.sql:2: ${what}, which the embedded Postgres does not allow.\n  Remove the statement, or use a live database.\n`,
  });
});

test('a server without memory for a value says so with file and line', () => {
  const { code, stderr } = generate(
    "create table t (id int);\nselect array[repeat(repeat('x', 1_000_000), 400), repeat(repeat('y', 1_000_000), 400), repeat(repeat('z', 1_000_000), 400)];\n",
  );
  expect(code).toBe(2);
  expect(stderr).toMatch(/^error: a\.sql:2: out of memory\n/);
});

test('rows that nobody asked for take no memory', () => {
  const { code, stderr } = generate(
    "create table t (id int);\nselect repeat('x', 1000) from generate_series(1, 2_000_000);\n",
  );
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
});
