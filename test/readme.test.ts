import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Kysely } from 'kysely';
import pg from 'pg';
import { rowsmith } from './support/cli.js';
import { ALL_COMPILERS, typecheck } from './support/compile.js';
import { type FreshDatabase, freshDatabase, newestVersion } from './support/postgres.js';
import { readSql, repositoryPath } from './support/repository.js';

/**
 * The documents cannot rot. The word after a fence's language says what its text stands for:
 *
 * - `excerpt=<path>`: lines of that file, in its order; a line `…` stands for lines left out.
 * - `file=<path>`: a file that programs import.
 * - `program`: it compiles beside `generated/`, runs on the rows of examples/tasker, and gives what stands behind
 *   `// →` and   `// throws`.
 * - `says=<exit code>`: lines that the command of the shell block before it prints for the example.
 * - `migration`: what the example's schema gains for the commands after it, in that document.
 *
 * JSON has no such word: it must be JSON.
 */
interface Block {
  readonly document: string;
  readonly place: string;
  readonly language: string;
  readonly role: string;
  readonly path: string;
  readonly text: string;
}

const read = (path: string) => readFileSync(repositoryPath(path), 'utf8');
const docs = existsSync(repositoryPath('docs'))
  ? readdirSync(repositoryPath('docs')).filter((name) => name.endsWith('.md'))
  : [];
const documents = [
  'README.md',
  'ARCHITECTURE.md',
  'CONTRIBUTING.md',
  'CHANGELOG.md',
  ...docs.map((name) => `docs/${name}`),
];
const blocks = documents.flatMap((document) => blocksOf(document, read(document)));
const having = (role: string) => blocks.filter((block) => block.role === role);

function blocksOf(document: string, markdown: string): Block[] {
  return [...markdown.matchAll(/^```(\w+)(?: (\w+)(?:=(\S+))?)?\n([\s\S]*?)^```$/gm)].map(
    ({ index, 1: language = '', 2: role = '', 3: path = '', 4: text = '' }) => {
      const line = markdown.slice(0, index).split('\n').length;
      return { document, place: `${document}:${line}`, language, role, path, text };
    },
  );
}

/**
 * The first lines of an excerpt that do not stand in the whole text, after those before them; undefined when all do.
 */
function missingLines(excerpt: string, whole: string): string | undefined {
  let rest = `\n${whole}\n`;
  for (const run of excerpt.split(/^\s*…\n/m)) {
    if (run === '') continue;
    const at = rest.indexOf(`\n${run}`);
    if (at < 0) return run;
    rest = rest.slice(at + run.length);
  }
  return undefined;
}

const usesDb = (program: string) => /\bdb\b/.test(program);
const withDb = (program: string) => (usesDb(program) ? `import { db } from './db.js';\n${program}` : program);

/**
 * A program that checks itself: `// → value` tells the last `const` before it, `statement; // throws message` its
 * statement.
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

/** A copy of the example and its output, below the repository, where `rowsmith` is the package's own name. */
const project = repositoryPath(`.rowsmith-readme-${process.pid}.tmp`);

function write(path: string, text: string): void {
  mkdirSync(dirname(join(project, path)), { recursive: true });
  writeFileSync(join(project, path), text);
}

beforeAll(() => {
  for (const folder of ['examples/tasker', 'generated'])
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

describe('the programs', () => {
  let database: FreshDatabase;

  beforeAll(async () => {
    database = await freshDatabase(newestVersion, '');
    process.env['DATABASE_URL'] = database.url;
  });
  afterAll(async () => {
    const { db } = (await import(join(project, 'db.ts'))) as { db: Kysely<unknown> };
    await db.destroy();
    await database?.drop();
  });

  test.each(ALL_COMPILERS)('compile with TypeScript %s', (compiler) => {
    for (const [index, { text }] of having('program').entries()) write(`program-${index}.ts`, withDb(text));
    const files = [
      ...having('file').map(({ path }) => path),
      ...having('program').map((_, index) => `program-${index}.ts`),
    ];
    expect(typecheck({ dir: project, files, compiler, resolution: 'nodenext' })).toEqual({ ok: true, output: '' });
  });

  const programs = having('program').map((block, index) => ({ ...block, index }));
  /** Each document starts with the rows of the example: its programs run one after the other. */
  describe.each([...new Set(programs.map(({ document }) => document))])('of %s', (document) => {
    beforeAll(async () => {
      const client = new pg.Client(database.url);
      await client.connect();
      await client.query(
        [
          'DROP SCHEMA public CASCADE; CREATE SCHEMA public;',
          ...['schema', 'functions', 'rows'].map((name) => readSql(`examples/tasker/${name}.sql`)),
        ].join('\n'),
      );
      await client.end();
    });

    test.each(programs.filter((program) => program.document === document))(
      '$place: gives what it says',
      async ({ text, index }) => {
        const checking = selfChecking(text);
        expect(checking).not.toMatch(/\/\/ (→|throws)/);
        write(`run-${index}.ts`, checking);
        await import(join(project, `run-${index}.ts`));
      },
    );
  });
});

describe('commands', () => {
  /** The lines of shell and YAML blocks, and what stands in backticks. */
  const lines = blocks
    .filter(({ language }) => language === 'sh' || language === 'yaml')
    .flatMap(({ text }) => text.split('\n').map((line) => line.replace(/^\s*- run: /, '')));
  const spans = documents.flatMap((document) =>
    [...read(document).matchAll(/`([^`\n]+)`/g)].map(([, span = '']) => span),
  );

  test('of rowsmith are there, with their options', () => {
    const commands = [...lines, ...spans].flatMap((line) => {
      const [, command, rest = ''] = /^(?:npx |npm run --silent )?rowsmith (?:-- )?([a-z]+)\b(.*)$/.exec(line) ?? [];
      return command === undefined
        ? []
        : [{ command, options: [...rest.matchAll(/ (--[a-z-]+)/g)].map(([, option = '']) => option) }];
    });
    expect(commands.length).toBeGreaterThan(5);
    const help = new Map(
      [...new Set(commands.map(({ command }) => command))].map((command) => [
        command,
        rowsmith([command, '--help'], project).stdout,
      ]),
    );
    const general = rowsmith(['--help'], project).stdout;
    const unknown = commands.flatMap(({ command, options }) => [
      ...(new RegExp(`^  rowsmith ${command}\\b`, 'm').test(general) ? [] : [command]),
      ...options
        .filter((option) => !new RegExp(`^ .*${option}\\s`, 'm').test(help.get(command) ?? ''))
        .map((option) => `${command} ${option}`),
    ]);
    expect(unknown).toEqual([]);
  });

  test('of npm are there', () => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: object };
    const names = [...lines, ...spans].flatMap(
      (line) => /^npm (?:run (?:--silent )?)?(?!install\b|ci\b|pack\b)([a-z:-]+)/.exec(line)?.[1] ?? [],
    );
    expect(names.length).toBeGreaterThan(8);
    expect(names.filter((name) => !Object.hasOwn(scripts, name))).toEqual([]);
  });
});

describe('references', () => {
  test('the README describes every key of the config', () => {
    const properties = ['config', 'diff', 'drift', 'report'].flatMap((name) => [
      ...read(`src/config/${name}.ts`).matchAll(/readonly (\w+)\??:/g),
    ]);
    const keys = properties.map(([, key]) => key).filter((key) => key !== 'kind');
    const rows = read('README.md')
      .split('\n')
      .filter((line) => line.startsWith('| `'));
    const described = rows.flatMap((row) =>
      [...row.matchAll(/`([^`]+)`/g)].flatMap(([, span = '']) => span.match(/\w+/g) ?? []),
    );
    expect(keys.length).toBeGreaterThan(20);
    expect(keys.filter((key) => !described.includes(key ?? ''))).toEqual([]);
  });

  test('docs/templates.md describes every template and every name in it', () => {
    const described = new Set([...read('docs/templates.md').matchAll(/`([^`\n]+)`/g)].map(([, name]) => name));
    for (const file of readdirSync(repositoryPath('templates'))) {
      const names = [...read(`templates/${file}`).matchAll(/{{(?:#(?:each|if|unless) |> \w+ )?(\w+)}}/g)].map(
        ([, name]) => name,
      );
      expect([file, ...names].filter((name) => name !== 'this' && name !== 'else' && !described.has(name))).toEqual([]);
    }
  });

  test('the README describes every command', () => {
    const commands = [...rowsmith(['--help'], project).stdout.matchAll(/^ {2}rowsmith ([a-z]+)/gm)].map(
      ([, command]) => command,
    );
    expect(commands.length).toBeGreaterThan(1);
    expect(commands.filter((command) => !read('README.md').includes(`rowsmith ${command}`))).toEqual([]);
  });

  test('ARCHITECTURE.md gives a reason for every dependency', () => {
    const manifest = JSON.parse(read('package.json')) as { readonly [kind: string]: object };
    const names = ['dependencies', 'optionalDependencies', 'peerDependencies', 'devDependencies'].flatMap((kind) =>
      Object.keys(manifest[kind] ?? {}),
    );
    expect(names.filter((name) => !/^@types\//.test(name) && !read('ARCHITECTURE.md').includes(`\`${name}\``))).toEqual(
      [],
    );
  });

  test.each(documents)('the links of %s lead somewhere', (document) => {
    const text = read(document)
      .replace(/^```[\s\S]*?^```$/gm, '')
      .replace(/`[^`\n]*`/g, '`code`');
    const targets = [...text.matchAll(/\]\(([^)\s]+)\)|href="([^"]+)"/g)]
      .map((match) => match[1] ?? match[2] ?? '')
      .filter((target) => !target.includes('://'));
    expect(targets.filter((target) => !leadsSomewhere(document, target))).toEqual([]);
  });

  function leadsSomewhere(document: string, target: string): boolean {
    const [path = '', anchor] = target.split('#');
    const file = path === '' ? document : join(dirname(document), path);
    return existsSync(repositoryPath(file)) && (anchor === undefined || anchors(read(file)).includes(anchor));
  }

  /** As GitHub makes them of headings. */
  function anchors(markdown: string): string[] {
    return [...markdown.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
      heading
        .toLowerCase()
        .replace(/[^\p{L}\p{N} _-]/gu, '')
        .replaceAll(' ', '-'),
    );
  }
});
