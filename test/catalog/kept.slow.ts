import {
  chmodSync,
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { openEmbedded } from '../../src/postgres/embedded/embedded.js';
import { KeptDirectories } from '../../src/postgres/embedded/kept-directories.js';
import { findServerFiles } from '../../src/postgres/embedded/packages.js';
import { namesAfter, planFor } from '../../src/postgres/embedded/prefixes.js';
import { packFiles } from '../../src/postgres/embedded/server/packed-files.js';
import { startEmpty } from '../../src/postgres/embedded/standby.js';
import { scratchFolder } from './scratch.js';

const { folder, write } = scratchFolder();
/** As much SQL as makes a directory worth keeping, in few statements. */
const long = (name: string) =>
  Array.from({ length: 5 }, (_, index) => `COMMENT ON TABLE ${name} IS '${name} ${index} ${'.'.repeat(10_000)}';`).join(
    '\n',
  );
const first = `CREATE SCHEMA app;\nSET search_path = app;\nCREATE TABLE a (id int PRIMARY KEY, at timestamptz DEFAULT now());\nALTER TABLE a OWNER TO somebody;\n${long('a')}`;
const second =
  'CREATE TABLE app.b (id int REFERENCES app.a, t text COLLATE "de-x-icu");\nINSERT INTO app.a VALUES (1);\nDO $$ BEGIN CREATE TABLE done (id int); END $$;\nCREATE EXTENSION citext;';
const third =
  'SET no_such_parameter = 1;\nCREATE TABLE in_public (id int);\nCOMMENT ON TABLE in_public IS $$the end$$;';

interface Run {
  readonly schema: unknown;
  readonly notes: readonly string[];
}

const facts = `
  select c.relnamespace::regnamespace || '.' || c.relname as relation, c.relkind::text as kind, pg_get_userbyid(c.relowner) as owner, obj_description(c.oid, 'pg_class') as comment,
    (select string_agg(a.attname || ' ' || format_type(a.atttypid, a.atttypmod) || coalesce(pg_get_expr(d.adbin, d.adrelid), ''), ',' order by a.attnum)
      from pg_attribute a left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum where a.attrelid = c.oid and a.attnum > 0) as columns
  from pg_class c where c.relnamespace::regnamespace::text in ('public', 'app') order by 1;
  select current_user, session_user, current_setting('search_path') as path, current_setting('work_mem') as memory;
  select extname from pg_extension order by 1;
  select count(*)::int as rows from app.a`;

let runs = 0;

/** Loads files of these texts; with a cache, as a run of the command line does. */
async function load(cache: string | undefined, ...texts: readonly string[]): Promise<Run> {
  const place = `run-${cache === undefined ? 'fresh' : 'kept'}-${runs++}`;
  const paths = texts.map((text, index) => write(`${place}/${index}.sql`, text));
  const notes: string[] = [];
  const session = await openEmbedded(
    paths,
    (note) => notes.push(note.replaceAll(join(folder, place), '')),
    cache === undefined ? { start: (wanted) => startEmpty(wanted, join(folder, 'empty')) } : { cache },
  );
  const schema = await session.query(facts);
  await session.close();
  return { schema, notes };
}

const keptIn = (cache: string) =>
  existsSync(cache)
    ? readdirSync(cache).filter((name) => name.startsWith('pglite-after-') && name.endsWith('.snapshot'))
    : [];

/** A directory is written when the session is closed already. */
async function written(cache: string, count = 1): Promise<readonly string[]> {
  for (let tries = 0; tries < 400 && keptIn(cache).length < count; tries++) await sleep(50);
  if (keptIn(cache).length < count) throw new Error('nothing was kept');
  return keptIn(cache);
}

/** A cache folder with what an empty server starts on, and perhaps what another one keeps. */
function cacheWith(name: string, other?: string): string {
  const cache = join(folder, name);
  if (other !== undefined) cpSync(other, cache, { recursive: true });
  else mkdirSync(cache);
  copyFileSync(join(folder, 'empty/pglite-data.snapshot'), join(cache, 'pglite-data.snapshot'));
  return cache;
}

let fresh: Run;
let kept: string;
let version: string;

beforeAll(async () => {
  ({ version } = await findServerFiles());
  fresh = await load(undefined, first, second, third);
  kept = cacheWith('first');
  expect(await load(kept, first, second, third)).toEqual(fresh);
  expect(await written(kept)).toHaveLength(1);
});

describe('a data directory kept after whole files', () => {
  test('spares them, and nothing of the outcome or of what is said differs', async () => {
    const cache = cacheWith('used', kept);
    const [name] = keptIn(cache) as [string];
    utimesSync(join(cache, name), 1, 1);
    expect(await load(cache, first, second, third)).toEqual(fresh);
    expect(statSync(join(cache, name)).mtimeMs).toBeGreaterThan(1000);
    const more = 'CREATE TABLE more (id int);';
    expect(await load(cache, first, second, more)).toEqual(await load(undefined, first, second, more));
    expect(await load(cache, first, second)).toEqual(await load(undefined, first, second));
  });

  test('keeps what a file leaves behind: settings of roles and of the database begin with a session of the server, not of a file', async () => {
    const cache = cacheWith('settings');
    const texts = [
      `${first}\nALTER ROLE postgres SET work_mem = '7MB'; ALTER DATABASE postgres SET search_path = app; SET work_mem = '9MB';`,
      second,
      third,
    ];
    const whole = await load(undefined, ...texts);
    expect(await load(cache, ...texts)).toEqual(whole);
    await written(cache);
    expect(await load(cache, ...texts)).toEqual(whole);
  });

  test.each([
    ['edited', [first.replace('id int', 'id bigint'), second, third]],
    ['cut elsewhere', [`${first}\n${second}`, third]],
    ['behind another file', ['CREATE TABLE before (id int);', first, second, third]],
    [
      'in another order',
      [second.replace('app.a', 'a').replace(/REFERENCES \S+,/, ','), first, third].map((text) =>
        text.replace(/INSERT INTO app\.a.*\n/, '').replace('app.b', 'b'),
      ),
    ],
  ])('is not used for files that are %s', async (change, texts) => {
    const cache = cacheWith(`not-${change}`, kept);
    const [name] = keptIn(cache) as [string];
    utimesSync(join(cache, name), 1, 1);
    expect(await load(cache, ...texts)).toEqual(await load(undefined, ...texts));
    expect(statSync(join(cache, name)).mtimeMs).toBe(1000);
  });

  test.each<[string, (place: string, name: string) => Promise<void> | void]>([
    [
      'truncated',
      (place, name) => writeFileSync(join(place, name), readFileSync(join(place, name)).subarray(0, 1_000_000)),
    ],
    ['empty', (place, name) => writeFileSync(join(place, name), '')],
    [
      'one on which no server starts',
      (place, name) =>
        new KeptDirectories(place, version).keep(name, {
          bytes: packFiles([{ path: '/PG_VERSION', mode: 0o600, content: Buffer.from('18\n') }]),
          remarks: [],
        }),
    ],
  ])('that is %s is thrown away, and made anew', async (name, spoil) => {
    const cache = cacheWith(`bad-${name}`, kept);
    const [bad] = keptIn(cache) as [string];
    await spoil(cache, bad);
    expect(await load(cache, first, second, third)).toEqual(fresh);
    expect(await load(cache, first, second, third)).toEqual(fresh);
    await written(cache);
    for (let tries = 0; tries < 400 && statSync(join(cache, bad)).size < 10_000_000; tries++) await sleep(50);
    expect(await load(cache, first, second, third)).toEqual(fresh);
  });

  test('may be made by several runs at once', async () => {
    const cache = cacheWith('at-once');
    const all = await Promise.all([1, 2, 3].map(() => load(cache, first, second, third)));
    for (const run of all) expect(run).toEqual(fresh);
    await written(cache);
    for (let tries = 0; tries < 200 && readdirSync(cache).some((name) => name.endsWith('.tmp')); tries++)
      await sleep(50);
    expect(readdirSync(cache).filter((name) => name.endsWith('.snapshot'))).toHaveLength(2);
    expect(await load(cache, first, second, third)).toEqual(fresh);
  });

  test('is not made of a single file, of little SQL, or where a file leaves tables without a log', async () => {
    for (const texts of [
      [`${first}\n${second}`],
      [first.slice(0, first.indexOf('COMMENT')), second, third],
      [`${first}\nCREATE UNLOGGED TABLE u (id int);`, second, third],
    ]) {
      const cache = cacheWith(`unkept-${runs}`);
      expect(await load(cache, ...texts)).toEqual(await load(undefined, ...texts));
      await sleep(500);
      expect(keptIn(cache)).toEqual([]);
    }
  });

  test('is no matter where nothing can be written', async () => {
    expect(await load(join(write('a-file', ''), 'cache'), first, second, third)).toEqual(fresh);
    const cache = cacheWith('read-only', kept);
    chmodSync(cache, 0o500);
    expect(await load(cache, first, second, third)).toEqual(fresh);
    expect(await load(cache, first, third, second)).toEqual(await load(undefined, first, third, second));
    chmodSync(cache, 0o700);
  });

  test('that was not used for longest goes, with what a killed run left', async () => {
    const cache = cacheWith('many', kept);
    const [own] = keptIn(cache) as [string];
    const old = ['1', '2', '3'].map((each) => `pglite-after-${each.repeat(32)}.snapshot`);
    for (const [index, name] of [
      'pglite-head-3-00000000000000000000000000000000.snapshot',
      ...old,
      'pglite-data.snapshot.0123.tmp',
    ].entries()) {
      writeFileSync(join(cache, name), 'x');
      utimesSync(join(cache, name), index + 1, index + 1);
    }
    utimesSync(join(cache, own), 10, 10);
    await load(cache, first.replace('id int', 'id bigint'), second, third);
    for (
      let tries = 0;
      tries < 400 && readdirSync(cache).some((name) => name.endsWith('.tmp') || name.includes('head'));
      tries++
    )
      await sleep(50);
    expect(keptIn(cache)).toHaveLength(3);
    expect(keptIn(cache)).toEqual(expect.arrayContaining([own, old[2]]));
    rmSync(cache, { recursive: true });
  });
});

describe('which directory is kept', () => {
  const texts = Array.from({ length: 5 }, (_, index) => `${index}`.repeat(30_000));
  const names = namesAfter('1', texts);

  test('the name tells of each character, of where files end, and of PGlite', () => {
    const lists = [['ab', 'c'], ['a', 'bc'], ['abc'], ['ab', 'C'], ['c', 'ab'], ['', 'ab', 'c'], ['ab', '', 'c']];
    expect(new Set(lists.map((list) => namesAfter('1', list).at(-1))).size).toBe(lists.length);
    expect(namesAfter('1', ['ab'])).not.toEqual(namesAfter('2', ['ab']));
    expect(namesAfter('1', ['ab', 'c'])[0]).toBe(namesAfter('1', ['ab', 'd'])[0]);
  });

  test.each<
    [
      string,
      { kept: readonly number[]; before?: readonly string[]; list?: readonly string[] },
      { already: number; after?: number },
    ]
  >([
    ['all but the last, the first time', { kept: [] }, { already: 0, after: 4 }],
    ['nothing more, where that is kept', { kept: [4], before: names }, { already: 4 }],
    [
      'those before the first that changed',
      { kept: [], before: names.map((name, index) => (index < 2 ? name : 'other')) },
      { already: 0, after: 2 },
    ],
    ['those before one that is new', { kept: [3], before: names.slice(0, 4) }, { already: 3 }],
    ['those before two that are new', { kept: [1], before: names.slice(0, 3) }, { already: 1, after: 3 }],
    ['nothing, where the first one changes', { kept: [], before: ['other'] }, { already: 0 }],
    ['the longest is used', { kept: [1, 3, 2], before: names }, { already: 3 }],
    [
      'a list that has become shorter has run',
      { kept: [2, 4], before: names, list: texts.slice(0, 2) },
      { already: 2 },
    ],
  ])('%s', (_name, { kept: counts, before = [], list = texts }, { already, after }) => {
    const plan = planFor(
      namesAfter('1', list),
      list,
      new Set(counts.map((count) => names[count - 1] as string)),
      before,
    );
    expect(plan).toEqual({
      already,
      ...(already > 0 ? { from: names[already - 1] } : {}),
      ...(after === undefined ? {} : { keep: { after, name: names[after - 1] } }),
    });
  });
});
