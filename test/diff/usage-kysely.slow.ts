import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { diff, type Snapshot, snapshot } from '../../src/index.js';
import { freshDatabase, newestVersion } from '../support/postgres.js';
import { repositoryPath } from '../support/repository.js';

const before = `
create table tasks (task_id bigint primary key, title text, reason text, step_id bigint);
create table notes (note_id bigint primary key, body text, reason text);`;
const after = `
create table tasks (task_id bigint primary key, title text, step_id bigint);
create table notes (note_id bigint primary key, body text);`;

/** What is declared once, beside the code: the types of the tables name every column, and use none. */
const database = `
import { Kysely, type Generated, type Insertable, type Selectable } from 'kysely';
export interface TasksTable { task_id: Generated<string>; title: string | null; reason: string | null; step_id: string | null }
export interface NotesTable { note_id: Generated<string>; body: string | null; reason: string | null }
export interface DB { tasks: TasksTable; notes: NotesTable }
export type Row = Selectable<TasksTable>; export type NewNote = Insertable<NotesTable>;
export declare const db: Kysely<DB>;`;

let folder: string;
let sides: { readonly from: Snapshot; readonly to: Snapshot };

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'rowsmith-usage-'));
  mkdirSync(join(folder, 'node_modules'));
  symlinkSync(repositoryPath('node_modules/kysely'), join(folder, 'node_modules/kysely'));
  writeFileSync(join(folder, 'database.ts'), database);
  const read = async (sql: string) => {
    const fresh = await freshDatabase(newestVersion, sql);
    const { catalog } = await snapshot({ config: { source: { url: fresh.url } } });
    await fresh.drop();
    return { catalog };
  };
  sides = { from: await read(before), to: await read(after) };
});
afterAll(() => rmSync(folder, { recursive: true }));

/** The tables whose column \`reason\` the code uses, now that it is gone. */
async function usedIn(code: string, name = 'app.ts'): Promise<readonly string[]> {
  writeFileSync(
    join(folder, name),
    `import { sql } from 'kysely'; import { type NewNote, type Row, db } from './database';\n${code}`,
  );
  const usage = [join(folder, 'database.ts'), join(folder, name)];
  const { findings } = await diff({ config: {}, ...sides, usage });
  return findings.flatMap(({ id, used, table }) => (used && id.endsWith('/reason') && table !== null ? [table] : []));
}

describe('a query of Kysely uses the columns that it names', () => {
  test.each([
    ['select', `db.selectFrom('tasks').select('reason')`, ['tasks']],
    ['select of several, with an alias', `db.selectFrom('tasks').select(['title', 'reason as why'])`, ['tasks']],
    ['the table before the column', `db.selectFrom('tasks').select('tasks.reason')`, ['tasks']],
    [
      'another table in a join',
      `db.selectFrom('tasks').innerJoin('notes', 'note_id', 'step_id').select('notes.reason')`,
      ['notes'],
    ],
    ['an alias of the table', `db.selectFrom('tasks as t').select('t.reason')`, ['tasks']],
    [
      'an alias in a join',
      `db.selectFrom('notes').leftJoin('tasks as t', 't.step_id', 'note_id').select('t.reason')`,
      ['tasks'],
    ],
    ['where', `db.selectFrom('tasks').selectAll().where('reason', 'is', null)`, ['tasks']],
    [
      'a callback',
      `db.selectFrom('tasks').selectAll().where((eb) => eb.or([eb('reason', '=', 'x'), eb('title', '=', 'x')]))`,
      ['tasks'],
    ],
    ['a function', `db.selectFrom('tasks').select(({ fn }) => fn.max('reason').as('last'))`, ['tasks']],
    ['a list of names', `const names = ['title', 'reason'] as const; db.selectFrom('tasks').select(names)`, ['tasks']],
    ['order by', `db.selectFrom('notes').select('body').orderBy('reason desc' as 'reason')`, ['notes']],
    ['insert', `db.insertInto('notes').values({ body: 'x', reason: 'y' })`, ['notes']],
    ['insert of a value', `declare const note: NewNote; db.insertInto('notes').values(note)`, ['notes']],
    ['insert of a part', `declare const part: Pick<NewNote, 'body'>; db.insertInto('notes').values({ ...part })`, []],
    ['update', `db.updateTable('tasks').set({ reason: null })`, ['tasks']],
    ['update by name', `db.updateTable('tasks').set('reason', null)`, ['tasks']],
    ['returning', `db.deleteFrom('tasks').returning('reason')`, ['tasks']],
    ['a property of a row', `const row = await db.selectFrom('tasks').selectAll().executeTakeFirst(); row?.reason`, []],
    ['SQL', 'sql`select reason from tasks`.execute(db)', ['tasks']],
  ])('%s', async (_, code, want) => {
    expect(await usedIn(code)).toEqual(want);
  });
});

describe('no use is', () => {
  test.each([
    [
      'an interface that lists all columns',
      `interface Task { title: string; reason: string } db.selectFrom('tasks').select('title')`,
    ],
    [
      'the column of another table',
      `db.selectFrom('tasks').select('title'); const other = { reason: 1 }; other.reason`,
    ],
    ['a word of a text', `db.selectFrom('tasks').select('title'); console.log('no reason for the tasks')`],
    ['a migration', `db.selectFrom('tasks').select('reason')`, 'migrations/1.ts'],
    ['what a program wrote', `/** @generated */ db.selectFrom('tasks').select('reason')`],
  ])('%s', async (_, code, name = 'app.ts') => {
    mkdirSync(join(folder, 'migrations'), { recursive: true });
    expect(await usedIn(code, name)).toEqual([]);
  });
});

test('a property near the name of its table is one', async () => {
  expect(
    await usedIn(
      `async function f() { const row = await db.selectFrom('tasks').selectAll().executeTakeFirst(); return row?.reason }`,
    ),
  ).toEqual(['tasks']);
  expect(await usedIn(`async function f(row: Row) { return row.reason }`)).toEqual([]);
});
