/** What V8 compiled is kept and taken again, and nothing that is broken or of another source is. */
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { rowsmith } from './support/cli.js';
import { repositoryPath } from './support/repository.js';

let folder: string;
let outputs = 0;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'rowsmith-compiled-'));
  for (const part of ['dist/chunks', 'dist/cli', 'dist/index.js', 'templates', 'package.json']) cpSync(repositoryPath(part), join(folder, part), { recursive: true });
  mkdirSync(join(folder, 'node_modules'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function generate(environment: Record<string, string> = {}) {
  const source = repositoryPath('test/cases/schemas/expected/catalog.json');
  return rowsmith(['generate', '--source', source, '--out', `out${outputs++}`], folder, environment, join(folder, 'dist/cli/main.js'));
}

const cache = () => join(folder, 'node_modules/.cache/rowsmith/compiled');
const kept = () => readdirSync(cache()).flatMap((tag) => readdirSync(join(cache(), tag)).map((name) => join(cache(), tag, name)));
const written = { code: 0, stderr: '', stdout: expect.stringMatching(/^out\d+: (\d+) of \1 files changed\n/) };

test('nothing is kept where Node shall keep nothing', () => {
  expect(generate({ NODE_DISABLE_COMPILE_CACHE: '1' })).toMatchObject(written);
  expect(existsSync(cache())).toBe(false);
});

test('a run keeps what it called, and the next of its kind keeps nothing more', () => {
  expect(generate()).toMatchObject(written);
  const files = kept().map((path) => [path, readFileSync(path)]);
  expect(files.length).toBeGreaterThan(2);
  expect(generate()).toMatchObject(written);
  expect(kept().map((path) => [path, readFileSync(path)])).toEqual(files);
});

test.each<[string, (content: Buffer) => Buffer]>([
  ['is empty', () => Buffer.alloc(0)],
  ['ends early', (content) => content.subarray(0, content.length / 2)],
  ['is of zeros', (content) => Buffer.alloc(content.length)],
  ['has one other byte', (content) => Buffer.concat([content.subarray(0, 1000), Buffer.from([(content[1000] ?? 0) ^ 255]), content.subarray(1001)])],
])('a cache that %s is made anew', (_what, spoil) => {
  generate();
  const files = kept().map((path) => [path, readFileSync(path).length] as const);
  for (const [path] of files) writeFileSync(path, spoil(readFileSync(path)));
  expect(generate()).toMatchObject(written);
  for (const [path, length] of files) expect(readFileSync(path).length).toBeGreaterThan(length / 2);
});

test('a chunk that changed runs as it is now', () => {
  generate();
  const chunk = join(folder, 'dist/chunks/command.cjs');
  writeFileSync(chunk, readFileSync(chunk, 'utf8').replace('files changed', 'files altered'));
  expect(generate().stdout).toContain('files altered\n');
});
