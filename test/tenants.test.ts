import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Kysely, PostgresDialect, sql } from 'kysely';
import pg from 'pg';
import { type Config, introspect } from '../src/index.js';
import { renameSchemaInText } from '../src/selection/tenants/rename-text.js';
import type { DB } from './cases/tenants/expected/db.js';
import { customers, readCustomers, toCustomerInsert } from './cases/tenants/expected/models/customer.js';
import {
  invoiceInState,
  readInvoices,
  toInvoiceInsert,
  transitionInvoice,
} from './cases/tenants/expected/models/invoice.js';
import { customerRelations, withRelated } from './cases/tenants/expected/relations/customer.js';
import { invoiceRelations } from './cases/tenants/expected/relations/invoice.js';
import { planRelations } from './cases/tenants/expected/relations/plan.js';
import { type CliResult, rowsmith } from './support/cli.js';
import {
  type FreshDatabase,
  freshDatabase,
  newestVersion,
  oldestVersion,
  POSTGRES_VERSIONS,
} from './support/postgres.js';
import { repositoryPath } from './support/repository.js';

const schema = readFileSync(repositoryPath('test/cases/tenants/schema.sql'), 'utf8');
const caseConfig = JSON.parse(
  readFileSync(repositoryPath('test/cases/tenants/rowsmith.config.json'), 'utf8'),
) as Config;

test.each([
  ["nextval('tenant_1.x_seq'::regclass)", `nextval('"t*".x_seq'::regclass)`],
  ["nextval(('tenant_1.x_seq'::text)::regclass)", `nextval(('"t*".x_seq'::text)::regclass)`],
  ["'tenant_1'::regnamespace", `'"t*"'::regnamespace`],
  [
    "('a'::tenant_1.mood OPERATOR(tenant_1.=) ANY (ARRAY['b'::\"tenant_1\".mood]))",
    `('a'::"t*".mood OPERATOR("t*".=) ANY (ARRAY['b'::"t*".mood]))`,
  ],
  ["'tenant_1.x'::text", "'tenant_1.x'::text"],
  ["(tenant_1).street || 'it''s tenant_1.'", "(tenant_1).street || 'it''s tenant_1.'"],
  ['tenant_12.f(a.tenant_1)', 'tenant_12.f(a.tenant_1)'],
])('%s names another schema: %s', (given, renamed) => {
  expect(renameSchemaInText('tenant_1', 't*')(given)).toBe(renamed);
});

test('a schema whose name needs quotes is found in them', () => {
  expect(renameSchemaInText(`It's "A"`, 'b')(`nextval('"It''s ""A""".x'::regclass) + "It's ""A""".f()`)).toBe(
    `nextval('b.x'::regclass) + b.f()`,
  );
});

describe('tenants that differ', () => {
  let database: FreshDatabase;
  let folder: string;
  const configure = (config: object) => writeFileSync(join(folder, 'rowsmith.config.json'), JSON.stringify(config));
  const run = (...args: string[]): CliResult => rowsmith(args, folder, { DATABASE_URL: database.url });
  const change = async (statement: string) => {
    const client = new pg.Client(database.url);
    await client.connect();
    await client.query(statement).finally(() => client.end());
  };

  beforeAll(async () => {
    database = await freshDatabase(newestVersion, schema);
    folder = mkdtempSync(join(tmpdir(), 'rowsmith-tenants-'));
    configure(caseConfig);
  });
  afterAll(async () => {
    rmSync(folder, { recursive: true, force: true });
    await database?.drop();
  });

  test('equal ones give no word about it', () => {
    const { code, stderr, stdout } = run('generate', '--json');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const { tenants, notes } = JSON.parse(stdout) as { tenants: object; notes: string[] };
    expect(tenants).toEqual({ pattern: 'tenant_*', alike: 3, differing: [] });
    expect(notes.slice(1)).toEqual([
      'tenant_*.shout("tenant_*".customers) gets no caller: each tenant has its own, and withSchema does not apply to functions.',
    ]);
  });

  test('each kind is told once, in the words of diff, and the output stays that of most', async () => {
    await change(`
      CREATE SCHEMA tenant_4; ${schema.slice(schema.indexOf('DO $tenants$')).replace("'tenant_1', 'tenant_2', 'tenant_Three'", "'tenant_5', 'tenant_6'")};
      ALTER TABLE tenant_5.invoices DROP COLUMN reference CASCADE;
      ALTER TABLE tenant_2.customers ALTER name TYPE varchar(50), ALTER plan_id DROP NOT NULL;
      ALTER TABLE tenant_6.customers ALTER name TYPE varchar(50), ALTER plan_id DROP NOT NULL;`);
    const { code, stdout } = run('check', '--json');
    const { changes, tenants } = JSON.parse(stdout) as {
      changes: string[];
      tenants: { alike: number; differing: { schemas: string[]; findings: { message: string }[] }[] };
    };
    expect({ code, changes, alike: tenants.alike }).toEqual({ code: 0, changes: [], alike: 2 });
    const found = tenants.differing.map(({ schemas, findings }) => [
      schemas.join(),
      ...findings.filter(({ message }) => !message.includes('check')).map(({ message }) => message),
    ]);
    expect(found).toEqual([
      [
        'tenant_2,tenant_6',
        'customers.plan_id lost its NOT NULL: breaks select',
        'customers.name changed its type: text → character varying(50): dangerous',
      ],
      [
        'tenant_5',
        'invoices.reference was removed (text): breaks select, insert and update',
        'open_invoices was removed (view): breaks select, insert and update',
      ],
      [
        'tenant_4',
        ...[
          'customers was removed (table)',
          'invoice_transitions was removed (table)',
          'invoices was removed (table)',
          'open_invoices was removed (view)',
          'status was removed',
        ].map((words) => `${words}: breaks select, insert and update`),
        'amount was removed: safe',
        'address was removed: safe',
      ],
    ]);
  });

  test('generate notes them', () => {
    const { code, stderr } = run('generate');
    expect(code).toBe(0);
    expect(stderr).toContain(
      'note: tenant_2, tenant_6 differ from the 2 tenants that the output was generated from: customers.plan_id lost its NOT NULL: breaks select;',
    );
  });

  test('an excluded tenant, and excluded tables, are not compared', () => {
    configure({
      ...caseConfig,
      exclude: ['tenant_2.*', 'tenant_6.*', 'tenant_4.*', '*invoices', 'reports.*'],
      slices: {},
      models: {},
    });
    const { tenants } = JSON.parse(run('check', '--json').stdout) as {
      tenants: { alike: number; differing: { schemas: string[] }[] };
    };
    expect(tenants).toMatchObject({ alike: 3, differing: [{ schemas: ['tenant_4'] }] });
  });

  test.each([
    ['none', { tenants: 'tenants_*' }, /^error: No schema matches tenants: "tenants_\*"\.\n/],
    [
      'only excluded ones',
      { tenants: 'tenant_*', exclude: ['tenant_*.*'] },
      /^error: No schema matching tenants: "tenant_\*" has a table or view that the config selects\.\n/,
    ],
    ['no pattern', { tenants: ['tenant_*'] }, /tenants must be a string/],
  ])('%s: an error', (_, config, words) => {
    configure(config);
    expect(run('generate')).toMatchObject({ code: 2, stderr: expect.stringMatching(words) });
  });
});

test('what all but one use of that one is found there', async () => {
  const database = await freshDatabase(
    oldestVersion,
    `
    CREATE SCHEMA tenant_1; CREATE SCHEMA tenant_2; CREATE SCHEMA tenant_3;
    CREATE TYPE tenant_1.mood AS ENUM ('fine');
    CREATE TABLE tenant_1.a (id serial PRIMARY KEY, mood tenant_1.mood);
    CREATE TABLE tenant_2.a (LIKE tenant_1.a INCLUDING ALL);
    CREATE TABLE tenant_3.a (LIKE tenant_1.a INCLUDING ALL);`,
  );
  try {
    const catalog = await introspect({ config: { source: { url: database.url }, tenants: 'tenant_*' } });
    expect(catalog.relations.map(({ columns }) => columns.map(({ type }) => type.sql))).toEqual([
      ['integer', 'tenant_1.mood'],
    ]);
    expect(catalog.enums).toEqual([{ schema: 'tenant_1', name: 'mood', labels: ['fine'] }]);
  } finally {
    await database.drop();
  }
});

describe.each(POSTGRES_VERSIONS)('rows on PostgreSQL %s', (version) => {
  let database: FreshDatabase;
  let db: Kysely<DB>;

  beforeAll(async () => {
    database = await freshDatabase(version, `${schema}; INSERT INTO plans VALUES (1, 'Small', 'eur')`);
    db = new Kysely<DB>({
      dialect: new PostgresDialect({ pool: new pg.Pool({ connectionString: database.url, max: 1 }) }),
    });
    for (const [tenant, name] of [
      ['tenant_1', 'Ada'],
      ['tenant_Three', 'Grace'],
    ] as const) {
      const own = db.withSchema(tenant);
      const { id } = await own
        .insertInto('customers')
        .values(toCustomerInsert({ planId: 1, name }))
        .returning('id')
        .executeTakeFirstOrThrow();
      await own
        .insertInto('invoices')
        .values(toInvoiceInsert({ customerId: id, amount: 5 }))
        .execute();
    }
  });
  afterAll(async () => {
    await db?.destroy();
    await database?.drop();
  });

  test.each([
    ['tenant_1', 'Ada'],
    ['tenant_Three', 'Grace'],
  ])('%s reads and joins its own, beside what all share', async (tenant, name) => {
    const own = db.withSchema(tenant);
    expect(await readCustomers(own, ['id', 'name'])).toEqual([{ id: 1, name }]);
    const joined = own
      .selectFrom('customers')
      .innerJoin('public.plans', 'public.plans.id', 'customers.plan_id')
      .select(['customers.name', 'public.plans.name as plan']);
    expect(await joined.execute()).toEqual([{ name, plan: 'Small' }]);
    const [customer] = await withRelated(
      own,
      await own
        .selectFrom(customers('customer', ['id', 'planId']))
        .selectAll()
        .execute(),
      customerRelations,
    );
    expect(customer).toMatchObject({ plan: { name: 'Small' }, invoices: [{ amount: '5.00', state: 'draft' }] });
    const [deeper] = await withRelated(own, await readCustomers(own, ['id', 'planId']), {
      plan: customerRelations.plan.with({ related: { customers: planRelations.customers.with({ fields: ['name'] }) } }),
      drafts: customerRelations.invoices.with({ where: invoiceInState('draft'), orderBy: { amount: 'asc' }, limit: 1 }),
      count: customerRelations.invoices.count({ where: (eb) => eb('invoice.state', '=', 'draft') }),
      again: customerRelations.invoices.through(invoiceRelations.customer).with({ fields: ['name'] }),
    });
    expect(deeper).toMatchObject({ drafts: [{ amount: '5.00' }], count: 1, again: [{ name }] });
    expect(deeper?.plan.customers).toEqual([{ name }]);
  });

  test('states change for one tenant only', async () => {
    await transitionInvoice(db.withSchema('tenant_1'), '1', 'sent');
    const sent = (tenant: string) =>
      readInvoices(db.withSchema(tenant), ['id'], (query) => query.where(invoiceInState('sent')));
    expect([await sent('tenant_1'), await sent('tenant_Three')]).toEqual([[{ id: '1' }], []]);
  });

  test('the search path chooses the tenant as well, also for SQL of the config', async () => {
    await sql`set search_path = "tenant_Three"`.execute(db);
    expect(await readCustomers(db, ['name', 'invoiceCount'])).toEqual([{ name: 'Grace', invoiceCount: '1' }]);
  });
});
