import { describe, expect, test } from '@jest/globals';
import { check, generate, init, loadConfig } from '../../src/index.js';
import { failureOf } from '../catalog/scratch.js';
import { rowsmith } from '../support/cli.js';
import { project } from './project.js';

const sql = 'create table users (id int primary key, made_at timestamptz not null, tags text[] not null);';
const manifest = (...dependencies: readonly string[]) =>
  JSON.stringify({ dependencies: Object.fromEntries(dependencies.map((name) => [name, '*'])) });

describe('init names what it sees and does not read', () => {
  test.each<readonly [name: string, files: Record<string, string>, words: string]>([
    [
      'Prisma',
      { 'prisma/schema.prisma': '' },
      'Prisma (prisma/schema.prisma) was found but cannot be read: npx prisma migrate diff',
    ],
    [
      'Rails',
      { 'db/schema.rb': '' },
      'Rails (db/schema.rb) was found but cannot be read: set config.active_record.schema_format',
    ],
    ['Knex', { 'knexfile.ts': '' }, 'Knex (knexfile.ts) was found but cannot be read'],
    [
      'TypeORM',
      { 'package.json': manifest('typeorm') },
      'TypeORM (typeorm among the dependencies) was found but cannot be read',
    ],
    ['Alembic', { 'alembic.ini': '' }, 'alembic upgrade head --sql > schema.sql'],
    ['Django', { 'manage.py': '' }, 'Django (manage.py) was found but cannot be read'],
    ['Liquibase', { 'db/changelog/root.xml': '' }, 'liquibase update-sql > schema.sql'],
  ])('%s', async (_name, files, words) => {
    const failure = await failureOf(init({ folder: project({ '.git/HEAD': '', ...files }).folder }));
    expect(failure.hint).toContain(words);
    const beside = await init({ folder: project({ '.git/HEAD': '', 'schema.sql': sql, ...files }).folder });
    expect(beside.notes.join('\n')).toContain(words);
  });

  test('nothing of a tool whose SQL was found', async () => {
    const files = { 'prisma/schema.prisma': '', 'prisma/migrations/1_a/migration.sql': sql };
    expect((await init({ folder: project({ '.git/HEAD': '', ...files }).folder })).notes.join()).not.toContain(
      'Prisma (',
    );
  });
});

test('several SQL files of the root are proposed together, and seeds are not', async () => {
  const { folder } = project(
    {
      '.git/HEAD': '',
      'tables.sql': sql,
      'views.sql': 'create view v as select 1 as a;',
      'seed.sql': 'no SQL',
    },
    ['rowsmith'],
  );
  await init({ folder });
  expect((await loadConfig(undefined, folder))?.config.source).toEqual({ sql: ['tables.sql', 'views.sql'] });
});

test('at the root of a workspace: which package has the schema', async () => {
  const { folder } = project({
    '.git/HEAD': '',
    'package.json': '{"workspaces":["packages/*"]}',
    'packages/db/package.json': '{}',
    'packages/db/migrations/1_a.sql': sql,
  });
  expect((await init({ folder })).notes.join()).toContain('its package packages/db has the schema');
});

describe('a database that .env names', () => {
  const files = (host: string) => ({ '.git/HEAD': '', '.env': `DATABASE_URL=postgres://u@${host}:1/shop` });
  const read = (host: string, environment = {}) =>
    rowsmith(['init', '--yes'], project(files(host)).folder, environment);

  test('is read with --yes on this machine alone, and shown first', () => {
    expect(read('127.0.0.1').stdout).toContain('the database "shop" on 127.0.0.1:1');
    expect(read('127.0.0.1').stderr).toContain('Cannot connect to 127.0.0.1:1');
    expect(read('db.example.com').stderr).toContain('the value in .env of DATABASE_URL was not used');
  });

  test('is asked for elsewhere, and not read where the answer is no', async () => {
    const asked: string[] = [];
    const { notes } = await init({
      folder: project(files('db.example.com')).folder,
      ask: async ({ text, default: byDefault }) => {
        asked.push(text);
        return byDefault;
      },
    });
    expect(asked).toEqual(['Read the schema now, from the database "shop" on db.example.com:1, which .env names?']);
    expect(notes.join()).toContain('was not used');
  });
});

test.each<readonly [dependencies: readonly string[], driver: string | undefined]>([
  [['pg'], undefined],
  [['@neondatabase/serverless'], undefined],
  [['@electric-sql/pglite'], 'pglite'],
  [['postgres'], 'postgres'],
  [['pg', 'postgres', 'kysely-postgres-js'], 'postgres'],
  [['pg', 'postgres'], undefined],
])('the driver among the dependencies: %j', async (dependencies, driver) => {
  const { folder } = project({ '.git/HEAD': '', 'schema.sql': sql, 'package.json': manifest(...dependencies) }, [
    'rowsmith',
  ]);
  await init({ folder });
  expect((await loadConfig(undefined, folder))?.config.driver).toBe(driver);
});

test('check says where a formatter was at work, and not where somebody wrote', async () => {
  const { folder, read, write } = project({ '.git/HEAD': '', 'schema.sql': sql });
  const config = { source: { sql: 'schema.sql' } };
  await generate({ config, folder });
  const path = 'generated/models/user.ts';
  const written = read(path);
  write(path, written.replaceAll("'", '"').replaceAll(', ', ',\n  ').replaceAll(';\n', '\n'));
  expect((await check({ config, folder })).staleness?.formatted).toEqual(['models/user.ts']);
  expect(rowsmith(['check', 'schema.sql'], folder).stdout).toContain(
    'only in layout, as if a formatter had run. Exclude generated from it',
  );
  write(path, written.replace('madeAt', 'changedAt'));
  expect((await check({ config, folder })).staleness?.formatted).toEqual([]);
});
