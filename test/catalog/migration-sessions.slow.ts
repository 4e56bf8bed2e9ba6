import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { introspect } from '../../src/index.js';
import { openEmbedded } from '../../src/postgres/embedded/embedded.js';
import { type ReadFilesOptions, readSqlFiles } from '../../src/postgres/embedded/files.js';
import { withVariables } from '../../src/postgres/embedded/psql-variables.js';
import { readSql } from '../support/repository.js';
import { failureOf, scratchFolder } from './scratch.js';

const { folder, write } = scratchFolder();

/** The tables that files make, each with its schema. */
async function tablesOf(path: string, options: ReadFilesOptions = {}, notes: string[] = []): Promise<string[]> {
  const note = (message: string) => notes.push(message);
  const files = await readSqlFiles([join(folder, path)], note, options);
  const session = await openEmbedded([], note, { files, cache: join(folder, 'cache') });
  try {
    const rows = await session.query<{ name: string }>(
      "select schemaname || '.' || tablename as name from pg_tables where schemaname !~ '^(pg_|information)' order by 1",
    );
    return rows.map(({ name }) => name);
  } finally {
    await session.close();
  }
}

describe('a migration runs in the transaction of its tool', () => {
  test('SET LOCAL holds to the end of the file', async () => {
    write('local/1_a.sql', 'CREATE SCHEMA app; SET LOCAL search_path = app; CREATE TABLE t (id int);');
    write('local/2_b.sql', 'CREATE TABLE u (id int);');
    expect(await tablesOf('local')).toEqual(['app.t', 'public.u']);
  });

  test('ON COMMIT DROP, LOCK TABLE, deferred constraints', async () => {
    write(
      'temporary/1_a.sql',
      'CREATE TABLE a (id int PRIMARY KEY); LOCK TABLE a; CREATE TEMP TABLE t ON COMMIT DROP AS SELECT 1 AS id; INSERT INTO a SELECT id FROM t;',
    );
    write('temporary/2_b.sql', 'BEGIN; CREATE TABLE b (id int); COMMIT; CREATE TABLE c (id int);');
    write('temporary/3_c.sql', 'CREATE INDEX CONCURRENTLY a_id ON a (id);');
    expect(await tablesOf('temporary')).toEqual(['public.a', 'public.b', 'public.c']);
  });

  test('a transaction that the file begins and leaves open is committed', async () => {
    write('open/1_a.sql', 'CREATE TABLE a (id int); BEGIN; CREATE TABLE b (id int);');
    write('open/2_b.sql', 'CREATE TABLE c (id int);');
    expect(await tablesOf('open')).toEqual(['public.a', 'public.b', 'public.c']);
  });

  test('a file uses the values that it adds to an enum of an earlier file', async () => {
    write('enum/1_a.sql', "CREATE TYPE mood AS ENUM ('calm'); CREATE TABLE a (mood mood);");
    write(
      'enum/2_b.sql',
      "ALTER TYPE mood ADD VALUE 'glad'; ALTER TABLE a ALTER mood SET DEFAULT 'glad'; ALTER TYPE mood ADD VALUE 'sad'; CREATE TABLE b (mood mood DEFAULT 'sad');",
    );
    expect(await tablesOf('enum')).toEqual(['public.a', 'public.b']);
  });

  test('how TimescaleDB stores a table is passed over, and said', async () => {
    write(
      'hyper.sql',
      `CREATE EXTENSION timescaledb;
CREATE TABLE m (at timestamptz NOT NULL);
SELECT create_hypertable('m', by_range('at'));
ALTER TABLE m SET (timescaledb.compress);
SELECT public.add_retention_policy('m', interval '1 day');`,
    );
    const notes: string[] = [];
    expect(await tablesOf('hyper.sql', {}, notes)).toEqual(['public.m']);
    expect(notes.map((note) => note.replace(/^.*\//, ''))).toEqual([
      'hyper.sql:1: the extension "timescaledb" is not in the embedded Postgres; continuing without it',
      "hyper.sql:3: by_range skipped: TimescaleDB is not in the embedded Postgres (it makes a hypertable's time NOT NULL)",
      'hyper.sql:4: parameters of TimescaleDB skipped: it is not in the embedded Postgres',
      "hyper.sql:5: add_retention_policy skipped: TimescaleDB is not in the embedded Postgres (it makes a hypertable's time NOT NULL)",
    ]);
  });

  test('an error behind LOCK TABLE is told as it is', async () => {
    write('lock/1_a.sql', 'CREATE TABLE a (id int);\nLOCK TABLE a;\nALTER TABLE a ADD nothing nowhere;');
    expect(await failureOf(tablesOf('lock'))).toMatchObject({
      message: expect.stringMatching(/lock\/1_a\.sql:3: type "nowhere" does not exist$/),
    });
  });

  test('not where the file asks for none', async () => {
    write(
      'none/1_a.sql',
      '-- +goose NO TRANSACTION\n-- +goose Up\nCREATE SCHEMA app; SET LOCAL search_path = app; CREATE TABLE t ();',
    );
    expect(await tablesOf('none')).toEqual(['public.t']);
  });
});

describe('sessions', () => {
  test('a search path that is asked for, and one that is set for later sessions', async () => {
    write('path/1_a.sql', 'CREATE SCHEMA app; CREATE SCHEMA other; CREATE TABLE a ();');
    write(
      'path/2_b.sql',
      'CREATE TABLE b (); ALTER DATABASE shop SET search_path TO other, public; CREATE TABLE c ();',
    );
    write('path/3_c.sql', 'CREATE TABLE d (); ALTER ROLE me SET search_path = public;');
    write('path/4_d.sql', 'CREATE TABLE e ();');
    const notes: string[] = [];
    expect(await tablesOf('path', { searchPath: 'app, public' }, notes)).toEqual([
      'app.a',
      'app.b',
      'app.c',
      'other.d',
      'public.e',
    ]);
    expect(notes).toEqual([]);
  });

  test('files that others include, below the folder alone', async () => {
    write('included/main.sql', 'SET search_path = app;\n\\ir parts/a.sql\nCREATE TABLE b ();\n\\i parts/c.sql\n');
    write('included/parts/a.sql', 'CREATE SCHEMA app;\nCREATE TABLE a ();\n\\ir deeper.sql');
    write('included/parts/deeper.sql', 'CREATE TABLE deeper ();');
    write('included/parts/c.sql', 'CREATE TABLE c ();');
    expect(await tablesOf('included/main.sql')).toEqual(['app.a', 'app.b', 'app.c', 'app.deeper']);
    write('included/broken.sql', '\\ir parts/c.sql\n\nCREATE TABLE d (x nowhere);');
    expect((await failureOf(tablesOf('included/broken.sql'))).message).toContain('broken.sql:3: type "nowhere"');
    write('outside.sql', 'CREATE TABLE x ();');
    write('included/out.sql', '\\ir ../outside.sql');
    expect(await failureOf(tablesOf('included/out.sql'))).toMatchObject({ code: 'sql-not-supported' });
  });

  test('words about templates, about variables, and none about ON_ERROR_STOP', async () => {
    write('words/set.sql', '\\set ON_ERROR_STOP on\nCREATE TABLE a ();');
    const notes: string[] = [];
    expect(await tablesOf('words/set.sql', {}, notes)).toEqual(['public.a']);
    expect(notes).toEqual([]);
    write('words/template.sql', 'CREATE TABLE {{ prefix }}_a ();');
    expect((await failureOf(tablesOf('words/template.sql'))).hint).toContain('{{ … }} is a template of another tool');
    write('words/variable.sql', 'CREATE SCHEMA :app;');
    expect((await failureOf(tablesOf('words/variable.sql'))).hint).toContain("variables: { app: '…' }");
    expect(await tablesOf('words/variable.sql', { variables: { app: 'shop' } })).toEqual([]);
  });
});

test.each([
  ['create schema :app;', 'create schema shop;'],
  ['select :\'app\', :"app", x::app, y := 1', 'select \'shop\', "shop", x::app, y := 1'],
  [
    'select \':app\', $$ :app $$, ":app" -- :app\n/* :app */',
    'select \':app\', $$ :app $$, ":app" -- :app\n/* :app */',
  ],
  ['select :unknown, :name', 'select :unknown, it\'s "x"'],
  ['select :\'name\', :"name"', 'select \'it\'\'s "x"\', "it\'s ""x"""'],
  ['\\set other two\ncreate table :other ();', '\\set other two\ncreate table two ();'],
  ["\\set app mine\n\\set path :app '.t'\nselect :path", "\\set app mine\n\\set path :app '.t'\nselect shop.t"],
])('variables of psql: %s', (text, expected) => {
  expect(withVariables(text, { app: 'shop', name: 'it\'s "x"' })).toBe(expected);
});

describe('what tools keep for themselves', () => {
  test("Supabase's schemas are there, and no part of the output unless they are asked for", async () => {
    write('supabase/config.toml', '');
    write('supabase/seed.sql', 'this is no SQL');
    write(
      'supabase/migrations/20240101000000_a.sql',
      `create extension if not exists "uuid-ossp" with schema extensions;
       create table public.profiles (id uuid primary key references auth.users on delete cascade, token uuid default uuid_generate_v4());
       alter table public.profiles enable row level security;
       create policy own on public.profiles for select to authenticated using (auth.uid() = id);
       create function public.handle() returns trigger language plpgsql security definer as $$ begin return new; end $$;
       create trigger made after insert on auth.users for each row execute function public.handle();
       insert into storage.buckets (id, name) values ('avatars', 'avatars');
       create policy read on storage.objects for select using (bucket_id = 'avatars' and (storage.foldername(name))[1] = auth.uid()::text);
       alter publication supabase_realtime add table public.profiles;
       grant all on public.profiles to anon, authenticated, service_role;`,
    );
    for (const sql of ['supabase', 'supabase/migrations']) {
      const catalog = await introspect({ config: { source: { sql } }, folder });
      expect(catalog.relations.map(({ schema, name }) => `${schema}.${name}`)).toEqual(['public.profiles']);
    }
    const asked = await introspect({
      config: { source: { sql: 'supabase' }, include: ['profiles', 'auth.users'] },
      folder,
    });
    expect(asked.relations.map(({ name }) => name)).toEqual(['users', 'profiles']);
  });

  test("stubs stand for what no package has, and Diesel's table is there first", async () => {
    write(
      'stubs.sql',
      "CREATE SCHEMA partman; CREATE FUNCTION partman.create_parent(a text) RETURNS void LANGUAGE sql AS $$ $$; CREATE TYPE mood AS ENUM ('a'); CREATE TABLE helper (id int);",
    );
    write(
      'diesel/1_a/up.sql',
      "SELECT partman.create_parent('x'); CREATE TABLE a (id int, m mood); COMMENT ON TABLE __diesel_schema_migrations IS 'x';",
    );
    const catalog = await introspect({ config: { source: { sql: 'diesel', stubs: 'stubs.sql' } }, folder });
    expect(catalog.relations.map(({ name }) => name)).toEqual(['a']);
  });

  test("sqlx's table is there first", async () => {
    write('sqlx/20240101000000_a.sql', 'CREATE TABLE a (id int);');
    write('sqlx/20240102000000_b.sql', 'DELETE FROM _sqlx_migrations WHERE version = 1;');
    const catalog = await introspect({ config: { source: { sql: 'sqlx' } }, folder });
    expect(catalog.relations.map(({ name }) => name)).toEqual(['a']);
  });

  test('stubs stand for a type with modifiers', async () => {
    write('stubs.sql', readSql('test/guides/geography.sql'));
    write(
      'sql/1_places.sql',
      'CREATE EXTENSION IF NOT EXISTS postgis; CREATE TABLE places (id int, at geography(Point, 4326) NOT NULL);',
    );
    const catalog = await introspect({ config: { source: { sql: 'sql', stubs: 'stubs.sql' } }, folder });
    const [place] = catalog.relations;
    expect(place?.columns.map(({ name, type }) => `${name} ${type.name}`)).toEqual(['id int4', 'at geography']);
  });
});
