import type { Case } from './cases.js';

/** What happened to a schema, and which generated names go, come to mean another thing, or move with it. */
export const nameCases: readonly (readonly [name: string, given: Case])[] = [
  [
    'a column comes whose field would have the name of another',
    {
      before: 'create table t ("createdAt" timestamptz)',
      migrate: 'alter table t add created_at timestamptz',
      want: [
        'name-changed: t.createdAt has a new name: the field createdAt is now createdAt_: breaks select, insert and update',
        'column-added: t.created_at was added (timestamp with time zone): safe',
      ],
    },
  ],
  [
    'a column goes and another one takes its field',
    {
      before: 'create table t ("createdAt" timestamptz, x integer)',
      migrate: 'alter table t drop "createdAt", add created_at date',
      want: [
        'column-removed: t.createdAt was removed (timestamp with time zone): breaks select, insert and update',
        'name-reused: t.created_at took over a name: the field createdAt now belongs to t.created_at, and belonged to t.createdAt: breaks select, insert and update',
        'column-added: t.created_at was added (date): safe',
      ],
    },
  ],
  [
    'a column is spelled otherwise, and its field is the same',
    {
      before: 'create table t ("createdAt" timestamptz, x integer)',
      migrate: 'alter table t rename "createdAt" to created_at',
      want: ['column-renamed: t.created_at was renamed from createdAt to created_at: breaks select, insert and update'],
    },
  ],
  [
    'a column comes beside a function over the row',
    {
      before: `create table t (a integer); create function tag(t) returns text stable language sql return 'x'`,
      migrate: 'alter table t add tag text',
      want: [
        'computed-removed: t.tag was removed: breaks select',
        'column-added: t.tag was added (text): safe',
        'computed-added: t.tagFunction was added: safe',
      ],
    },
  ],
  [
    'a table comes beside one of its name',
    {
      before: 'create table plans (id integer)',
      migrate: 'create table plan (id integer)',
      want: [
        'name-changed: plans has a new name: the model Plan is now PlansTable: breaks select, insert and update',
        "name-changed: plans has a new name: the table's interface PlansTable is now PlansTableColumns: breaks select, insert and update",
        'relation-added: plan was added (table): safe',
      ],
    },
  ],
  [
    'a schema comes beside a lone one',
    {
      before: 'drop table anchor; create schema billing; create table billing.users (id integer)',
      migrate: 'create table public.users (id integer)',
      want: [
        'name-changed: billing.users has a new name: the model User is now BillingUser: breaks select, insert and update',
        'name-changed: billing.users has a new name: the relation function users is now billingUsers: breaks select, insert and update',
        "name-changed: billing.users has a new name: the table's interface UsersTable is now BillingUsersTable: breaks select, insert and update",
        'relation-added: users was added (table): safe',
        'schema-added: schema public was added: safe',
      ],
    },
  ],
  [
    'a foreign key comes beside another',
    {
      before:
        'create table users (id integer primary key); create table invoices (id integer, created_by integer references users)',
      migrate: 'alter table invoices add approved_by integer references users',
      want: [
        'column-added: invoices.approved_by was added (integer): safe',
        'foreign-key-added: invoices (approved_by) references users (id) now: safe',
      ],
    },
  ],
  [
    'a foreign key comes that would have the name of another',
    {
      before: 'create table users (id integer primary key); create table posts (author_id integer references users)',
      migrate: 'alter table posts add "authorId" integer references users',
      want: [
        'name-changed: posts.author_id has a new name: the field authorId is now author_id_: breaks select, insert and update',
        'name-changed: posts has a new name: the relation author is now author_id_users: breaks select, insert and update',
        'name-changed: users has a new name: the relation postsByAuthor is now posts_by_author_id: breaks select, insert and update',
        'column-added: posts.authorId was added (integer): safe',
        'foreign-key-added: posts (authorId) references users (id) now: safe',
      ],
    },
  ],
  [
    'a foreign key goes, and its relations with it',
    {
      before:
        'create table users (id integer primary key); create table posts (author_id integer constraint f references users)',
      migrate: 'alter table posts drop constraint f',
      want: [
        'name-removed: posts lost the relation author: breaks select, insert and update',
        'name-removed: users lost the relation postsByAuthor: breaks select, insert and update',
        'foreign-key-removed: posts (author_id) no longer references users (id): safe',
      ],
    },
  ],
  [
    'a foreign key leads elsewhere',
    {
      before:
        'create table users (id integer primary key); create table people (id integer primary key); create table posts (author_id integer constraint f references users)',
      migrate: 'alter table posts drop constraint f, add constraint f foreign key (author_id) references people',
      want: [
        'name-reused: posts took over a name: the relation author now belongs to posts.author_id → people, and belonged to posts.author_id → users: breaks select, insert and update',
        'name-removed: users lost the relation postsByAuthor: breaks select, insert and update',
        'foreign-key-added: posts (author_id) references people (id) now: dangerous',
        'foreign-key-removed: posts (author_id) no longer references users (id): safe',
      ],
    },
  ],
  [
    'a column comes whose name the functions of a state machine have',
    {
      before: `create table orders (id integer primary key, status text not null check (status in ('open', 'done')))`,
      migrate: 'alter table orders add state text',
      config: { models: { orders: { state: { column: 'status', initial: 'open' } } } },
      want: [
        'name-changed: orders has another name: the union of states OrderState is OrderStatus: breaks select, insert and update',
        'column-added: orders.state was added (text): safe',
      ],
    },
  ],
  [
    'a transitions table comes beside another',
    {
      before: `create table orders (id integer primary key);
        create table order_payment_transitions (order_id integer not null references orders, to_state text not null, sort_key integer not null, unique (order_id, sort_key))`,
      migrate: `create table order_transitions (order_id integer not null references orders, to_state text not null, sort_key integer not null, unique (order_id, sort_key))`,
      want: [
        'name-changed: orders has a new name: the field state is now paymentState: breaks select, insert and update',
        'name-changed: orders has a new name: the relation mostRecentTransition is now mostRecentPaymentStateTransition: breaks select, insert and update',
        'relation-added: order_transitions was added (table): safe',
      ],
    },
  ],
  [
    'an overload comes',
    {
      before: 'create function area(box) returns integer immutable language sql return 1',
      migrate: 'create function area() returns integer immutable language sql return 1',
      config: { functions: ['area'] },
      want: [
        'name-changed: area(box) has a new name: the caller area is now areaBox: breaks select, insert and update',
        'function-added: area() was added: safe',
      ],
    },
  ],
  [
    'an enum comes beside one of its name',
    {
      before: `create type mood as enum ('a'); create table t (a mood)`,
      migrate: `create type "Mood" as enum ('b'); alter table t add b "Mood"`,
      want: [
        'name-changed: mood has a new name: the type Mood is now MoodEnum_245d0f: breaks select, insert and update',
        'column-added: t.b was added (public."Mood"): safe',
        'enum-added: Mood was added: safe',
      ],
    },
  ],
  [
    'the config gives a name back',
    {
      before: 'create table plans (id integer)',
      migrate: 'create table plan (id integer)',
      configAfter: { models: { plans: { name: 'Plan' } } },
      want: ['relation-added: plan was added (table): safe'],
    },
  ],
];
