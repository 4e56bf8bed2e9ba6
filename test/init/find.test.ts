import { describe, expect, test } from '@jest/globals';
import { init } from '../../src/index.js';
import { findSql } from '../../src/init/find-sql.js';
import { readProject } from '../../src/init/project.js';
import { failureOf } from '../catalog/scratch.js';
import { project } from './project.js';

const empty = (...names: string[]) => Object.fromEntries(names.map((name) => [name, '']));

describe('the schema of a project', () => {
  const layouts: readonly (readonly [
    name: string,
    files: Readonly<Record<string, string>>,
    first: string,
    what: string,
  ])[] = [
    [
      'Prisma',
      empty(
        'prisma/schema.prisma',
        'prisma/migrations/20240101_init/migration.sql',
        'prisma/migrations/migration_lock.toml',
      ),
      'prisma/migrations',
      '1 migration of Prisma',
    ],
    [
      'Drizzle',
      {
        ...empty('drizzle/0000_a.sql', 'drizzle/0001_b.sql', 'drizzle/meta/0000_snapshot.json'),
        'drizzle/meta/_journal.json': '{"entries":[{"tag":"0000_a"},{"tag":"0001_b"}]}',
      },
      'drizzle',
      '2 migrations of Drizzle',
    ],
    [
      'Flyway',
      empty(
        'src/main/resources/db/migration/V1__a.sql',
        'src/main/resources/db/migration/V2__b.sql',
        'scripts/backup.sql',
      ),
      'src/main/resources/db/migration',
      '2 migrations of Flyway',
    ],
    [
      'golang-migrate',
      empty('db/migrations/1_a.up.sql', 'db/migrations/1_a.down.sql'),
      'db/migrations',
      '1 migration of golang-migrate or sqlx',
    ],
    [
      'sqlx',
      empty('Cargo.toml', 'migrations/20240101000000_a.sql', 'migrations/20240102000000_b.sql'),
      'migrations',
      '2 migrations of golang-migrate or sqlx',
    ],
    [
      'dbmate',
      {
        'db/migrations/20240101000000_a.sql': '-- migrate:up\ncreate table a ();\n-- migrate:down\ndrop table a;\n',
        'db/schema.sql': 'create table a ();',
      },
      'db/migrations',
      '1 migration of dbmate',
    ],
    [
      'goose',
      { 'migrations/00001_a.sql': '-- +goose Up\ncreate table a ();\n-- +goose Down\ndrop table a;\n' },
      'migrations',
      '1 migration of goose',
    ],
    [
      'Rails',
      empty('db/migrate/20240101000000_a.rb', 'db/structure.sql', 'db/seeds.sql'),
      'db/structure.sql',
      "Rails' structure.sql",
    ],
    [
      'a file',
      empty('sql/schema.sql', 'test/fixtures/schema.sql', 'dist/schema.sql'),
      'sql/schema.sql',
      'a schema in SQL',
    ],
    ['files in a folder', empty('sql/tables.sql', 'sql/views.sql'), 'sql', 'SQL files'],
    [
      'hostile names',
      empty("it's ${here}/`x` \n/1_a.sql"),
      "it's ${here}/`x` \n",
      '1 migration of golang-migrate or sqlx',
    ],
  ];
  test.each(layouts)('%s', async (_name, files, first, what) => {
    expect((await findSql(project(files).folder))[0]).toMatchObject({ path: first, what });
  });

  test('tests and examples come last', async () => {
    const { folder } = project(empty('examples/schema.sql', 'test/migrations/1_a.sql', 'tables.sql'));
    expect((await findSql(folder)).map(({ path }) => path)).toEqual([
      'tables.sql',
      'test/migrations',
      'examples/schema.sql',
    ]);
  });

  test('nothing in node_modules, in what is hidden, or in what was built', async () => {
    expect(
      await findSql(
        project(empty('node_modules/a/schema.sql', '.cache/schema.sql', 'build/schema.sql', 'generated/schema.sql'))
          .folder,
      ),
    ).toEqual([]);
  });
});

describe('what can be seen of a project', () => {
  test('a variable of .env by its name; an empty one counts for nothing', async () => {
    const { folder, write } = project({
      '.env': '# DATABASE_URL=x\nDATABASE_URL=\nexport POSTGRES_URL="postgres://u:secret@h/d"\n',
    });
    expect((await readProject(folder)).databaseUrl).toEqual({ name: 'POSTGRES_URL', file: '.env' });
    write('.env', 'MY_DATABASE_URL=x');
    expect((await readProject(folder)).databaseUrl).toBeUndefined();
  });

  test('the package manager, by the lock file of the workspace', async () => {
    const { path } = project({ 'pnpm-lock.yaml': '', 'packages/db/package.json': '{}' });
    expect((await readProject(path('packages/db'))).packageManager).toMatchObject({ name: 'pnpm' });
    const { folder } = project({ 'package.json': '{}' });
    expect((await readProject(folder)).packageManager).toMatchObject({ name: 'npm' });
  });
});

describe('refused, and nothing is written', () => {
  test('a project without a schema', async () => {
    const { folder } = project({ 'package.json': '{}' });
    expect(await failureOf(init({ folder }))).toMatchObject({
      code: 'source-missing',
      hint: 'Pass its location: rowsmith init --source <postgres://… | schema.sql | migrations/>',
    });
  });

  test('a package.json that is none', async () => {
    const { folder } = project({ 'package.json': '{"scripts":', 'schema.sql': 'create table a ();' });
    expect(await failureOf(init({ folder }))).toMatchObject({
      code: 'config-not-loadable',
      message: 'package.json is not a JSON object.',
    });
  });
});
