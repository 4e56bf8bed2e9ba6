/**
 * Configs that depend on more than their files: whatever they depend on, the answer is that of a run that reads
 * everything again.
 */
import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, symlinkSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { RecordedProject } from './support/record.js';
import { repositoryPath } from './support/repository.js';

let project: RecordedProject;
beforeEach(() => {
  project = new RecordedProject();
  project.addCatalog();
});
afterEach(() => project.remove());

/** A config in which the expression `name` names a table, after some statements. */
const config = (name: string, statements = '') =>
  `${statements}\nexport default { source: { catalog: 'catalog.json' }, models: { 'public.users': { name: ${name} } } };\n`;

const include = `include: [(relation) => process.env.WANTED === undefined || relation.name === process.env.WANTED]`;
const plugin = `plugins: [{ name: 'own', catalog: (catalog) => ({ ...catalog, relations: catalog.relations.filter(({ name }) => process.env.WANTED === undefined || name === process.env.WANTED) }) }]`;
const classPlugin = `plugins: [new (class { name = 'own'; catalog(catalog) { return { ...catalog, relations: catalog.relations.filter(({ name }) => process.env.WANTED === undefined || name === process.env.WANTED) }; } })()]`;

test.each<[name: string, text: string, change: () => void, environment?: Readonly<Record<string, string>>]>([
  ['that calls Date.now()', config("'At' + Date.now()"), () => {}],
  [
    'that reads a file by process.getBuiltinModule',
    config("process.getBuiltinModule('node:fs').readFileSync('name.txt', 'utf8')"),
    () => project.write('name.txt', 'Member'),
  ],
  [
    'that reads a file by an import',
    config("readFileSync('name.txt', 'utf8')", "import { readFileSync } from 'node:fs';"),
    () => project.edit('name.txt', 'Person', 'Member'),
  ],
  [
    'that names a module by an expression',
    config("(await import('./name' + '.mjs')).name"),
    () => project.edit('name.mjs', 'Person', 'Member'),
  ],
  [
    'with a comment before what it imports',
    config('name', "import { name } from /* c */ './name.mjs';"),
    () => project.edit('name.mjs', 'Person', 'Member'),
  ],
  [
    'that asks the whole environment',
    config("Object.keys(process.env).includes('MEMBER') ? 'Member' : 'Person'"),
    () => {},
    { MEMBER: '' },
  ],
  [
    'whose include function asks the environment',
    `export default { source: { catalog: 'catalog.json' }, ${include} };`,
    () => {},
    { WANTED: 'users' },
  ],
  [
    'whose plugin asks the environment',
    `export default { source: { catalog: 'catalog.json' }, ${plugin} };`,
    () => {},
    { WANTED: 'users' },
  ],
  [
    'whose plugin is an instance of a class',
    `export default { source: { catalog: 'catalog.json' }, ${classPlugin} };`,
    () => {},
    { WANTED: 'users' },
  ],
  [
    'with a getter',
    `export default { source: { catalog: 'catalog.json' }, get models() { return { 'public.users': { name: process.env.NAME ?? 'Person' } }; } };`,
    () => {},
    { NAME: 'Member' },
  ],
  [
    'that edits a module while it is loaded',
    config(
      'name',
      `import { writeFileSync } from 'node:fs'; import { name } from './name.mjs'; writeFileSync('name.mjs', "export const name = 'Member';");`,
    ),
    () => {},
  ],
])('a config %s', (_what, text, change, environment = {}) => {
  project.write('name.txt', 'Person');
  project.write('name.mjs', "export const name = 'Person';\n");
  project.write('rowsmith.config.mjs', text);
  expect(project.run(['generate']).code).toBe(0);
  change();
  expect(project.checks(environment)).toEqual([1, 1]);
  expect(project.run(['generate'], environment).code).toBe(0);
});

test('a config that awaits an answer from the network', async () => {
  let name = 'Person';
  const server = createServer((_request, response) => response.end(name)).listen(0, '127.0.0.1');
  try {
    await once(server, 'listening');
    project.write(
      'rowsmith.config.mjs',
      config(`await (await fetch('http://127.0.0.1:${(server.address() as AddressInfo).port}')).text()`),
    );
    const run = (command: string) =>
      promisify(execFile)(process.execPath, [repositoryPath('dist/cli/main.js'), command], {
        cwd: project.folder,
        env: { PATH: process.env['PATH'] ?? '', HOME: project.folder },
      });
    await run('generate');
    expect((await run('check')).stdout).toContain('up to date');
    name = 'Member';
    await expect(run('check')).rejects.toMatchObject({ code: 1 });
  } finally {
    server.close();
  }
});

test('what Node loads before may do anything, and such runs are not remembered', () => {
  const environment = { NODE_OPTIONS: '--import ./before.mjs' };
  project.write('before.mjs', "globalThis.wanted = 'Person';\n");
  project.write('rowsmith.config.mjs', config('globalThis.wanted'));
  expect(project.run(['generate'], environment).code).toBe(0);
  expect(existsSync(project.records)).toBe(false);
  project.edit('before.mjs', 'Person', 'Member');
  expect(project.checks(environment)).toEqual([1, 1]);
  const other = { NODE_OPTIONS: '--max-old-space-size=1000' };
  for (const isAnswered of [false, true]) expect(project.run(['generate'], other).isAnswered).toBe(isAnswered);
});

test('a package of plugins that is updated in place', () => {
  project.write(
    'node_modules/models-of-mine/package.json',
    '{ "name": "models-of-mine", "type": "module", "exports": "./index.js" }',
  );
  project.write(
    'node_modules/models-of-mine/index.js',
    `export const named = { name: 'named', schema: (schema) => ({ ...schema, notes: [...schema.notes, 'first'] }), files: (files) => [...files, { path: 'first.ts', text: '' }] };\n`,
  );
  project.write(
    'rowsmith.config.mjs',
    `import { named } from 'models-of-mine'; export default { source: { catalog: 'catalog.json' }, plugins: [named] };`,
  );
  expect(project.run(['generate'])).toMatchObject({ code: 0 });
  expect(project.checks()).toEqual([0, 0]);
  project.edit('node_modules/models-of-mine/index.js', 'first', 'other');
  expect(project.checks()).toEqual([1, 1]);
});

test('the plugins that come along', () => {
  project.write('node_modules/.keep', '');
  symlinkSync(repositoryPath('.'), project.path('node_modules/rowsmith'), 'junction');
  project.write(
    'rowsmith.config.mjs',
    `import { zodSchemas } from 'rowsmith/zod'; export default { source: { catalog: 'catalog.json' }, plugins: [zodSchemas()] };`,
  );
  expect(project.run(['generate']).code).toBe(0);
  expect(project.checks()).toEqual([0, 0]);
  project.edit('generated/zod/users-table.ts', 'import', 'Import');
  expect(project.checks()).toEqual([1, 1]);
});
