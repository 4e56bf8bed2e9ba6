import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { ImportStyle } from '../src/config/import-style.js';
import { moduleNames } from '../src/emit/module-specifier.js';
import { generate } from '../src/index.js';
import { zodSchemas } from '../src/plugins/zod/index.js';
import { typecheck, typescriptFiles } from './support/compile.js';
import { repositoryPath } from './support/repository.js';

/** Everything that can be generated, so that every kind of import occurs. */
const config = {
  source: { sql: [repositoryPath('examples/tasker/schema.sql'), repositoryPath('examples/tasker/functions.sql')] },
  functions: ['*'],
  slices: { tasks: ['tasker_tasks'] },
  driver: 'pg-parsers',
  types: { brandIds: true },
  plugins: [zodSchemas()],
} as const;

const relative = /(?:from |import\()'(\.[^']*)'/g;

describe.each<ImportStyle>(['js', 'ts', 'none'])('imports %s', (imports) => {
  let out: string;
  beforeAll(async () => {
    out = mkdtempSync(join(tmpdir(), 'rowsmith-imports-'));
    writeFileSync(
      join(out, 'computed.ts'),
      'export const age = ({ complete }: { complete: boolean }): number => (complete ? 1 : 0);\n',
    );
    const models = {
      stripPrefix: 'tasker_',
      tasker_tasks: { computed: { age: { code: './computed#age', needs: ['complete'] } } },
    };
    await generate({ config: { ...config, imports, models, out: 'generated' }, folder: out });
  });
  afterAll(() => rmSync(out, { recursive: true }));

  test('every file names every other one in that style', () => {
    const specifiers = typescriptFiles(join(out, 'generated')).flatMap((file) =>
      [...readFileSync(join(out, 'generated', file), 'utf8').matchAll(relative)].map(([, module = '']) => module),
    );
    const ending = { js: /\.js$/, ts: /\.ts$/, none: /\/[\w-]+$/ }[imports];
    expect(new Set(specifiers.filter((module) => !ending.test(module)))).toEqual(new Set());
    for (const place of ['relation', 'types', 'models/', 'runtime/', 'computed'])
      expect(specifiers.some((module) => module.includes(place))).toBe(true);
  });

  test('it compiles, strictly and where every file stands for itself', () => {
    const resolution = imports === 'js' ? 'nodenext' : 'bundler';
    const alone = {
      ...(imports === 'ts' ? { allowImportingTsExtensions: true } : {}),
      isolatedDeclarations: true,
      erasableSyntaxOnly: true,
      noUnusedLocals: true,
    };
    const files = typescriptFiles(join(out, 'generated')).filter(
      (file) => !file.startsWith('zod/') && file !== 'runtime/zod.ts',
    );
    const generated = files.map((file) => `generated/${file}`);
    expect(typecheck({ dir: out, files: generated, compiler: '7', resolution, also: alone })).toEqual({
      ok: true,
      output: '',
    });
  });
});

test.each<readonly [style: ImportStyle, module: string, specifier: string]>([
  ['js', './computed/task', '../../computed/task.js'],
  ['js', './computed/task.ts', '../../computed/task.js'],
  ['js', './computed/task.mts', '../../computed/task.mjs'],
  ['js', 'zod', 'zod'],
  ['ts', './computed/task', '../../computed/task.ts'],
  ['ts', './computed/task.mts', '../../computed/task.mts'],
  ['ts', './computed/task.js', '../../computed/task.js'],
  ['ts', '@scope/package/file.js', '@scope/package/file.js'],
  ['none', './computed/task', '../../computed/task'],
  ['none', './computed/task.js', '../../computed/task'],
  ['none', './computed/task.tsx', '../../computed/task'],
  ['none', './generated/models/own.ts', './own'],
])('%s: a module %s of the config is %s', (style, module, specifier) => {
  expect(moduleNames(style, '/project', '/project/generated').moduleSpecifier(module, 'models')).toBe(specifier);
});

test('every template that imports a generated file asks for the extension', () => {
  const folder = repositoryPath('templates');
  const wrong = readdirSync(folder).filter((name) =>
    /from '\.[^']*(?<!\{\{extension\}\})'/.test(readFileSync(join(folder, name), 'utf8')),
  );
  expect(wrong).toEqual([]);
});
