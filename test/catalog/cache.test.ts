import { beforeAll, expect, test } from '@jest/globals';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cacheFolder, writeCached } from '../../src/cache-folder.js';
import { startPglite } from '../../src/catalog/sources/sql/pglite.js';
import { decodeSnapshot, encodeSnapshot } from '../../src/catalog/sources/sql/snapshot.js';
import { scratchFolder } from './scratch.js';

const { folder, write } = scratchFolder();
const cache = join(folder, 'cache');
const file = join(cache, 'pglite-data.snapshot');

/** What a schema looks like to whoever starts the server with this cache, and then leaves something of its own behind. */
async function schemaWith(cacheUsed: string): Promise<unknown> {
  const database = await startPglite([], cacheUsed);
  const results = await database.run(
    "create table t (id int); alter system set work_mem = '1MB'; create role left_behind; select count(*), string_agg(relname, ' ' order by relname) from pg_class; select string_agg(rolname, ' ' order by rolname) from pg_roles; select string_agg(name || setting, ' ' order by name) from pg_settings where source = 'configuration file'",
  );
  await database.run("select pg_switch_wal(); checkpoint; copy (select 'x') to '/pglite/data/left_behind'");
  await database.close();
  return results.flatMap(({ rows }) => rows);
}

let expected: unknown;
let intact: Buffer;
let key: string;

beforeAll(async () => {
  expected = await schemaWith(cache);
  intact = readFileSync(file);
  key = (JSON.parse(/\{"key".*?\]\}/s.exec(intact.subarray(0, 1 << 20).toString('latin1'))?.[0] ?? '') as { key: string }).key;
});

test('a data directory that was kept starts the same server, and what SQL does is not kept', async () => {
  expect(await schemaWith(cache)).toEqual(expected);
  expect(readFileSync(file).equals(intact)).toBe(true);
  expect(readdirSync(cache)).toEqual(['pglite-data.snapshot']);
});

const broken: [name: string, content: () => Uint8Array][] = [
  ['empty', () => Buffer.alloc(0)],
  ['truncated', () => intact.subarray(0, intact.length >> 1)],
  ['of one bit less', () => Buffer.from(intact.map((byte, at) => (at === intact.length >> 1 ? byte ^ 1 : byte)))],
  ['of another version', () => encodeSnapshot(`${key}9`, decodeSnapshot(key, intact) ?? [])],
  ['of something else', () => Buffer.from('a file of this name that something else made')],
  ['without a server that could start', () => encodeSnapshot(key, [{ path: '/PG_VERSION', mode: 0o600, content: Buffer.from('18\n') }])],
];

test.each(broken)('a cache %s is thrown away and made again', async (_name, content) => {
  writeFileSync(file, content());
  expect(await schemaWith(cache)).toEqual(expected);
  expect(decodeSnapshot(key, readFileSync(file))).toHaveLength(decodeSnapshot(key, intact)?.length ?? 0);
  expect(process.exitCode).toBeUndefined();
});

test('a folder that cannot be made is no cache, and no failure', async () => {
  expect(await schemaWith(join(write('a-file', ''), 'cache'))).toEqual(expected);
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
