/**
 * What tells a run against a live database that nothing changed: no change is missed, and using the database is none.
 */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import pg from 'pg';
import { readDatabaseFingerprint as databaseFingerprint } from '../../src/catalog/database-fingerprint.js';
import { fingerprinted, fingerprintQuery } from '../../src/catalog/fingerprint.js';
import { catalogQuery } from '../../src/catalog/query/catalog-query.js';
import { otherwise } from '../support/otherwise.js';
import { type FreshDatabase, freshDatabase, POSTGRES_VERSIONS } from '../support/postgres.js';

const schema = `
  create extension hstore; create extension postgres_fdw;
  create type mood as enum ('sad', 'ok'); create type pair as (a int, b text); create domain email as text check (value like '%@%');
  create type span as range (subtype = int4);
  create table parent (id int primary key, name text not null default 'x', at timestamptz, kind mood, note text);
  create table child (id int generated always as identity, parent_id int references parent, part text) partition by list (part);
  create table child_a partition of child for values in ('a');
  create index child_parent on child (parent_id);
  create view names as select id, name from parent; create rule names_insert as on insert to names do instead nothing;
  create function f(a int) returns text language sql as 'select $1::text'; create procedure p() language sql as '';
  create function same(pair, pair) returns boolean language sql as 'select true';
  create function g() returns trigger language plpgsql as 'begin return new; end';
  create server elsewhere foreign data wrapper postgres_fdw; create foreign table far (id int) server elsewhere;
  create collation loose (provider = icu, locale = 'und', deterministic = false);
  create schema other; create table other.t (id int);
`;

const changes: readonly string[] = [
  `alter table parent add column extra int`,
  `alter table parent rename column extra to more`,
  `alter table parent alter column more type bigint`,
  `alter table parent alter column more set not null`,
  `alter table parent alter column more set default 3`,
  `alter table parent alter column more set default 4`,
  `alter table parent alter column note type text collate loose`,
  `alter table parent drop column more`,
  `alter table parent add constraint long check (length(name) > 3)`,
  `alter table parent add constraint big check (id > 5) not valid`,
  `alter table parent validate constraint big`,
  `alter table parent rename constraint big to bigger`,
  `alter table parent drop constraint bigger`,
  `alter table child drop constraint child_parent_id_fkey, add foreign key (parent_id) references parent on delete cascade`,
  `alter table parent enable row level security`,
  `alter table parent disable row level security`,
  `comment on table parent is 'a'`,
  `comment on table parent is 'b'`,
  `comment on column parent.name is 'c'`,
  `comment on schema public is 'd'`,
  `comment on type mood is 'e'`,
  `comment on function f(int) is 'g'`,
  `alter type mood add value 'good'`,
  `alter type mood rename value 'sad' to 'blue'`,
  `alter type mood rename to temper`,
  `alter type pair add attribute c int`,
  `alter domain email set not null`,
  `alter domain email add constraint short check (length(value) < 99)`,
  `alter domain email set default 'a@b'`,
  `create unique index parent_name on parent (name) where id > 3`,
  `alter index parent_name rename to by_name`,
  `drop index by_name`,
  `create or replace view names as select id, name, at from parent`,
  `alter view names rename column at to moment`,
  `drop rule names_insert on names`,
  `create trigger up instead of update on names for each row execute function g()`,
  `drop trigger up on names`,
  `create trigger late after update on parent for each row execute function g()`,
  `alter table parent disable trigger late`,
  `drop trigger late on parent`,
  `create policy own on parent for select to pg_monitor using (id > 1)`,
  `alter policy own on parent using (id > 2)`,
  `drop policy own on parent`,
  `create or replace function f(a int) returns text language sql strict as 'select $1::text'`,
  `alter function f(int) rename to h`,
  `alter function h(int) immutable`,
  `drop procedure p()`,
  `create operator === (leftarg = pair, rightarg = pair, function = same)`,
  `create cast (temper as email) with inout as assignment`,
  `create table grandchild () inherits (parent)`,
  `alter table grandchild no inherit parent`,
  `alter table grandchild rename to orphan`,
  `drop table orphan`,
  `alter table child detach partition child_a`,
  `alter table child attach partition child_a for values in ('a', 'b')`,
  `alter table child detach partition child_a`,
  `create or replace function g() returns trigger language plpgsql as 'begin new.name := 1; return new; end'`,
  `alter table child_a set schema other`,
  `alter schema other rename to another`,
  `create schema third`,
  `drop schema third`,
  `alter foreign table far options (add updatable 'false')`,
  `alter server elsewhere options (add updatable 'false')`,
  `alter extension hstore drop function akeys(hstore)`,
  `drop extension hstore cascade`,
  `create type span2 as range (subtype = int8)`,
  `create materialized view stored as select 1 as one`,
];

/** What programs and the server do all day. */
const uses: readonly string[] = [
  `insert into parent (id, name) select g, 'abcd' || g from generate_series(6, 1000) g`,
  'update parent set at = now()',
  'delete from parent where id > 500',
  'analyze',
  'vacuum',
  'vacuum freeze parent',
  'vacuum full parent',
  'truncate child',
  'reindex table parent',
  'refresh materialized view stored',
  'create temporary table mine (id int primary key, note text check (note is not null)); create temporary view seen as select * from mine',
  'create role nobody_yet',
  'drop role nobody_yet',
  'set search_path = another',
  `set timezone = 'Asia/Tokyo'`,
];

test('every catalog that the catalog query reads is looked at', () => {
  // Functions are called: a parenthesis follows their name.
  const read = new Set([...catalogQuery.matchAll(/(?:from|join)\s+(pg_\w+)\b(?!\()/g)].map(([, name]) => name));
  expect(read.size).toBeGreaterThan(15);
  expect([...read].filter((name) => !fingerprinted.includes(name ?? ''))).toEqual([]);
});

test('of a catalog that changes as it is used, every column that the catalog query reads is looked at', () => {
  const columns = (sql: string) => new Set(sql.match(/\b(rel|ind)[a-z]+\b/g));
  const compared = columns(fingerprintQuery);
  const others = ['relation', 'relations', 'relid', 'index', 'indexes'];
  const read = [...columns(catalogQuery)].filter((name) => !others.includes(name));
  expect(read).toContain('relrowsecurity');
  expect(read.filter((name) => !compared.has(name))).toEqual([]);
});

describe.each(POSTGRES_VERSIONS)('PostgreSQL %s', (version) => {
  let database: FreshDatabase;
  let client: pg.Client;
  beforeAll(async () => {
    database = await freshDatabase(version, schema);
    client = new pg.Client(database.url);
    await client.connect();
  });
  afterAll(async () => {
    await client.end();
    await database.drop();
  });

  test('no change of the schema is missed', async () => {
    let before = await databaseFingerprint(database.url);
    for (const change of changes) {
      await client.query(change);
      const fingerprint = await databaseFingerprint(database.url);
      expect({ change, seen: fingerprint !== before }).toEqual({ change, seen: true });
      before = fingerprint;
    }
  });

  test('using the database changes nothing', async () => {
    const before = await databaseFingerprint(database.url);
    for (const use of uses) {
      await client.query(use);
      expect({ use, fingerprint: await databaseFingerprint(database.url) }).toEqual({ use, fingerprint: before });
    }
  });

  test('what the answer depends on beside the schema is no change missed either', async () => {
    const role = `conditions_${version}_${process.pid}`;
    await client.query(`create role ${role} login; create role ${role}_group`);
    await client.query(`create schema guarded; grant usage on schema guarded to ${role}_group`);
    const asRole = Object.assign(new URL(database.url), { username: role }).href;
    const name = pg.escapeIdentifier(decodeURIComponent(new URL(database.url).pathname.slice(1)));
    const conditions = [
      `alter role ${role} set search_path = public, guarded`,
      `alter role ${role} in database ${name} set search_path = guarded`,
      `grant ${role}_group to ${role}`,
      `revoke ${role}_group from ${role}`,
      `revoke temporary on database ${name} from public`,
      `alter role ${role} set default_transaction_read_only = on`,
      `alter role ${role} set datestyle = 'ISO, DMY'`,
      `alter database ${name} set datestyle = 'ISO, YMD'; alter role ${role} reset datestyle`,
    ];
    try {
      let before = await databaseFingerprint(asRole);
      for (const condition of conditions) {
        await client.query(condition);
        const fingerprint = await databaseFingerprint(asRole);
        expect({ condition, seen: fingerprint !== before }).toEqual({ condition, seen: true });
        before = fingerprint;
      }
      for (const [setting, value] of otherwise.filter(([setting]) => setting !== 'DateStyle')) {
        await client.query(`alter role ${role} set ${setting} = ${pg.escapeLiteral(value)}`);
        expect({ setting, value, fingerprint: await databaseFingerprint(asRole) }).toEqual({
          setting,
          value,
          fingerprint: before,
        });
      }
    } finally {
      await client.query(`drop owned by ${role}, ${role}_group; drop role ${role}, ${role}_group`);
    }
  });
});
