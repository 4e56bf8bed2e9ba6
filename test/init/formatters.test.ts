import { spawnSync } from 'node:child_process';
import { describe, expect, test } from '@jest/globals';
import { readJsonObject } from '../../src/config/jsonc.js';
import { ignoreInBiome, ignoreInEslint, ignoreOutput } from '../../src/init/formatters.js';
import { readProject } from '../../src/init/project.js';
import { repositoryPath } from '../support/repository.js';
import { project } from './project.js';

describe('biome.json', () => {
  const cases: readonly (readonly [name: string, before: string, files: object])[] = [
    ['empty', '{}', { includes: ['**', '!src/generated'] }],
    ['without files', '{\n  "$schema": "x"\n}\n', { includes: ['**', '!src/generated'] }],
    ['files of no kind', '{ "files": {} }', { includes: ['**', '!src/generated'] }],
    ['other settings of files', '{ "files": { "maxSize": 1 } }', { includes: ['**', '!src/generated'], maxSize: 1 }],
    [
      'a list on one line',
      '{ "files": { "includes": ["**", "!dist"] } }',
      { includes: ['**', '!dist', '!src/generated'] },
    ],
    [
      'a list on several lines, with comments',
      '{\n  // mine\n  "files": {\n    "includes": [\n      "src/**", // all\n      "!x"\n    ]\n  }\n}\n',
      { includes: ['src/**', '!x', '!src/generated'] },
    ],
    [
      'version 1',
      '{ "$schema": "https://biomejs.dev/schemas/1.9.4/schema.json", "files": { "ignore": ["dist"] } }',
      { ignore: ['dist', 'src/generated'] },
    ],
    [
      'version 1, without files',
      '{ "$schema": "https://biomejs.dev/schemas/1.9.4/schema.json" }',
      { ignore: ['src/generated'] },
    ],
  ];
  test.each(cases)('%s', (_name, before, files) => {
    const text = ignoreInBiome(before, 'src/generated') ?? '';
    expect(readJsonObject(text)?.['files']).toEqual(files);
    expect(ignoreInBiome(text, 'src/generated')).toBe(text);
    for (const comment of before.match(/\/\/ \w+/g) ?? []) expect(text).toContain(comment);
  });

  test('a folder that is left out already, in another spelling', () => {
    for (const pattern of ['!!src/generated', '!src/generated/**', '!src/generated/']) {
      const text = JSON.stringify({ files: { includes: ['**', pattern] } });
      expect(ignoreInBiome(text, 'src/generated')).toBe(text);
    }
    expect(ignoreInBiome('{ nonsense', 'src/generated')).toBeUndefined();
  });

  test('Biome formats nothing there', () => {
    const { folder, write, read } = project({
      'biome.json': '{}',
      'src/generated/a.ts': 'let   a=1',
      'src/b.ts': 'let   b=1',
    });
    write('biome.json', ignoreInBiome(read('biome.json'), 'src/generated') ?? '');
    const biome = spawnSync(repositoryPath('node_modules/.bin/biome'), ['format', '--write', 'src'], {
      cwd: folder,
      encoding: 'utf8',
    });
    expect({ status: biome.status, stderr: biome.stderr }).toMatchObject({ status: 0 });
    expect([read('src/generated/a.ts'), read('src/b.ts')]).toEqual(['let   a=1', 'let b = 1;\n']);
  });
});

test.each([
  ['export default [', 'export default [\n  a,\n];\n'],
  ['defineConfig', "import { defineConfig } from 'eslint/config';\nexport default defineConfig([\n  a,\n]);\n"],
  ['tseslint.config', 'export default tseslint.config(\n  a,\n);\n'],
  ['module.exports', 'module.exports = [\n  a,\n];\n'],
  ['withNuxt', 'export default withNuxt(\n  a,\n)\n'],
])('eslint.config: %s', (_name, before) => {
  const text = ignoreInEslint(before, 'src/generated') ?? '';
  expect(text.replace("\n  { ignores: ['src/generated/**'] },", '')).toBe(before);
  expect(text).toMatch(/[[(]\n {2}\{ ignores: \['src\/generated\/\*\*'\] \},\n {2}a,/);
  expect(ignoreInEslint(text, 'src/generated')).toBe(text);
});

test('a project with all of them, and one form that is not known', async () => {
  const { folder } = project({
    'package.json': '{"devDependencies":{"prettier":"*"}}',
    '.eslintignore': 'dist\n',
    'eslint.config.mjs': 'const list = [];\nexport default list;\n',
  });
  const { edits, notes } = await ignoreOutput(await readProject(folder), 'src/generated');
  expect(edits).toMatchObject([
    { path: '.prettierignore', before: undefined, text: '/src/generated/\n' },
    { path: '.eslintignore', text: 'dist\n/src/generated/\n' },
  ]);
  expect(notes).toEqual([
    "eslint.config.mjs could not be changed: add { ignores: ['src/generated/**'] } to its list, so that nothing there is reformatted",
  ]);
  expect(await ignoreOutput(await readProject(project({ 'package.json': '{}' }).folder), 'generated')).toEqual({
    edits: [],
    notes: [],
  });
});
