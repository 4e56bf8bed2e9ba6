import { beforeAll, expect, test } from '@jest/globals';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cacheFolder, writeCached } from '../../src/cache-folder.js';
import { startPglite } from '../../src/postgres/embedded/pglite.js';
import { decodeSnapshot, encodeSnapshot } from '../../src/postgres/embedded/snapshot.js';
import { scratchFolder } from './scratch.js';

const { folder, write } = scratchFolder();
const cache = join(folder, 'cache');
const file = join(cache, 'pglite-data.snapshot');

/** What a server answers that starts with this cache; then it leaves something of its own behind, in vain. */
async function answersWith(cacheUsed: string): Promise<unknown> {
  const database = await startPglite([], cacheUsed);
  const answers = await database.run(`
    create table t (id int);
    select count(*), string_agg(relname, ' ' order by relname) from pg_class;
    select string_agg(rolname, ' ' order by rolname) from pg_roles;
    select string_agg(name || setting, ' ' order by name) from pg_settings where source = 'configuration file'`);
  for (const sql of ["alter system set work_mem = '1MB'", 'create role left_behind', 'checkpoint', "copy (select 'x') to '/pglite/data/left_behind'"]) {
    await database.run(sql);
  }
  await database.close();
  return answers.map(({ rows }) => rows);
}

let expected: unknown;
let intact: Buffer;
let key: string;

beforeAll(async () => {
  expected = await answersWith(cache);
  intact = readFileSync(file);
  key = /"key":"([^"]*)"/.exec(intact.subarray(0, 1 << 10).toString('latin1'))?.[1] ?? '';
});

test('a data directory that was kept starts the same server, and what SQL does is not kept', async () => {
  expect(await answersWith(cache)).toEqual(expected);
  expect(readFileSync(file).equals(intact)).toBe(true);
  expect(readdirSync(cache)).toEqual(['pglite-data.snapshot']);
});

test.each([false, true])('a snapshot is taken only whole and of its key', (spareFreeSpace) => {
  const entries = [
    { path: '/base', mode: 0o700 },
    { path: '/base/1', mode: 0o640, content: Buffer.from('one') },
    { path: '/PG_VERSION', mode: 0o600, content: Buffer.alloc(0) },
  ];
  const bytes = encodeSnapshot('PGlite 1', entries, spareFreeSpace);
  expect(decodeSnapshot('PGlite 1', bytes)).toEqual(entries);
  expect(decodeSnapshot('PGlite 2', bytes)).toBeUndefined();
  for (let at = 0; at < bytes.length; at++) {
    expect(decodeSnapshot('PGlite 1', bytes.subarray(0, at))).toBeUndefined();
    const changed = Buffer.from(bytes);
    changed.writeUInt8(bytes.readUInt8(at) ^ 1, at);
    expect(decodeSnapshot('PGlite 1', changed)).toBeUndefined();
  }
});

const useless: [name: string, content: () => Uint8Array][] = [
  ['that is broken', () => intact.subarray(0, intact.length - 1)],
  ['on which no server starts', () => encodeSnapshot(key, [{ path: '/PG_VERSION', mode: 0o600, content: Buffer.from('18\n') }])],
];

test.each(useless)('a cache %s is thrown away and made again', async (_name, content) => {
  writeFileSync(file, content());
  expect(await answersWith(cache)).toEqual(expected);
  const count = (bytes: Buffer) => decodeSnapshot(key, bytes)?.length;
  expect(count(readFileSync(file))).toBe(count(intact));
  expect(process.exitCode).toBeUndefined();
});

test('a folder that cannot be made is no cache, and no failure', async () => {
  expect(await answersWith(join(write('a-file', ''), 'cache'))).toEqual(expected);
});

test('the free space of pages is spared, and nothing else', () => {
  const page = (lower: number, upper: number, fill = 0) => {
    const bytes = Buffer.alloc(8192, 1).fill(fill, Math.min(lower, upper), Math.min(upper, 8192));
    bytes.writeUInt16LE(lower, 12);
    bytes.writeUInt16LE(upper, 14);
    return bytes;
  };
  const zeros = Buffer.alloc(8192);
  const pages = [page(24, 8192), page(24, 8000), page(24, 8000, 2), page(8000, 24), page(24, 1000), page(24, 60_000), zeros];
  const contents = [...pages, Buffer.concat(pages), Buffer.concat([...pages, Buffer.from('the end')]), Buffer.concat([Buffer.alloc(8191, 1), ...pages]), zeros.subarray(1), Buffer.from('short')];
  for (const content of contents) {
    const [entry] = decodeSnapshot('PGlite 1', encodeSnapshot('PGlite 1', [{ path: '/file', mode: 0o600, content }], true)) ?? [];
    expect(Buffer.from(entry?.content ?? []).equals(content)).toBe(true);
  }
  expect(encodeSnapshot('PGlite 1', pages.slice(0, 2).map((content) => ({ path: '/file', mode: 0o600, content })), true).length).toBeLessThan(1_000);
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
  expect(cacheFolder('/')).toBe(existsSync('/node_modules') ? '/node_modules/.cache/rowsmith' : '/home/me/caches/rowsmith');
  if (outside === undefined) delete process.env['XDG_CACHE_HOME'];
  else process.env['XDG_CACHE_HOME'] = outside;
});
