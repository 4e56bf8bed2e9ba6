import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';
import { rowsmith } from './support/cli.js';
import { ALL_RESOLUTIONS, COMPILERS_IN_TURN, typecheck, typescriptFiles } from './support/compile.js';
import { freshDatabase, POSTGRES_VERSIONS } from './support/postgres.js';
import { readSql, repositoryPath } from './support/repository.js';

const generated = fileURLToPath(new URL('../generated/', import.meta.url));
const ways = COMPILERS_IN_TURN.flatMap((compiler) => ALL_RESOLUTIONS.map((resolution) => ({ compiler, resolution })));

describe('the committed output', () => {
  test('is there', () => {
    expect(typescriptFiles(generated)).not.toEqual([]);
  });

  test.each(ways)('compiles with TypeScript $compiler and $resolution', ({ compiler, resolution }) => {
    expect(typecheck({ dir: generated, compiler, resolution })).toEqual({ ok: true, output: '' });
  });
});

describe('the committed output is what the Tasker example gives', () => {
  const check = (...source: string[]) =>
    rowsmith(['check', '--config', 'examples/tasker/rowsmith.config.ts', ...source], repositoryPath('.'));
  const upToDate = { code: 0, stderr: '', stdout: expect.stringMatching(/^generated: up to date/) };

  test('from its SQL files', () => {
    expect(check()).toMatchObject(upToDate);
  });

  test('and so is that of the shop', () => {
    const shop = rowsmith(['check', '--config', 'examples/shop/rowsmith.config.ts'], repositoryPath('.'));
    expect(shop).toMatchObject({ code: 0, stderr: '', stdout: expect.stringMatching(/generated: up to date/) });
  });

  test('from its own catalog', () => {
    expect(check('--source', 'generated/catalog.json')).toMatchObject(upToDate);
  });

  test.each(POSTGRES_VERSIONS)('from PostgreSQL %s', async (version) => {
    const database = await freshDatabase(
      version,
      readSql('examples/tasker/schema.sql') + readSql('examples/tasker/functions.sql'),
    );
    try {
      expect(check('--source', database.url)).toMatchObject(upToDate);
    } finally {
      await database.drop();
    }
  });
});
