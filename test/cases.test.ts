import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { generate, loadConfig, type Source } from '../src/index.js';
import { ALL_COMPILERS, typecheck } from './support/compile.js';
import { freshDatabase, POSTGRES_VERSIONS } from './support/postgres.js';
import { repositoryPath } from './support/repository.js';

/**
 * A case is a folder: `schema.sql`, perhaps a config, and `expected/`, the whole output. Every source has to give it.
 * `npm run update-cases` writes `expected/` anew; read the diff before you commit it.
 */
const folder = repositoryPath('test/cases');
const cases = readdirSync(folder).sort();
const updating = process.env['ROWSMITH_UPDATE_CASES'] !== undefined;

async function output(name: string, source: Source): Promise<Record<string, string>> {
  const out = mkdtempSync(join(tmpdir(), 'rowsmith-case-'));
  try {
    const loaded = await loadConfig(undefined, join(folder, name));
    await generate({ config: { ...loaded?.config, source, out }, folder: join(folder, name) });
    if (updating) cpSync(out, join(folder, name, 'expected'), { recursive: true });
    return readTree(out);
  } finally {
    rmSync(out, { recursive: true });
  }
}

function readTree(root: string): Record<string, string> {
  if (!existsSync(root)) return {};
  const files = readdirSync(root, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return Object.fromEntries(files.map(({ parentPath, name }) => [join(parentPath, name).slice(root.length + 1), readFileSync(join(parentPath, name), 'utf8')]));
}

describe.each(cases)('case %s', (name) => {
  const expected = () => readTree(join(folder, name, 'expected'));

  test.each(POSTGRES_VERSIONS)('from PostgreSQL %s', async (version) => {
    const database = await freshDatabase(version, readFileSync(join(folder, name, 'schema.sql'), 'utf8'));
    try {
      if (updating) rmSync(join(folder, name, 'expected'), { recursive: true, force: true });
      const actual = await output(name, { url: database.url });
      expect(actual).toEqual(expected());
    } finally {
      await database.drop();
    }
  });

  test('from SQL on the embedded Postgres', async () => {
    expect(await output(name, { sql: 'schema.sql' })).toEqual(expected());
  });

  test('from its own catalog.json', async () => {
    expect(await output(name, { catalog: 'expected/catalog.json' })).toEqual(expected());
  });
});

test.each(ALL_COMPILERS)('every expected output compiles with TypeScript %s', (compiler) => {
  const dirs = cases.map((name) => join(folder, name, 'expected'));
  expect(typecheck({ dir: dirs, compiler, resolution: 'nodenext' })).toEqual({ ok: true, output: '' });
});
