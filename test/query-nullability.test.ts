/** What the trees of queries prove, beyond what those of views do. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { check } from '../src/index.js';
import { type FreshDatabase, freshDatabase, POSTGRES_VERSIONS } from './support/postgres.js';

const schema = `
  create domain filled as text not null;
  create table a (id int primary key, n text not null, x text, f filled);
  create table b (id int primary key, a_id int references a, y text not null, z text);
  create view v as select id, n, x from a where x is not null;
  create view vf as select id, f from a;
  create function fill() returns trigger language plpgsql as $$ begin return null; end $$;
  create trigger fill instead of insert or update or delete on v for each row execute function fill();
  create table ruled (id int not null, n text not null);
  create rule ruled as on insert to ruled do instead insert into a (id, n) values (new.id, new.n) returning id, x;
`;

/** Statements, and for each of their columns whether it is proven never null; those of 17 and 18 apart. */
const statements: readonly (readonly [sql: string, proven: string])[] = [
  // Parameters.
  ['select id from a where x = :p', '1'],
  ['select x from a where x = :p', '1'],
  ['select x from a where x = :p or :p is null', '0'],
  ['select coalesce(x, :p) as c from a', '1'],
  ['select coalesce(x, :p, :q) as c from a', '1'],
  ['select coalesce(:p, x) as c from a', '0'],
  ['select :p::text as c, :q::int + 1 as d', '11'],
  ['select :p::text as c where :p is not null', '1'],
  // RETURNING tells of the row as it is then.
  ['insert into a (id, n, x) values (1, :n, :x) returning id, n, x', '110'],
  ['update a set x = null where x is not null returning x, n', '01'],
  ["update a set x = 'a' where x is null returning x, coalesce(x, n) as c", '01'],
  ['delete from a where x is not null returning x, n', '01'],
  ['update a set n = b.z from b where b.a_id = a.id and b.z is not null returning a.n, b.z, b.a_id, a.x', '1110'],
  ['update a set n = :n from b left join b c on c.id = b.a_id where b.id = a.id returning c.y, b.y as by', '01'],
  ['delete from a using b where b.a_id = a.id returning b.a_id, a.x', '10'],
  ['insert into a (id, n) values (1, :n) on conflict (id) do update set x = excluded.n returning x, n', '01'],
  [
    'insert into a (id, n) values (1, :n) returning (select max(y) from b where b.a_id = a.id) as m, a.n || a.id as c',
    '01',
  ],
  // A view with a trigger, and a table with a rule, give what those give.
  ['update v set n = :n returning id, n, x', '000'],
  ['insert into v (id, n, x) values (1, :n, :x) returning n, x', '00'],
  ['insert into ruled (id, n) values (1, :n) returning id, n', '00'],
  // A domain that refuses null proves nothing.
  ['select f from a', '0'],
  ['select f from vf', '0'],
  ['insert into a (id, n, f) select 1, :n, (select f from a where false) returning f', '0'],
  // Statements in WITH.
  ['with w as (insert into a (id, n) values (1, :n) returning id, x) select id, x from w', '10'],
  ['with w as (delete from a where x is not null returning x, n) select x, n from w', '01'],
  ['with w as (update a set x = null where x = :x returning *) select w.x, w.n from w left join b on true', '01'],
  ['with w as (delete from a returning id) select b.id, w.id as wid from b left join w on w.id = b.a_id', '10'],
  [
    'with w as (select id, x from a where x is not null) delete from b using w where w.id = b.a_id returning w.x, b.z',
    '10',
  ],
  // Recursion, sets, groups.
  [
    'with recursive r as (select 1 as n, x from a where x is not null union all select n + 1, x from r where n < :m) select n, x from r',
    '11',
  ],
  [
    'with recursive r as (select 1 as n, n as x from a union all select n + 1, null from r where n < :m) select n, x from r',
    '10',
  ],
  ['select n from a intersect select z from b', '1'],
  ['select x from a except select y from b', '0'],
  ['select n from a except select z from b', '1'],
  ['select n, id from a group by id > 0, rollup (n, id) having (id > 0) is not null', '00'],
  [
    'select n > :p as c, upper(n) as d, n, id + 1 as e, count(*) * 2 as f, now() as g from a group by id, n, grouping sets ((n), (n, n > :q))',
    '001110',
  ],
  ['select n, grouping(n) as g, count(*) as c from a group by cube (n)', '011'],
  ['select unnest(array[n, x]) as u, n from a', '01'],
  ['select id from a for update', '1'],
  ['select l.z from a, lateral (select z from b where b.a_id = a.id and z > :z) l', '1'],
];

const merge = `merge into a using b on a.id = b.a_id when matched then update set n = b.y when not matched then insert (id, n) values (b.id, b.y)
  returning merge_action() as act, a.n, a.x, b.y`;
const newer: readonly (readonly [version: number, sql: string, proven: string])[] = [
  [17, merge, '0100'],
  [18, 'update a set n = :n returning old.n as o, new.n as m, n', '001'],
  [18, 'insert into a (id, n) values (1, :n) returning old.n as o, case when n is not null then old.n end as c', '00'],
  [
    18,
    'update a set x = :x returning case when old.x is not null then x end as c, case when old.x is not null then old.x else n end as d',
    '00',
  ],
];

describe.each(POSTGRES_VERSIONS)('PostgreSQL %s', (version) => {
  let database: FreshDatabase;
  let folder: string;
  beforeAll(async () => {
    database = await freshDatabase(version, schema);
    folder = mkdtempSync(join(tmpdir(), 'rowsmith-proofs-'));
  });
  afterAll(async () => {
    await database?.drop();
    rmSync(folder, { recursive: true });
  });

  test.each([
    ['a function', ''],
    ['what the server prints where nothing may be created', '?options=-c%20default_transaction_read_only=on'],
  ])('proves what is true, and no more, from the tree of %s', async (_tree, options) => {
    const wanted = [...statements, ...newer.filter(([since]) => Number(version) >= since).map(([, ...one]) => one)];
    const text = wanted.map(([sql], index) => `-- name: q${index} :many\n${sql};\n`).join('');
    writeFileSync(join(folder, 'q.sql'), text);
    const { catalog } = await check({
      config: { source: { url: database.url + options }, queries: ['q.sql'] },
      folder,
    });
    const told = (catalog.queries ?? []).map(({ columns }, index) => [
      wanted[index]?.[0],
      columns.map(({ notNull }) => Number(notNull)).join(''),
    ]);
    expect(told).toEqual(wanted);
  });
});
