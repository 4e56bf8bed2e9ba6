/**
 * The documents cannot become outdated: what they show is compiled, run and compared. `support/documents.ts` describes
 * how it is marked.
 */
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Kysely } from 'kysely';
import pg from 'pg';
import { rowsmith } from './support/cli.js';
import { COMPILERS_IN_TURN, typecheck } from './support/compile.js';
import { blocks, having, missingLines, read } from './support/documents.js';
import { type FreshDatabase, freshDatabase, newestVersion } from './support/postgres.js';
import { readSql, repositoryPath } from './support/repository.js';

const usesDb = (program: string) => /\bdb\b/.test(program);
const withDb = (program: string) => (usesDb(program) ? `import { db } from './db.js';\n${program}` : program);

/**
 * A program that checks itself: `// → value` is the value of the last `const` before it, `statement; // throws message`
 * is about its statement.
 */
function selfChecking(program: string): string {
  let last = '';
  const lines = withDb(program)
    .split('\n')
    .map((line) => {
      last = /^const (\w+) =/.exec(line)?.[1] ?? last;
      const given = /^\/\/ → (.+)$/.exec(line);
      if (given) return `expect(${last}).toEqual(${given[1]});`;
      const [, statement, message] = /^(.+;) \/\/ throws (.+)$/.exec(line) ?? [];
      return message === undefined
        ? line
        : `await expect((async () => { ${statement} })()).rejects.toMatchObject({ message: ${JSON.stringify(message)} });`;
    });
  return ["import { expect } from '@jest/globals';", ...lines].join('\n');
}

/** A copy of the examples and their output, in the repository, where `rowsmith` is the package's own name. */
const project = repositoryPath(`.rowsmith-readme-${process.pid}.tmp`);

function write(path: string, text: string): void {
  mkdirSync(dirname(join(project, path)), { recursive: true });
  writeFileSync(join(project, path), text);
}

beforeAll(() => {
  for (const folder of ['examples/tasker', 'examples/shop', 'generated'])
    cpSync(repositoryPath(folder), join(project, folder), { recursive: true });
  for (const { path, text } of having('file')) write(path, text);
});
afterAll(() => rmSync(project, { recursive: true, force: true }));

test('every block of code says what it stands for', () => {
  const silent = blocks.filter(({ language, role }) => ['ts', 'sql', 'diff', 'text'].includes(language) && role === '');
  expect(silent.map(({ place }) => place)).toEqual([]);
  expect(having('program').length).toBeGreaterThan(5);
});

test.each(blocks.filter(({ language }) => language === 'json'))('$place: is JSON', ({ role, text }) => {
  if (role === '') expect(JSON.parse(text)).toBeDefined();
});

test('lines that are not there are missed', () => {
  expect(missingLines('a\n…\nc\n', 'a\nb\nc\n')).toBeUndefined();
  expect(missingLines('c\n…\na\n', 'a\nb\nc\n')).toBe('a\n');
  expect(missingLines('a\nc\n', 'a\nb\nc\n')).toBe('a\nc\n');
});

test.each(having('excerpt'))('$place: the excerpt stands in $path', ({ path, text }) => {
  expect(missingLines(text, read(path))).toBeUndefined();
});

describe('the commands on the example', () => {
  const said = blocks.flatMap((block, index) => {
    const before = blocks.slice(0, index);
    const command =
      before
        .findLast(({ language }) => language === 'sh')
        ?.text.trim()
        .split('\n')
        .at(-1) ?? '';
    return block.role === 'says'
      ? [
          {
            ...block,
            command,
            migrations: before.filter(({ role, document }) => role === 'migration' && document === block.document),
          },
        ]
      : [];
  });

  test.each(said)('$place: $command says so', ({ text, command, path, migrations }) => {
    const schema = 'examples/tasker/schema.sql';
    write(schema, [read(schema), ...migrations.map((migration) => migration.text)].join('\n'));
    const words = [...command.replace(/^(npx )?rowsmith /, '').matchAll(/'([^']*)'|\S+/g)].map(
      ([word, quoted]) => quoted ?? word,
    );
    const { code, stdout, stderr } = rowsmith(words, project);
    expect(missingLines(text, stderr + stdout)).toBeUndefined();
    expect(code).toBe(Number(path));
  });
});

test.each(having('in'))('$place: the commands print this in a new project', ({ path, text }) => {
  const folder = mkdtempSync(join(tmpdir(), 'rowsmith-recorded-'));
  mkdirSync(join(folder, 'node_modules'));
  symlinkSync(repositoryPath('.'), join(folder, 'node_modules', 'rowsmith'));
  cpSync(repositoryPath(path), join(folder, basename(path)));
  const manifest = { name: 'shop', type: 'module', dependencies: { kysely: '*', pg: '*' } };
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest));
  const commands = [...text.matchAll(/^\$ rowsmith (.+)\n((?:(?!\$ ).*\n)*)/gm)];
  expect(commands.length).toBeGreaterThan(0);
  for (const [, words = '', printed = ''] of commands) {
    const { code, stdout, stderr } = rowsmith(words.split(' '), folder);
    expect(missingLines(printed, stderr + stdout)).toBeUndefined();
    expect(code).toBe(0);
  }
  rmSync(folder, { recursive: true });
});

describe('the programs', () => {
  let database: FreshDatabase;
  const programs = having('program').map((block, index) => ({ ...block, index }));
  /** The file of a program, next to the `generated/` that it imports. */
  const fileOf = ({ path, index }: { path: string; index: number }, kind: string) => join(path, `${kind}-${index}.ts`);
  const files = having('file').map(({ path }) => path);

  beforeAll(async () => {
    database = await freshDatabase(newestVersion, '');
    process.env['DATABASE_URL'] = database.url;
  });
  afterAll(async () => {
    for (const file of files) {
      const { db } = (await import(join(project, file))) as { db: Kysely<unknown> };
      await db.destroy();
    }
    await database?.drop();
  });

  test.each(COMPILERS_IN_TURN)('compile with TypeScript %s', (compiler) => {
    for (const program of programs) write(fileOf(program, 'program'), withDb(program.text));
    const written = [...files, ...programs.map((program) => fileOf(program, 'program'))];
    expect(typecheck({ dir: project, files: written, compiler, resolution: 'nodenext' })).toEqual({
      ok: true,
      output: '',
    });
  });

  /** Each document starts with the rows of its example, and its programs run one after another. */
  describe.each([...new Set(programs.map(({ document }) => document))])('of %s', (document) => {
    const own = programs.filter((program) => program.document === document);

    beforeAll(async () => {
      const example = own[0]?.path || 'examples/tasker';
      const parts = example === 'examples/tasker' ? ['schema', 'functions', 'rows'] : ['schema', 'rows'];
      const client = new pg.Client(database.url);
      await client.connect();
      await client.query(
        [
          'DROP SCHEMA public CASCADE; CREATE SCHEMA public;',
          ...parts.map((name) => readSql(`${example}/${name}.sql`)),
        ].join('\n'),
      );
      await client.end();
    });

    test('are of one example', () => {
      expect(new Set(own.map(({ path }) => path)).size).toBe(1);
    });

    test.each(own)('$place: gives what it says', async (program) => {
      const checking = selfChecking(program.text);
      expect(checking).not.toMatch(/\/\/ (→|throws)/);
      write(fileOf(program, 'run'), checking);
      await import(join(project, fileOf(program, 'run')));
    });
  });
});
