import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import pg from 'pg';
import { check, generate, type RowsmithError } from '../src/index.js';
import { type FreshDatabase, freshDatabase, newestVersion, oldestVersion } from './support/postgres.js';

const schema = `
  create table t (id int primary key, nick text, code varchar(10), data jsonb, due timestamptz);
  create function f() returns int volatile language plpgsql as $$ begin create table ran (); return 1; end $$;
`;

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'rowsmith-queries-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

describe.each([oldestVersion, newestVersion, 'embedded'] as const)('queries on %s', (engine) => {
  let database: FreshDatabase | undefined;
  beforeAll(async () => {
    if (engine !== 'embedded') database = await freshDatabase(engine, schema);
    writeFileSync(join(folder, 'schema.sql'), schema);
  });
  afterAll(() => database?.drop());

  const config = () => ({
    source: database ? { url: database.url } : { sql: 'schema.sql' },
    queries: ['q.sql'],
  });
  const read = async (text: string) => {
    writeFileSync(join(folder, 'q.sql'), text);
    return (await check({ config: config(), folder })).catalog.queries ?? [];
  };
  /** The places and messages of the error about queries. */
  const refused = async (sql: string) => {
    const error = (await read(sql).then(
      () => undefined,
      (reason: unknown) => reason,
    )) as RowsmithError | undefined;
    return [...(error?.hint ?? '').matchAll(/^q\.sql:(\d+:\d+): (.*)$/gm)].map(([, at, message]) => `${at} ${message}`);
  };

  test('everything wrong is told at once, where it stands', async () => {
    const sql = `-- name: a :many
select id, nam from t where nick = :nick
;
-- name: é :many
select 1;
-- name: b :one
select jsonb_build_object('ä𝒳', :v) as made;
-- name: c :exec
vacuum t;
-- name: d :many
select id, id from t;
-- name: e :many
select 1;
-- name: f :one
delete from t;
-- name: g :many
insert into t (id, nick, code) values (1, :x, :x) returning id;
-- name: h :many
select id from t where nick = :nick and code in :codes;
-- name: i :exec
commit;
-- name: j :exec
end;
`;
    expect(await refused(sql)).toEqual([
      '2:12 column "nam" does not exist',
      '4:1 a query has a name that TypeScript can have: "-- name: openTickets :many"',
      '7:33 the type of :v cannot be told: write :v::text, or whichever type it has',
      '9:1 a query reads or writes rows: it begins with SELECT, VALUES, TABLE, WITH, INSERT, UPDATE, DELETE or MERGE',
      '11:1 d has two columns that are called id: give one another name with "as …"',
      '13:1 column 1 of e has no name: write "as …" behind it',
      '15:1 f gives no rows: it is :exec, or has a RETURNING',
      '17:47 :x has another type here than before: write :x::text, or whichever type it has, in both places',
      '19:49 IN takes a literal list: write = any(:codes)',
      '21:1 a query reads or writes rows: it begins with SELECT, VALUES, TABLE, WITH, INSERT, UPDATE, DELETE or MERGE',
      '23:1 a query reads or writes rows: it begins with SELECT, VALUES, TABLE, WITH, INSERT, UPDATE, DELETE or MERGE',
    ]);
  });

  test('SELECT INTO is refused, and what a declared type ends', async () => {
    expect((await refused('-- name: a :exec\nselect id into copied from t')).length).toBe(1);
    expect((await refused('-- name: a :exec\n-- param: id int) ; commit; select (1\nselect :id')).length).toBe(1);
  });

  test('text that is not complete is refused where it begins or ends', async () => {
    const start = '-- name: a :many\nselect id, ';
    expect(await refused(`${start}'abc;\n-- name: b :many\nselect 1`)).toEqual([
      `2:12 unterminated quoted string at or near "'abc;`,
    ]);
    expect(await refused(`${start}$$abc`)).toEqual(['2:12 unterminated dollar-quoted string at or near "$$abc"']);
    expect(await refused('-- name: a :many\nselect id from t where id = :a::')).toEqual([
      '2:33 syntax error at end of input',
    ]);
  });

  test('no query runs', async () => {
    await read(
      '-- name: a :one\nselect f() as ran;\n-- name: b :exec\nwith x as (select f()) insert into t select * from x;',
    );
    if (!database) return;
    const client = new pg.Client(database.url);
    await client.connect();
    const { rows } = await client.query(`select to_regclass('ran') as ran`).finally(() => client.end());
    expect(rows).toEqual([{ ran: null }]);
  });

  test.each<readonly [sql: string, parameters: readonly string[]]>([
    ['select id from t where nick = :n', ['n text']],
    ['select id from t where :n is null or nick = :n', ['n text?']],
    ['select id from t where nick is distinct from :n', ['n text?']],
    ["select coalesce(nick, :n) as a, coalesce(:m, nick, 'x') as b from t", ['n text', 'm text?']],
    [
      'insert into t (id, nick, code, data) values (:id, :n, :c, :d)',
      ['id integer', 'n text?', 'c character varying?', 'd jsonb?'],
    ],
    ['insert into t (id, nick) select :id, :n', ['id integer', 'n text?']],
    ['insert into t (id, nick) values (:a, :b), (:c, :d)', ['a integer', 'b text?', 'c integer', 'd text?']],
    [
      'update t set nick = upper(:n), due = :due where id = any(:ids)',
      ['n text', 'due timestamp with time zone?', 'ids integer[]'],
    ],
    ['insert into t (id) values (:id) on conflict (id) do update set nick = :n', ['id integer', 'n text?']],
    ['select id from t limit :n offset :m', ['n bigint', 'm bigint']],
  ])('the parameters of %s', async (sql, parameters) => {
    const [query] = await read(`-- name: q :${sql.startsWith('select') ? 'many' : 'exec'}\n${sql}`);
    const told = query?.parameters.map(({ name, type, nullable }) => `${name} ${type.sql}${nullable ? '?' : ''}`);
    expect(told).toEqual(parameters);
  });

  test('a file says what is not wanted as it is inferred', async () => {
    const [query] = await read(
      '-- name: q :many\n-- param: a?\n-- param: b! int8\nselect id from t where nick = :a and (:b is null)',
    );
    expect(query?.parameters).toMatchObject([
      { name: 'a', nullable: true },
      { name: 'b', nullable: false, type: { name: 'int8' } },
    ]);
  });

  test('what reads and writes is told', async () => {
    const [query] = await read(
      '-- name: q :many\nwith x as (delete from t where id = 1 returning nick) select nick from x',
    );
    expect(query).toMatchObject({ reads: [], writes: [{ schema: 'public', name: 't' }] });
    expect(query).not.toHaveProperty('standsIn');
  });
});

test('from a catalog file the queries have to be those that it knows', async () => {
  writeFileSync(join(folder, 'schema.sql'), schema);
  writeFileSync(join(folder, 'q.sql'), '-- name: a :many\nselect id from t;\n-- name: b :many\nselect nick from t');
  const shared = { queries: ['q.sql'], out: 'out' };
  await generate({ config: { ...shared, source: { sql: 'schema.sql' } }, folder });
  const offline = { config: { ...shared, source: { catalog: 'out/catalog.json' } }, folder };
  expect((await check(offline)).changes).toEqual([]);
  writeFileSync(
    join(folder, 'q.sql'),
    '-- Above.\n-- name: a :many\nselect id from t;\n-- name: b :many\nselect nick from t',
  );
  expect((await check(offline)).changes.map(({ path }) => path)).toEqual(
    expect.arrayContaining(['catalog.json', 'queries/q.ts']),
  );
  writeFileSync(join(folder, 'q.sql'), '-- name: a :many\nselect id from t;\n-- name: b :many\nselect code from t');
  await expect(check(offline)).rejects.toMatchObject({
    code: 'query-refused',
    hint: expect.stringContaining('q.sql:3:1: the catalog does not know b as it is here'),
  });
});

test('from a catalog file comments and lines are those of today, and what is written is the same as from SQL', async () => {
  writeFileSync(join(folder, 'schema.sql'), schema);
  const shared = { queries: ['q.sql'], out: 'out' };
  const fromSql = { config: { ...shared, source: { sql: 'schema.sql' } }, folder };
  const offline = { config: { ...shared, source: { catalog: 'out/catalog.json' } }, folder };
  const query = '-- name: a :many\nselect id from t;';
  writeFileSync(join(folder, 'q.sql'), query);
  await generate(fromSql);
  for (const text of [`-- Above.\n${query}`, `\n-- Other.\n${query}`, query]) {
    writeFileSync(join(folder, 'q.sql'), text);
    await generate(offline);
    expect((await check(fromSql)).changes).toEqual([]);
  }
});

test('files are named that are there, below the config', async () => {
  const source = { sql: 'schema.sql' };
  await expect(check({ config: { source, queries: ['none/*.sql'] }, folder })).rejects.toThrow(
    'queries: "none/*.sql" matches no file.',
  );
  await expect(check({ config: { source, queries: ['q.sql'], tenants: 't*' }, folder })).rejects.toThrow(
    'The config has tenants and queries, and the text of a query cannot follow the tenant.',
  );
  const inner = mkdtempSync(join(folder, 'inner-'));
  await expect(check({ config: { source, queries: ['../q.sql'] }, folder: inner })).rejects.toThrow(
    "which is above the config's folder",
  );
});
