import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Kysely } from 'kysely';
import { rowsmith, type CliResult } from './support/cli.js';
import { ALL_COMPILERS, typecheck } from './support/compile.js';
import { freshDatabase, type FreshDatabase } from './support/postgres.js';
import { readSql, repositoryPath } from './support/repository.js';

/**
 * The documents cannot rot. The word after a fence's language says what its text stands for:
 *
 * - `excerpt=<path>`: lines of that file of the repository, in its order; a line `…` stands for lines left out.
 * - `file=<path>`: a file of the README's own project, which has the schema of examples/tasker besides.
 * - `output=<path>`, `notes`, `check`: lines of what rowsmith made of that project, or said about it.
 * - `migration`: what the project's schema gains before `check`.
 * - `program`: it compiles in that project, runs on the rows of examples/tasker, and gives what stands behind `// →` and
 *   `// throws`.
 */
interface Block {
  readonly place: string;
  readonly language: string;
  readonly role: string;
  readonly path: string;
  readonly text: string;
}

const read = (path: string) => readFileSync(repositoryPath(path), 'utf8');
const docs = existsSync(repositoryPath('docs')) ? readdirSync(repositoryPath('docs')).filter((name) => name.endsWith('.md')) : [];
const documents = ['README.md', 'ARCHITECTURE.md', 'CONTRIBUTING.md', 'CHANGELOG.md', ...docs.map((name) => `docs/${name}`)];
const blocks = documents.flatMap((document) => blocksOf(document, read(document)));
const having = (role: string) => blocks.filter((block) => block.role === role);

function blocksOf(document: string, markdown: string): Block[] {
  return [...markdown.matchAll(/^```(\w+)(?: (\w+)(?:=(\S+))?)?\n([^]*?)^```$/gm)].map(({ index, 1: language = '', 2: role = '', 3: path = '', 4: text = '' }) => {
    const line = markdown.slice(0, index).split('\n').length;
    return { place: `${document}:${line}`, language, role, path, text };
  });
}

/** The first lines of an excerpt that do not stand in the whole text, after those before them; undefined when all do. */
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

/** A program that checks its own results: `// → value` after a `const`, and `statement; // throws message`. */
function selfChecking(program: string): string {
  const checked = withDb(program)
    .replace(/^(.+;) \/\/ throws (.+)$/gm, (_line, statement, message) => `await expect((async () => { ${statement} })()).rejects.toMatchObject({ message: ${JSON.stringify(message)} });`)
    .replace(/^const (\w+) = ([^]*?;)\n\/\/ → (.+)$/gm, (_all, name, value, given) => `const ${name} = ${value}\nexpect(${name}).toEqual(${given});`);
  return `import { expect } from '@jest/globals';\n${checked}`;
}

/** Below the repository, where `rowsmith` is the package's own name. */
const folderName = `.rowsmith-readme-${process.pid}.tmp`;
const project = repositoryPath(folderName);
let generated: CliResult;

function write(path: string, text: string): void {
  mkdirSync(dirname(join(project, path)), { recursive: true });
  writeFileSync(join(project, path), text);
}

beforeAll(() => {
  mkdirSync(project);
  cpSync(repositoryPath('examples/tasker/schema.sql'), join(project, 'schema.sql'));
  for (const { path, text } of having('file')) write(path, text);
  generated = rowsmith(['generate'], project);
});
afterAll(() => rmSync(project, { recursive: true, force: true }));

test('every block of code says what it stands for', () => {
  const silent = blocks.filter(({ language, role }) => ['ts', 'sql', 'diff', 'text'].includes(language) && role === '');
  expect(silent.map(({ place }) => place)).toEqual([]);
  expect(having('program').length).toBeGreaterThan(5);
});

test('lines that are not there are missed', () => {
  expect(missingLines('a\n…\nc\n', 'a\nb\nc\n')).toBeUndefined();
  expect(missingLines('c\n…\na\n', 'a\nb\nc\n')).toBe('a\n');
  expect(missingLines('a\nc\n', 'a\nb\nc\n')).toBe('a\nc\n');
});

test.each(having('excerpt'))('$place: the excerpt stands in $path', ({ path, text }) => {
  expect(missingLines(text, read(path))).toBeUndefined();
});

describe("the README's project", () => {
  test('generates', () => {
    expect(generated).toMatchObject({ code: 0, stdout: expect.stringMatching(/^generated: \d+ of \d+ files changed\n/) });
  });

  test.each(having('output'))('$place: the output stands in $path', ({ path, text }) => {
    expect(missingLines(text, readFileSync(join(project, path), 'utf8'))).toBeUndefined();
  });

  test.each(having('notes'))('$place: the notes are given', ({ text }) => {
    expect(missingLines(text, generated.stderr)).toBeUndefined();
  });

  test.each(ALL_COMPILERS)('its files and programs compile with TypeScript %s', (compiler) => {
    for (const [index, { text }] of having('program').entries()) write(`program-${index}.ts`, withDb(text));
    const files = [...having('file').filter(({ language }) => language === 'ts').map(({ path }) => path), ...having('program').map((_, index) => `program-${index}.ts`)];
    expect(typecheck({ dir: project, files, compiler, resolution: 'nodenext' })).toEqual({ ok: true, output: '' });
  });

  describe('on rows', () => {
    let database: FreshDatabase;

    beforeAll(async () => {
      const sql = having('file').filter(({ language }) => language === 'sql').map(({ text }) => text);
      database = await freshDatabase('18', [readSql('examples/tasker/schema.sql'), ...sql, readSql('examples/tasker/rows.sql')].join('\n'));
      process.env['DATABASE_URL'] = database.url;
    });
    afterAll(async () => {
      const { db } = (await import(join(project, 'db.ts'))) as { db: Kysely<unknown> };
      await db.destroy();
      await database?.drop();
    });

    test.each(having('program').map((block, index) => ({ ...block, index })))('$place: the program gives what it says', async ({ text, index }) => {
      const checking = selfChecking(text);
      expect(checking).not.toMatch(/\/\/ (→|throws)/);
      write(`run-${index}.ts`, checking);
      await import(join(project, `run-${index}.ts`));
    });
  });

  test.each(having('check'))('$place: check says so', ({ text }) => {
    for (const migration of having('migration')) write('schema.sql', `${read('examples/tasker/schema.sql')}\n${migration.text.replace('TABLE ', 'TABLE public.')}`);
    const { code, stdout } = rowsmith(['check'], project);
    expect(missingLines(text, stdout)).toBeUndefined();
    expect(code).toBe(1);
  });
});

describe('commands', () => {
  /** Shell lines, and commands within the text. */
  const spans = documents.flatMap((document) => [...read(document).matchAll(/`([^`\n]+)`|^(?:\s*- run: |)((?:npx |npm )[^`\n]+|rowsmith [^`\n]+)$/gm)].map((match) => match[1] ?? match[2] ?? ''));
  const help = new Map<string, string>();
  const helpOf = (command: string) => help.get(command) ?? help.set(command, rowsmith([...command.split(' ').filter(Boolean), '--help'], project).stdout).get(command) ?? '';

  test('every command and option of rowsmith that they name is there', () => {
    const named = spans.flatMap((span) => /^(?:npx |npm run --silent )?rowsmith (?:-- )?([a-z]+)\b(.*)$/.exec(span)?.slice(1, 3).map(String) ?? []);
    expect(named.length).toBeGreaterThan(8);
    for (let index = 0; index < named.length; index += 2) {
      const [command = '', rest = ''] = [named[index], named[index + 1]];
      expect(helpOf('')).toMatch(new RegExp(`^  rowsmith ${command}\\b`, 'm'));
      for (const [option] of rest.matchAll(/--[a-z-]+/g)) expect(`${command} ${helpOf(command).match(new RegExp(`${option}\\b`))?.[0]}`).toBe(`${command} ${option}`);
    }
  });

  test('every npm script that they name is there', () => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: object };
    const named = spans.flatMap((span) => /^npm (?:run (?:--silent )?|)([a-z:-]+)/.exec(span)?.[1] ?? []).filter((name) => !['install', 'ci'].includes(name));
    expect(named.length).toBeGreaterThan(3);
    expect(named.filter((name) => !Object.hasOwn(scripts, name))).toEqual([]);
  });
});

describe('references', () => {
  test('the README describes every key of the config', () => {
    const keys = [...read('src/config/config.ts').matchAll(/readonly (\w+)\??:/g)].map(([, key]) => key).filter((key) => key !== 'kind');
    const described = [...read('README.md').matchAll(/^\| `([^`]+)` \|/gm)].flatMap(([, path = '']) => path.split('.').map((part) => part.replace(/^…/, '')));
    expect(keys.length).toBeGreaterThan(20);
    expect(keys.filter((key) => key !== 'as' && key !== 'default' && !described.includes(key ?? ''))).toEqual([]);
  });

  test('docs/templates.md describes every template and every name in it', () => {
    const described = new Set([...read('docs/templates.md').matchAll(/`([^`\n]+)`/g)].map(([, name]) => name));
    for (const file of readdirSync(repositoryPath('templates'))) {
      const names = [...read(`templates/${file}`).matchAll(/{{(?:#(?:each|if|unless) |> \w+ )?(\w+)}}/g)].map(([, name]) => name).filter((name) => name !== 'this' && name !== 'else');
      expect([file, ...names].filter((name) => !described.has(name))).toEqual([]);
    }
  });

  test.each(documents)('the links of %s lead somewhere', (document) => {
    const text = read(document).replace(/^```[^]*?^```$/gm, '').replace(/`[^`\n]*`/g, '`code`');
    const targets = [...text.matchAll(/\]\(([^)\s]+)\)|href="([^"]+)"/g)].map((match) => match[1] ?? match[2] ?? '').filter((target) => !target.includes('://'));
    expect(targets.filter((target) => !leadsSomewhere(document, target))).toEqual([]);
  });

  function leadsSomewhere(document: string, target: string): boolean {
    const [path = '', anchor] = target.split('#');
    const file = path === '' ? document : join(dirname(document), path);
    return existsSync(repositoryPath(file)) && (anchor === undefined || anchors(read(file)).includes(anchor));
  }

  /** As GitHub makes them of headings. */
  function anchors(markdown: string): string[] {
    return [...markdown.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) => heading.toLowerCase().replace(/[^\p{L}\p{N} _-]/gu, '').replaceAll(' ', '-'));
  }
});
