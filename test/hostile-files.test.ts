/** Names of tables, models and slices that would be unusual file names. */
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { serializeCatalog } from '../src/catalog/serialize.js';
import { type Config, generate } from '../src/index.js';
import { catalogOf, relation } from './drift/support.js';
import { rowsmith } from './support/cli.js';
import { misplaced } from './support/paths.js';

const folder = mkdtempSync(join(tmpdir(), 'rowsmith-hostile-files-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const odd = [
  '../../x',
  '/etc/passwd',
  '..',
  '.',
  'con',
  'NUL',
  'nul.txt',
  'aux.',
  'com1',
  'LPT9',
  'x.',
  'x ',
  ' x',
  '...',
  'a/b',
  'a\\b',
  'C:x',
  'a:b',
  'a*b?',
  '<a>|"',
  '-rf',
  '~',
  '$(x)',
  '\n',
  'x\u0007',
  'index',
  '.git',
  'é',
  'É2',
  'ﬁ',
  'İ',
  'K',
  '😀',
  'x'.repeat(63),
  'aB'.repeat(31),
];

async function pathsOf(tables: readonly string[], config: Config = {}): Promise<readonly string[]> {
  const home = mkdtempSync(join(folder, 'run-'));
  const catalog = join(home, 'catalog.json');
  mkdirSync(join(home, 'project'));
  writeFileSync(catalog, serializeCatalog(catalogOf(...tables.map((name) => relation(name, { id: 'int8!' }))), 'test'));
  const { files } = await generate({
    config: { ...config, source: { catalog }, out: 'out' },
    folder: join(home, 'project'),
  });
  expect([readdirSync(home).sort(), readdirSync(join(home, 'project'))]).toEqual([
    ['catalog.json', 'project'],
    ['out'],
  ]);
  return files.map(({ path }) => path);
}

test.each(odd)(
  'a table, a slice and a prefix %j have files that every disk takes, below the output folder',
  async (name) => {
    const paths = await pathsOf([name, 'tasks'], { slices: { [name]: ['*'] }, models: { stripPrefix: name } });
    expect(misplaced(paths)).toEqual([]);
    expect(paths.filter((path) => path.startsWith('models/'))).toHaveLength(2);
  },
);

test.each([
  ['caf\u00e9', 'cafe\u0301'],
  ['ſet', 'set'],
  ['ab', 'AB'],
  ['ﬁ', 'FI'],
])('tables %j and %j, which some disk takes for one file, have two', async (...tables) => {
  const paths = await pathsOf(tables);
  const models = paths.filter((path) => path.startsWith('models/'));
  const onDisk = models.map((path) => path.normalize('NFC').toUpperCase().toLowerCase());
  expect([new Set(onDisk).size, misplaced(paths)]).toEqual([2, []]);
});

test('slices that some disk takes for one file are refused', async () => {
  await expect(pathsOf(['a'], { slices: { 'caf\u00e9': ['*'], 'cafe\u0301': ['*'] } })).rejects.toMatchObject({
    code: 'name-collision',
  });
});

test('a name that is longer than a file may be called is refused with a word, and nothing is left', () => {
  const home = mkdtempSync(join(folder, 'run-'));
  writeFileSync(join(home, 'catalog.json'), serializeCatalog(catalogOf(relation('a', { id: 'int8!' })), 'test'));
  writeFileSync(
    join(home, 'rowsmith.config.json'),
    JSON.stringify({ source: { catalog: 'catalog.json' }, models: { a: { name: 'X'.repeat(300) } } }),
  );
  const { code, stderr } = rowsmith(['generate'], home);
  expect({ code, stderr }).toEqual({
    code: 2,
    stderr: expect.stringMatching(
      /^error: The output folder .* cannot be written: ENAMETOOLONG.*\n {2}.*a shorter name in the config\.\n$/,
    ),
  });
  expect(readdirSync(home).sort()).toEqual(['catalog.json', 'rowsmith.config.json']);
});
