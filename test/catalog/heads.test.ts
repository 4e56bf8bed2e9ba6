import { beforeAll, describe, expect, test } from '@jest/globals';
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { openEmbedded } from '../../src/postgres/embedded/embedded.js';
import { countToKeep, headName, longestHead } from '../../src/postgres/embedded/heads.js';
import { countPlain, isPlain } from '../../src/postgres/embedded/plain.js';
import { readScript } from '../../src/postgres/embedded/script.js';
import { decodeSnapshot, encodeSnapshot } from '../../src/postgres/embedded/snapshot.js';
import { startInThread } from '../../src/postgres/embedded/thread.js';
import { scratchFolder } from './scratch.js';

const { folder, write } = scratchFolder();
/** As much SQL as makes a head worth keeping, in few statements. */
const long = (name: string) => Array.from({ length: 8 }, (_, index) => `COMMENT ON TABLE ${name} IS '${name} ${index} ${'.'.repeat(10_000)}';`).join('\n');
const first = `CREATE SCHEMA app;\nSET search_path = app;\nCREATE TABLE a (id int PRIMARY KEY, at timestamptz DEFAULT now());\nALTER TABLE a OWNER TO somebody;\n${long('a')}`;

interface Run {
  /** Characters of SQL that were left to run. */
  readonly characters: number;
  readonly schema: unknown;
  readonly notes: readonly string[];
}

const facts = `
  select c.relnamespace::regnamespace || '.' || c.relname as relation, c.relkind::text as kind, pg_get_userbyid(c.relowner) as owner, obj_description(c.oid, 'pg_class') as comment,
    (select string_agg(a.attname || ' ' || format_type(a.atttypid, a.atttypmod) || coalesce(pg_get_expr(d.adbin, d.adrelid), ''), ',' order by a.attnum)
      from pg_attribute a left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum where a.attrelid = c.oid and a.attnum > 0) as columns
  from pg_class c where c.relnamespace::regnamespace::text in ('public', 'app') order by 1;
  select current_user, session_user, current_setting('search_path') as path;
  select extname from pg_extension order by 1`;

let runs = 0;
/** Loads files of these texts; with a cache, as a run of the command line does. */
async function load(cache: string | undefined, ...texts: readonly string[]): Promise<Run> {
  const place = `run-${runs++}`;
  const paths = texts.map((text, index) => write(`${place}/${index}.sql`, text));
  const notes: string[] = [];
  let characters = -1;
  const session = await openEmbedded(paths, (note) => notes.push(note.replaceAll(join(folder, place), '')), {
    onProgress: (progress) => (characters = progress.characters ?? characters),
    ...(cache === undefined ? { start: (extensions) => startInThread(extensions, join(folder, 'empty')) } : { cache }),
  });
  const schema = await session.query(facts);
  await session.close();
  return { characters, schema, notes };
}

const headsIn = (cache: string) => (existsSync(cache) ? readdirSync(cache).filter((name) => name.startsWith('pglite-head-') && name.endsWith('.snapshot')) : []);

/** A head is written when the session is closed already. */
async function headOf(cache: string): Promise<string> {
  for (let tries = 0; tries < 200 && headsIn(cache).length === 0; tries++) await sleep(50);
  const [head] = headsIn(cache);
  if (head === undefined) throw new Error('no head was kept');
  return join(cache, head);
}

/** A cache folder with what an empty server starts on, and perhaps a head. */
function cacheWith(name: string, head?: string, as?: string): string {
  const cache = join(folder, name);
  mkdirSync(cache);
  copyFileSync(join(folder, 'empty/pglite-data.snapshot'), join(cache, 'pglite-data.snapshot'));
  if (head !== undefined) copyFileSync(head, join(cache, as ?? head.split(/[\\/]/).at(-1) ?? ''));
  return cache;
}

const end = 'CREATE TABLE b (id int REFERENCES a);\nCOMMENT ON TABLE b IS $$the end$$;';
let head: string;
let whole: Run;

beforeAll(async () => {
  whole = await load(undefined, `${first}\n${end}`);
  const cache = cacheWith('first');
  expect(await load(cache, `${first}\n${end}`)).toEqual(whole);
  head = await headOf(cache);
});

describe('a head', () => {
  test('spares what has run already, whatever follows it, and the session is as it was', async () => {
    const cache = cacheWith('used', head);
    const ends = [end, end.replace('b (id', 'c (name text, id').replace('TABLE b IS', 'TABLE c IS'), "INSERT INTO a VALUES (1);\nDO $$ BEGIN CREATE TABLE done (id int); END $$;\nCREATE EXTENSION citext;"];
    for (const other of ends) {
      const [resumed, fresh] = [await load(cache, `${first}\n${other}`), await load(undefined, `${first}\n${other}`)];
      expect(resumed.characters).toBeLessThan(40_000);
      expect({ ...resumed, characters: fresh.characters }).toEqual(fresh);
    }
    const [resumed, fresh] = [await load(cache, `${first}\n${end}`, 'CREATE TABLE elsewhere (id int);'), await load(undefined, `${first}\n${end}`, 'CREATE TABLE elsewhere (id int);')];
    expect({ ...resumed, characters: fresh.characters }).toEqual(fresh);
  });

  test('that another file follows is good for it, after the end of its session', async () => {
    const cache = cacheWith('files');
    const texts = [first, `CREATE TABLE in_public (id int);\n${long('in_public')}`];
    const fresh = await load(undefined, ...texts);
    expect(await load(cache, ...texts)).toEqual(fresh);
    await headOf(cache);
    const resumed = await load(cache, ...texts);
    expect(resumed.characters).toBeLessThan(40_000);
    expect({ ...resumed, characters: fresh.characters }).toEqual(fresh);
  });

  test.each([
    ['edited', () => [`${first.replace('id int', 'id bigint')}\n${end}`]],
    ['cut into files elsewhere', () => first.split(/(?=ALTER TABLE)/).map((text, index) => (index === 0 ? text : `SET search_path = app;\n${text}\n${end}`))],
    ['behind another file', () => ['CREATE TABLE before (id int);', `${first}\n${end}`]],
    ['shorter', () => [first.slice(0, first.indexOf('COMMENT'))]],
  ])('is not used for SQL that is %s', async (_name, texts) => {
    const cache = cacheWith(`not-${_name}`, head);
    const [run, fresh] = [await load(cache, ...texts()), await load(undefined, ...texts())];
    expect(run).toEqual(fresh);
  });

  test.each<[string, (bytes: Buffer, name: string) => Uint8Array]>([
    ['truncated', (bytes) => bytes.subarray(0, bytes.length - 1)],
    ['changed by one bit', (bytes) => (bytes.writeUInt8(bytes.readUInt8(bytes.length >> 1) ^ 1, bytes.length >> 1), bytes)],
    ['foreign', () => Buffer.from('nothing of ours')],
    ['empty', () => Buffer.alloc(0)],
    ['of another PGlite', (bytes) => encodeSnapshot(keyOf(bytes).replace(/PGlite [\d.]+/, 'PGlite 0.0.1'), decodeSnapshot(keyOf(bytes), bytes) ?? [])],
    ['one on which no server starts', (bytes) => encodeSnapshot(keyOf(bytes), [{ path: '/PG_VERSION', mode: 0o600, content: Buffer.from('18\n') }])],
  ])('that is %s is thrown away, and everything runs', async (name, make) => {
    const cache = cacheWith(`bad-${name}`, head);
    const [bad] = headsIn(cache) as [string];
    const bytes = make(readFileSync(head), bad);
    writeFileSync(join(cache, bad), bytes);
    expect((await load(cache, `${first}\n${end}`)).schema).toEqual(whole.schema);
    for (let tries = 0; tries < 200 && !(existsSync(join(cache, bad)) && statSync(join(cache, bad)).size > 1_000_000 && !readFileSync(join(cache, bad)).equals(bytes)); tries++) await sleep(50);
    const again = await load(cache, `${first}\n${end}`);
    expect(again.characters).toBeLessThan(40_000);
    expect(again.schema).toEqual(whole.schema);
  });

  test('of other SQL under this name is not taken', async () => {
    const other = `${first.replace('id int', 'id bigint')}\n${end}`;
    const cache = cacheWith('misnamed', head, headName([readScript(other)], Number(/head-(\d+)/.exec(head)?.[1])));
    expect((await load(cache, other)).schema).toEqual((await load(undefined, other)).schema);
  });

  test('may be made by several runs at once', async () => {
    const cache = cacheWith('at-once');
    const all = await Promise.all([1, 2, 3].map(() => load(cache, `${first}\n${end}`)));
    for (const run of all) expect(run).toEqual(whole);
    await headOf(cache);
    for (let tries = 0; tries < 200 && readdirSync(cache).length > 2; tries++) await sleep(50);
    expect(readdirSync(cache)).toHaveLength(2);
    expect((await load(cache, `${first}\n${end}`)).schema).toEqual(whole.schema);
  });

  test('is not kept where nothing can be written, behind what had to be said, or behind what is not plain', async () => {
    expect(await load(join(write('a-file', ''), 'cache'), `${first}\n${end}`)).toEqual(whole);
    for (const sql of [`SET no_such_parameter = 1;\n${first}`, `CREATE TABLE x (id int);\nINSERT INTO x VALUES (1);\n${first}`]) {
      const cache = cacheWith(`unkept-${runs}`);
      const fresh = await load(undefined, sql);
      expect(await load(cache, sql)).toEqual(fresh);
      await sleep(500);
      expect(headsIn(cache)).toEqual([]);
    }
  });

  test('that was not used for longest goes, with what a killed run left', async () => {
    const cache = cacheWith('many', head);
    const [kept] = headsIn(cache) as [string];
    const old = ['1', '2', '3'].map((count) => `pglite-head-${count}-${'0'.repeat(32)}.snapshot`);
    for (const [index, name] of [...old, 'pglite-data.snapshot.0123.tmp'].entries()) {
      writeFileSync(join(cache, name), 'x');
      utimesSync(join(cache, name), index + 1, index + 1);
    }
    utimesSync(join(cache, kept), 10, 10);
    await load(cache, `${first.replace('id int', 'id bigint')}\n${end}`);
    for (let tries = 0; tries < 200 && readdirSync(cache).length !== 4; tries++) await sleep(50);
    expect(headsIn(cache)).toHaveLength(3);
    expect(headsIn(cache)).toEqual(expect.arrayContaining([kept, old[2]]));
    expect(readdirSync(cache)).toHaveLength(4);
    rmSync(cache, { recursive: true });
  });
});

const keyOf = (bytes: Buffer) => /"key":"([^"]*)"/.exec(bytes.subarray(0, 1 << 10).toString('latin1'))?.[1] ?? '';
const statementsOf = (text: string) => readScript(text).statements;

test('the name of a head tells of each character, and of where files end', () => {
  const names = [['a;b;c'], ['a;b ;d;c'], ['a;B;c'], ['a;', 'b;c'], ['a', '', 'b;c'], ['', 'a;b;c'], ['b;a;c'], ['ab;;c;d']].map((texts) => headName(texts.map(readScript), 2));
  expect(new Set(names).size).toBe(names.length - 1);
  expect(names[0]).toBe(names[1]);
  const scripts = [readScript('a;b;c')];
  const kept = [headName(scripts, 1), headName(scripts, 2), headName(scripts, 3), headName([readScript('x;y')], 2)];
  expect(longestHead(scripts, kept)).toBe(kept[2]);
  expect(longestHead([readScript('a;b;d')], kept)).toBe(kept[1]);
  expect(longestHead([readScript('a')], kept)).toBe(kept[0]);
  expect(longestHead([readScript('d')], kept)).toBeUndefined();
});

test('a head ends before the end, outside of a transaction, and where it is worth it', () => {
  const table = `CREATE TABLE t (a text DEFAULT '${'x'.repeat(1_000)}')`;
  const script = (count: number, before = '') => [readScript(`${before}${`${table};`.repeat(count)}`)];
  expect(countToKeep(script(40), 0)).toBeUndefined();
  expect(countToKeep(script(100), 0)).toBe(91);
  expect(countToKeep(script(100), 60)).toBeUndefined();
  expect(countToKeep(script(200), 60)).toBe(191);
  expect(countToKeep(script(100, 'BEGIN;'), 0)).toBeUndefined();
  expect(countPlain(statementsOf('BEGIN; CREATE TABLE a (); COMMIT; CREATE TABLE b (); BEGIN; CREATE TABLE c ();'))).toBe(4);
  expect(countPlain(statementsOf('CREATE TABLE a (); SELECT 1; CREATE TABLE b ();'))).toBe(1);
});

test.each([
  "CREATE TABLE a (at date DEFAULT CURRENT_DATE, b timestamptz DEFAULT now() NOT NULL, c text DEFAULT 'known'::text)",
  'CREATE UNLOGGED TABLE a (id int GENERATED ALWAYS AS IDENTITY)',
  'ALTER TABLE a ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (START WITH 1)',
  "ALTER TABLE ONLY a ATTACH PARTITION a_1 FOR VALUES FROM ('2024-01-01') TO (MAXVALUE)",
  "CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$ BEGIN NEW.at := 'now'; RETURN NEW; END $$",
  "CREATE OR REPLACE FUNCTION f() RETURNS text LANGUAGE sql AS 'select now()::text'",
  "COMMENT ON TABLE a IS 'What is due today'",
  "ALTER TABLE a ADD CHECK (b ~ E'^\\\\d+$')",
  "SELECT pg_catalog.set_config('search_path', '', false)",
  'SET standard_conforming_strings = on',
  'SET search_path TO app, public',
  'CREATE OR REPLACE VIEW v AS SELECT now() AS at, a.* FROM a',
  'CREATE UNIQUE INDEX CONCURRENTLY ON a (lower(b))',
  'ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO r',
])('plain: %s', (text) => {
  expect(isPlain(statementsOf(text)[0] as (ReturnType<typeof statementsOf>)[0])).toBe(true);
});

test.each([
  'INSERT INTO a VALUES (1)',
  'SELECT f()',
  'DO $$ BEGIN END $$',
  'CREATE TABLE a AS SELECT 1',
  'CREATE TABLE a (b) /* ( */ AS TABLE c',
  'CREATE MATERIALIZED VIEW a AS SELECT 1',
  'CREATE TEMP TABLE a ()',
  'CREATE TABLE pg_temp.a ()',
  'CREATE TABLE "pg_temp".a ()',
  'CREATE OR REPLACE TEMPORARY VIEW a AS SELECT 1',
  'SET search_path = pg_temp',
  "SET search_path = U&'\\0070g_temp'",
  'SET ROLE a',
  'SET SESSION AUTHORIZATION a',
  'SET LOCAL search_path = a',
  'SET TIME ZONE 3',
  'SET standard_conforming_strings = off',
  "SELECT pg_catalog.set_config('role', 'a', false)",
  "CREATE TABLE a (b date DEFAULT 'today')",
  "CREATE TABLE a (b date DEFAULT ' TODAY ')",
  'CREATE TABLE a (b date DEFAULT $$today$$::date)',
  'CREATE TABLE a (b date DEFAULT $x$today$x$::date)',
  "CREATE TABLE a (b date DEFAULT E'\\164oday')",
  "CREATE TABLE a (b date DEFAULT E'\\tnow')",
  "CREATE TABLE a (b date DEFAULT U&'\\0074oday')",
  "CREATE TABLE a (b date DEFAULT 'to'\n'day')",
  "CREATE TABLE a (b timetz DEFAULT '12:00 America/New_York')",
  "CREATE TABLE a (b timetz DEFAULT 'America/New_York 12:00')",
  'CREATE TABLE a PARTITION OF b FOR VALUES FROM (f()) TO (now())',
  'CREATE TABLE a PARTITION OF b FOR VALUES FROM ("f"()) TO (1)',
  "CREATE FUNCTION f(a date DEFAULT 'now') RETURNS int LANGUAGE sql AS 'select 1'",
  'ALTER ROLE a SET search_path = b',
  'ALTER SYSTEM SET work_mem = 1',
  'CREATE EVENT TRIGGER a ON ddl_command_end EXECUTE FUNCTION f()',
  'PREPARE a AS SELECT 1',
  'ROLLBACK',
  'SAVEPOINT a',
  'LISTEN a',
  'DISCARD ALL',
])('not plain: %s', (text) => {
  expect(isPlain(statementsOf(text)[0] as (ReturnType<typeof statementsOf>)[0])).toBe(false);
});
