import type { Case } from './cases.js';

const before = `create table t (id integer primary key, nick text, level integer not null, due timestamptz);
  create view ids as select id from t`;
const query = (sql: string, kind = 'many', name = 'q') => `-- name: ${name} :${kind}\n${sql};\n`;

/** What happened to a schema or to a file of queries, and what it means for the functions of the queries. */
export const queryCases: readonly (readonly [name: string, given: Case])[] = [
  [
    'nothing happens to queries',
    { before, migrate: 'select 1', queries: query('select id, nick from t where level = :level'), want: [] },
  ],
  [
    'a query fails, and another one does not',
    {
      before,
      migrate: 'alter table t rename nick to name',
      forget: true,
      queries: query('select id,\n  nick from t') + query('select id from t', 'many', 'other'),
      want: [
        'column-renamed: t.name was probably renamed from nick to name: breaks select, insert and update',
        'query-failed: q (q.sql) fails now: breaks calls',
      ],
    },
  ],
  [
    'a query failed before, and one that failed does not',
    {
      before,
      migrate: 'alter table t add more text',
      queries: query('select gone from t') + query('select more from t', 'many', 'other'),
      want: [
        'query-failed: q (q.sql) fails, as it did before: dangerous',
        'column-added: t.more was added (text): safe',
        'query-failed: other (q.sql) no longer fails: safe',
      ],
    },
  ],
  [
    'queries come, go and change',
    {
      before,
      migrate: 'select 1',
      queries: query('select id from t') + query('select id from t', 'many', 'other'),
      queriesAfter: query('select id from ids') + query('select 1 as one', 'one', 'another'),
      want: [
        'query-removed: other (q.sql) was removed: breaks calls',
        'query-sql: q (q.sql) changed its statement: dangerous',
        'query-added: another (q.sql) was added: safe',
      ],
    },
  ],
  [
    'a query gives another number of rows',
    {
      before,
      migrate: 'select 1',
      queries: query('select count(*) from t'),
      queriesAfter: query('select count(*) from t', 'one'),
      want: [
        'query-kind: q (q.sql) is now :one, not :many: breaks calls',
        'query-sql: q (q.sql) changed its statement: dangerous',
      ],
    },
  ],
  [
    'a query can no longer stand in another',
    {
      before,
      migrate: 'select 1',
      queries: query('select id from t') + query('delete from t returning id', 'many', 'other'),
      queriesAfter: query('delete from t returning id') + query('select id from t', 'many', 'other'),
      want: [
        'query-clause: q (q.sql) can no longer stand in FROM: breaks calls',
        'query-clause: other (q.sql) can no longer stand in WITH: breaks calls',
        'query-sql: q (q.sql) changed its statement: dangerous',
        'query-sql: other (q.sql) changed its statement: dangerous',
      ],
    },
  ],
  [
    'a row gets and loses columns',
    {
      before,
      migrate: 'alter table t drop nick, add more text',
      queries: query('select * from t'),
      want: [
        'column-removed: t.nick was removed (text): breaks select, insert and update',
        'query-column-removed: q (q.sql) no longer returns nick: breaks calls',
        'column-added: t.more was added (text): safe',
        'query-column-added: q (q.sql) also returns more: safe',
      ],
    },
  ],
  [
    'columns of a row change their types and may be null',
    {
      before,
      migrate: 'alter table t alter level drop not null, alter nick set not null, alter due type text',
      queries: query('select level, nick, due, upper(due::text) as shown from t'),
      want: [
        'column-nullability: t.nick became NOT NULL: breaks insert and update',
        'column-nullability: t.level lost its NOT NULL: breaks select',
        'column-type: t.due changed its type: timestamp with time zone → text: breaks select, insert and update',
        'query-column-nullability: q (q.sql) may return null in level now: breaks calls',
        'query-column-type: q (q.sql) returns another type in due: Date | number → string: breaks calls',
        'query-column-nullability: q (q.sql) never returns null in nick now: safe',
      ],
    },
  ],
  [
    'types change, in TypeScript or not',
    {
      before,
      migrate: 'drop view ids; alter table t alter level type smallint, alter id type bigint',
      queries: query('select level, id from t where id = :id and level = :level'),
      want: [
        'relation-removed: ids was removed (view): breaks select, insert and update',
        'column-type: t.id changed its type: integer → bigint: breaks select',
        'query-column-type: q (q.sql) returns another type in id: number → string: breaks calls',
        'column-type: t.level changed its type: integer → smallint: dangerous',
        'query-argument-type: q (q.sql) takes another type for id: number → bigint | number | string: safe',
      ],
    },
  ],
  [
    'a union gets a literal and loses one',
    {
      before: `create table t (a text check (a in ('x', 'y')))`,
      migrate: `alter table t drop constraint t_a_check, add check (a in ('y', 'z'))`,
      queries: query('select a from t') + query('insert into t values (:a)', 'exec', 'other'),
      want: [
        `column-values: t.a takes 'z' too and no longer takes 'x': breaks insert and update`,
        `query-argument-type: other (q.sql) takes another type for a: 'x' | 'y' → 'y' | 'z': breaks calls`,
        `query-column-type: q (q.sql) returns more values in a: 'x' | 'y' → 'y' | 'z': dangerous`,
      ],
    },
  ],
  [
    'a union is any text',
    {
      before: `create table t (a text check (a in ('x', 'y')))`,
      migrate: 'alter table t drop constraint t_a_check',
      queries: query('select a from t where a = :a'),
      want: [
        `column-values: t.a now takes any value, not only 'x', 'y': breaks select`,
        `query-column-type: q (q.sql) returns another type in a: 'x' | 'y' → string: breaks calls`,
        `query-argument-type: q (q.sql) takes another type for a: 'x' | 'y' → string: safe`,
      ],
    },
  ],
  [
    'arguments come and go',
    {
      before,
      migrate: 'select 1',
      queries: query('select id from t where id = :id'),
      queriesAfter: query('select id from t where level = :level and (:nick is null or nick = :nick)'),
      want: [
        'query-argument-added: q (q.sql) takes the argument level now: breaks calls',
        'query-argument-removed: q (q.sql) no longer takes the argument id: breaks calls',
        'query-sql: q (q.sql) changed its statement: dangerous',
        'query-argument-added: q (q.sql) can take the argument nick now: safe',
      ],
    },
  ],
  [
    'arguments change',
    {
      before,
      migrate: 'alter table t alter nick set not null, alter level drop not null, alter due type integer using 1',
      queries: query('update t set nick = :nick, level = :level, due = :due', 'exec'),
      want: [
        'column-nullability: t.nick became NOT NULL: breaks insert and update',
        'column-nullability: t.level lost its NOT NULL: breaks select',
        'column-type: t.due changed its type: timestamp with time zone → integer: breaks insert and update',
        'query-argument-nullability: q (q.sql) no longer takes null for nick: breaks calls',
        'query-argument-type: q (q.sql) takes another type for due: Date | string → number: breaks calls',
        'query-argument-nullability: q (q.sql) takes null for level now: safe',
      ],
    },
  ],
];
