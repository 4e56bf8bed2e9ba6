import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { withProjectParsers } from '../../src/drift/project-parsers.js';
import { foundInTypeScript, readText, relation } from './support.js';

describe('parsers of the project', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'rowsmith-parsers-'));
    const files = {
      'src/index.ts': 'types.setTypeParser(1700, (value) => BigInt(value));',
      'src/client.js': 'module.exports = postgres(url, { types: { n: { to: 20, from: [20], parse: Number } } });',
      'src/models.ts': 'interface User { id: number } pg.types.setTypeParser(16, String); sql<User[]>`SELECT 1`',
      'programs/other/package.json': '{}',
      'programs/other/db.ts': 'types.setTypeParser(1082, String);',
      'programs/own/package.json': '{}',
      'programs/own/db.ts': 'types.setTypeParser(21, String);',
      'programs/app/package.json': '{ "dependencies": { "@acme/backend": "workspace:*", "pg": "^8" } }',
      'programs/broken/package.json': '{',
      'shared/backend/package.json': '{ "name": "@acme/backend" }',
      'shared/backend/client.ts': "knex.client.driver.types.setTypeParser(builtins.INT8, 'text', BigInt);",
      'src/note.ts': '// setTypeParser(114, String)',
      'node_modules/x/index.js': 'types.setTypeParser(1184, String);',
      'dist/index.js': 'types.setTypeParser(1114, String);',
    };
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), text);
    }
    mkdirSync(join(folder, 'packages'));
    symlinkSync('../node_modules', join(folder, 'packages/node_modules'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  test('are found in its own files, and once in those of the models', async () => {
    const file = 'src/models.ts';
    const { parsers } = await withProjectParsers(
      await readText('pg.types.setTypeParser(16, String);', file),
      [{ file, text: '' }],
      folder,
    );
    expect(parsers).toEqual([
      { type: 'bool', gives: 'string' },
      { type: 'date', gives: 'string' },
      { type: 'int2', gives: 'string' },
      { type: 'int8', gives: 'bigint' },
      { type: 'int8', gives: 'number' },
      { type: 'numeric', gives: 'bigint' },
    ]);
  });

  test('are those of the package that a model is in', async () => {
    const file = 'programs/own/src/models.ts';
    const { parsers } = await withProjectParsers(await readText('', file), [{ file, text: '' }], folder);
    expect(parsers).toEqual([{ type: 'int2', gives: 'string' }]);
  });

  test('are those of the packages that it depends on', async () => {
    const parsersOf = async (name: string) => {
      const file = `programs/${name}/src/models.ts`;
      return (await withProjectParsers(await readText('', file), [{ file, text: '' }], folder)).parsers;
    };
    expect(await parsersOf('app')).toEqual([{ type: 'int8', gives: 'bigint' }]);
    expect(await parsersOf('broken')).toEqual([]);
  });

  test('are not looked for where no model is in their language', async () => {
    const { parsers } = await withProjectParsers(await readText(''), [{ file: 'a.rs', text: '' }], folder);
    expect(parsers).toEqual([]);
  });
});

describe('a client of a package that nobody knows', () => {
  const tables = [relation('users', { id: 'bytea!', key: 'bytea!', hash: 'bytea!', seen: 'timestamptz!' })];
  const severities = async (client: string, hash = 'string') => {
    const row = `interface User { id: string; key: string; hash: ${hash}; seen: Date }`;
    const found = await foundInTypeScript(`${client} ${row} sql<User[]>\`SELECT * FROM users\``, tables);
    return found.map((one) => one.split(' ')[0]);
  };
  const strange = "import { PgClient } from '@acme/toolkit';";

  test('may have a parser of bytes, where one column is text', async () => {
    const one = [relation('users', { id: 'int4!', key: 'bytea!' })];
    const found = (client: string, row: string) =>
      foundInTypeScript(`${client} interface User { ${row} } sql<User[]>\`SELECT * FROM users\``, one);
    const store = "import { BasePgStore } from '@acme/toolkit';";
    expect(await found(store, 'id: number; key: string')).toEqual(['warning type-mismatch/users/key/key category']);
    expect(await found(store, 'id: string; key: Buffer')).toEqual(['error type-mismatch/users/id/id category']);
    expect(await found("import { Pool } from 'pg';", 'id: number; key: string')).toEqual([
      'error type-mismatch/users/key/key category',
    ]);
  });

  test('may have a parser, where all columns of a type are read in one way', async () => {
    expect(await severities(strange)).toEqual(['warning', 'warning', 'warning']);
  });

  test.each([
    ['one column is read as the driver gives it', strange, 'Buffer', 2],
    ['the client is a driver', "import { Pool } from 'pg';", 'string', 3],
    ['the client is from a library over a driver', "import { sql } from 'kysely';", 'string', 3],
    ["the client is from the project's own files", "import { sql } from './client';", 'string', 3],
    ['the client is from a folder alias', "import { sql } from '@/client';", 'string', 3],
    ['no client is taken from a package', "import { chunk } from 'lodash';", 'string', 3],
  ])('has none where %s', async (_, client, hash, count) => {
    expect(await severities(client, hash)).toEqual(Array.from({ length: count }, () => 'error'));
  });
});
