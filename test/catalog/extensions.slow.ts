import { cpSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { extensionsNamedIn, findExtensionBundles } from '../../src/postgres/embedded/extension-packages.js';
import { project } from '../init/project.js';
import { rowsmith } from '../support/cli.js';
import { repositoryPath } from '../support/repository.js';

const schema = `CREATE EXTENSION IF NOT EXISTS vector;
CREATE TABLE items (id int PRIMARY KEY, embedding vector(3) NOT NULL, small halfvec(2), list vector(3)[]);
CREATE INDEX ON items USING hnsw (embedding vector_l2_ops);
CREATE VIEW near AS SELECT id, embedding <-> '[1,2,3]' AS distance FROM items;
`;

test('a package that the project has: its types are types', () => {
  const { folder, read } = project({ 'schema.sql': schema }, ['@electric-sql/pglite-pgvector']);
  const { code, stderr } = rowsmith(['generate', 'schema.sql'], folder);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(read('generated/models/item.ts')).toContain('embedding: string;');
  expect(read('generated/models/item.ts')).toContain('small: string | null;');
});

test('a package under another name, by the config', () => {
  const { folder, path, read } = project({ 'schema.sql': schema.replaceAll('vector;', 'vector;') });
  mkdirSync(path('node_modules'), { recursive: true });
  cpSync(repositoryPath('node_modules/@electric-sql/pglite-pgvector'), path('node_modules/my-vectors'), {
    recursive: true,
    dereference: true,
  });
  const source = { sql: 'schema.sql', extensions: { vector: 'my-vectors' } };
  writeFileSync(path('rowsmith.config.json'), JSON.stringify({ source }));
  expect(rowsmith(['generate'], folder)).toMatchObject({ code: 0, stderr: '' });
  expect(read('generated/models/item.ts')).toContain('embedding: string;');
});

test('nothing of the package runs, and its bundle is what was found', () => {
  const { folder, path } = project({ 'schema.sql': schema });
  const own = path('node_modules/@electric-sql/pglite-pgvector');
  cpSync(repositoryPath('node_modules/@electric-sql/pglite-pgvector'), own, { recursive: true, dereference: true });
  for (const file of ['index.js', 'index.cjs'])
    writeFileSync(join(own, 'dist', file), "throw new Error('the code of the package ran');");
  expect(rowsmith(['generate', 'schema.sql'], folder)).toMatchObject({ code: 0, stderr: '' });
});

test('where no package is installed, the error names it', () => {
  // A copy of rowsmith, beside which no extension is installed.
  const { folder, path } = project({ 'schema.sql': 'CREATE EXTENSION postgis;\nCREATE TABLE a (g geometry);' });
  mkdirSync(path('node_modules'), { recursive: true });
  symlinkSync(repositoryPath(''), path('node_modules/rowsmith'));
  const { code, stderr } = rowsmith(['generate', 'schema.sql'], folder);
  expect(code).toBe(2);
  expect(stderr).toContain('install @electric-sql/pglite-postgis beside rowsmith');
});

test('only a plain name becomes a part of the name of a package', () => {
  const text = `create extension "../../evil"; create extension vector; CREATE EXTENSION IF NOT EXISTS "uuid-ossp";`;
  expect([...extensionsNamedIn([text])]).toEqual(['vector', 'uuid-ossp']);
  expect([...findExtensionBundles(['../pglite-pgvector', 'a/b', 'A']).keys()]).toEqual([]);
});
