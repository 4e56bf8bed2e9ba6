import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from '@jest/globals';
import { cacheFolder, writeCached } from '../../src/cache-folder.js';
import { emptyDirectory, KeptDirectories } from '../../src/postgres/embedded/kept-directories.js';
import { findServerFiles } from '../../src/postgres/embedded/packages.js';
import { packFiles, unpackFiles } from '../../src/postgres/embedded/server/packed-files.js';
import { startEmpty } from '../../src/postgres/embedded/standby.js';
import { scratchFolder } from './scratch.js';

const { folder, write } = scratchFolder();
const cache = join(folder, 'cache');
const file = join(cache, emptyDirectory);

/** What a server answers that starts with this cache; then it leaves something of its own behind, in vain. */
async function answersWith(cacheUsed: string): Promise<unknown> {
  const database = await startEmpty({ extensions: [], timeout: 60, characters: 0 }, cacheUsed);
  const answers = await database.query(`
    create table t (id int);
    select count(*), string_agg(relname, ' ' order by relname) from pg_class;
    select string_agg(rolname, ' ' order by rolname) from pg_roles;
    select string_agg(name || setting, ' ' order by name) from pg_settings where source = 'configuration file'`);
  for (const sql of ['create role left_behind', 'checkpoint', "copy (select 'x') to '/pglite/data/left_behind'"])
    await database.load(sql);
  await database.close();
  return answers;
}

let expected: unknown;
let intact: Buffer;
let version: string;

beforeAll(async () => {
  ({ version } = await findServerFiles());
  expected = await answersWith(cache);
  intact = readFileSync(file);
});

test('a data directory that was kept starts the same server, and what SQL does is not kept', async () => {
  expect(await answersWith(cache)).toEqual(expected);
  expect(readFileSync(file).equals(intact)).toBe(true);
  expect(readdirSync(cache)).toEqual([emptyDirectory]);
});

test('a snapshot gives the tree that it was made of, and none outside of it', () => {
  const entries = [
    { path: '/base', mode: 0o700 },
    { path: '/base/1', mode: 0o640, content: Buffer.from('one') },
    { path: '/PG_VERSION', mode: 0o600, content: Buffer.alloc(0) },
  ];
  expect(unpackFiles(packFiles(entries))).toEqual(entries);
  expect(() =>
    unpackFiles(packFiles([{ path: '/base/../../lib/x.so', mode: 0o600, content: Buffer.from('x') }])),
  ).toThrow('outside of its tree');
});

test('a kept directory is taken only whole, of its name and of its PGlite', async () => {
  const place = join(folder, 'whole');
  const directories = new KeptDirectories(place, '1.0');
  const kept = { bytes: Buffer.from('some bytes'), remarks: [{ file: 1, line: 2, text: 'é' }] };
  await directories.keep('pglite-after-x.snapshot', kept);
  expect(await directories.read('pglite-after-x.snapshot')).toEqual(kept);
  const bytes = readFileSync(join(place, 'pglite-after-x.snapshot'));
  const put = (name: string, content: Uint8Array) => writeFileSync(join(place, name), content);
  for (let at = 0; at < bytes.length; at++) {
    put('pglite-after-x.snapshot', bytes.subarray(0, at));
    expect(await directories.read('pglite-after-x.snapshot')).toBeUndefined();
    const changed = Buffer.from(bytes);
    changed.writeUInt8(bytes.readUInt8(at) ^ 1, at);
    put('pglite-after-x.snapshot', changed);
    expect(await directories.read('pglite-after-x.snapshot')).toBeUndefined();
    expect(existsSync(join(place, 'pglite-after-x.snapshot'))).toBe(false);
  }
  put('pglite-after-y.snapshot', bytes);
  expect(await directories.read('pglite-after-y.snapshot')).toBeUndefined();
  put('pglite-after-x.snapshot', bytes);
  expect(await new KeptDirectories(place, '1.1').read('pglite-after-x.snapshot')).toBeUndefined();
});

const useless: [name: string, spoil: () => Promise<void>][] = [
  ['that is broken', async () => writeFileSync(file, intact.subarray(0, intact.length - 1))],
  [
    'on which no server starts',
    () =>
      new KeptDirectories(cache, version).keep(emptyDirectory, {
        bytes: packFiles([{ path: '/PG_VERSION', mode: 0o600, content: Buffer.from('18\n') }]),
        remarks: [],
      }),
  ],
  [
    'that is no directory',
    () =>
      new KeptDirectories(cache, version).keep(emptyDirectory, { bytes: Buffer.from('nothing like it'), remarks: [] }),
  ],
];

test.each(useless)('a cache %s is thrown away and made again', async (_name, spoil) => {
  await spoil();
  expect(await answersWith(cache)).toEqual(expected);
  expect(statSync(file).size).toBeGreaterThan(intact.length * 0.9);
  expect(process.exitCode).toBeUndefined();
});

test('a folder that cannot be made is no cache, and no failure', async () => {
  expect(await answersWith(join(write('a-file', ''), 'cache'))).toEqual(expected);
});

test('several writers leave one whole file and nothing else', async () => {
  const shared = join(folder, 'shared');
  const contents = Array.from({ length: 20 }, (_, index) => Buffer.alloc(100_000, index));
  await Promise.all(contents.map((content) => writeCached(join(shared, 'file'), content)));
  expect(readdirSync(shared)).toEqual(['file']);
  const written = readFileSync(join(shared, 'file'));
  expect(contents.some((content) => content.equals(written))).toBe(true);
});

test('the cache lies below the nearest node_modules, or in the cache directory of the user', () => {
  write('project/node_modules/.package-lock.json', '{}');
  write('project/packages/app/schema.sql', '');
  expect(cacheFolder(join(folder, 'project/packages/app'))).toBe(join(folder, 'project/node_modules/.cache/rowsmith'));
  const outside = process.env['XDG_CACHE_HOME'];
  process.env['XDG_CACHE_HOME'] = '/home/me/caches';
  expect(cacheFolder('/')).toBe(
    existsSync('/node_modules') ? '/node_modules/.cache/rowsmith' : '/home/me/caches/rowsmith',
  );
  if (outside === undefined) delete process.env['XDG_CACHE_HOME'];
  else process.env['XDG_CACHE_HOME'] = outside;
});
