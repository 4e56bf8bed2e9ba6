import { expect, test } from '@jest/globals';
import type { ImportStyle } from '../../src/config/import-style.js';
import { neededImports } from '../../src/config/needed-imports.js';
import { project } from './project.js';

const manifest = (value: object) => JSON.stringify(value);
const options = (compilerOptions: object) => JSON.stringify({ compilerOptions });
const modules = manifest({ type: 'module' });
const uses = (name: string, more: object = {}) => manifest({ devDependencies: { [name]: '*' }, ...more });

type Case = readonly [name: string, files: Readonly<Record<string, string>>, style: ImportStyle, because?: string];

const cases: readonly Case[] = [
  ['nothing at all', {}, 'js'],
  ['Deno', { 'deno.jsonc': '{}', 'tsconfig.json': options({ module: 'commonjs' }) }, 'ts', 'there is a deno.jsonc'],
  [
    'Next.js, whatever its tsconfig says',
    { 'package.json': manifest({ dependencies: { next: '16' } }), 'tsconfig.json': options({ module: 'esnext' }) },
    'none',
    'next is a dependency',
  ],
  [
    'Vite, whose options stand in a referenced project',
    {
      'package.json': uses('vite', { type: 'module' }),
      'tsconfig.json': '{ "files": [], "references": [{ "path": "./tsconfig.app.json" }] }',
      'tsconfig.app.json': `{ /* a comment */ "compilerOptions": { "moduleResolution": "bundler", "allowImportingTsExtensions": true, "noEmit": true, }, }`,
    },
    'ts',
    'tsconfig.json has allowImportingTsExtensions',
  ],
  [
    'tsc that rewrites extensions',
    {
      'package.json': modules,
      'tsconfig.json': options({ module: 'nodenext', rewriteRelativeImportExtensions: true }),
    },
    'ts',
    'tsconfig.json has rewriteRelativeImportExtensions',
  ],
  [
    'ES modules that Node runs',
    { 'package.json': modules, 'tsconfig.json': options({ module: 'NodeNext' }) },
    'js',
    'tsconfig.json has module nodenext',
  ],
  [
    'nodenext in a CommonJS package',
    { 'package.json': uses('ts-jest'), 'tsconfig.json': options({ module: 'nodenext' }) },
    'none',
    'tsconfig.json compiles to CommonJS',
  ],
  [
    'CommonJS',
    { 'package.json': '{}', 'tsconfig.json': options({ module: 'CommonJS' }) },
    'none',
    'tsconfig.json compiles to CommonJS',
  ],
  [
    'CommonJS by a base that a package has',
    {
      'package.json': '{}',
      'tsconfig.json': '{ "extends": ["@tsconfig/old/tsconfig.json"] }',
      'node_modules/@tsconfig/old/package.json': '{ "name": "@tsconfig/old" }',
      'node_modules/@tsconfig/old/tsconfig.json': options({ module: 'commonjs' }),
    },
    'none',
    'tsconfig.json compiles to CommonJS',
  ],
  [
    'a base beside it',
    {
      'package.json': modules,
      'tsconfig.json': '{ "extends": "./tsconfig.base" }',
      'tsconfig.base.json': options({ module: 'node16' }),
    },
    'js',
    'tsconfig.json has module node16',
  ],
  [
    'webpack with ts-loader, ES modules',
    { 'package.json': uses('webpack', { type: 'module' }), 'tsconfig.json': options({ module: 'esnext' }) },
    'none',
    'webpack is a dependency',
  ],
  [
    'a bundler that nobody named',
    { 'package.json': modules, 'tsconfig.json': options({ moduleResolution: 'bundler', noEmit: true }) },
    'none',
    'tsconfig.json has moduleResolution bundler, and noEmit',
  ],
  [
    'ES modules that tsc writes under the rules of bundlers',
    { 'package.json': modules, 'tsconfig.json': options({ module: 'esnext', moduleResolution: 'bundler' }) },
    'js',
    'tsconfig.json compiles to ES modules',
  ],
  ['Bun without a tsconfig', { 'package.json': modules, 'bun.lock': '' }, 'ts', 'there is a bun.lock'],
  [
    'no build step at all',
    { 'package.json': manifest({ type: 'module', dependencies: { kysely: '*', pg: '*' } }), 'src/main.ts': '' },
    'ts',
    'nothing here compiles or bundles, so Node strips types itself',
  ],
  [
    'a script that runs node',
    { 'package.json': manifest({ scripts: { start: 'node --enable-source-maps server/main.mts' } }) },
    'ts',
    'the script start runs node on a TypeScript file, so Node strips types itself',
  ],
  ['no TypeScript at all', { 'package.json': manifest({ dependencies: { kysely: '*' } }), 'index.js': '' }, 'js'],
  ['tsx, ES modules', { 'package.json': uses('tsx', { type: 'module' }) }, 'js', 'tsx is a dependency'],
  ['ts-node, CommonJS', { 'package.json': uses('ts-node') }, 'none', 'ts-node is a dependency'],
  [
    'a tsconfig that is no JSON: what TypeScript does without options',
    { 'package.json': modules, 'tsconfig.json': '{' },
    'none',
    'tsconfig.json compiles to CommonJS',
  ],
];

test.each(cases.map((one) => ({ name: one[0], one })))('$name', ({ one: [, files, style, because] }) => {
  const needed = neededImports(project({ '.git/HEAD': '', ...files }).folder);
  expect(needed).toEqual({ style, ...(because === undefined ? {} : { because }) });
});

test('where nothing says anything, the Node that is there', () => {
  const { folder } = project({ '.git/HEAD': '', 'package.json': '{}' });
  expect([neededImports(folder, false).style, neededImports(folder, true).style]).toEqual(['js', 'ts']);
});

test('a package of a workspace: its own package.json, and the tsconfig above', () => {
  const { path } = project({
    '.git/HEAD': '',
    'package.json': uses('next'),
    'tsconfig.json': options({ module: 'nodenext' }),
    'packages/db/package.json': modules,
  });
  expect(neededImports(path('packages/db'))).toEqual({
    style: 'js',
    because: '../../tsconfig.json has module nodenext',
  });
});
