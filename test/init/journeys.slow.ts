import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type Resolution, typecheck } from '../support/compile.js';
import { type FreshDatabase, freshDatabase } from '../support/postgres.js';
import { readSql, repositoryPath } from '../support/repository.js';
import { project, type TestProject } from './project.js';

/**
 * What a new user types, in a project that has the packages: `npx rowsmith init --yes`, then the script that it names.
 */

const schema = ['schema', 'functions'].map((name) => readSql(`examples/tasker/${name}.sql`)).join('\n');
const rows = readSql('examples/tasker/rows.sql');
const packages = ['rowsmith', 'kysely', 'pg'];
const dependencies = { rowsmith: '*', kysely: '*', pg: '*' };

let database: FreshDatabase;
beforeAll(async () => {
  database = await freshDatabase('18', `${schema}\n${rows}`);
});
afterAll(() => database.drop());

/** As npm runs them: the project's own commands come first. */
function run(folder: string, command: string, environment: Readonly<Record<string, string>> = {}) {
  const env = { PATH: `${folder}/node_modules/.bin:${process.env['PATH'] ?? ''}`, HOME: folder, ...environment };
  const { status, stdout, stderr } = spawnSync('sh', ['-c', command], { cwd: folder, env, encoding: 'utf8' });
  return { code: status, stdout, stderr };
}

function withCommands(files: Readonly<Record<string, string>>, more: readonly string[] = []): TestProject {
  const made = project(files, [...packages, ...more]);
  mkdirSync(made.path('node_modules/.bin'));
  symlinkSync(repositoryPath('dist/cli/main.js'), made.path('node_modules/.bin/rowsmith.js'));
  made.write('node_modules/.bin/rowsmith', '#!/bin/sh\nexec node "$(dirname "$0")/rowsmith.js" "$@"\n');
  spawnSync('chmod', ['+x', made.path('node_modules/.bin/rowsmith')]);
  return made;
}

/** A query on a model compiles. */
function compiles({ folder, write }: TestProject, generated: string, resolution: Resolution = 'nodenext'): void {
  write(
    'src/query.ts',
    `import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import type { DB } from '${generated}/db.js';
import { tasks } from '${generated}/models/task.js';

const db = new Kysely<DB>({ dialect: new PostgresDialect({ pool: new pg.Pool({ connectionString: process.env['DATABASE_URL'] }) }) });
const found: { taskId: string; state: string | null }[] = await db.selectFrom(tasks()).where('task.state', '=', 'error').select(['task.taskId', 'task.state']).execute();
// @ts-expect-error the model has no such field
db.selectFrom(tasks()).select('task.nothing');
console.log(JSON.stringify(found));
await db.destroy();
`,
  );
  expect(typecheck({ dir: folder, files: ['src/query.ts'], compiler: '7', resolution })).toEqual({
    ok: true,
    output: '',
  });
}

test('from a SQL file, in a project without TypeScript', () => {
  const made = withCommands({ 'schema.sql': schema, 'package.json': JSON.stringify({ dependencies }) });
  const { stdout, code } = run(made.folder, 'rowsmith init --yes');
  expect(stdout).toMatch(
    /^Schema +schema\.sql \(a schema in SQL\)\nModels +AnnotationType, .*\nState +Task\.state, from tasker_task_transitions\n/,
  );
  expect(stdout).toMatch(/\nNext:\n {2}npm run generate\n$/);
  expect(code).toBe(0);
  expect(run(made.folder, 'npm run generate')).toMatchObject({ code: 0 });
  compiles(made, '../generated', 'bundler');
});

test('from a live database whose URL stands in .env', () => {
  const made = withCommands({
    '.env': `DATABASE_URL=${database.url}\n`,
    'package.json': JSON.stringify({ type: 'module', dependencies, devDependencies: { typescript: '*' } }),
    'src/index.ts': '',
  });
  const { code, stdout, stderr } = run(made.folder, 'rowsmith init --yes');
  expect(stdout).toMatch(
    /^Schema +the database of DATABASE_URL, which \.env sets: the database "\w+" on [\w.]+:\d+\n.*\nModels +Annot/,
  );
  expect({ code, secret: stdout.includes('postgres://') }).toEqual({ code: 0, secret: false });
  expect(stderr).not.toContain('was not used');
  expect(run(made.folder, 'npm run generate')).toMatchObject({ code: 0 });
  expect(
    typecheck({
      dir: made.folder,
      files: ['src/generated/db.ts', 'rowsmith.config.ts'],
      compiler: '7',
      resolution: 'nodenext',
    }),
  ).toEqual({ ok: true, output: '' });
});

test('from a live database whose URL is set: its schema is looked at', () => {
  const made = withCommands({
    'package.json': JSON.stringify({ type: 'module', dependencies, devDependencies: { typescript: '*' } }),
    'src/index.ts': '',
  });
  const environment = { DATABASE_URL: database.url };
  expect(run(made.folder, 'rowsmith init --yes', environment).stdout).toMatch(
    /^Schema +the database of DATABASE_URL\nImports .*\nModels/,
  );
  expect(made.read('rowsmith.config.ts')).toContain("stripPrefix: 'tasker_'");
  expect(run(made.folder, 'npm run generate', environment)).toMatchObject({ code: 0 });
  compiles(made, './generated');
  const { stdout, stderr } = run(
    made.folder,
    `node ${repositoryPath('node_modules/jiti/lib/jiti-cli.mjs')} src/query.ts`,
    environment,
  );
  expect({ stdout, stderr }).toEqual({ stdout: '[{"taskId":"3","state":"error"}]\n', stderr: '' });
});

test('from a project of kysely-codegen: its types stay, byte for byte', () => {
  const environment = { DATABASE_URL: database.url };
  const made = withCommands(
    {
      'package.json': JSON.stringify(
        {
          type: 'module',
          scripts: { generate: 'kysely-codegen --singularize' },
          dependencies,
          devDependencies: { typescript: '*', 'kysely-codegen': '*' },
        },
        undefined,
        2,
      ),
      '.kysely-codegenrc.json': JSON.stringify({
        dialect: 'postgres',
        outFile: 'src/db/types.ts',
        overrides: { columns: { 'tasker_tasks.context': '{ order: number }' } },
      }),
    },
    ['kysely-codegen', 'typescript'],
  );
  mkdirSync(made.path('src/db'), { recursive: true });
  expect(run(made.folder, 'node node_modules/kysely-codegen/dist/cli/bin.js --singularize', environment)).toMatchObject(
    { code: 0 },
  );
  const { stdout } = run(made.folder, 'rowsmith init --yes', environment);
  expect(stdout).toContain('kysely-codegen (.kysely-codegenrc.json): singularize, overrides, outFile\n');
  expect(stdout).toMatch(
    /\nNext:\n {2}npm run rowsmith:generate\n {2}Then import DB from src\/db\/generated\/db\.js where the code imports src\/db\/types\.ts\n$/,
  );
  expect(run(made.folder, 'npm run rowsmith:generate', environment)).toMatchObject({ code: 0 });
  expect(made.read('src/db/generated/db.ts')).toBe(readFileSync(made.path('src/db/types.ts'), 'utf8'));
  compiles(made, './db/generated');
});
