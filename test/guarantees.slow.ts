import { describe, expect, test } from '@jest/globals';
import { buildSchema } from '../src/model/build.js';
import type { TsType } from '../src/model/ts-type.js';
import { openLive } from '../src/postgres/live/open-live.js';
import { freshDatabase, POSTGRES_VERSIONS } from './support/postgres.js';
import { readEverything } from './support/read-everything.js';

/**
 * What keys and CHECKs on real servers prove, and what they do not. Each schema has rows that satisfy it, in which a
 * reader would find a null if too much were believed.
 */
async function read(version: (typeof POSTGRES_VERSIONS)[number], sql: string) {
  const database = await freshDatabase(version, sql);
  const session = await openLive(database.url).catch(async (error: unknown) => {
    await database.drop();
    throw error;
  });
  try {
    const catalog = await readEverything(session);
    return { catalog, relations: buildSchema(catalog, {}).relations };
  } finally {
    await session.close();
    await database.drop();
  }
}

const orgs = 'create table orgs (id integer primary key, name text not null);';
const users = 'create table users (id integer primary key, org_id integer not null references orgs);';

/** The relations of a schema: `User.org: one`. */
async function related(version: (typeof POSTGRES_VERSIONS)[number], sql: string): Promise<string[]> {
  const { relations } = await read(version, sql);
  return relations.flatMap(({ name, related: all }) => all.map((one) => `${name}.${one.name}: ${one.count}`));
}

describe.each(POSTGRES_VERSIONS)('on PostgreSQL %s', (version) => {
  test.each<[what: string, since: number, sql: string, want: readonly string[]]>([
    ['a key', 0, orgs + users, ['Org.users: many', 'User.org: one']],
    [
      'a key that is NOT VALID',
      0,
      `${orgs} create table users (id integer primary key, org_id integer not null); insert into users values (1, 9);
       alter table users add foreign key (org_id) references orgs not valid`,
      ['Org.users: many', 'User.org: one or none'],
    ],
    [
      'a key that is validated',
      0,
      `${orgs} create table users (id integer primary key, org_id integer not null);
       alter table users add constraint k foreign key (org_id) references orgs not valid; alter table users validate constraint k`,
      ['Org.users: many', 'User.org: one'],
    ],
    [
      'a key that is NOT ENFORCED',
      18,
      `${orgs} create table users (id integer primary key, org_id integer not null references orgs not enforced); insert into users values (1, 9)`,
      ['Org.users: many', 'User.org: one or none'],
    ],
    [
      'a key of a table with children, which obey neither it nor its unique key',
      0,
      `${orgs} create table users (id integer primary key, org_id integer not null unique references orgs);
       create table guests () inherits (users); insert into guests values (1, 9), (2, 9)`,
      ['Org.users: many', 'User.org: one or none'],
    ],
    [
      'a key of a table with a child that is left out: a child of an extension counts as well',
      0,
      `${orgs} ${users} create schema x; create table x.guests () inherits (users)`,
      ['Org.users: many', 'User.org: one or none'],
    ],
    [
      'a key to a table with children is one of its own rows',
      0,
      `${orgs} ${users} create table clubs () inherits (orgs)`,
      ['Org.users: many', 'User.org: one'],
    ],
    [
      'a key that is DEFERRABLE, which a transaction may break until it commits',
      0,
      `${orgs} create table users (id integer primary key, org_id integer not null references orgs deferrable initially deferred);
       create table pets (id integer primary key, org_id integer not null references orgs deferrable)`,
      ['Org.pets: many', 'Org.users: many', 'Pet.org: one or none', 'User.org: one or none'],
    ],
    [
      'a key to a table with row-level security',
      0,
      `${orgs} ${users} alter table orgs enable row level security; create policy none on orgs using (false)`,
      ['Org.users: many', 'User.org: one or none'],
    ],
    [
      'a key of a table with row-level security',
      0,
      `${orgs} ${users} alter table users enable row level security`,
      ['Org.users: many', 'User.org: one'],
    ],
    [
      'a key over a PERIOD is no equality, and no relation',
      18,
      `create table prices (id int4range, at daterange, primary key (id, at without overlaps));
       create table sales (id int primary key, price int4range not null, at daterange not null,
         foreign key (price, period at) references prices (id, period at))`,
      [],
    ],
    [
      'a partitioned table',
      0,
      `${orgs} create table users (id integer, org_id integer not null references orgs) partition by list (id);
       create table users_1 partition of users for values in (1)`,
      ['Org.users: many', 'User.org: one'],
    ],
    [
      'a key to a partitioned table leads to it, and to none of its partitions',
      0,
      `create table orgs (id integer primary key, name text) partition by range (id);
       create table orgs_1 partition of orgs for values from (1) to (10); create table orgs_2 partition of orgs for values from (10) to (20);
       ${users} insert into orgs values (15); insert into users values (1, 15)`,
      ['Org.users: many', 'User.org: one'],
    ],
  ])('%s', async (_what, since, sql, want) => {
    if (Number(version) >= since) expect(await related(version, sql)).toEqual(want);
  });
});

/** The field of the column `x` of the table `t`: the type that is read, and the type that an insert accepts. */
async function fieldOf(version: (typeof POSTGRES_VERSIONS)[number], sql: string): Promise<string> {
  const { relations } = await read(version, sql);
  const field = relations.find(({ key }) => key === 't')?.stored.find(({ column }) => column === 'x');
  const insert = field?.insert && `${spell(field.insert.type)}${field.insert.optional ? '?' : ''}`;
  return `${field ? spell(field.select) : ''}, ${insert}`;
}

function spell(type: TsType): string {
  if (type.kind === 'union') return type.members.map(spell).sort().join(' | ');
  if (type.kind === 'literal') return JSON.stringify(type.value);
  if (type.kind === 'array') return `(${spell(type.element)})[]`;
  return 'name' in type ? String(type.name) : type.kind;
}

describe.each(POSTGRES_VERSIONS)('columns on PostgreSQL %s', (version) => {
  test.each<[sql: string, want: string, since?: number]>([
    ['create table t (x text check (x is not null))', 'string, string'],
    ["create table t (x text check (x is not null and x <> ''))", 'string, string'],
    ['create table t (x varchar(3), y integer, check (y > 1 and (x is not null and y < 9)))', 'string, string'],
    ["create table t (x text default 'a' check (x is not null))", 'string, string?'],
    ['create table t ("X y" text, x text, check ("X y" is not null))', 'null | string, null | string?'],
    ["create table t (x text check (x is not null or x = ''))", 'null | string, null | string?'],
    ['create table t (x text check (not (x is not null)))', 'null | string, null | string?'],
    ['create table t (x text check ((x is not null) is not null))', 'null | string, null | string?'],
    ['create table t (x text, y text, check (coalesce(x, y) is not null))', 'null | string, null | string?'],
    ['create table t (x text); alter table t add check (x is not null) not valid', 'null | string, null | string?'],
    ['create table t (x text check (x is not null) not enforced)', 'null | string, null | string?', 18],
    ['create domain d as text check (value is not null); create table t (x d)', 'string, string'],
    ["create table t (x text not null check (x in ('a', 'b')) no inherit)", '"a" | "b", "a" | "b"'],
    [
      "create table t (x text not null check (x in ('a', 'b')) no inherit); create table u () inherits (t); insert into u values ('c')",
      'string, string',
    ],
    [
      "create table t (x text not null check (x in ('a', 'b'))); create table u () inherits (t)",
      '"a" | "b", "a" | "b"',
    ],
    [
      'create table t (x text check (x is not null) no inherit); create table u () inherits (t); insert into u values (null)',
      'null | string, null | string?',
    ],
    [
      'create table t (x text check (array_length(array[x], 1) = 1) no inherit); create table u () inherits (t)',
      'null | string, null | string?',
    ],
    [
      'create table t (x text); insert into t values (null); alter table t add constraint n not null x not valid',
      'null | string, string',
      18,
    ],
    [
      'create table t (x text constraint n not null no inherit); create table u () inherits (t); insert into u values (null)',
      'null | string, string',
      18,
    ],
    ['create table t (x text not null); create table u () inherits (t)', 'string, string'],
    ["create table t (x text[] not null check (x <@ array['a', 'b']))", '("a" | "b")[], ("a" | "b")[]'],
    ["create table t (x text[] not null check (array['a', 'b'] @> x))", '("a" | "b")[], ("a" | "b")[]'],
    [
      "create table t (x varchar(2)[] not null check (x <@ array['a', 'b']::varchar[] and cardinality(x) > 0))",
      '("a" | "b")[], ("a" | "b")[]',
    ],
    ['create table t (x integer[] not null check (x <@ array[1, 2]))', '(1 | 2)[], (1 | 2)[]'],
    ["create table t (x text[] not null check (x @> array['a', 'b']))", '(null | string)[], (null | string)[]'],
    ["create table t (x text[] not null check (x <@ array['a', null]))", '(null | string)[], (null | string)[]'],
    ["create table t (x text[] not null check (x <@ array['a'] or true))", '(null | string)[], (null | string)[]'],
    ["create table t (x text[] not null check (not x <@ array['a']))", '(null | string)[], (null | string)[]'],
    ["create table t (x text[] not null, y text[], check (y <@ array['a']))", '(null | string)[], (null | string)[]'],
    [
      "create collation c (provider = icu, locale = 'und-u-ks-level2', deterministic = false); create table t (x text[] collate c not null check (x <@ array['a']))",
      '(null | string)[], (null | string)[]',
    ],
    [
      "create domain d as text[] check (value <@ array['a', 'b']); create table t (x d not null)",
      '("a" | "b")[], ("a" | "b")[]',
    ],
  ])('%s', async (sql, want, since = 0) => {
    if (Number(version) >= since) expect(await fieldOf(version, sql)).toBe(want);
  });

  test('what a table refuses, a view over it does not show', async () => {
    const sql = 'create table t (x text check (x is not null), y text); create view v as select x, y from t';
    const { catalog } = await read(version, sql);
    const view = catalog.relations.find(({ name }) => name === 'v');
    expect(view?.columns.map(({ notNull }) => notNull)).toEqual([true, false]);
  });
});

test('a new partition changes no fact of other tables, and no version names one of its own', async () => {
  const sql = `create table orgs (id integer primary key) partition by range (id); create table teams (id integer, org_id integer references orgs) partition by list (id);
    create table owners (org_id integer references orgs);`;
  const partitions = `create table orgs_1 partition of orgs for values from (1) to (10);
    create table teams_1 partition of teams for values in (1) partition by list (org_id); create table teams_1_1 partition of teams_1 default;`;
  const facts = async (version: (typeof POSTGRES_VERSIONS)[number], schema: string) =>
    (await read(version, schema)).catalog.relations;
  const [first, ...others] = await Promise.all(POSTGRES_VERSIONS.map((version) => facts(version, sql + partitions)));
  for (const other of others) expect(other).toEqual(first);
  const [version = '15'] = POSTGRES_VERSIONS;
  expect(first?.filter(({ kind }) => kind !== 'partition')).toEqual(await facts(version, sql));
});
