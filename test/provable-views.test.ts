import { expect, test } from '@jest/globals';
import { openLive } from '../src/postgres/live/open-live.js';
import { freshDatabase, POSTGRES_VERSIONS } from './support/postgres.js';
import { readEverything } from './support/read-everything.js';

const schema = `
create domain code as text check (value is not null); create domain slug as text not null;
create table org (id integer primary key, name text not null, parent integer);
create table person (id integer primary key, name text not null, email text, boss integer, born date, tags text[], data jsonb, code code, slug slug);
create table ticket (id integer primary key, title text not null, due timestamptz, state text, assignee integer, org integer not null, estimate numeric);
create function lax(integer) returns integer language sql as 'select coalesce($1, 1)';
create function strict(integer) returns integer strict language sql as 'select nullif($1, 2)';`;

/** Views, and those of their columns that are never null, as determined by hand and by the proofs. */
const views: readonly (readonly [sql: string, notNull: string])[] = [
  // Conditions that reject null.
  ['select id, email, boss from person where email is not null', 'id email'],
  ["select email, born, boss from person where boss > 3 and email <> ''", 'email boss'],
  ["select email, boss from person where email like '%@%' or (email = 'x' and boss = 1)", 'email'],
  ['select email, boss from person where not (email is null or boss is null)', 'email boss'],
  ["select state, due from ticket where state in ('open', 'done') and due between '2024-01-01' and now()", 'state due'],
  ["select state from ticket where state not in ('open', 'done')", 'state'],
  ['select email, boss from person where (boss = 1) is true and (email is null) is not true', 'email boss'],
  ['select boss, email from person where (boss, email) = (1, $$a$$)', 'boss email'],
  ['select boss, email from person where (boss, email) > (1, $$a$$)', 'boss'],
  ["select data ->> 'name' as name, data -> 'age' as age from person where data ->> 'name' is not null", 'name'],
  ["select data ->> 'a' as a, data ->> 'b' as b, upper(data ->> 'a') as c from person where data ->> 'a' > ''", 'a c'],
  [
    'select assignee, due from ticket where assignee = any (array[1, 2]) and due is not distinct from now()',
    'assignee due',
  ],
  ['select assignee from ticket where assignee in (select id from person)', 'assignee'],
  ['select assignee from ticket t where exists (select from person p where p.id = t.assignee)', 'assignee'],
  ['select boss, tags[1] as tag from person where strict(boss) is not null and tags[1] is not null', 'boss tag'],
  ['select boss from person where lax(boss) is not null', ''],
  [
    'select coalesce(email, data #>> $${mail}$$) as mail from person where coalesce(email, data #>> $${mail}$$) is not null',
    'mail',
  ],
  ["select nullif(email, '') as mail, email from person where nullif(email, '') is not null", 'mail email'],
  // Outer joins that conditions turn into inner joins.
  [
    'select t.id, p.id as person, p.name, p.email from ticket t left join person p on p.id = t.assignee where p.id > 3',
    'id person name',
  ],
  [
    'select t.assignee, p.name from ticket t left join person p on p.id = t.assignee where p.name = $$a$$',
    'assignee name',
  ],
  [
    'select p.name, b.name as boss, o.name as org from person p left join person b on b.id = p.boss join org o on o.id = b.id',
    'name boss org',
  ],
  ['select p.name, t.title from person p full join ticket t on t.assignee = p.id where p.id is not null', 'name'],
  [
    'select p.name, t.title from person p left join ticket t on t.assignee = p.id where t.due is not null or t.state = $$a$$',
    'name title',
  ],
  ['select p.name, t.title from person p left join ticket t on t.assignee = p.id where t.title is null', 'name'],
  [
    'select p.name, t.title, t.due from person p left join ticket t on t.assignee = p.id where t is not null',
    'name title due',
  ],
  [
    'select case when t.id is not null then t.title else p.name end as what, t.title from person p left join ticket t on t.assignee = p.id',
    'what',
  ],
  ['select case when p.email is null then p.name else p.email end as mail from person p', 'mail'],
  ['select due is not null and due < now() as late, due < now() as early from ticket', 'late'],
  // Groups.
  [
    'select state, count(*) as n, count(due) as dues, sum(estimate) as sum from ticket group by rollup (state)',
    'n dues',
  ],
  ['select org, title, count(*) as n, max(id) as last from ticket group by org, rollup (title)', 'org n last'],
  ['select org, title, grouping(title) as g from ticket group by grouping sets ((org, title), (org))', 'org g'],
  [
    'select state, max(estimate) as most from ticket where state is not null group by state having max(estimate) > 3',
    'state most',
  ],
  [
    'select org, sum(id) over (order by id) as running, lag(id) over (order by id) as before from ticket',
    'org running',
  ],
  // Postgres evaluates the constant in HAVING, and omits it from the targets.
  [
    'select coalesce(4, 3) as c, count(*) as n from ticket group by rollup (coalesce(4, 3)) having coalesce(coalesce(4, 3), null) = coalesce(4, 3)',
    'n',
  ],
  // Recursion, set operations and functions.
  [
    'with recursive r (a, b, i) as (select 1, 1, 1 union all select nullif(a, 1), a, i + 1 from r where i < 4) select * from r',
    'i',
  ],
  [
    'with recursive up as (select id, parent, 1 as depth from org union all select o.id, o.parent, depth + 1 from org o join up on up.parent = o.id) select * from up',
    'id depth',
  ],
  [
    'with recursive n (i, name) as (select 1, $$a$$ union all select i + 1, nullif(name, $$b$$) from n where i < 5) select * from n',
    'i',
  ],
  [
    'select day::date as day, count(t.id) as n, t.title from generate_series(now(), now() + interval $$3 days$$, interval $$1 day$$) day left join ticket t on t.due = day group by day, t.title',
    'day n',
  ],
  [
    'select e.key, e.value, o.ordinality from person p, jsonb_each_text(p.data) e, unnest(p.tags) with ordinality o',
    'key ordinality',
  ],
  ['select u from unnest(array[1, 2, 3]) u', 'u'],
  ["select string_to_table('a,b', ',') as part, generate_series(1, 2) as i", ''],
  [
    "select jsonb_build_object('mail', email) as o, row_to_json(p) as r, split_part(name, ' ', 1) as first, extract(epoch from now()) as at, extract(month from born) as month, to_char(id, '9') as c from person p",
    'o r first at c',
  ],
  [
    "select name || ' ' || id as label, concat_ws(', ', email, name) as list, format('%s', email) as f, id in (1, 2) as few from person",
    'label list f few',
  ],
  // What the catalog says about tables and domains.
  ['select code, slug, p.name, t.title from person p left join ticket t on true', 'code slug name'],
  ['select t.id, p.code, p.slug from ticket t left join person p on p.id = t.assignee', 'id'],
  ['select name from person intersect select email from person', 'name'],
  ['select name from person except select email from person', 'name'],
];

/** Views of which less is proven than is true. */
const notProven: { readonly [sql: string]: string } = {
  // An expression that is not true may be null. No rule says that IS NULL never is.
  'select email, boss from person where (boss = 1) is true and (email is null) is not true': 'boss',
};

test.each(POSTGRES_VERSIONS)(
  'columns that are never null by hand are proven to be, on PostgreSQL %s',
  async (version) => {
    const created = views.map(([sql], index) => `create view v${index} as ${sql};`).join('\n');
    const database = await freshDatabase(version, schema + created);
    const session = await openLive(database.url);
    try {
      const { relations } = await readEverything(session);
      const columns = new Map(relations.map((relation) => [relation.name, relation.columns]));
      const found = views.map(([sql], index) => {
        const notNull = columns.get(`v${index}`)?.filter((column) => column.notNull);
        return [sql, notNull?.map(({ name }) => name).join(' ')];
      });
      expect(found).toEqual(views.map(([sql, notNull]) => [sql, notProven[sql] ?? notNull]));
    } finally {
      await session.close();
      await database.drop();
    }
  },
);
