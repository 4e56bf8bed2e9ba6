import { cpSync, existsSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { generate, loadConfig, type Source } from '../src/index.js';
import { COMPILERS_IN_TURN, typecheck } from './support/compile.js';
import { freshDatabase, POSTGRES_VERSIONS } from './support/postgres.js';
import { repositoryPath } from './support/repository.js';

/**
 * A case is a folder with `schema.sql`, possibly a config, `expected/` with the whole output, and `stderr.txt` with the
 * messages, if there are any. Every source must produce both. The files of `runtime/` are the same for all schemas:
 * they are in `test/runtime/`, and a case that needs one of them has a link to it.
 *
 * `npm run update-cases` writes `expected/` and `stderr.txt` anew; read the diff before you commit it.
 */
const folder = repositoryPath('test/cases');
const runtime = repositoryPath('test/runtime');
const cases = readdirSync(folder).sort();
const updating = process.env['ROWSMITH_UPDATE_CASES'] !== undefined;

interface Output {
  /** Texts of files by their paths. */
  readonly files: Readonly<Record<string, string>>;
  readonly stderr: string;
}

async function output(name: string, source: Source): Promise<Output> {
  // Next to `expected/`, so that a module of the case that its models import is found from both.
  const out = join(folder, name, `.rowsmith-${process.pid}.tmp`);
  try {
    const loaded = await loadConfig(undefined, join(folder, name));
    const { notes } = await generate({ config: { ...loaded?.config, source, out }, folder: join(folder, name) });
    const stderr = notes.map((note) => `note: ${note}\n`).join('');
    if (updating) update(join(folder, name), out, stderr);
    return { files: readTree(out), stderr };
  } finally {
    rmSync(out, { recursive: true });
  }
}

function update(place: string, out: string, stderr: string): void {
  const expected = join(place, 'expected');
  rmSync(expected, { recursive: true, force: true });
  cpSync(out, expected, { recursive: true });
  for (const file of existsSync(join(out, 'runtime')) ? readdirSync(join(out, 'runtime')) : []) {
    const link = join(expected, 'runtime', file);
    cpSync(join(out, 'runtime', file), join(runtime, file));
    rmSync(link);
    symlinkSync(relative(dirname(link), join(runtime, file)), link);
  }
  rmSync(join(place, 'stderr.txt'), { force: true });
  if (stderr !== '') writeFileSync(join(place, 'stderr.txt'), stderr);
}

function readExpected(name: string): Output {
  const stderr = join(folder, name, 'stderr.txt');
  return {
    files: readTree(join(folder, name, 'expected')),
    stderr: existsSync(stderr) ? readFileSync(stderr, 'utf8') : '',
  };
}

function readTree(root: string): Record<string, string> {
  if (!existsSync(root)) return {};
  const files = readdirSync(root, { recursive: true, withFileTypes: true }).filter((entry) => !entry.isDirectory());
  const paths = files.map(({ parentPath, name }) => join(parentPath, name));
  return Object.fromEntries(paths.map((path) => [relative(root, path), readFileSync(path, 'utf8')]));
}

describe.each(cases)('case %s', (name) => {
  test.each(POSTGRES_VERSIONS)('from PostgreSQL %s', async (version) => {
    const database = await freshDatabase(version, readFileSync(join(folder, name, 'schema.sql'), 'utf8'));
    try {
      const actual = await output(name, { url: database.url });
      expect(actual).toEqual(readExpected(name));
    } finally {
      await database.drop();
    }
  });

  test('from SQL on the embedded Postgres', async () => {
    expect(await output(name, { sql: 'schema.sql' })).toEqual(readExpected(name));
  });

  test('from its own catalog.json', async () => {
    expect(await output(name, { catalog: 'expected/catalog.json' })).toEqual(readExpected(name));
  });
});

test.each(COMPILERS_IN_TURN)('every expected output compiles with TypeScript %s', (compiler) => {
  const dirs = cases.map((name) => join(folder, name, 'expected'));
  expect(typecheck({ dir: dirs, compiler, resolution: 'nodenext' })).toEqual({ ok: true, output: '' });
});
