/** Where the process of the embedded Postgres finds its files, in every way of installing rowsmith. */
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { findServerFiles } from '../src/postgres/embedded/packages.js';
import { rowsmith } from './support/cli.js';
import { repositoryPath } from './support/repository.js';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'rowsmith-files-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** A project in which rowsmith and PGlite are links into a store, as pnpm arranges them. */
function linked(store: string): string {
  const own = join(folder, store, 'rowsmith@0/node_modules/rowsmith');
  for (const part of ['dist', 'templates', 'package.json'])
    cpSync(repositoryPath(part), join(own, part), { recursive: true });
  const pglite = join(folder, store, 'pglite@0/node_modules/@electric-sql/pglite');
  cpSync(realpathSync(repositoryPath('node_modules/@electric-sql/pglite')), pglite, { recursive: true });
  const beside = dirname(own);
  mkdirSync(join(beside, '@electric-sql'));
  symlinkSync(pglite, join(beside, '@electric-sql/pglite'));
  for (const name of readdirSync(repositoryPath('node_modules'))) {
    if (!name.startsWith('.') && !name.startsWith('@electric-sql') && name !== 'rowsmith')
      symlinkSync(repositoryPath(`node_modules/${name}`), join(beside, name));
  }
  const project = join(folder, `${store}-project`);
  mkdirSync(join(project, 'node_modules'), { recursive: true });
  symlinkSync(own, join(project, 'node_modules/rowsmith'));
  writeFileSync(join(project, 'schema.sql'), 'create extension citext; create table t (id citext);');
  return project;
}

test('links of a package manager lead to real files, in folders of any name', () => {
  const project = linked("a store, with 'signs' & blanks");
  const main = join(project, 'node_modules/rowsmith/dist/cli/main.js');
  expect(rowsmith(['generate', '--source', 'schema.sql'], project, {}, main)).toMatchObject({ code: 0, stderr: '' });
  expect(existsSync(join(project, 'generated/models/t.ts'))).toBe(true);
});

test('a name that Node takes for more than one folder is refused in words', () => {
  const project = linked('a*');
  const { code, stderr } = rowsmith(
    ['generate', '--source', 'schema.sql'],
    project,
    {},
    join(project, 'node_modules/rowsmith/dist/cli/main.js'),
  );
  expect({ code, stderr }).toEqual({
    code: 2,
    stderr: expect.stringMatching(/^error: SQL files cannot be loaded: the path .* contains an asterisk/),
  });
});

test("Plug'n'Play is refused in words", async () => {
  const versions = process.versions;
  Object.defineProperty(process, 'versions', { value: { ...versions, pnp: '3' }, configurable: true });
  try {
    await expect(findServerFiles()).rejects.toMatchObject({
      code: 'sql-not-supported',
      message: expect.stringContaining("Plug'n'Play"),
    });
  } finally {
    Object.defineProperty(process, 'versions', { value: versions, configurable: true });
  }
});

test('the process may read its own folders and no others', async () => {
  const { readable, pglite } = await findServerFiles();
  const own = realpathSync(repositoryPath('package.json'));
  expect(readable).toEqual([
    join(dirname(own), 'dist/postgres/embedded/'),
    own,
    join(dirname(own), 'dist/package.json'),
    join(dirname(own), 'dist/postgres/package.json'),
    join(realpathSync(repositoryPath('node_modules/@electric-sql/pglite')), '/'),
  ]);
  expect(pglite).toMatch(/^file:\/\/.*\/pglite\/dist\/index\.js$/);
});
