import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import pg from 'pg';
import { type Config, check, snapshot } from '../../src/index.js';
import { type FreshDatabase, freshDatabase, serverUrl } from '../support/postgres.js';

/** Everything that rowsmith asks a database about, in a schema that most have no business in. */
const schema = `
  create schema shop;
  create schema vault;
  create type shop.size as enum ('s', 'm');
  create table shop.items (id integer primary key, name text not null check (name <> ''), secret text default 'x', size shop.size);
  create table vault.keys (id integer primary key, value text);
  create view shop.names as select id, upper(name) as name from shop.items;
  create function shop.label(shop.items) returns text language sql stable as $$ select $1.name $$;
  alter table shop.items enable row level security;
  create policy nobody on shop.items using (false);
  insert into shop.items values (1, 'a', null, 's');
`;
const models = {
  'shop.items': { computed: { upper: { sql: 'upper(t.name)' }, secretLength: { sql: 'length(t.secret)' } } },
};
const role = `reader_${process.pid}`;
let database: FreshDatabase;

const urlOf = (user: string) => Object.assign(new URL(database.url), { username: user }).href;
async function run(sql: string): Promise<void> {
  const client = new pg.Client(database.url);
  await client.connect();
  await client.query(sql).finally(() => client.end());
}
async function generate(user: string, config: Partial<Config> = {}) {
  const notes: string[] = [];
  const { files, catalog } = await check({
    config: { source: { url: urlOf(user) }, models, ...config },
    onNote: (note) => notes.push(note),
  });
  return { files, catalog, notes };
}

beforeAll(async () => {
  database = await freshDatabase('18', schema);
  await run(`create role ${role} login; grant usage on schema shop, vault to ${role};`);
});
afterAll(async () => {
  await database?.drop();
  const client = new pg.Client(await serverUrl('18'));
  await client.connect();
  await client.query(`drop role ${role}`).finally(() => client.end());
});

describe('a role with CONNECT and USAGE alone', () => {
  test('reads what the superuser reads, computed fields too', async () => {
    expect(await generate(role)).toEqual(await generate('postgres'));
  });

  test('reads the same with SELECT on some columns', async () => {
    await run(`grant select (id) on shop.items to ${role}`);
    expect(await generate(role)).toEqual(await generate('postgres'));
    await run(`revoke all on shop.items from ${role}`);
  });

  test('cannot hold a promise about rows that it may not read', async () => {
    const promise = { 'shop.items': { computed: { first: { sql: 't.secret', notNull: true as const } } } };
    await run('alter table shop.items disable row level security');
    await expect(generate(role, { models: promise })).rejects.toThrow(
      'The computed field "first" of items cannot be evaluated: its rows could not be checked for nulls: permission denied for table items',
    );
    await run(`alter table shop.items enable row level security; grant select on shop.items to ${role}`);
    // The policy would hide the row that breaks the promise.
    await expect(generate(role, { models: promise })).rejects.toThrow(
      'query would be affected by row-level security policy for table "items"',
    );
    await expect(generate('postgres', { models: promise })).rejects.toThrow(
      'is declared notNull but is null for some rows',
    );
    await run(`revoke all on shop.items from ${role}`);
  });
});

test('without USAGE the tables of a schema are there, and a computed field of theirs is refused with a word', async () => {
  await run(`revoke usage on schema vault from ${role}`);
  expect(await generate(role)).toEqual(await generate('postgres'));
  await expect(
    generate(role, { models: { 'vault.keys': { computed: { size: { sql: 'length(t.value)' } } } } }),
  ).rejects.toMatchObject({
    message: 'The computed field "size" of keys cannot be evaluated: permission denied for schema vault',
  });
  await run(`grant usage on schema vault to ${role}`);
});

describe('where no temporary view can be made', () => {
  const types = ({ catalog }: Awaited<ReturnType<typeof generate>>) =>
    catalog.expressions.map(({ field, type, notNull }) => [field, type.sql, notNull]);
  const expected = [
    ['label', 'text', false],
    ['upper', 'text', true],
    ['secretLength', 'integer', false],
  ].sort();

  test('without TEMPORARY, everything is proven from what the server prints, and a note says so', async () => {
    const name = decodeURIComponent(new URL(database.url).pathname.slice(1));
    await run(`revoke temporary on database "${name}" from public`);
    const result = await generate(role);
    expect(types(result).sort()).toEqual(expected);
    expect(result.notes).toEqual([
      "Proofs about SQL computed fields leave a line in the server's log for each table, because the role has no TEMPORARY privilege.",
    ]);
    await run(`grant temporary on database "${name}" to public`);
  });

  test('nor in a transaction that is read-only by default', async () => {
    await run(`alter role ${role} set default_transaction_read_only = on`);
    const result = await generate(role);
    expect(types(result).sort()).toEqual(expected);
    expect(result.notes).toEqual([
      "Proofs about SQL computed fields leave a line in the server's log for each table, because the database is read-only.",
    ]);
    await run(`alter role ${role} reset default_transaction_read_only`);
  });
});

test.each(['off', 'on'])(
  'a snapshot with default_transaction_read_only = %s leaves out the one field that the schema has no column for',
  async (readOnly) => {
    await run(`alter role ${role} set default_transaction_read_only = ${readOnly}`);
    const computed = {
      gone: { sql: 't.gone' },
      null: { sql: 'nullif(t.name, t.name)', notNull: true as const },
      upper: { sql: 'upper(t.name)' },
    };
    await run(`grant select on shop.items to ${role}; alter table shop.items disable row level security`);
    const { catalog } = await snapshot({
      config: { source: { url: urlOf(role) }, models: { 'shop.items': { computed } } },
    });
    await run(`revoke all on shop.items from ${role}; alter table shop.items enable row level security`);
    await run(`alter role ${role} reset default_transaction_read_only`);
    // Nor is there the one that is not what the config promises of it.
    expect(catalog.expressions.map(({ field }) => field)).toEqual(['label', 'upper']);
  },
);

test('a catalog that is kept from the role is said, and is no bug', async () => {
  await run('revoke select on pg_catalog.pg_proc from public');
  await expect(generate(role)).rejects.toMatchObject({
    code: 'server-not-readable',
    message: expect.stringMatching(
      /^The catalog of PostgreSQL \S+ cannot be read: permission denied for table pg_proc\.$/,
    ),
  });
  await run('grant select on pg_catalog.pg_proc to public');
});
