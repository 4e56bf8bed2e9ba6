/**
 * Databases and SQL for which a run may be recorded: every change of what the answer depended on is noticed, whether in
 * the schema or around it.
 */
import { readdirSync, readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { execute, type FreshDatabase, freshDatabase, POSTGRES_VERSIONS, serverUrl } from './support/postgres.js';
import { RecordedProject } from './support/record.js';
import { repositoryPath } from './support/repository.js';

let project: RecordedProject;
beforeEach(() => {
  project = new RecordedProject();
});
afterEach(() => project.remove());

const answered = { code: 0, isAnswered: true };
const done = { code: 0, isAnswered: false };
const stale = { code: 1, isAnswered: false };

/** The cache of the checkout has an embedded server that has been started before. */
const checkout = { XDG_CACHE_HOME: repositoryPath('node_modules/.cache') };

test('two folders of SQL, of equal sizes and made in one moment, that are swapped', () => {
  project.write('first/1.sql', 'create table account (id int primary key);');
  project.write('other/1.sql', 'create table invoice (id int primary key);');
  const check = () => project.run(['check', '--source', 'first'], checkout);
  expect(project.run(['generate', '--source', 'first'], checkout)).toMatchObject({ code: 0 });
  expect(check()).toMatchObject({ code: 0, stdout: expect.stringContaining('up to date') });
  for (const [from, to] of [
    ['first', 'away'],
    ['other', 'first'],
    ['away', 'other'],
  ] as const)
    renameSync(project.path(from), project.path(to));
  expect(check().code).toBe(1);
  for (const [from, to] of [
    ['first', 'away'],
    ['other', 'first'],
    ['away', 'other'],
  ] as const)
    renameSync(project.path(from), project.path(to));
  project.edit('first/1.sql', 'account', 'invoice');
  expect(check().code).toBe(1);
});

describe.each(POSTGRES_VERSIONS)('PostgreSQL %s', (version) => {
  let database: FreshDatabase;
  const name = () => new URL(database.url).pathname.slice(1);
  const reader = `record_reader_${version}`;
  const group = `record_group_${version}`;
  const as = (user: string) => Object.assign(new URL(database.url), { username: user, password: '' }).href;

  beforeAll(async () => {
    database = await freshDatabase(
      version,
      `
      create role ${group}; create role ${reader} login in role ${group};
      create table account (id int primary key, name text not null); create view names as select name from account;
      create schema first; create schema other; grant usage on schema first to ${group}; grant usage on schema other to public;
      create function first.kind() returns int stable language sql as 'select 1';
      create function other.kind() returns text stable language sql as 'select null::text';
    `,
    );
    await execute(
      database.url,
      `revoke all on database "${name()}" from public; grant connect on database "${name()}" to public; grant temporary on database "${name()}" to ${reader}; alter role ${reader} set search_path = first, other, public`,
    );
  });
  afterAll(async () => {
    await execute(database.url, `drop owned by ${group}, ${reader}`);
    await database.drop();
    await execute(await serverUrl(version), `drop role ${reader}; drop role ${group}`);
  });

  test('the server tells that nothing changed, and what changes is seen', async () => {
    const environment = { DATABASE_URL: database.url };
    expect(project.run(['generate'], environment)).toMatchObject(done);
    expect(project.run(['check'], environment)).toMatchObject(answered);
    expect(project.run(['check', '--source', database.url])).toMatchObject(answered);
    expect(project.run(['check'])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('There is no schema to read'),
    });
    for (const [change, code] of [
      [`comment on column account.name is 'as people say it'`, 1],
      ['comment on column account.name is null', 0],
      ['create or replace view names as select nullif(name, $$$$) as name from account', 1],
    ] as const) {
      await execute(database.url, change);
      expect(project.run(['check'], environment)).toMatchObject({ code });
    }
    await execute(database.url, 'create or replace view names as select name from account');
  });

  test.each([
    [
      'has another search_path',
      `alter role ${reader} set search_path = other, first, public`,
      `alter role ${reader} set search_path = first, other, public`,
    ],
    ['is no longer a member', `revoke ${group} from ${reader}`, `grant ${group} to ${reader}`],
  ])('a role that %s gets another answer for a field of SQL', async (_what, change, back) => {
    project.write(
      'rowsmith.config.json',
      JSON.stringify({
        models: { account: { computed: { kind: { sql: 'kind()' }, shown: { sql: "coalesce(t.name, '')" } } } },
      }),
    );
    const environment = { DATABASE_URL: as(reader) };
    expect(project.run(['generate'], environment)).toMatchObject(done);
    expect(project.run(['check'], environment)).toMatchObject(answered);
    try {
      await execute(database.url, change.replace('NAME', `"${name()}"`));
      expect(project.run(['check'], environment)).toMatchObject(stale);
    } finally {
      await execute(database.url, back.replace('NAME', `"${name()}"`));
    }
    expect(project.run(['check'], environment)).toMatchObject({ code: 0 });
    expect(project.run(['check'], environment)).toMatchObject(answered);
  });

  test.each([
    [
      'may not make temporary views any more',
      `revoke temporary on database NAME from ${reader}`,
      `grant temporary on database NAME to ${reader}`,
    ],
    [
      'may only read',
      `alter role ${reader} set default_transaction_read_only = on`,
      `alter role ${reader} reset default_transaction_read_only`,
    ],
  ])('a role that %s is asked anew, and gets the same answer', async (_what, change, back) => {
    project.write(
      'rowsmith.config.json',
      JSON.stringify({ models: { account: { computed: { shown: { sql: "coalesce(t.name, '')" } } } } }),
    );
    const environment = { DATABASE_URL: as(reader) };
    expect(project.run(['generate'], environment)).toMatchObject(done);
    expect(project.run(['check'], environment)).toMatchObject(answered);
    try {
      await execute(database.url, change.replace('NAME', `"${name()}"`));
      expect(project.run(['check'], environment)).toMatchObject(done);
    } finally {
      await execute(database.url, back.replace('NAME', `"${name()}"`));
    }
  });

  test('rows are asked for what the config promises of them', async () => {
    project.write(
      'rowsmith.config.json',
      JSON.stringify({ models: { account: { computed: { shown: { sql: "nullif(t.name, '')", notNull: true } } } } }),
    );
    const environment = { DATABASE_URL: database.url };
    for (const _ of [1, 2]) expect(project.run(['generate'], environment)).toMatchObject(done);
    await execute(database.url, `insert into account values (1, '')`);
    expect(project.run(['check'], environment)).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('is null for some rows'),
    });
    await execute(database.url, 'delete from account');
  });

  test('a database that is restored from a copy, of which every id is the same', async () => {
    const [url, copy] = [as(new URL(database.url).username), `${name()}_copy`];
    const own = await freshDatabase(version, 'create table account (id int primary key)');
    const ownName = new URL(own.url).pathname.slice(1);
    const environment = { DATABASE_URL: own.url };
    await execute(url, `create database "${copy}" template "${ownName}"`);
    await execute(own.url, 'alter table account add column name text');
    expect(project.run(['generate'], environment)).toMatchObject(done);
    expect(project.run(['check'], environment)).toMatchObject(answered);
    await execute(url, `drop database "${ownName}"`);
    await execute(url, `alter database "${copy}" rename to "${ownName}"`);
    expect(project.run(['check'], environment)).toMatchObject(stale);
    await own.drop();
  });

  test('no record holds the URL', () => {
    project.run(['generate', '--source', database.url.replace('postgres@', 'postgres:secret@')]);
    const records = readdirSync(project.records);
    expect(records).toHaveLength(1);
    for (const record of records)
      expect(readFileSync(join(project.records, record), 'utf8')).not.toMatch(/secret|postgres:\/\//);
  });
});
