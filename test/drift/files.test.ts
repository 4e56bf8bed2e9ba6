import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { readModelFiles } from '../../src/drift/files.js';
import { findInlineIgnores } from '../../src/drift/inline-ignores.js';

/** A folder with models, with what looks like some, and with what nobody can read. */
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'rowsmith-files-'));
  for (const name of [
    'models/deep',
    'declared',
    'models/node_modules/x',
    'models/.git',
    'only-text',
    'bad',
    'v1.2',
    'linked',
    'empty',
  ])
    mkdirSync(join(folder, name), { recursive: true });
  const files = [
    'models/b.rs',
    'models/a.ts',
    'models/a.d.ts',
    'models/c.tsx',
    'models/x.py',
    'declared/a.d.ts',
    'declared/b.d.ts',
    'declared/b.js',
    'declared/c.d.mts',
    'declared/c.mts',
    'models/deep/z.mts',
    'models/deep/y.rs',
    'models/node_modules/x/no.ts',
    'models/.git/no.ts',
    'only-text/a.txt',
    'v1.2/m.rs',
    'main.rs',
    'models/rs',
  ];
  for (const name of files) writeFileSync(join(folder, name), name);
  symlinkSync('../models', join(folder, 'linked/all'));
  symlinkSync('../main.rs', join(folder, 'linked/one.rs'));
  symlinkSync('..', join(folder, 'linked/up'));
  symlinkSync('nowhere.rs', join(folder, 'bad/gone.rs'));
  symlinkSync('other.rs', join(folder, 'bad/self.rs'));
  symlinkSync('self.rs', join(folder, 'bad/other.rs'));
  writeFileSync(join(folder, 'bad/latin.rs'), Buffer.from([0x73, 0xff]));
  writeFileSync(join(folder, 'bad/edge.rs'), Buffer.alloc(4 * 1024 * 1024, 0x20));
  writeFileSync(join(folder, 'bad/huge.rs'), Buffer.alloc(5 * 1024 * 1024, 0x20));
  mkdirSync(join(folder, 'bad/folder.rs'));
  execFileSync('mkfifo', [join(folder, 'bad/pipe.rs')]);
});
afterAll(() => rmSync(folder, { recursive: true }));

const found = async (...globs: string[]) => (await readModelFiles(globs, folder)).files.map(({ file }) => file);
const models = ['models/a.ts', 'models/b.rs', 'models/c.tsx', 'models/deep/y.rs', 'models/deep/z.mts'];

test.each<[globs: string[], want: readonly string[]]>([
  [['models'], models],
  [['models//'], models],
  [['./models/'], models],
  [['declared/*.{ts,mts}'], ['declared/a.d.ts', 'declared/c.mts']],
  [['models/*'], ['models/a.ts', 'models/b.rs', 'models/c.tsx']],
  [['models/**/*.rs'], ['models/b.rs', 'models/deep/y.rs']],
  [['models/deep/y.rs'], ['models/deep/y.rs']],
  [
    ['models/{b,c}.*', 'main.rs', 'models/b.rs'],
    ['main.rs', 'models/b.rs', 'models/c.tsx'],
  ],
  [['v1.2/*.rs'], ['v1.2/m.rs']],
  [['linked/*.rs'], ['linked/one.rs']],
])('%j name %j', async (globs, want) => {
  expect(await found(...globs)).toEqual(want);
});

test('a file outside of the folder is named by its whole path', async () => {
  expect((await readModelFiles(['../main.rs', join(folder, 'models/b.rs')], join(folder, 'models'))).files).toEqual(
    [
      { file: join(folder, 'main.rs'), text: 'main.rs' },
      { file: 'b.rs', text: 'models/b.rs' },
    ].sort((a, b) => (a.text < b.text ? -1 : 1)),
  );
});

test('folders behind links are read, each once', async () => {
  const files = await found('**/*.rs');
  expect(files.filter((file) => file.endsWith('y.rs'))).toEqual(['models/deep/y.rs']);
  expect(files).toContain('linked/one.rs');
});

test('what cannot be read is named with its reason, and the rest is read', async () => {
  const { files, unread } = await readModelFiles(['bad/*.rs', 'main.rs'], folder);
  expect(files.map(({ file }) => file)).toEqual(['bad/edge.rs', 'main.rs']);
  expect(unread.map(({ name, file, line, broken, reason }) => [name, file === name, line, broken, reason])).toEqual([
    ['bad/gone.rs', true, 1, true, 'it is a broken link'],
    ['bad/huge.rs', true, 1, true, 'it has 5 MB; the limit is 4 MB'],
    ['bad/latin.rs', true, 1, true, 'it is not valid UTF-8'],
    ['bad/other.rs', true, 1, true, 'it is a circular link'],
    ['bad/pipe.rs', true, 1, true, 'it is a pipe or a device, not a file'],
    ['bad/self.rs', true, 1, true, 'it is a circular link'],
  ]);
  expect((await readModelFiles(['bad/folder.rs'], folder)).unread.map(({ reason }) => reason)).toEqual([
    'it is a folder',
  ]);
});

test.each([
  ['none/*.rs', 'matches no file'],
  ['gone.rs', 'matches no file'],
  ['empty', 'matches no file'],
  ['only-text/*', 'matches 1 files, none in a language that rowsmith reads'],
  ['models/a.d.ts', 'matches 1 files, none in a language that rowsmith reads'],
])('%s %s', async (glob, problem) => {
  await expect(readModelFiles(['main.rs', glob], folder)).rejects.toMatchObject({
    code: 'models-not-found',
    message: `--models ${glob} ${problem}.`,
    hint: expect.stringMatching(/^Quote the glob so that the shell does not expand it\. rowsmith reads: \.rs, /),
  });
});

test.each([
  [
    'on its own line',
    'struct A {\n  // drift-ignore x\n\n  /* more */\n  #[attribute]\n  @decorated\n  a: i32\n}',
    [['x', 2, 7]],
  ],
  [
    'behind what it speaks of',
    'a: i32, // drift-ignore x-y ,  z*\nb: i32',
    [
      ['x-y', 1, 1],
      ['z*', 1, 1],
    ],
  ],
  ['in a block', '/**\n * drift-ignore *\n */\na: i32', [['*', 2, 4]]],
  ['at the end', 'a: i32\n// drift-ignore x', [['x', 2, 0]]],
  ['in no comment', 'let a = "drift-ignore x";\n// nodrift-ignore y\n// drift-ignore', []],
])('comments to ignore: %s', (_, text, want) => {
  expect(
    findInlineIgnores([
      { file: 'other.rs', text: '' },
      { file: 'm.rs', text },
    ]).map(({ rule, file, line, about }) => [rule, line, about, ...(file === 'm.rs' ? [] : [file])]),
  ).toEqual(want);
});
