import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { init, loadConfig } from '../../src/index.js';
import { addScripts, markGenerated } from '../../src/init/file-edits.js';
import { readProject } from '../../src/init/project.js';
import { rowsmith } from '../support/cli.js';
import { repositoryPath } from '../support/repository.js';
import { project } from './project.js';

describe('package.json', () => {
  const both = '"generate":"rowsmith generate","check":"rowsmith check"';
  const cases: readonly (readonly [name: string, before: string, after: string])[] = [
    [
      'two spaces',
      '{\n  "name": "x"\n}\n',
      '{\n  "name": "x",\n  "scripts": {\n    "generate": "rowsmith generate",\n    "check": "rowsmith check"\n  }\n}\n',
    ],
    [
      'tabs, and other scripts',
      '{\n\t"scripts": {\n\t\t"build": "tsc"\n\t},\n\t"private": true\n}',
      '{\n\t"scripts": {\n\t\t"build": "tsc",\n\t\t"generate": "rowsmith generate",\n\t\t"check": "rowsmith check"\n\t},\n\t"private": true\n}',
    ],
    [
      'four spaces, CRLF',
      '{\r\n    "scripts": {}\r\n}\r\n',
      '{\r\n    "scripts": {\r\n        "generate": "rowsmith generate",\r\n        "check": "rowsmith check"\r\n    }\r\n}\r\n',
    ],
    [
      'a taken name',
      '{"scripts":{"generate":"prisma generate"}}',
      JSON.stringify(
        { scripts: { generate: 'prisma generate', 'rowsmith:generate': 'rowsmith generate', check: 'rowsmith check' } },
        undefined,
        2,
      ),
    ],
    [
      'scripts that run rowsmith already',
      '{"scripts":{"db":"tsc && rowsmith generate --out x","check":"rowsmith check"}}',
      '{"scripts":{"db":"tsc && rowsmith generate --out x","check":"rowsmith check"}}',
    ],
    ['both there, on one line', `{"scripts":{${both}}}`, `{"scripts":{${both}}}`],
  ];
  test.each(cases)('%s', async (_name, before, after) => {
    const { manifest } = await readProject(project({ 'package.json': before }).folder);
    expect(manifest && addScripts(manifest).text).toBe(after);
  });
});

describe('.gitattributes', () => {
  test.each(['generated', 'src/db/generated', 'a b/out', "it's/[x]*?", 'ä/ö', '#x/out', '!x/out', 'q"uote/out', '.'])(
    'git knows what is below %s as generated',
    (out) => {
      const { folder, write } = project({});
      write('.gitattributes', markGenerated('*.sql text', out)?.text ?? '');
      expect(spawnSync('git', ['init', '--quiet'], { cwd: folder }).status).toBe(0);
      const attribute = (file: string) =>
        spawnSync('git', ['-c', 'core.quotePath=false', 'check-attr', '-z', 'linguist-generated', '--', file], {
          cwd: folder,
          encoding: 'utf8',
        }).stdout.split('\0')[2];
      expect([attribute(join(out, 'models/user.ts')), attribute(join(out, 'db.ts'))]).toEqual(['true', 'true']);
      if (out !== '.') expect(attribute('src/other.ts')).toBe('unspecified');
    },
  );

  test('keeps its lines and line ends, and is marked once', () => {
    const once = markGenerated('* text=auto\r\n*.sql text\r\n', 'generated')?.text;
    expect(once).toBe('* text=auto\r\n*.sql text\r\ngenerated/** linguist-generated=true\r\n');
    expect(markGenerated(once, 'generated')?.text).toBe(once);
    expect(markGenerated(undefined, 'generated')?.text).toBe('generated/** linguist-generated=true\n');
    expect(markGenerated('* text', '../elsewhere')).toBeUndefined();
  });
});

describe('the config', () => {
  /** Names that mean something in TypeScript, in comments, in patterns and on terminals. */
  const schema = `
    CREATE TABLE "app_it's \${x} */ \\ \u202e
// table" (id int PRIMARY KEY);
    CREATE TABLE "app_it's_transitions" (id int PRIMARY KEY GENERATED ALWAYS AS IDENTITY, to_state text NOT NULL, sort_key int NOT NULL, parent int NOT NULL REFERENCES "app_it's \${x} */ \\ \u202e
// table", UNIQUE (parent, sort_key));
    CREATE TABLE app___proto__ (id int PRIMARY KEY);
    CREATE FUNCTION "full */
name"(app___proto__) RETURNS text STABLE LANGUAGE sql AS $$ SELECT 'x' $$;
    CREATE TABLE schema_migrations (version text);
    CREATE SCHEMA other;
    CREATE TABLE other.schema_migrations (version text);
  `;

  test('holds any name as data, and says what the proposal says', async () => {
    const folderName = "it's ${here} `x`";
    const { folder } = project({ [`${folderName}/1_a.sql`]: schema, 'package.json': '{"type":"module"}' }, [
      'rowsmith',
    ]);
    const { found, notes } = await init({
      folder,
      ask: async ({ default: byDefault, choices }) => (choices ? byDefault : "it's ${new}"),
    });
    const loaded = await loadConfig(undefined, folder);
    const table = "app_it's ${x} */ \\ \u202e\n// table";
    expect(notes).toEqual([]);
    expect(loaded?.config).toEqual({
      version: 1,
      source: { sql: folderName },
      out: 'generated',
      types: { infinity: false, nullElements: false },
      exclude: ['other.schema_migrations', 'public.schema_migrations'],
      models: {
        stripPrefix: 'app_',
        [table]: { state: { transitions: "app_it's_transitions", initial: "it's ${new}" } },
      },
    });
    expect(found?.schema?.computed).toHaveLength(1);
    expect(readdirSync(folder).sort()).toEqual([
      '.gitattributes',
      folderName,
      'node_modules',
      'package.json',
      'rowsmith.config.js',
    ]);
  });

  test('a source that was named is taken; SQL that does not load is said, and the config written', () => {
    const { folder, read } = project({
      'schema.sql': '',
      'db/a.sql': 'CREATE TABLE a (id int);\n\\i c.sql\n',
      'db/b.sql': '',
    });
    const { code, stdout, stderr } = rowsmith(['init', '--yes', '--source', 'db/a.sql', 'db/b.sql'], folder);
    expect({ code, stderr }).toEqual({
      code: 0,
      stderr:
        'note: the schema cannot be read yet: db/a.sql:2: the psql command \\i is not supported. List the included file in source.sql, at its place in the order: c.sql\n',
    });
    expect(stdout).toContain('db/a.sql, db/b.sql (SQL files)');
    expect(read('rowsmith.config.mjs')).toContain("source: { sql: ['db/a.sql', 'db/b.sql'] },");
  });

  test('a URL, and with it a password, is written nowhere', () => {
    const { folder, read } = project({
      'package.json': '{}',
      '.env': 'DATABASE_URL=postgres://u:hidden@127.0.0.1:1/d',
    });
    const { code, stdout, stderr } = rowsmith(
      ['init', '--yes', '--source', 'postgres://u:secret@127.0.0.1:1/d'],
      folder,
    );
    expect(code).toBe(0);
    expect(stderr).toContain('note: the schema cannot be read yet: Cannot connect to 127.0.0.1:1');
    const written = [
      stdout,
      stderr,
      ...readdirSync(folder)
        .filter((name) => name !== '.env')
        .map(read),
    ].join('\n');
    expect(written).not.toMatch(/secret|hidden/);
    expect(read('rowsmith.config.mjs')).toContain('source: { url: process.env.DATABASE_URL },');
  });

  test('migrations of kysely-ctl are programs: the database that they made is the source', () => {
    const { folder, read } = project({
      'kysely.config.ts': '',
      'migrations/2024_a.ts': '',
      'package.json': '{"devDependencies":{"rowsmith":"*","kysely-ctl":"*"},"dependencies":{"kysely":"*"}}',
      'pnpm-lock.yaml': '',
    });
    const { code, stdout } = rowsmith(['init', '--yes'], folder);
    expect({ code, stdout }).toEqual({
      code: 0,
      stdout: `Schema  the database of DATABASE_URL: kysely-ctl migrations are programs, so the database they migrated is read. To run them instead, set source: { migrations: '<their folder>', tool: 'kysely' }
  + rowsmith.config.mjs
  ~ package.json: scripts generate, check
  + .gitattributes: generated/**
Next:
  Set DATABASE_URL to the database's URL: postgres://user:password@host:port/database
  pnpm run generate
`,
    });
    expect(read('rowsmith.config.mjs')).toContain('process.env.DATABASE_URL');
  });
});

test('a second run changes nothing, and mends what went missing', () => {
  const { folder, path, read, write } = project(
    {
      'catalog.json': readFileSync(repositoryPath('test/cases/schemas/expected/catalog.json'), 'utf8'),
      'package.json': '{}',
    },
    ['rowsmith'],
  );
  const run = () => rowsmith(['init', '--yes', '--source', 'catalog.json'], folder);
  expect(run()).toMatchObject({ code: 0 });
  const files = ['rowsmith.config.mjs', 'package.json', '.gitattributes'];
  const state = () => files.map((file) => [read(file), statSync(path(file)).mtimeMs]);
  const before = state();
  expect(run()).toMatchObject({
    code: 0,
    stderr: 'note: rowsmith.config.mjs already exists and is kept: the given source is not written into it\n',
    stdout: expect.stringContaining('Everything is already set up.'),
  });
  expect(state()).toEqual(before);
  write('rowsmith.config.mjs', "export default { source: { sql: 'schema.sql' }, out: 'mine' };\n");
  mkdirSync(path('mine'));
  expect(run()).toMatchObject({ code: 0, stdout: expect.stringContaining('~ .gitattributes: mine/**') });
  expect(read('rowsmith.config.mjs')).toContain("out: 'mine'");
});
