/**
 * Outputs of hundreds of files, which take so long that a run can be killed in the middle. What exists is treated with
 * the same care.
 */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { Relation } from '../src/catalog/catalog.js';
import { readCatalogFile } from '../src/catalog/catalog-file.js';
import { serializeCatalog } from '../src/catalog/serialize.js';
import { check, generate } from '../src/index.js';
import { rowsmith } from './support/cli.js';
import { repositoryPath } from './support/repository.js';

const main = repositoryPath('dist/cli/main.js');
const run = (source: string) => ['generate', '--source', source, '--out', 'generated'];
let sources: string;
let folder: string;
const path = (name: string) => join(folder, name);

/** A table of 14 columns, 400 times, under names with the same beginning. */
async function manyTables(prefix: string): Promise<string> {
  const catalog = await readCatalogFile(repositoryPath('test/cases/arrays-and-dates/expected/catalog.json'));
  const relations = Array.from({ length: 400 }, (_, index) => ({
    ...(catalog.relations[0] as Relation),
    name: `${prefix}_${1000 + index}`,
  }));
  return serializeCatalog({ ...catalog, relations }, prefix);
}

beforeAll(async () => {
  sources = mkdtempSync(join(tmpdir(), 'rowsmith-many-'));
  for (const name of ['before', 'after']) writeFileSync(join(sources, `${name}.json`), await manyTables(name));
});
afterAll(() => rmSync(sources, { recursive: true }));

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rowsmith-many-'));
  for (const name of ['before', 'after']) cpSync(join(sources, `${name}.json`), path(`${name}.json`));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Every file below a folder, with its text. */
function tree(name: string): Record<string, string> {
  if (!existsSync(path(name))) return {};
  const files = readdirSync(path(name), { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return Object.fromEntries(
    files
      .map((entry) => [
        join(entry.parentPath, entry.name).slice(path(name).length + 1),
        readFileSync(join(entry.parentPath, entry.name), 'utf8'),
      ])
      .sort(),
  );
}

/** The names of the files that differ between two folders. */
const differing = (a: Record<string, string>, b: Record<string, string>) =>
  [...new Set([...Object.keys(a), ...Object.keys(b)])].filter((name) => a[name] !== b[name]);

const leftovers = () =>
  readdirSync(folder, { recursive: true })
    .map(String)
    .filter((name) => /(^|\/)\.[^/]*rowsmith/.test(name));

test('only what differs is touched, and check shows it', async () => {
  const config = { source: { catalog: path('before.json') }, out: path('generated') };
  const first = await generate({ config });
  expect(first.changes).toHaveLength(first.files.length);
  expect(first.files.map(({ path: name }) => name).sort()).toEqual(Object.keys(tree('generated')));
  const wanted = tree('generated');
  for (const { path: name, size } of first.files) expect(size).toBe(Buffer.byteLength(wanted[name] ?? ''));
  const [kept, edited, gone] = ['models/before1000.ts', 'models/before1001.ts', 'relations/before1002.ts'];
  const long = new Date(1_000_000_000_000);
  utimesSync(path(`generated/${kept}`), long, long);
  writeFileSync(path(`generated/${edited}`), `${wanted[edited]}// mine\n`);
  writeFileSync(path(`generated/models/old.ts`), wanted[kept] ?? '');
  rmSync(path(`generated/${gone}`));
  const { changes, staleness } = await check({ config });
  expect(changes).toEqual([
    { kind: 'stale', path: edited, text: wanted[edited], previous: `${wanted[edited]}// mine\n` },
    { kind: 'missing', path: gone, text: wanted[gone] },
    { kind: 'orphaned', path: 'models/old.ts', previous: wanted[kept] },
  ]);
  expect(staleness?.files[0]).toEqual({ path: edited, causes: [['edited']] });
  expect((await generate({ config })).changes).toEqual(changes.map(({ kind, path: name }) => ({ kind, path: name })));
  expect(differing(tree('generated'), wanted)).toEqual([]);
  expect(statSync(path(`generated/${kept}`)).mtimeMs).toBe(long.getTime());
  expect(leftovers()).toEqual([]);
});

describe('leaves the folder as it was where', () => {
  let old: Record<string, string>;
  beforeEach(() => {
    expect(rowsmith(run('before.json'), folder)).toMatchObject({ code: 0 });
    old = tree('generated');
  });
  afterEach(() => {
    expect(differing(tree('generated'), old)).toEqual([]);
    expect(leftovers()).toEqual([]);
  });

  test("a file of the name is somebody's own", () => {
    old['models/after1100.ts'] = 'mine';
    writeFileSync(path('generated/models/after1100.ts'), 'mine');
    const { code, stderr } = rowsmith(run('after.json'), folder);
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: expect.stringMatching(
        /^error: .*after1100\.ts was not generated by rowsmith and would be overwritten\.\n/,
      ),
    });
  });

  test('a template fails after hundreds of files', () => {
    mkdirSync(path('templates'));
    const model = readFileSync(repositoryPath('templates/relations.ts.hbs'), 'utf8');
    writeFileSync(path('templates/relations.ts.hbs'), `${model}{{nothing}}`);
    writeFileSync(
      path('rowsmith.config.mjs'),
      `export default { source: { catalog: 'after.json' }, templates: 'templates' };`,
    );
    expect(rowsmith(['generate'], folder)).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/^error: The template relations\.ts\.hbs failed/),
    });
    // If there was no folder, none is created.
    expect(rowsmith(['generate', '--out', 'deep/er/out'], folder)).toMatchObject({ code: 2 });
    expect(existsSync(path('deep'))).toBe(false);
  });

  test('the system lets no file grow', () => {
    const limited = spawnSync(
      'sh',
      ['-c', 'ulimit -f 4; exec "$0" "$@"', process.execPath, main, ...run('after.json')],
      { cwd: folder, env: { PATH: process.env['PATH'], HOME: folder }, encoding: 'utf8' },
    );
    expect(limited).toMatchObject({
      status: 2,
      stderr: expect.stringMatching(
        /^error: The output folder .*generated cannot be written: EFBIG: .*\n {2}The system does not allow files of that size/,
      ),
    });
  });

  test.each(['SIGINT', 'SIGTERM'] as const)('%s comes while it renders', async (signal) => {
    const child = spawn(process.execPath, [main, ...run('after.json')], {
      cwd: folder,
      env: { PATH: process.env['PATH'], HOME: folder },
    });
    const ended = once(child, 'close') as Promise<[number | null, string | null]>;
    while (!existsSync(path('generated/.rowsmith-new.tmp')) && child.exitCode === null) await sleep(1);
    child.kill(signal);
    expect(await ended).toEqual([null, signal]);
  });
});

/** Kills the process before call number `at` of those that change a file, and returns its signal. */
function killed(at: number): NodeJS.Signals | null {
  const hook = pathToFileURL(repositoryPath('test/faults/die-at-call.mjs')).href;
  const env = { PATH: process.env['PATH'] ?? '', HOME: folder, FAULT_FOLDER: folder, FAULT_AT: String(at) };
  return spawnSync(process.execPath, ['--import', hook, main, ...run('after.json')], { cwd: folder, env }).signal;
}

// In an existing folder, files are first written, then moved to their places, then orphans are removed.
test.each([
  [['before.json'], [8, 250, 900, 1300, 2000]],
  [[], [8, 60, 250, 500]],
])('killed while it writes, after %j, the files are old or new and the next run mends it', (earlier, calls) => {
  rowsmith(run('after.json'), folder);
  const wanted = tree('generated');
  for (const at of calls) {
    rmSync(path('generated'), { recursive: true, force: true });
    for (const source of earlier) rowsmith(run(source), folder);
    const old = tree('generated');
    expect([at, killed(at)]).toEqual([at, 'SIGKILL']);
    for (const [name, text] of Object.entries(tree('generated')))
      if (!name.startsWith('.rowsmith-new.tmp')) expect([old[name], wanted[name]]).toContain(text);
    expect(rowsmith([...run('after.json'), '--verbose'], folder)).toMatchObject({ code: 0 });
    expect(differing(tree('generated'), wanted)).toEqual([]);
    expect(leftovers()).toEqual([]);
  }
});
