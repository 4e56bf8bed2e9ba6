import { expect, test } from '@jest/globals';
import { check, init, loadConfig } from '../../src/index.js';
import { project } from './project.js';

const sql = `
  create table plans (id integer primary key, "createdAt" timestamptz, created_at timestamptz);
  create table plan (id integer primary key);
  create table users (id integer primary key, plan_id integer references plans);
  create table "user" (id integer primary key, "ownerId" integer references users, manager_id integer references "user");
  create schema other;
  create table other.users (id integer primary key);
  create function tag(users) returns text stable language sql return 'x';
  alter table users add tag text;`;

test('init writes a config that gives shared names to one, and nothing is shared any more', async () => {
  const { folder, read } = project({ 'package.json': '{"type":"module"}', 'schema.sql': sql }, ['rowsmith']);
  const without = await check({ config: { source: { sql: 'schema.sql' } }, folder });
  expect(without.notes.filter((note) => note.startsWith('Where several things share a name'))).toEqual([
    expect.stringContaining("plans: { name: 'Plan', alias: { created_at: 'createdAt' } }"),
  ]);
  const { notes } = await init({ folder, source: { sql: 'schema.sql' } });
  expect(notes.filter((note) => note.startsWith('Where several things share a name'))).toEqual([]);
  const written = read('rowsmith.config.js');
  expect(written).toContain("name: 'Plan'");
  expect(written).toContain("created_at: 'createdAt'");
  expect(written).toContain("tag: 'tag'");
  const loaded = await loadConfig(undefined, folder);
  const { changes, notes: left } = await check({ config: { ...loaded?.config }, folder });
  expect(left.filter((note) => note.startsWith('Where several things share a name'))).toEqual([]);
  expect(changes.map(({ path }) => path).filter((path) => path.startsWith('models/'))).toEqual([
    'models/other-user.ts',
    'models/plan-table.ts',
    'models/plan.ts',
    'models/user-table.ts',
    'models/user.ts',
  ]);
});
