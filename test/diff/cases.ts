import type { Config } from '../../src/index.js';
import { nameCases } from './name-cases.js';
import { queryCases } from './query-cases.js';

export interface Case {
  /** SQL for the schema as it was, and what was done to it. */
  readonly before: string;
  readonly migrate: string;
  readonly config?: Config;
  /** The newer side's, where it differs. */
  readonly configAfter?: Config;
  /** The text of a file of queries, and of today's where it differs. */
  readonly queries?: string;
  readonly queriesAfter?: string;
  /** Without the database's numbers, as between catalog files. */
  readonly forget?: true;
  /** `rule: message`, in the report's order. */
  readonly want: readonly string[];
}

const computed = (sql: string): Config => ({ models: { t: { computed: { twice: { sql } } } } });

const touched = `create table t (a integer, at timestamptz); create function touch() returns trigger language plpgsql as 'begin new.at := now(); return new; end'`;

/** What happened to a schema, and what has to be said about it. */
export const cases: readonly (readonly [name: string, given: Case])[] = [
  ['nothing', { before: 'create table t (a integer)', migrate: 'select 1', want: [] }],

  [
    'a schema comes',
    {
      before: '',
      migrate: 'create schema s; create table s.t (a integer)',
      want: ['relation-added: s.t was added (table): safe', 'schema-added: schema s was added: safe'],
    },
  ],
  [
    'a schema goes',
    {
      before: 'create schema s; create table s.t (a integer)',
      migrate: 'drop schema s cascade',
      want: [
        'relation-removed: s.t was removed (table): breaks select, insert and update',
        'schema-removed: schema s was removed: safe',
      ],
    },
  ],
  [
    'a schema is commented',
    {
      before: 'create table t (a integer)',
      migrate: `comment on schema public is 'ours'`,
      want: ['schema-comment: schema public has a new comment: safe'],
    },
  ],

  [
    'a table is renamed: certain by its id',
    {
      before: 'create table a (x integer, y text)',
      migrate: 'alter table a rename to b',
      want: ['relation-renamed: b was renamed from a to b: breaks select, insert and update'],
    },
  ],
  [
    'a table is renamed: suspected by its columns',
    {
      before: 'create table user_notes (x integer, y text, z date)',
      migrate: 'alter table user_notes rename to notes',
      forget: true,
      want: ['relation-renamed: notes was probably renamed from user_notes to notes: breaks select, insert and update'],
    },
  ],
  [
    'a small table goes and a like one comes: no suspicion',
    {
      before: 'create table a (id integer, name text)',
      migrate: 'alter table a rename to b',
      forget: true,
      want: [
        'relation-removed: a was removed (table): breaks select, insert and update',
        'relation-added: b was added (table): safe',
      ],
    },
  ],
  [
    'a table becomes a view',
    {
      before: 'create table t (a integer)',
      migrate: 'drop table t; create view t as select id as a from anchor',
      want: ['relation-kind: t changed from table to view: safe'],
    },
  ],
  [
    'a view can no longer be written',
    {
      before: 'create view v as select id from anchor',
      migrate: 'create or replace view v as select distinct id from anchor',
      want: [
        'relation-writable: v no longer takes insert or update: breaks insert and update',
        'column-writable: v.id can no longer be written: breaks insert and update',
      ],
    },
  ],
  [
    'a column of a view can no longer be written',
    {
      before: 'create table t (a integer, b integer); create view v as select a, b from t',
      migrate: 'create or replace view v as select a, b + 1 as b from t',
      want: ['column-writable: v.b can no longer be written: breaks insert and update'],
    },
  ],
  [
    'a table inherits',
    {
      before: 'create table t (id integer)',
      migrate: 'alter table t inherit anchor',
      want: [
        'relation-inherited: anchor now has tables that inherit from it: dangerous',
        'relation-parents: t changed its parents: none → anchor: safe',
      ],
    },
  ],
  [
    'a table is inherited from, and its keys do not hold for all that is read',
    {
      before:
        'create table p (id integer primary key); create table t (id integer not null references p, b integer references p); create table c (id integer not null, b integer)',
      migrate: 'alter table c inherit t',
      want: [
        'foreign-key-guarantee: t may now have no row over (id): breaks select',
        'relation-inherited: t now has tables that inherit from it: dangerous',
        'relation-parents: c changed its parents: none → t: safe',
      ],
    },
  ],
  [
    'a table no longer has tables that inherit from it',
    {
      before: 'create table c () inherits (anchor)',
      migrate: 'alter table c no inherit anchor',
      want: [
        'relation-inherited: anchor no longer has tables that inherit from it: dangerous',
        'relation-parents: c changed its parents: anchor → none: safe',
      ],
    },
  ],
  [
    'row-level security comes',
    {
      before:
        'create table p (id integer primary key); create table t (p integer not null references p, q integer references p)',
      migrate: 'alter table p enable row level security',
      want: [
        'foreign-key-guarantee: t may now have no row over (p): breaks select',
        'relation-row-security: p now has row-level security: dangerous',
      ],
    },
  ],
  [
    'row-level security goes',
    {
      before:
        'create table p (id integer primary key); alter table p enable row level security; create table t (p integer not null references p)',
      migrate: 'alter table p disable row level security',
      want: [
        'relation-row-security: p no longer has row-level security: dangerous',
        'foreign-key-guarantee: t now always has a row over (p): safe',
      ],
    },
  ],
  [
    'a foreign key becomes deferrable',
    {
      before:
        'create table p (id integer primary key); create table t (p integer not null references p, q integer references p)',
      migrate:
        'alter table t alter constraint t_p_fkey deferrable, alter constraint t_q_fkey deferrable initially deferred',
      want: [
        'foreign-key-guarantee: t may now have no row over (p): breaks select',
        'foreign-key-changed: t t_p_fkey changed its actions: on delete no action, on update no action → on delete no action, on update no action, deferrable: safe',
        'foreign-key-changed: t t_q_fkey changed its actions: on delete no action, on update no action → on delete no action, on update no action, deferrable: safe',
      ],
    },
  ],
  [
    'a foreign key is validated',
    {
      before:
        'create table p (id integer primary key); create table t (p integer not null); alter table t add foreign key (p) references p not valid',
      migrate: 'alter table t validate constraint t_p_fkey',
      want: [
        'foreign-key-changed: t t_p_fkey changed its actions: on delete no action, on update no action, not valid → on delete no action, on update no action: safe',
        'foreign-key-guarantee: t now always has a row over (p): safe',
      ],
    },
  ],
  [
    'expressions are written in another way',
    {
      before: `create table t (a timestamptz default now(), b numeric(8,2) default 1 check (b > 0 and b in (1, 2)), c text[] default '{}', d varchar(9) default 'x' check (d in ('x', 'y')),
        e timestamp default now(), f timestamptz default timezone('utc', now()), g integer[] default '{1,2}', h text default 'q', i double precision default 0.5, j bigint default -1,
        k varchar(9) default null, l date default now(), m varchar(9) check (m <> all ('{x,y}'::varchar[])));
        create index i on t (a) where b > 0; create domain dom as numeric default 1 check (value in (1, 2) and value > 0)`,
      migrate: `alter table t drop constraint t_b_check, drop constraint t_d_check, drop constraint t_m_check, alter a set default current_timestamp, alter b set default '1', alter c set default array[]::text[],
        alter d set default 'x'::text, add constraint t_b_check check (b > '0'::numeric and b in ('2', '1')), add constraint t_d_check check (d::text = any (array['y', 'x'])), alter e set default localtimestamp,
        alter f set default now() at time zone 'utc', alter g set default array[1, 2], alter h set default 'q'::varchar, alter i set default '0.5', alter j set default '-1'::numeric, alter k drop default,
        alter l set default transaction_timestamp(), add constraint t_m_check check (m not in ('y', 'x'));
        drop index i; create index i on t (a) where b > '0';
        alter domain dom set default '1'; alter domain dom drop constraint dom_check; alter domain dom add constraint dom_check check (value in ('2', '1') and value > '0'::numeric)`,
      want: [],
    },
  ],
  [
    'expressions change that look alike',
    {
      before: `create table t (a timestamptz default now(), b numeric default 1, c text default '1', d varchar(3) default 'abcd'::text, e numeric check (e / 2 > 1), f integer check (f in (1, 2)))`,
      migrate: `alter table t alter a set default clock_timestamp(), alter b set default 1.0, alter c set default '01', alter d set default 'abcd'::varchar(2),
        drop constraint t_e_check, add constraint t_e_check check (e::integer / 2 > 1), drop constraint t_f_check, add constraint t_f_check check (f not in (1, 2))`,
      want: [
        'column-values: t.f now takes any value, not only 1, 2: breaks select',
        'column-default: t.a changed its default: now() → clock_timestamp(): dangerous',
        'column-default: t.b changed its default: 1 → 1.0: dangerous',
        `column-default: t.c changed its default: '1'::text → '01'::text: dangerous`,
        `column-default: t.d changed its default: 'abcd'::text → 'abcd'::character varying(2): dangerous`,
        'check-changed: t changed the check t_e_check: ((e / (2)::numeric) > (1)::numeric) → (((e)::integer / 2) > 1): dangerous',
        'check-changed: t changed the check t_f_check: (f = ANY (ARRAY[1, 2])) → (f <> ALL (ARRAY[1, 2])): dangerous',
      ],
    },
  ],
  [
    'a table is commented',
    {
      before: 'create table t (a integer)',
      migrate: `comment on table t is 'x'`,
      want: ['relation-comment: t has a new comment: safe'],
    },
  ],

  [
    'a column that may be left out comes',
    {
      before: 'create table t (a integer)',
      migrate: 'alter table t add b text',
      want: ['column-added: t.b was added (text): safe'],
    },
  ],
  [
    'a column that has to be given comes',
    {
      before: 'create table t (a integer)',
      migrate: 'alter table t add b text not null',
      want: ['column-added: t.b was added, NOT NULL without a default (text): breaks insert'],
    },
  ],
  [
    'a column goes',
    {
      before: 'create table t (a integer, b text)',
      migrate: 'alter table t drop b',
      want: ['column-removed: t.b was removed (text): breaks select, insert and update'],
    },
  ],
  [
    'a generated column goes',
    {
      before: 'create table t (a integer, b integer generated always as (a + 1) stored)',
      migrate: 'alter table t drop b',
      want: ['column-removed: t.b was removed (integer): breaks select'],
    },
  ],
  [
    'a column is renamed: certain by its number',
    {
      before: 'create table t (a integer, b text, c date)',
      migrate: 'alter table t rename b to d',
      want: ['column-renamed: t.d was renamed from b to d: breaks select, insert and update'],
    },
  ],
  [
    'a column is dropped and another added: certain that it is no rename',
    {
      before: 'create table t (a integer, old_name text)',
      migrate: 'alter table t drop old_name, add new_name text',
      want: [
        'column-removed: t.old_name was removed (text): breaks select, insert and update',
        'column-added: t.new_name was added (text): safe',
      ],
    },
  ],
  [
    'a column is renamed: suspected by its place',
    {
      before: 'create table t (a integer, b text, c date)',
      migrate: 'alter table t rename b to d',
      forget: true,
      want: ['column-renamed: t.d was probably renamed from b to d: breaks select, insert and update'],
    },
  ],
  [
    'a column is renamed: suspected by its words',
    {
      before: 'create table t (a integer, user_name text)',
      migrate: 'alter table t rename user_name to name',
      forget: true,
      want: ['column-renamed: t.name was probably renamed from user_name to name: breaks select, insert and update'],
    },
  ],
  [
    'two columns of a type go and come: no suspicion',
    {
      before: 'create table t (a text, b text, c date)',
      migrate: 'alter table t rename a to x; alter table t rename b to y',
      forget: true,
      want: [
        'column-removed: t.a was removed (text): breaks select, insert and update',
        'column-removed: t.b was removed (text): breaks select, insert and update',
        'column-added: t.x was added (text): safe',
        'column-added: t.y was added (text): safe',
      ],
    },
  ],
  [
    'a renamed column takes its keys, checks and indexes along',
    {
      before: `create table t (a integer primary key, b text check (b <> ''), c date); create index i on t (b) where b is not null`,
      migrate: 'alter table t rename b to d; alter table t rename a to e',
      want: [
        'column-renamed: t.e was renamed from a to e: breaks select, insert and update',
        'column-renamed: t.d was renamed from b to d: breaks select, insert and update',
      ],
    },
  ],
  [
    'a check of a column that is called like a keyword, or like its type',
    {
      before: `create type status as enum ('open', 'done');
        create table t (kind text check (kind <> ''), "char" "char" check ("char" <> 'x'), status status check (status <> 'done'))`,
      migrate: 'alter table t rename kind to "user"; alter table t rename status to state',
      want: [
        'column-renamed: t.user was renamed from kind to user: breaks select, insert and update',
        'column-renamed: t.state was renamed from status to state: breaks select, insert and update',
      ],
    },
  ],
  [
    'an index and a key of a renamed column are made anew, under other names',
    {
      before:
        'create table t (a integer, b text unique); create unique index i on t (a); create index k on t (b) where a > 1',
      migrate: `alter table t rename a to x; drop index i, k; create unique index j on t (x); create index l on t (b) where x > 1;
        alter table t drop constraint t_b_key, add constraint b_key unique (b)`,
      want: [
        'column-renamed: t.x was renamed from a to x: breaks select, insert and update',
        'constraint-renamed: t renamed a constraint: t_b_key → b_key: safe',
        'constraint-renamed: t renamed a constraint: i → j: safe',
        'constraint-renamed: t renamed a constraint: k → l: safe',
      ],
    },
  ],
  [
    'a foreign key and a check come with their column',
    {
      before: 'create table p (id integer primary key); create table t (a integer)',
      migrate: `alter table t add b integer references p, add c integer check (c > 0), add d integer default 1 references p, add e integer check (e > a)`,
      want: [
        'foreign-key-added: t (d) references p (id) now: dangerous',
        'check-added: t gained the check t_check: (e > a): dangerous',
        'column-added: t.b was added (integer): safe',
        'column-added: t.c was added (integer): safe',
        'column-added: t.d was added (integer): safe',
        'column-added: t.e was added (integer): safe',
        'foreign-key-added: t (b) references p (id) now: safe',
        'check-added: t gained the check t_c_check: (c > 0): safe',
      ],
    },
  ],
  [
    'unique indexes that a primary key covers come and go',
    {
      before:
        'create table t (a integer primary key, b integer, c integer); create unique index gone on t (a); create unique index wide on t (a, c)',
      migrate: `drop index gone, wide; create unique index covered on t (b, a); create unique index partial on t (a) where b > 1; create unique index bare on t (b); alter table t add unique (a)`,
      want: [
        'index-added: t gained the unique index bare: dangerous',
        'index-removed: t lost the unique index wide: dangerous',
        'unique-added: t is now unique by (a): safe',
        'index-added: t gained the unique index covered: safe',
        'index-added: t gained the unique index partial: safe',
        'index-removed: t lost the unique index gone: safe',
      ],
    },
  ],
  [
    'columns stand in another order',
    {
      before: 'create table t (a integer, b text)',
      migrate: 'drop table t; create table t (b text, a integer)',
      want: ['column-order: t changed the order of its columns: safe'],
    },
  ],
  [
    'integer becomes bigint',
    {
      before: 'create table t (a integer)',
      migrate: 'alter table t alter a type bigint',
      want: ['column-type: t.a changed its type: integer → bigint: breaks select'],
    },
  ],
  [
    'varchar is shortened',
    {
      before: 'create table t (a varchar(20))',
      migrate: 'alter table t alter a type varchar(10)',
      want: ['column-type: t.a changed its type: character varying(20) → character varying(10): dangerous'],
    },
  ],
  [
    'varchar is lengthened',
    {
      before: 'create table t (a varchar(20))',
      migrate: 'alter table t alter a type text',
      want: ['column-type: t.a changed its type: character varying(20) → text: safe'],
    },
  ],
  [
    'numeric loses digits',
    {
      before: 'create table t (a numeric(8,2))',
      migrate: 'alter table t alter a type numeric(8,4)',
      want: ['column-type: t.a changed its type: numeric(8,2) → numeric(8,4): dangerous'],
    },
  ],
  [
    'timestamp gets a time zone',
    {
      before: 'create table t (a timestamp)',
      migrate: 'alter table t alter a type timestamptz',
      want: ['column-type: t.a changed its type: timestamp without time zone → timestamp with time zone: dangerous'],
    },
  ],
  [
    'a scalar becomes an array',
    {
      before: 'create table t (a text)',
      migrate: 'alter table t alter a type text[] using array[a]',
      want: ['column-type: t.a changed its type: text → text[]: breaks select, insert and update'],
    },
  ],
  [
    'NOT NULL comes',
    {
      before: 'create table t (a text)',
      migrate: 'alter table t alter a set not null',
      want: ['column-nullability: t.a became NOT NULL: breaks insert and update'],
    },
  ],
  [
    'NOT NULL comes to a generated column',
    {
      before: 'create table t (a integer, b integer generated always as (1) stored)',
      migrate: 'alter table t alter b set not null',
      want: ['column-nullability: t.b became NOT NULL: safe'],
    },
  ],
  [
    'NOT NULL goes',
    {
      before: 'create table t (a text not null)',
      migrate: 'alter table t alter a drop not null',
      want: ['column-nullability: t.a lost its NOT NULL: breaks select'],
    },
  ],
  [
    'a default comes',
    {
      before: 'create table t (a integer)',
      migrate: 'alter table t alter a set default 4',
      want: ['column-default: t.a gained the default 4: safe'],
    },
  ],
  [
    'a default changes',
    {
      before: 'create table t (a integer default 3)',
      migrate: 'alter table t alter a set default 4',
      want: ['column-default: t.a changed its default: 3 → 4: dangerous'],
    },
  ],
  [
    'the default of a NOT NULL column goes',
    {
      before: 'create table t (a integer not null default 3)',
      migrate: 'alter table t alter a drop default',
      want: ['column-default: t.a lost its default 3: breaks insert'],
    },
  ],
  [
    'an identity comes',
    {
      before: 'create table t (a integer not null)',
      migrate: 'alter table t alter a add generated always as identity',
      want: ['column-identity: t.a is now GENERATED ALWAYS AS IDENTITY: breaks insert and update'],
    },
  ],
  [
    'a serial column becomes an identity',
    {
      before: 'create table t (a serial primary key)',
      migrate: `alter table t alter a drop default; drop sequence t_a_seq;
        alter table t alter a add generated by default as identity`,
      want: ['column-identity: t.a is now GENERATED BY DEFAULT AS IDENTITY: safe'],
    },
  ],
  [
    'an identity may be given',
    {
      before: 'create table t (a integer generated always as identity)',
      migrate: 'alter table t alter a set generated by default',
      want: ['column-identity: t.a is now GENERATED BY DEFAULT AS IDENTITY, not ALWAYS: safe'],
    },
  ],
  [
    'an identity goes',
    {
      before: 'create table t (a integer generated by default as identity)',
      migrate: 'alter table t alter a drop identity',
      want: ['column-identity: t.a is no longer an identity column: breaks insert'],
    },
  ],
  [
    'a column becomes a generated one',
    {
      before: 'create table t (a integer, b integer, c date)',
      migrate:
        'alter table t drop b, drop c; alter table t add b integer generated always as (a + 1) stored, add c date',
      want: ['column-generated: t.b is now GENERATED (stored): breaks insert and update'],
    },
  ],
  [
    'a column is no longer generated',
    {
      before: 'create table t (a integer, b integer generated always as (a + 1) stored)',
      migrate: 'alter table t alter b drop expression',
      want: ['column-generated: t.b is no longer generated: dangerous'],
    },
  ],
  [
    'a collation ignores case',
    {
      before: `create collation ci (provider = icu, locale = 'und-u-ks-level2', deterministic = false); create table t (a text)`,
      migrate: 'alter table t alter a type text collate ci',
      want: ['column-collation: t.a now treats different texts as equal: dangerous'],
    },
  ],
  [
    'a CHECK takes one more value',
    {
      before: `create table t (a text check (a in ('x', 'y')))`,
      migrate: `alter table t drop constraint t_a_check, add constraint t_a_check check (a in ('x', 'y', 'z'))`,
      want: [`column-values: t.a takes 'z' too: dangerous`],
    },
  ],
  [
    'a CHECK takes one value less',
    {
      before: `create table t (a text check (a in ('x', 'y')))`,
      migrate: `alter table t drop constraint t_a_check, add constraint t_a_check check (a in ('x'))`,
      want: [`column-values: t.a no longer takes 'y': breaks insert and update`],
    },
  ],
  [
    'a CHECK leaves literals',
    {
      before: 'create table t (a text)',
      migrate: `alter table t add constraint c check (a in ('x', 'y'))`,
      want: [`column-values: t.a now takes only 'x', 'y': breaks insert and update`],
    },
  ],
  [
    'a CHECK of literals goes',
    {
      before: `create table t (a text check (a in ('x', 'y')))`,
      migrate: 'alter table t drop constraint t_a_check',
      want: [`column-values: t.a now takes any value, not only 'x', 'y': breaks select`],
    },
  ],
  [
    'a column is commented',
    {
      before: 'create table t (a integer)',
      migrate: `comment on column t.a is 'x'`,
      want: ['column-comment: t.a has a new comment: safe'],
    },
  ],

  [
    'a primary key changes',
    {
      before: 'create table t (a integer not null, b integer not null, primary key (a))',
      migrate: 'alter table t drop constraint t_pkey, add primary key (a, b); alter table t alter a set not null',
      want: ['primary-key-changed: t changed its primary key: (a) → (a, b): dangerous'],
    },
  ],
  [
    'keys come with their columns, and go with them',
    {
      before:
        'create table t (id integer primary key, a integer not null unique, b integer, c integer, unique (b, c)); create unique index i on t (c)',
      migrate: `alter table t drop column id, drop column c, add primary key (a), add d integer unique, add e serial unique, add f integer default 1 unique,
        add g integer generated always as (b * 2) stored unique`,
      want: [
        'column-removed: t.id was removed (integer): breaks select, insert and update',
        'column-removed: t.c was removed (integer): breaks select, insert and update',
        'unique-added: t is now unique by (f): dangerous',
        'unique-added: t is now unique by (g): dangerous',
        'column-added: t.d was added (integer): safe',
        'column-added: t.e was added (integer): safe',
        'column-added: t.f was added (integer): safe',
        'column-added: t.g was added (integer): safe',
        'primary-key-changed: t changed its primary key: (id) → (a): safe',
        'unique-added: t is now unique by (d): safe',
        'unique-added: t is now unique by (e): safe',
        'unique-removed: t is no longer unique by (b, c): safe',
        'index-removed: t lost the unique index i: safe',
      ],
    },
  ],
  [
    'a unique constraint comes',
    {
      before: 'create table t (a integer)',
      migrate: 'alter table t add unique (a)',
      want: ['unique-added: t is now unique by (a): dangerous'],
    },
  ],
  [
    'a unique constraint goes',
    {
      before: 'create table t (a integer unique)',
      migrate: 'alter table t drop constraint t_a_key',
      want: ['unique-removed: t is no longer unique by (a): dangerous'],
    },
  ],
  [
    'a unique constraint is renamed',
    {
      before: 'create table t (a integer unique)',
      migrate: 'alter table t rename constraint t_a_key to u',
      want: ['constraint-renamed: t renamed a constraint: t_a_key → u: safe'],
    },
  ],
  [
    'a foreign key comes',
    {
      before: 'create table p (id integer primary key); create table t (a integer)',
      migrate: 'alter table t add foreign key (a) references p',
      want: ['foreign-key-added: t (a) references p (id) now: dangerous'],
    },
  ],
  [
    'a foreign key goes',
    {
      before: 'create table p (id integer primary key); create table t (a integer references p)',
      migrate: 'alter table t drop constraint t_a_fkey',
      want: [
        'name-removed: p lost the relation tsByA: breaks select, insert and update',
        'name-removed: t lost the relation aP: breaks select, insert and update',
        'foreign-key-removed: t (a) no longer references p (id): safe',
      ],
    },
  ],
  [
    'a foreign key cascades',
    {
      before: 'create table p (id integer primary key); create table t (a integer references p)',
      migrate: 'alter table t drop constraint t_a_fkey, add foreign key (a) references p on delete cascade',
      want: [
        'foreign-key-changed: t t_a_fkey changed its actions: on delete no action, on update no action → on delete cascade, on update no action: dangerous',
      ],
    },
  ],
  [
    'a check comes',
    {
      before: 'create table t (a integer)',
      migrate: 'alter table t add constraint c check (a > 0)',
      want: ['check-added: t gained the check c: (a > 0): dangerous'],
    },
  ],
  [
    'a check goes',
    {
      before: 'create table t (a integer constraint c check (a > 0))',
      migrate: 'alter table t drop constraint c',
      want: ['check-removed: t lost the check c: safe'],
    },
  ],
  [
    'a check changes',
    {
      before: 'create table t (a integer constraint c check (a > 0))',
      migrate: 'alter table t drop constraint c, add constraint c check (a > 1)',
      want: ['check-changed: t changed the check c: (a > 0) → (a > 1): dangerous'],
    },
  ],
  [
    'an index comes',
    {
      before: 'create table t (a integer)',
      migrate: 'create index i on t (a)',
      want: ['index-added: t gained the index i: safe'],
    },
  ],
  [
    'a unique index comes',
    {
      before: 'create table t (a integer)',
      migrate: 'create unique index i on t (a)',
      want: ['index-added: t gained the unique index i: dangerous'],
    },
  ],
  [
    'an index goes',
    {
      before: 'create table t (a integer); create index i on t (a)',
      migrate: 'drop index i',
      want: ['index-removed: t lost the index i: safe'],
    },
  ],
  [
    'an index changes',
    {
      before: 'create table t (a integer, b integer); create index i on t (a)',
      migrate: 'drop index i; create index i on t (b)',
      want: ['index-changed: t changed the index i: btree (a) → btree (b): safe'],
    },
  ],

  [
    'a trigger comes',
    {
      before: touched,
      migrate: 'create trigger touch before insert or update of a on t for each row execute function touch()',
      want: [
        'trigger-added: t gained the trigger touch: before insert or update of a, for each row: touch(), which may set at: dangerous',
      ],
    },
  ],
  [
    'a trigger goes, and one that does nothing',
    {
      before: `${touched}; create trigger off after delete on t execute function touch(); alter table t disable trigger off; create trigger touch before update on t for each row execute function touch()`,
      migrate: 'drop trigger touch on t; drop trigger off on t',
      want: [
        'trigger-removed: t lost the trigger touch: before update, for each row: touch(), which may set at: dangerous',
        'trigger-removed: t lost the trigger off: after delete, for each statement: touch(), disabled: safe',
      ],
    },
  ],
  [
    'a trigger changes with its function',
    {
      before: `${touched}; create trigger touch before update on t for each row execute function touch()`,
      migrate: `create or replace function touch() returns trigger language plpgsql as 'begin new.at := now(); new.a := 1; return new; end'`,
      want: [
        'trigger-changed: t changed the trigger touch: before update, for each row: touch(), which may set at → before update, for each row: touch(), which may set a, at: dangerous',
      ],
    },
  ],
  [
    'a trigger is disabled',
    {
      before: `${touched}; create trigger touch after insert on t execute function touch()`,
      migrate: 'alter table t disable trigger touch',
      want: [
        'trigger-changed: t changed the trigger touch: after insert, for each statement: touch() → after insert, for each statement: touch(), disabled: dangerous',
      ],
    },
  ],
  [
    'the columns of a trigger and of a policy are renamed',
    {
      before: `${touched}; create trigger touch before update of a on t for each row when (new.a > 1) execute function touch(); alter table t enable row level security; create policy own on t using (a > 1)`,
      migrate: 'alter table t rename a to b',
      want: ['column-renamed: t.b was renamed from a to b: breaks select, insert and update'],
    },
  ],
  [
    'policies come, go and change',
    {
      before:
        'create table t (a integer); alter table t enable row level security; create policy gone on t; create policy own on t for select using (a > 1)',
      migrate:
        'drop policy gone on t; alter policy own on t using (a > 2); create policy least on t as restrictive for all to pg_monitor using (a > 0) with check (a > 0)',
      want: [
        'policy-changed: t changed the policy own: for select using (a > 1) → for select using (a > 2): dangerous',
        'policy-added: t gained the policy least: restrictive for all to pg_monitor using (a > 0) with check (a > 0): dangerous',
        'policy-removed: t lost the policy gone: for all: dangerous',
      ],
    },
  ],
  [
    'row-level security is turned on with a policy',
    {
      before: 'create table t (a integer); create table u (a integer)',
      migrate:
        'alter table t enable row level security; create policy own on t using (a > 1); create policy idle on u using (a > 1)',
      want: [
        'relation-row-security: t now has row-level security: dangerous',
        'policy-added: t gained the policy own: for all using (a > 1): safe',
        'policy-added: u gained the policy idle: for all using (a > 1): safe',
      ],
    },
  ],
  [
    'a partition takes other rows',
    {
      before:
        'create table t (a integer, b integer) partition by list (a); create table t_1 partition of t for values in (1)',
      migrate: 'alter table t detach partition t_1; alter table t attach partition t_1 for values in (1, 2)',
      config: { include: ['t*'] },
      want: ['relation-partition-bound: t_1 takes other rows: FOR VALUES IN (1) → FOR VALUES IN (1, 2): dangerous'],
    },
  ],
  [
    'a table is partitioned by something else',
    {
      before: 'create table t (a integer, b integer) partition by list (a); create table u (a integer)',
      migrate:
        'drop table t, u; create table t (a integer, b integer) partition by range (b); create table u (a integer) partition by hash (a)',
      want: [
        'relation-partition-key: t changed its partition key: LIST (a) → RANGE (b): dangerous',
        'relation-partition-key: u changed its partition key: none → HASH (a): dangerous',
        'relation-kind: u changed from table to partitioned table: safe',
      ],
    },
  ],

  [
    'an enum comes and goes',
    {
      before: `create type e as enum ('x'); create table t (a e)`,
      migrate: `alter table t alter a type text; drop type e; create type f as enum ('y'); alter table anchor add m f`,
      want: [
        'column-type: t.a changed its type: public.e → text: breaks select',
        'enum-removed: e was removed: breaks select, insert and update',
        'column-added: anchor.m was added (public.f): safe',
        'enum-added: f was added: safe',
      ],
    },
  ],
  [
    'an enum is renamed',
    {
      before: `create type e as enum ('x', 'y'); create table t (a e)`,
      migrate: 'alter type e rename to f',
      want: ['enum-renamed: f was probably renamed from e to f: breaks select, insert and update'],
    },
  ],
  [
    'an enum gets a value',
    {
      before: `create type e as enum ('x'); create table t (a e)`,
      migrate: `alter type e add value 'y'`,
      want: [`enum-label-added: e gained the value 'y': dangerous`],
    },
  ],
  [
    'an enum loses a value',
    {
      before: `create type e as enum ('x', 'y'); create table t (a e)`,
      migrate: `drop table t; drop type e; create type e as enum ('x'); create table t (a e)`,
      want: [`enum-label-removed: e lost the value 'y': breaks insert and update`],
    },
  ],
  [
    'an enum is reordered',
    {
      before: `create type e as enum ('x', 'y'); create table t (a e)`,
      migrate: `drop table t; drop type e; create type e as enum ('y', 'x'); create table t (a e)`,
      want: ['enum-labels-reordered: e changed the order of its values: x, y → y, x: dangerous'],
    },
  ],
  [
    'a type is commented',
    {
      before: `create type e as enum ('x'); create table t (a e)`,
      migrate: `comment on type e is 'x'`,
      want: ['type-comment: e has a new comment: safe'],
    },
  ],
  [
    'a domain comes',
    {
      before: 'create table t (a text)',
      migrate: 'create domain d as text; alter table t alter a type d',
      want: ['column-type: t.a changed its type: text → public.d: dangerous', 'domain-added: d was added: safe'],
    },
  ],
  [
    'a domain goes',
    {
      before: 'create domain d as text; create table t (a d)',
      migrate: 'alter table t alter a type text',
      want: ['column-type: t.a changed its type: public.d → text: dangerous', 'domain-removed: d was removed: safe'],
    },
  ],
  [
    'a domain is over another type',
    {
      before: 'create domain d as integer; create table t (a d)',
      migrate: 'drop table t; drop domain d; create domain d as text; create table t (a d)',
      want: ['domain-type: d changed its type: integer → text: breaks select, insert and update'],
    },
  ],
  [
    'a domain refuses null',
    {
      before: 'create domain d as text; create table t (a d)',
      migrate: 'alter domain d set not null',
      want: ['domain-nullability: d became NOT NULL: breaks insert and update'],
    },
  ],
  [
    'a domain gets a default',
    {
      before: 'create domain d as text; create table t (a d)',
      migrate: `alter domain d set default 'x'`,
      want: [`domain-default: d gained the default 'x'::text: safe`],
    },
  ],
  [
    'a domain leaves other values',
    {
      before: `create domain d as text constraint c check (value in ('x', 'y')); create table t (a d)`,
      migrate: `alter domain d drop constraint c; alter domain d add constraint c check (value in ('x', 'y', 'z'))`,
      want: [`domain-values: d takes 'z' too: dangerous`],
    },
  ],
  [
    'a domain gets a check',
    {
      before: 'create domain d as integer; create table t (a d)',
      migrate: 'alter domain d add constraint c check (value > 0)',
      want: ['domain-check: d changed its checks: none → (VALUE > 0): dangerous'],
    },
  ],
  [
    'a composite comes',
    {
      before: 'create table t (a integer)',
      migrate: 'create type c as (x integer); alter table t add b c',
      want: ['column-added: t.b was added (public.c): safe', 'composite-added: c was added: safe'],
    },
  ],
  [
    'a composite goes',
    {
      before: 'create type c as (x integer); create table t (a integer, b c)',
      migrate: 'alter table t drop b',
      want: [
        'column-removed: t.b was removed (public.c): breaks select, insert and update',
        'composite-removed: c was removed: safe',
      ],
    },
  ],
  [
    'a composite changes',
    {
      before: 'create type c as (x integer); create table t (a c)',
      migrate: 'alter type c add attribute y text cascade',
      want: ['composite-attributes: c changed its attributes: (x integer) → (x integer, y text): dangerous'],
    },
  ],
  [
    'a range comes',
    {
      before: 'create table t (a integer)',
      migrate: 'create type r as range (subtype = float8); alter table t add b r',
      want: ['column-added: t.b was added (public.r): safe', 'range-added: r was added: safe'],
    },
  ],
  [
    'a range goes',
    {
      before: 'create type r as range (subtype = float8); create table t (a integer, b r)',
      migrate: 'alter table t drop b; drop type r',
      want: [
        'column-removed: t.b was removed (public.r): breaks select, insert and update',
        'range-removed: r was removed: safe',
      ],
    },
  ],
  [
    'a range is over another type',
    {
      before: 'create type r as range (subtype = float8); create table t (a r)',
      migrate: 'drop table t; drop type r; create type r as range (subtype = text); create table t (a r)',
      want: ['range-subtype: r changed its subtype: double precision → text: dangerous'],
    },
  ],
  [
    'a type of an extension comes',
    {
      before: 'create extension citext; create table t (a integer)',
      migrate: 'alter table t add b citext',
      want: ['column-added: t.b was added (public.citext): safe', 'base-type-added: citext was added: safe'],
    },
  ],
  [
    'a type of an extension goes',
    {
      before: 'create extension citext; create table t (a integer, b citext)',
      migrate: 'alter table t drop b',
      want: [
        'column-removed: t.b was removed (public.citext): breaks select, insert and update',
        'base-type-removed: citext was removed: safe',
      ],
    },
  ],
  [
    'a type leaves its extension',
    {
      before: 'create extension citext; create table t (a citext)',
      migrate: 'alter extension citext drop type citext',
      want: ['base-type-extension: citext moved to another extension: citext → none: safe'],
    },
  ],

  [
    'a function comes',
    {
      before: '',
      migrate: `create function f() returns integer language sql as 'select 1'`,
      want: ['function-added: f() was added: safe'],
    },
  ],
  [
    'a function goes',
    {
      before: `create function f() returns integer language sql as 'select 1'`,
      migrate: 'drop function f',
      want: ['function-removed: f() was removed: breaks select'],
    },
  ],
  [
    'a function takes other arguments',
    {
      before: `create function f(a integer) returns integer language sql as 'select 1'`,
      migrate: `drop function f; create function f(a text) returns integer language sql as 'select 1'`,
      want: [
        'function-signature: f(text) changed: (a integer) returns integer → (a text) returns integer: breaks select',
      ],
    },
  ],
  [
    'a function gets an argument with a default',
    {
      before: `create function f(a integer) returns integer language sql as 'select 1'`,
      migrate: `drop function f; create function f(a integer, b text default '') returns integer language sql as 'select 1'`,
      want: [
        'function-signature: f(integer, text) changed: (a integer) returns integer → (a integer, b text default) returns integer: safe',
      ],
    },
  ],
  [
    'a function becomes immutable',
    {
      before: `create function f() returns integer language sql as 'select 1'`,
      migrate: 'alter function f immutable',
      want: ['function-behaviour: f() changed its behavior: volatile function → immutable function: dangerous'],
    },
  ],
  [
    'a function is commented',
    {
      before: `create function f() returns integer language sql as 'select 1'`,
      migrate: `comment on function f is 'x'`,
      want: ['function-comment: f() has a new comment: safe'],
    },
  ],

  [
    'a computed field can be computed now',
    {
      before: 'create table t (a integer)',
      migrate: 'alter table t add b integer',
      config: computed('t.b * 2'),
      want: ['column-added: t.b was added (integer): safe', 'computed-added: t.twice was added: safe'],
    },
  ],
  [
    'a computed field can no longer be computed',
    {
      before: 'create table t (a integer, b integer)',
      migrate: 'alter table t drop b',
      config: computed('t.b * 2'),
      want: [
        'column-removed: t.b was removed (integer): breaks select, insert and update',
        'computed-removed: t.twice was removed: breaks select',
      ],
    },
  ],
  [
    'a computed field gets another type',
    {
      before: 'create table t (a integer)',
      migrate: 'alter table t alter a type bigint',
      config: computed('t.a * 2'),
      want: [
        'column-type: t.a changed its type: integer → bigint: breaks select',
        'computed-type: t.twice changed its type: integer → bigint: breaks select',
      ],
    },
  ],
  [
    'a computed field may be null',
    {
      before: 'create table t (a integer not null)',
      migrate: 'alter table t alter a drop not null',
      config: computed('t.a * 2'),
      want: [
        'column-nullability: t.a lost its NOT NULL: breaks select',
        'computed-nullability: t.twice may now be null: breaks select',
      ],
    },
  ],
  [
    'a state machine gets a state',
    {
      before: `create table t (id integer primary key); create table t_transitions (t_id integer not null references t, to_state text not null check (to_state in ('x', 'y')), sort_key integer not null, most_recent boolean not null); create unique index i on t_transitions (t_id) where most_recent; create unique index k on t_transitions (t_id, sort_key)`,
      migrate: `alter table t_transitions drop constraint t_transitions_to_state_check, add check (to_state in ('x', 'y', 'z'))`,
      config: { models: { t: { state: { transitions: 't_transitions', initial: 'x' } } } },
      want: [
        `computed-values: t.state takes 'z' too: dangerous`,
        `column-values: t_transitions.to_state takes 'z' too: dangerous`,
      ],
    },
  ],
  [
    'a computed field has another expression',
    {
      before: 'create table t (a integer)',
      migrate: 'select 1',
      config: computed('t.a * 2'),
      configAfter: computed('t.a + t.a'),
      want: ['computed-sql: t.twice changed its expression: dangerous'],
    },
  ],
  ...nameCases,
  ...queryCases,
];
