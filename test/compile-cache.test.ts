/** Node keeps the compiled command line in rowsmith's cache folder, and no state of that folder causes an error. */
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import module from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { rowsmith } from './support/cli.js';
import { repositoryPath } from './support/repository.js';

let folder: string;
const path = (name: string) => join(folder, name);
const cache = 'node_modules/.cache/rowsmith/compiled';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rowsmith-compile-cache-'));
  for (const part of ['dist', 'templates', 'package.json'])
    cpSync(repositoryPath(part), path(part), { recursive: true });
  mkdirSync(path('node_modules/.cache'), { recursive: true });
  const models = { 'public.users': { name: 'User', plural: 'users' } };
  writeFileSync(path('rowsmith.config.json'), JSON.stringify({ models }));
  for (const name of ['handlebars', 'pluralize'])
    symlinkSync(repositoryPath(`node_modules/${name}`), path(`node_modules/${name}`), 'junction');
});
afterEach(() => rmSync(folder, { recursive: true }));

let outputs = 0;

function generate(environment: Record<string, string> = {}) {
  const source = repositoryPath('test/cases/schemas/expected/catalog.json');
  return rowsmith(
    ['generate', '--source', source, '--out', `out${outputs++}`],
    folder,
    environment,
    path('dist/cli/main.js'),
  );
}

const written = { code: 0, stderr: '', stdout: expect.stringMatching(/^out\d+: (\d+) of \1 files changed\n/) };
const kept = () =>
  readdirSync(path(cache), { recursive: true, encoding: 'utf8', withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );

test('a cache that cannot be written is no error', () => {
  writeFileSync(path('node_modules/.cache/rowsmith'), 'a file, where a folder should be');
  expect(generate()).toMatchObject(written);
});

test('nothing is kept where Node shall keep nothing, or cannot', () => {
  expect(generate({ NODE_DISABLE_COMPILE_CACHE: '1' })).toMatchObject(written);
  expect(existsSync(path(cache))).toBe(false);
});

const testOfNode = 'enableCompileCache' in module ? test : test.skip;

testOfNode.each<[string, (content: Buffer) => Buffer]>([
  ['is as it was left', (content) => content],
  ['is empty', () => Buffer.alloc(0)],
  ['ends early', (content) => content.subarray(0, content.length / 2)],
  ['is of zeros', (content) => Buffer.alloc(content.length)],
  [
    'has one other byte',
    (content) =>
      Buffer.concat([content.subarray(0, 100), Buffer.from([(content[100] ?? 0) ^ 255]), content.subarray(101)]),
  ],
])('a cache that %s is no error', (_what, spoil) => {
  expect(generate()).toMatchObject(written);
  expect(kept().length).toBeGreaterThan(10);
  for (const { parentPath, name } of kept())
    writeFileSync(join(parentPath, name), spoil(readFileSync(join(parentPath, name))));
  expect(generate()).toMatchObject(written);
});

testOfNode('a file that changed runs as it is now', () => {
  generate();
  const chunks = readdirSync(path('dist/chunks')).map((name) => path(`dist/chunks/${name}`));
  const [saying = ''] = chunks.filter(
    (file) => file.endsWith('.js') && readFileSync(file, 'utf8').includes('files changed'),
  );
  writeFileSync(saying, readFileSync(saying, 'utf8').replace('files changed', 'files altered'));
  expect(generate().stdout).toContain('files altered\n');
});
