import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { openEmbedded } from '../../src/postgres/embedded/embedded.js';
import { ScriptLoader } from '../../src/postgres/embedded/load.js';
import { readScript } from '../../src/postgres/embedded/script.js';
import type { Database } from '../../src/postgres/embedded/server-process.js';
import { startEmpty } from '../../src/postgres/embedded/standby.js';
import type { Session } from '../../src/postgres/session.js';
import { failureOf, scratchFolder } from './scratch.js';

/** Each start of PGlite takes two seconds, hence three for all tests. */
const { folder, write } = scratchFolder();

describe('real dumps', () => {
  /** As pg_dump 15.18 wrote it, except for PostGIS, which was added by hand. */
  const dump = readFileSync(new URL('shop.dump.sql', import.meta.url), 'utf8');
  const notes: string[] = [];
  let session: Session;

  beforeAll(async () => {
    write('real/1_shop.sql', dump);
    write(
      'real/2_older.sql',
      '\\set ON_ERROR_STOP on\n\\connect other\nSET no_such_parameter = 0;\nCREATE SCHEMA public;\nCREATE EXTENSION plpgsql;\nCREATE ROLE postgres;\nCREATE TABLE older (id int) TABLESPACE "slow disk";\n',
    );
    write(
      'real/3_roles.sql',
      [
        'SET ROLE deployer;',
        'CREATE TABLE by_deployer (id int);',
        "SET SESSION AUTHORIZATION 'another one';",
        'CREATE TABLE by_another (id int);',
        'RESET SESSION AUTHORIZATION;',
        'CREATE TABLE by_us (id int);',
        'GRANT SELECT ON by_us TO r1, "r""2", r3;',
        "SET search_path = '';",
      ].join('\n'),
    );
    write(
      'real/4_migration/up.sql',
      'BEGIN;\nCREATE TABLE migrated (id int, label text COLLATE "de-x-icu");\nSAVEPOINT a;\nALTER TABLE migrated OWNER TO in_transaction;\nROLLBACK TO a;\nALTER TABLE migrated OWNER TO later;\nEND;\n',
    );
    session = await openEmbedded([join(folder, 'real')], (note) => notes.push(note.replaceAll(folder, '…')));
  });
  afterAll(() => session?.close());

  const ask = async (sql: string) => (await session.query<{ value: unknown }>(sql)).map(({ value }) => value);

  test('load whole', async () => {
    expect(
      await ask(
        "select relname || ' ' || relkind::text as value from pg_class where relnamespace = 'app'::regnamespace and relkind in ('r', 'p', 'v', 'm') order by 1",
      ),
    ).toEqual(['active v', 'counts m', 'log p', 'log_2024 r', 'users r']);
    expect(
      await ask("select proname as value from pg_proc where pronamespace = 'app'::regnamespace order by 1"),
    ).toEqual(['add', 'begin', 'clean', 'touch']);
    expect(
      await ask(
        "select col_description('app.users'::regclass, attnum) as value from pg_attribute where attrelid = 'app.users'::regclass and attname = 'note'",
      ),
    ).toEqual(['line one\n-- no comment; /* either */ \\restrict']);
    expect(await ask('select count(*)::int as value from app.users')).toEqual([0]);
  });

  test('and whatever is left out is said', () => {
    expect(notes).toEqual([
      '…/real/1_shop.sql: 2 COPY blocks (data, not schema) skipped',
      '…/real/1_shop.sql:68: the extension "postgis" is not in the embedded Postgres; continuing without it',
      '…/real/1_shop.sql:375: CREATE SUBSCRIPTION skipped: it replicates data',
      '…/real/1_shop.sql:378: ALTER SUBSCRIPTION skipped: it replicates data',
      '…/real/2_older.sql: psql commands skipped (no effect on the schema): \\connect',
      '…/real/2_older.sql:3: SET no_such_parameter skipped: Postgres 18 has no such parameter',
      '…/real/4_migration/up.sql:2: the collation "de-x-icu" is not in the embedded Postgres; "C" is used in its place',
    ]);
  });

  test('make up the roles and tablespaces they mention', async () => {
    expect(
      await ask(
        "select pg_get_userbyid(relowner) as value from pg_class where relname in ('by_deployer', 'by_another', 'by_us', 'migrated') order by relname",
      ),
    ).toEqual(['another one', 'deployer', 'postgres', 'later']);
    expect(
      await ask(
        "select string_agg(rolname, ', ' order by rolname) as value from pg_roles where not rolcanlogin and rolname like 'r%'",
      ),
    ).toEqual(['r"2, r1, r3, readonly']);
  });

  test('leave the session as it was', async () => {
    expect(await session.query("select current_user, session_user, current_setting('search_path') as path")).toEqual([
      { current_user: 'postgres', session_user: 'postgres', path: 'public' },
    ]);
  });

  test('the session gives all rows and describes columns', async () => {
    expect(await session.query('select 1 as a; select 2 as b; reset work_mem')).toEqual([{ a: 1 }, { b: 2 }]);
    expect(await session.query('reset work_mem')).toEqual([]);
    const refused = async (...sql: string[]) => String((await session.describe(sql)).error);
    expect(await refused('select 1 as a; select 2 as b')).toContain('multiple commands');
    const statement = "select 1.5::numeric(5, 2), 'x'::varchar(8) where $1 > 1";
    const description = {
      parameters: [23],
      columns: [
        { name: 'numeric', type: 1700, modifier: (5 << 16) + 2 + 4, table: 0, column: 0 },
        { name: 'varchar', type: 1043, modifier: 8 + 4, table: 0, column: 0 },
      ],
    };
    expect(await session.describe([statement, statement])).toEqual({ described: [description, description] });
    const { described, error } = await session.describe([statement, 'select nothing_like_it', statement]);
    expect([described, String(error)]).toEqual([[description], expect.stringContaining('does not exist')]);
    expect(await session.query('select 1 as a')).toEqual([{ a: 1 }]);
  });
});

describe('on one embedded Postgres', () => {
  let database: Database;
  beforeAll(async () => {
    database = await startEmpty({ extensions: [], timeout: 60, characters: 0 });
  });
  afterAll(() => database?.close());

  const load = (sql: string) => new ScriptLoader(database, () => {}).load({ path: 'a.sql', script: readScript(sql) });
  test.each([
    ['ALTER TABLE public._prisma_migrations ENABLE ROW LEVEL SECURITY', true],
    ['REVOKE ALL ON public._prisma_migrations FROM public', true],
    ['DELETE FROM schema_migrations', true],
    ['CREATE TABLE a (id int); ALTER TABLE a ADD FOREIGN KEY (id) REFERENCES schema_migrations', false],
    ['CREATE VIEW ran AS SELECT * FROM schema_migrations', false],
    ['GRANT SELECT ON nothing, schema_migrations TO public', false],
  ])("a statement about a migration tool's own table: %s", async (sql, isSkipped) => {
    const done = load(sql).then(() => true);
    expect(await done.catch(() => false)).toBe(isSkipped);
    await database.load('ROLLBACK');
  });

  const failureIn = async (sql: string) => {
    const { code, message, hint } = await failureOf(load(sql));
    await database.load('ROLLBACK');
    return { code, message, hint };
  };

  test('a failed statement is shown with the line that Postgres points at', async () => {
    const sql = 'select 1;\n\n-- é\ncreate table t (\n  "é😀" int,\n  b no_such_type\n);';
    expect(await failureIn(sql)).toEqual({
      code: 'sql-failed',
      message: 'a.sql:6: type "no_such_type" does not exist',
      hint: 'create table t (\n  "é😀" int,\n  b no_such_type\n)',
    });
  });

  test('with what Postgres says besides', async () => {
    const { message, hint } = await failureIn(
      "do $$\nbegin\n  raise exception E'two\\nlines\\x1b[2J' using hint = 'try that', detail = 'because';\nend $$",
    );
    expect(message).toBe('a.sql:1: two lines\\u{1b}[2J');
    expect(hint?.split('\n').slice(4)).toEqual([
      "Postgres' detail: because",
      "Postgres' hint: try that",
      expect.stringContaining("Postgres' context: PL/pgSQL function"),
    ]);
  });

  test('shortened, and without passwords', async () => {
    const { hint } = await failureIn(`select '${'x'.repeat(500)}',\n${'1,\n'.repeat(20)}nothing`);
    expect(hint?.split('\n')).toHaveLength(11);
    expect(hint).toMatch(/x{100} …\n[\s\S]*… \(12 more lines\)$/);
    expect((await failureIn("alter role no_role connection limit 'x' password 'it''s secret'")).hint).not.toContain(
      'secret',
    );
  });

  test('with the extensions that are missing', async () => {
    const { message, hint } = await failureIn(
      "create extension if not exists postgis;\ncomment on extension postgis is 'x';\ncreate table t (g geometry);",
    );
    expect(message).toBe('a.sql:3: type "geometry" does not exist');
    expect(hint).toContain('postgis (a.sql:1)');
    expect(hint).toContain('point `source` at a live database');
  });

  test('a DO block that creates an extension which is not there is skipped', async () => {
    await load('do $do$ begin create extension if not exists "pg_partman"; end $do$;');
  });

  test('a transaction that is never committed is refused', async () => {
    expect(await failureIn('select 1;\nbegin;\ncreate table t (a int);')).toMatchObject({
      code: 'sql-failed',
      message: 'a.sql:2: the transaction that begins here is never committed.',
    });
    expect(await failureIn('begin; commit and chain;')).toMatchObject({
      message: expect.stringContaining('never committed'),
    });
    await load(
      'begin; savepoint a; rollback to a; commit and no chain; start transaction; set transaction read only; select 1; rollback;',
    );
  });

  test('a misspelt collation or tablespace parameter is no reason to make one up', async () => {
    expect((await failureIn('create table t (a text collate "no such")')).message).toContain('collation "no such"');
    expect((await failureIn("set work_mem = 'much'")).message).toContain('invalid value for parameter');
  });

  test('what would write to the machine is refused by the server, and it lives on', async () => {
    await expect(load("copy (select 'x') to '/tmp/rowsmith-was-here'")).rejects.toThrow('Permission denied');
    await expect(load("do $$ begin execute 'copy (select 1) to program ''touch outside'''; end $$")).rejects.toThrow(
      'could not execute command',
    );
    expect(existsSync('/tmp/rowsmith-was-here') || existsSync('outside')).toBe(false);
    expect(await database.query('select 1 as alive')).toEqual([{ alive: 1 }]);
  });

  test('rows that nobody asked for are let go of', async () => {
    expect(await database.load("select repeat('x', 1000) from generate_series(1, 300_000); select 1")).toBe(2);
    expect(await database.load('-- nothing')).toBe(1);
    await expect(
      database.load("select n, repeat('é', n) from generate_series(1, 9000) as n; select 1 / 0"),
    ).rejects.toMatchObject({ code: '22012', severity: 'ERROR', message: 'division by zero' });
  });

  test('a server that is out of memory says so with file and line, and lives on', async () => {
    const { message } = await failureIn(
      "select 1;\nselect array[repeat(repeat('x', 1_000_000), 400), repeat(repeat('y', 1_000_000), 400), repeat(repeat('z', 1_000_000), 400)];",
    );
    expect(message).toMatch(/^a\.sql:2: out of memory/);
    expect(await database.query('select 1 as alive')).toEqual([{ alive: 1 }]);
  });

  test('a server that broke down does not pass for one that obeys', async () => {
    // Last of these tests: the server does not get up again.
    const { message } = await failureOf(
      load("select set_config('client_encoding', 'LATIN1', false);\nselect 'é'; create table never (a int)"),
    );
    expect(message).toBe('a.sql:2: the embedded Postgres broke down');
  });
});

test('a failure to load names the file as the user gave it', async () => {
  const path = write('broken.sql', 'create table t (a int);\n\ncreate table t (a int);\n');
  expect(await failureOf(openEmbedded([path], () => {}))).toMatchObject({
    code: 'sql-failed',
    message: `${path}:3: relation "t" already exists`,
    hint: 'create table t (a int)',
  });
});
