import { describe, expect, test } from '@jest/globals';
import { compare } from '../../src/drift/compare.js';
import { readModels } from '../../src/drift/readers/read.js';
import { noSettings } from '../../src/drift/settings.js';
import { catalogOf, relation } from './support.js';

const users = relation('users', { id: 'int4!', name: 'text!' });

/** The errors for files, each given as its name and its text. */
async function errorsOf(...files: readonly (readonly [string, string])[]): Promise<readonly string[]> {
  const declared = await readModels(files.map(([file, text]) => ({ file, text })));
  return compare(catalogOf(users), declared, noSettings)
    .findings.filter(({ severity }) => severity === 'error')
    .map(({ id }) => id);
}

describe('a table that the code makes', () => {
  const reader = ['a.ts', "interface Row { id: number } db.query<Row>('SELECT id FROM gone')"] as const;
  const prisma = ['a.prisma', 'model Gone {\nid Int @id\n@@map("gone")\n}'] as const;
  const missing = ['unmapped-model/Row'];

  test.each([
    ['in another file', 'b.ts', 'db.query(`CREATE TABLE IF NOT EXISTS "gone" (id int)`)', []],
    ['in a text of an object', 'b.ts', 'const t = { a: `x;\ncreate table if not exists gone (id int)` }', []],
    ['for a time', 'b.ts', 'db`CREATE TEMPORARY TABLE gone (id int)`', []],
    ['under another name', 'b.ts', 'db.query("CREATE TABLE IF NOT EXISTS gone_ones (id int)")', missing],
    ['once, as a migration does', 'b.ts', 'db.query("CREATE TABLE gone (id int)")', missing],
    ['for tests', 'test/db.ts', 'db.query("CREATE TABLE IF NOT EXISTS gone (id int)")', missing],
    ['in a list of migrations', 'src/migrations.ts', 'const a = ["CREATE TABLE IF NOT EXISTS gone (id int)"]', missing],
    ['in a migration', 'migrations/1_a.ts', 'db.query("CREATE TABLE IF NOT EXISTS gone (id int)")', missing],
  ])('%s', async (_, file, text, want) => {
    expect(await errorsOf(reader, [file, text])).toEqual(want);
    expect(await errorsOf(prisma, [file, text])).toEqual(want.map(() => 'unmapped-model/Gone'));
  });

  test('is compared where the schema has it too', async () => {
    const text = "interface Row { id: string } db.query<Row>('SELECT id FROM users');";
    const made = 'db.query("CREATE TABLE IF NOT EXISTS users (id int)"); db.query("INSERT INTO users (id) VALUES (1)")';
    expect(await errorsOf(['a.ts', `${text} ${made}`])).toEqual([
      'missing-field/users/name',
      'type-mismatch/users/id/id',
    ]);
  });
});

describe('a migration', () => {
  const model = ['models.ts', "interface User { id: number; name: string } knex<User>('users')"] as const;
  const insert = "db.query('INSERT INTO users (id) VALUES (1)')";
  const lacking = ['insert-missing-required/users/name'];

  test.each([
    ['with a number', 'migrations/001_a.ts', insert, []],
    ['in a folder with a number', 'db/migration/20240101_a/migration.ts', insert, []],
    ['that goes up and down', 'src/a.ts', `export async function up(db) { ${insert} } export const down = 1`, []],
    ['of a class', 'src/a.ts', `export class A1 { async up(db) { ${insert} } async down(db) {} }`, []],
    ['that is no such thing', 'src/migrations/run.ts', insert, lacking],
    ['that only goes up', 'src/a.ts', `export function up(db) { ${insert} }`, lacking],
    ['whose functions nobody sees', 'src/a.ts', `function up() { ${insert} } function down() {}`, lacking],
  ])('%s', async (_, file, text, want) => {
    expect(await errorsOf(model, [file, text])).toEqual(want);
  });
});
