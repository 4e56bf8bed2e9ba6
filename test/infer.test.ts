import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import pg from 'pg';
import { check, type ModelConfig } from '../src/index.js';
import { freshDatabase, POSTGRES_VERSIONS } from './support/postgres.js';

const schema = `
  create domain code as text check (value <> ''); create table users (id integer primary key, name text, born date, code code);
  insert into users values (1, null, null);
`;
const onDatabase = (command: string) => `do $$ begin execute format('${command}', current_database()); end $$;`;

/** The inferred expressions of a config for `users`, in a database of its own. */
async function infer(
  version: (typeof POSTGRES_VERSIONS)[number],
  computed: NonNullable<ModelConfig['computed']>,
  { sql = '', options = '' } = {},
) {
  const database = await freshDatabase(version, schema + sql);
  try {
    const { catalog } = await check({
      config: { source: { url: database.url + options }, models: { users: { computed } } },
    });
    return catalog.expressions.map(({ field, type, notNull, needs }) => [field, type.sql, notNull, needs]);
  } finally {
    await database.drop();
  }
}

const computed = {
  upper: { sql: 'upper(t.name)' },
  known: { sql: "coalesce(t.name, '')" },
  ids: { sql: 'array[t.id]' },
  sameCode: { sql: 't.code' },
  short: { sql: 't.name::varchar(4)' },
};
const inferred = [
  ['upper', 'text', false, ['name']],
  ['known', 'text', true, ['name']],
  ['ids', 'integer[]', true, ['id']],
  ['sameCode', 'public.code', false, ['code']],
  ['short', 'character varying(4)', false, ['name']],
];

describe.each(POSTGRES_VERSIONS)('inference on PostgreSQL %s', (version) => {
  test('types, nullability and needs come from a temporary view', async () => {
    expect(await infer(version, computed)).toEqual(inferred);
  });

  test('where everything is read-only, as on a replica, they come from what the server prints', async () => {
    expect(
      await infer(version, computed, { sql: onDatabase('alter database %I set default_transaction_read_only = on') }),
    ).toEqual(inferred);
  });

  test('so do they for a role that may not make temporary tables', async () => {
    // Any role without rights of its own will do; this one is there on every server.
    expect(
      await infer(version, computed, {
        sql: `${onDatabase('revoke temporary on database %I from public')}grant select on users to public`,
        options: '?options=-c%20role%3Dpg_signal_backend',
      }),
    ).toEqual(inferred);
  });

  test('a promise that the data breaks is refused', async () => {
    await expect(infer(version, { name2: { sql: 't.name', notNull: true } })).rejects.toThrow(
      'The computed field "name2" of users is declared notNull but is null for some rows.',
    );
    expect(await infer(version, { id2: { sql: 'nullif(t.id, 0)', notNull: true } })).toEqual([
      ['id2', 'integer', true, ['id']],
    ]);
  });

  test.each([
    ['count(*)', 'it aggregates the rows of the table; put the aggregate into a subquery'],
    ['unnest(array[1, 2])', 'it returns a set of rows'],
    ['t.nam', 'column t.nam does not exist'],
    ['1) as x, (2', 'it is more than one expression'],
    ["'open", 'unterminated quoted string'],
    ['1) as f0, t as "row" from users as t; commit; create table oops (); select (1', 'syntax error at or near ";"'],
    ['1) as f0) f; commit; select f.* from (select (1', 'cannot insert multiple commands into a prepared statement'],
    ['1 /*', 'unterminated /* comment'],
  ])('%s is refused', async (sql, reason) => {
    await expect(infer(version, { field: { sql } })).rejects.toThrow(
      `The computed field "field" of users cannot be evaluated: ${reason}`,
    );
  });
});

const outbreak =
  '1) as f0, t as "row" from users as t; set local search_path to default; commit; create table oops (); begin; ' +
  'savepoint rowsmith; create temporary view other as select (1';

/** Opens a string that a table's name closes, so that the second expression is outside any string. */
const opensString = { a: { sql: '$$' }, b: { sql: `'$$) as f0, 1 from users; commit; create table oops (); --'` } };

describe.each(POSTGRES_VERSIONS)('SQL of a config on PostgreSQL %s', (version) => {
  test.each([
    ['ends its statement', 'users', { a: { sql: outbreak } }],
    ['ends it behind another', 'users', { a: { sql: '1' }, b: { sql: outbreak } }],
    ['opens what a name closes', '$$) as f0 --', opensString],
  ])('runs nothing where it %s', async (_how, table, computed) => {
    const database = await freshDatabase(version, `${schema} create table "$$) as f0 --" (id integer);`);
    try {
      const config = { source: { url: database.url }, models: { [table]: { computed } } };
      await expect(check({ config })).rejects.toMatchObject({ code: 'expression-failed' });
      const client = new pg.Client(database.url);
      await client.connect();
      const { rows } = await client.query(`select from pg_class where relname = 'oops'`).finally(() => client.end());
      expect(rows).toEqual([]);
    } finally {
      await database.drop();
    }
  });
});

test('SQL of a config runs nothing on the embedded Postgres either', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'rowsmith-infer-'));
  try {
    writeFileSync(join(folder, 'schema.sql'), schema);
    const config = { source: { sql: 'schema.sql' }, models: { users: { computed: { a: { sql: outbreak } } } } };
    await expect(check({ config, folder })).rejects.toThrow(
      'The computed field "a" of users cannot be evaluated: syntax error at or near ";"',
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
});
