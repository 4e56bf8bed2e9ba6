import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, test } from '@jest/globals';
import { rowsmith } from './support/cli.js';
import { repositoryPath } from './support/repository.js';

let folder = '';
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A project with files, in which this repository's packages are installed. */
function project(files: Readonly<Record<string, string>>): string {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'rowsmith-migrations-')));
  symlinkSync(repositoryPath('node_modules'), join(folder, 'node_modules'), 'junction');
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

const config = (source: object) => JSON.stringify({ source });
const tables = () =>
  (
    JSON.parse(readFileSync(join(folder, 'generated/catalog.json'), 'utf8')) as { relations: { name: string }[] }
  ).relations.map(({ name }) => name);

const kyselyMigrations = {
  'src/migrations/0010_last.ts': `
import { appendFileSync } from 'node:fs';
import type { Kysely } from 'kysely';
export async function up(db: Kysely<any>): Promise<void> {
  appendFileSync('runs.txt', 'x');
  const { kind } = await db.selectFrom('animals').select('kind').where('name', '=', "it's").executeTakeFirstOrThrow();
  await db.schema.createTable(kind as string).addColumn('id', 'integer').execute();
}`,
  'src/migrations/0002_first.ts': `
import { type Kysely, sql } from 'kysely';
import { name } from '../names';
enum Kind { Bird = 'birds' }
export async function up(db: Kysely<any>): Promise<void> {
  await sql\`create extension if not exists citext\`.execute(db);
  await sql\`set local search_path = public\`.execute(db);
  await db.schema.createTable(name).addColumn('name', sql\`citext\`).addColumn('kind', 'text').addColumn('tags', sql\`text[]\`).addColumn('data', 'jsonb').execute();
  await db.insertInto(name).values({ name: "it's", kind: Kind.Bird, tags: ['a"b', null] as never, data: { a: [1] } }).execute();
}
export async function down(db: Kysely<any>): Promise<void> {
  await db.schema.dropTable(name).execute();
}`,
  'src/migrations/types.d.ts': 'throw new Error();',
  'src/names.ts': `export const name = 'animals';`,
};

const knexMigrations = {
  'migrations/20240102_b.ts': `
import type { Knex } from 'knex';
export const config = { transaction: false };
export async function up(knex: Knex): Promise<void> {
  await knex.raw('create index concurrently animals_name on animals (name)');
  const [row] = await knex('animals').where({ name: "it's" }).select('kind');
  if (!(await knex.schema.hasTable(row.kind))) await knex.schema.createTable(row.kind, (table) => { table.increments(); });
}
export const down = () => {};`,
  'migrations/20240101_a.js': `
exports.up = async (knex) => {
  await knex.schema.createTable('animals', (table) => { table.text('name').notNullable(); table.text('kind'); });
  await knex('animals').insert({ name: "it's", kind: 'birds' });
};
exports.down = (knex) => knex.schema.dropTable('animals');`,
};

describe('migrations that are programs', () => {
  test('of Kysely run in its order, each time anew', () => {
    project({ ...kyselyMigrations, 'rowsmith.config.json': config({ migrations: 'src/migrations', tool: 'kysely' }) });
    expect(rowsmith(['generate'], folder)).toMatchObject({ code: 0 });
    expect(tables()).toEqual(['animals', 'birds']);
    expect(rowsmith(['check'], folder)).toMatchObject({ code: 0 });
    expect(readFileSync(join(folder, 'runs.txt'), 'utf8')).toBe('xx');
  });

  test('of Knex run in its order, and without a transaction where they ask for none', () => {
    project({ ...knexMigrations, 'rowsmith.config.json': config({ migrations: 'migrations', tool: 'knex' }) });
    expect(rowsmith(['generate'], folder)).toMatchObject({ code: 0 });
    expect(tables()).toEqual(['animals', 'birds']);
  });

  test.each([
    ['kysely', kyselyMigrations, 'src/migrations/0010_last.ts'],
    ['knex', knexMigrations, 'migrations/20240102_b.ts'],
  ] as const)('of %s that fail are named', (tool, files, failing) => {
    const program = `export async function up() { throw new Error('no room'); } export const down = () => {};`;
    project({ ...files, [failing]: program, 'rowsmith.config.json': config({ migrations: dirname(failing), tool }) });
    const { code, stderr } = rowsmith(['generate'], folder);
    expect([code, stderr]).toEqual([2, expect.stringContaining(`${failing}: `)]);
    expect(stderr).toContain('no room');
  });

  test('run only if the config says so', () => {
    project(kyselyMigrations);
    const { code, stderr } = rowsmith(['generate', '--source', 'src/migrations'], folder);
    expect([code, stderr]).toEqual([
      2,
      expect.stringContaining("source: { migrations: 'src/migrations', tool: 'kysely' }"),
    ]);
    expect(rowsmith(['init', '--yes'], folder).code).toBe(2);
    expect(() => readFileSync(join(folder, 'runs.txt'))).toThrow();
  });

  test.each([
    [{ migrations: 'nowhere', tool: 'kysely' }, 'There is no folder nowhere.'],
    [{ migrations: 'empty', tool: 'kysely' }, 'The folder empty has no migration'],
    [{ migrations: 'src/migrations', tool: 'prisma' }, 'source.tool'],
    [{ migrations: 'src/migrations' }, 'source.tool is missing'],
    [{ sql: 'schema.sql', tool: 'knex' }, 'source.tool is only allowed with source.migrations'],
    [{ migrations: 'src/migrations', tool: 'kysely', stubs: 'a.sql' }, 'source.stubs is only allowed with source.sql'],
  ])('%j is refused', (source, message) => {
    project({ ...kyselyMigrations, 'empty/README': '', 'schema.sql': '', 'rowsmith.config.json': config(source) });
    const { code, stderr } = rowsmith(['generate'], folder);
    expect([code, stderr]).toEqual([2, expect.stringContaining(message)]);
  });
});

describe('a command', () => {
  const printing = (text: string) => `node -e "process.stdout.write('${text}')"`;

  test('prints the SQL of the schema', () => {
    project({ 'rowsmith.config.json': config({ command: printing('create table animals (id int);') }) });
    expect(rowsmith(['generate'], folder)).toMatchObject({ code: 0 });
    expect(tables()).toEqual(['animals']);
  });

  test.each([
    ['node -e "console.error(\'no room\'); process.exit(3)"', 'ended with 3', 'no room'],
    [printing(''), 'printed nothing', 'print SQL'],
    [printing('create tabel a ();'), 'source.command:1', 'tabel'],
  ])('%s is named with what it said', (command, how, said) => {
    project({ 'rowsmith.config.json': config({ command }) });
    const { code, stderr } = rowsmith(['generate'], folder);
    expect([code, stderr]).toEqual([2, expect.stringContaining(how)]);
    expect(stderr).toContain(said);
  });

  test('has the programs of the project before all others, and is looked for in the folder of the config', () => {
    project({
      'schema.sql': 'create table animals (id int);',
      'rowsmith.config.json': config({ command: 'cat schema.sql' }),
      'below/x': '',
    });
    expect(rowsmith(['generate', '--config', '../rowsmith.config.json'], join(folder, 'below'))).toMatchObject({
      code: 0,
    });
    expect(tables()).toEqual(['animals']);
  });
});
