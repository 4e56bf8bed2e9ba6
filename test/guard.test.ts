import { expect, test } from '@jest/globals';
import {
  CamelCasePlugin,
  DummyDriver,
  Kysely,
  type KyselyPlugin,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
} from 'kysely';
import { readonlyGuard as guardOfStates } from './cases/column-states/expected/guard.js';
import { readonlyGuard as guardOfSchemas } from './cases/schemas/expected/guard.js';
import { readonlyGuard as guardOfTenants } from './cases/tenants/expected/guard.js';

/**
 * What the guard says about statements. They are compiled but not run, because the plugin sees them when they are
 * compiled.
 */
type AnyKysely = Kysely<Record<string, Record<string, unknown>>>;

const open = (...plugins: KyselyPlugin[]): AnyKysely =>
  new Kysely({
    dialect: {
      createAdapter: () => new PostgresAdapter(),
      createDriver: () => new DummyDriver(),
      createIntrospector: (db) => new PostgresIntrospector(db),
      createQueryCompiler: () => new PostgresQueryCompiler(),
    },
    plugins,
  });

const camelCase = new CamelCasePlugin();
const schemas = open(guardOfSchemas());
const before = open(guardOfSchemas(), camelCase);
const after = open(camelCase, guardOfSchemas());
const tenants = open(guardOfTenants());
const states = open(guardOfStates());
const column = (db: AnyKysely, table: string, name: string) => () =>
  db
    .updateTable(table)
    .set({ [name]: 1 })
    .compile();

test.each<[what: string, statement: () => unknown]>([
  ['a table beside one that only underscores tell from it', column(schemas, 'billing.userdata', 'value')],
  ['the other one', column(schemas, 'billing.user_data', 'note')],
  ['the same for a plugin in front', column(after, 'billing.userData', 'note')],
  ['the same for a plugin behind', column(before, 'billing.userdata', 'value')],
  ['a column beside one that only underscores tell from it', column(schemas, 'events', 'ab')],
  ['public by its name', column(schemas, 'public.events', 'ab')],
  ['a table of the search path', column(schemas, 'userdata', 'value')],
  ['a table of another schema, which nothing is known of', column(schemas, 'archive.events', 'anything')],
  ['the table of a tenant', column(tenants, 'tenant_7.customers', 'name')],
  ['a schema of no tenant', column(tenants, 'other.customers', 'anything')],
  ['an insert of a query with columns', () => insertOf(schemas, 'events').columns(['id']).compile()],
  ['an insert of a query into a table that can be written', () => insertOf(schemas, 'billing.userdata').compile()],
  ['a state of a new row', () => states.insertInto('orders').values({ order_no: 'A-1', status: 'draft' }).compile()],
  ['a column beside a state', column(states, 'orders', 'note')],
  ['defaults', () => schemas.insertInto('events').defaultValues().compile()],
])('the guard lets through: %s', (_what, statement) => {
  expect(statement).not.toThrow();
});

test.each<[what: string, statement: () => unknown, message: string]>([
  ['a state', column(states, 'orders', 'status'), 'orders.status is not writable: call transitionOrder.'],
  [
    'a state, spelled for a plugin',
    column(open(guardOfStates(), camelCase), 'invoices', 'paymentStatus'),
    'invoices.paymentStatus is not writable: call transitionInvoicePaymentStatus.',
  ],
  [
    'a state of a row that is there',
    () =>
      states
        .insertInto('orders')
        .values({ order_no: 'A-1' })
        .onConflict((on) => on.column('order_no').doUpdateSet({ status: 'paid' }))
        .compile(),
    'orders.status is not writable: call transitionOrder.',
  ],
  ['one of such tables', column(schemas, 'billing.user_data', 'id'), 'billing.user_data.id is not writable'],
  ['the same, spelled for a plugin', column(before, 'billing.userData', 'id'), 'billing.user_data.id is not writable'],
  ['a column of the other', column(schemas, 'billing.userdata', 'note'), 'billing.userdata has no column "note".'],
  ['one of such columns', column(schemas, 'events', 'a_b'), 'events.a_b is not writable'],
  ['public by its name', column(schemas, 'public.events', 'a_b'), 'events.a_b is not writable'],
  ['withSchema', column(schemas.withSchema('billing'), 'user_data', 'id'), 'billing.user_data.id is not writable'],
  ['a table of the search path', column(schemas, 'user_data', 'id'), 'billing.user_data.id is not writable'],
  [
    'a tenant',
    column(tenants.withSchema('tenant_7'), 'customers', 'invoiceCount'),
    'customers.invoiceCount is not writable',
  ],
  [
    'a tenant that the search path names',
    column(tenants, 'customers', 'invoiceCount'),
    'customers.invoiceCount is not writable',
  ],
  ['the schema of all tenants', column(tenants, 'public.plans', 'nonsense'), 'public.plans has no column "nonsense".'],
  [
    'an insert of a query that names no columns',
    () => insertOf(schemas, 'events').compile(),
    'An insert of a query into events must name its columns, because not all are writable.',
  ],
])('the guard refuses: %s', (_what, statement, message) => {
  expect(statement).toThrow(message);
});

const insertOf = (db: AnyKysely, table: string) =>
  db.insertInto(table).expression(db.selectFrom('public.users').selectAll() as never);
