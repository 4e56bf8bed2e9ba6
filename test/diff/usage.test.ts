import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type DiffFinding, diff, type Snapshot, snapshot } from '../../src/index.js';
import { freshDatabase, newestVersion } from '../support/postgres.js';

const before = `
create type mood as enum ('calm', 'cross');
create domain d as text;
create domain a_over_d as d;
create table tasks (task_id bigint primary key, title a_over_d, mood mood, gone integer);
create table notes (note_id bigint primary key, body text, gone integer);`;
const after = `
create type temper as enum ('calm', 'cross');
create domain d as text not null;
create domain a_over_d as d;
create table tasks (task_id bigint primary key, title a_over_d, mood temper);
create table notes (note_id bigint primary key, body text);`;

let folder: string;
let from: Snapshot;
let to: Snapshot;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'rowsmith-usage-'));
  const read = async (sql: string) => {
    const fresh = await freshDatabase(newestVersion, sql);
    const { catalog } = await snapshot({ config: { source: { url: fresh.url } } });
    await fresh.drop();
    return { catalog };
  };
  [from, to] = [await read(before), await read(after)];
});
afterAll(() => rmSync(folder, { recursive: true }));

const run = async (...usage: string[]): Promise<readonly DiffFinding[]> =>
  (await diff({ config: {}, from, to, ...(usage.length > 0 ? { usage } : {}) })).findings;

/** The changes that concern the code. */
const used = async (code: string) => {
  const file = join(folder, 'app.ts');
  writeFileSync(file, `declare const db: any, row: any, part: any, table: any, map: any;\n${code}`);
  return (await run(file)).filter((finding) => finding.used).map(({ id }) => id);
};

const domain = 'domain-nullability/d';
const gone = { tasks: 'column-removed/tasks/gone', notes: 'column-removed/notes/gone' };

test('a type touches what is generated for its columns', async () => {
  const names = (await run()).find(({ id }) => id === domain)?.names;
  expect(names).toEqual(['TasksTable.title', 'Task.title', 'TaskInsert.title', 'TaskUpdate.title']);
});

describe('a domain that became NOT NULL', () => {
  test.each([
    ['an insert that leaves the column out', `db.insertInto('tasks').values({ taskId: 1 })`, [domain]],
    ['the insert type', `const task: TaskInsert = { taskId: 1 }`, [domain]],
    ['another table', `db.insertInto('notes').values({ title: 1 })`, []],
  ])('%s', async (_, code, want) => {
    expect(await used(code)).toEqual(want);
  });
});

test('a renamed enum concerns code with its former name', async () => {
  expect(await used('export const moods: Mood[] = []')).toContain('enum-renamed/temper');
});

describe('a write whose columns cannot be read', () => {
  const opaque = [domain, gone.tasks];

  test.each([
    ['a variable', `db.insertInto('tasks').values(row)`],
    ['a call', `db.insertInto('tasks').values(row())`],
    ['a spread', `db.insertInto('tasks').values({ taskId: 1, ...part })`],
    ['an array', `db.insertInto('tasks').values([{ taskId: 1 }, row])`],
    ['a computed name', `db.updateTable('tasks as t').set({ [part]: 1 })`],
    ['a callback', `db.updateTable('tasks').where('taskId', '=', 1).set((eb) => ({ ...part }))`],
    ['a column in a variable', `db.updateTable('tasks').set(part, 1)`],
    [
      'on conflict',
      `db.insertInto('tasks').values({ taskId: 1 }).onConflict((oc) => oc.column('taskId').doUpdateSet(row))`,
    ],
  ])('%s', async (_, code) => {
    expect((await used(code)).filter((id) => id.includes('gone') || id === domain).sort()).toEqual([...opaque].sort());
  });

  test('of a table that cannot be known concerns those that the code names', async () => {
    expect(await used(`const names = ['notes']; db.insertInto(table).values(row)`)).toEqual([gone.notes]);
  });

  test('is none where the columns are written out, or no table is written', async () => {
    expect(
      await used(`db.insertInto('notes').values({ noteId: 1, ...{ body: row } }); map.set(row, 1); map.values()`),
    ).toEqual([]);
    expect(await used(`db.updateTable('notes').set('body', row)`)).toEqual([]);
  });
});

test('a column whose name holds no letter is used where a string holds it', async () => {
  const side = async (columns: string) => {
    const fresh = await freshDatabase(newestVersion, `create table odd (id int, ${columns})`);
    const { catalog } = await snapshot({ config: { source: { url: fresh.url } } });
    await fresh.drop();
    return { catalog };
  };
  const sides = { from: await side('"!?" int'), to: await side('other int') };
  const file = join(folder, 'odd.ts');
  const isUsed = async (code: string) => {
    writeFileSync(file, code);
    return (await diff({ config: {}, ...sides, usage: [file] })).findings.find(({ id }) =>
      id.startsWith('column-removed/'),
    )?.used;
  };
  expect(await isUsed(`declare const db: any; db.selectFrom('odd').select('odd.!?')`)).toBe(true);
  expect(await isUsed(`declare const db: any; db.selectFrom('odd').select('id')`)).toBe(false);
});
