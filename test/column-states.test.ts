/** States kept in columns: read, filtered, begun and changed on real rows, also concurrently. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { CamelCasePlugin, type Kysely, PostgresQueryCompiler, sql } from 'kysely';
import { generate } from '../src/index.js';
import type { DB } from './cases/column-states/expected/db.js';
import { insertEvent, toEventUpdate } from './cases/column-states/expected/models/event.js';
import { insertGear, transitionGear } from './cases/column-states/expected/models/gear.js';
import {
  insertInvoice,
  invoiceInDelivery,
  invoiceInPaymentStatus,
  invoices,
  transitionInvoiceDelivery,
  transitionInvoicePaymentStatus,
} from './cases/column-states/expected/models/invoice.js';
import { insertJob, transitionJob } from './cases/column-states/expected/models/job.js';
import { insertLetter, transitionLetter } from './cases/column-states/expected/models/letter.js';
import { insertLevel, transitionLevel } from './cases/column-states/expected/models/level.js';
import {
  insertOddOrders_f34e45,
  transitionOddOrders_f34e45,
} from './cases/column-states/expected/models/odd-orders-f34e45.js';
import {
  findOrder,
  insertOrder,
  insertOrders,
  orderInState,
  orderNotInState,
  orderStates,
  orders,
  readOrders,
  toOrderInsert,
  toOrderUpdate,
  transitionOrder,
  updateOrder,
  upsertOrder,
} from './cases/column-states/expected/models/order.js';
import {
  insertParcel,
  parcelInState,
  parcelNotInState,
  parcels,
  readParcels,
  transitionParcel,
} from './cases/column-states/expected/models/parcel.js';
import { insertSwitch, transitionSwitch } from './cases/column-states/expected/models/switch.js';
import {
  TransitionConflict,
  TransitionNotAllowed,
  TransitionOfNothing,
} from './cases/column-states/expected/runtime/state.js';
import { engines, type OpenDatabase, openEngine } from './support/engines.js';
import { freshDatabase, newestVersion } from './support/postgres.js';
import { readSql, repositoryPath } from './support/repository.js';

describe.each(engines)('states in columns on %s', (engine) => {
  let opened: OpenDatabase<DB>;
  let db: Kysely<DB>;
  beforeAll(async () => {
    opened = await openEngine<DB>(engine, readSql('test/cases/column-states/schema.sql'));
    ({ db } = opened);
  });
  afterAll(() => opened?.close());
  beforeEach(async () => {
    await sql`truncate orders, parcels, invoices restart identity`.execute(db);
  });

  const order = async (orderNo = 'A-1') => (await insertOrder(db, { orderNo })).orderId;

  test('a row begins in an initial state, and a transition changes it', async () => {
    const created = await insertOrder(db, { orderNo: 'A-1' });
    expect(created.status).toBe('draft');
    expect(await transitionOrder(db, created.orderId, 'paid')).toBe('paid');
    expect(await transitionOrder(db, { orderNo: 'A-1' }, 'shipped')).toBe('shipped');
    const shipped = await findOrder(db, created.orderId);
    expect(shipped?.status).toBe('shipped');
    // An update sets what the config fills.
    expect(Number(shipped?.updatedAt)).toBeGreaterThan(Number(created.updatedAt));
    expect(orderStates).toEqual(['draft', 'paid', 'shipped', 'cancelled']);
  });

  test('a change that the graph does not have says from what to what, and changes nothing', async () => {
    const id = await order();
    const refused = transitionOrder(db, id, 'shipped');
    await expect(refused).rejects.toThrow(TransitionNotAllowed);
    await expect(refused).rejects.toThrow('"draft" may change to "paid", "cancelled", not to "shipped".');
    await transitionOrder(db, id, 'cancelled');
    await expect(transitionOrder(db, id, 'paid')).rejects.toThrow(
      '"cancelled" may change to no other state, not to "paid".',
    );
    await expect(transitionOrder(db, id, 'lost' as never)).rejects.toThrow(
      '"lost" is not one of the states: "draft", "paid", "shipped", "cancelled".',
    );
    await expect(transitionOrder(db, '999', 'paid')).rejects.toThrow(TransitionOfNothing);
    await expect(transitionOrder(db, '999', 'paid')).rejects.toThrow('There is no row in orders whose orderId is 999.');
    expect((await findOrder(db, id))?.status).toBe('cancelled');
  });

  test('it is one statement, which names the states from which the change is allowed', async () => {
    const id = await order();
    const statements: string[] = [];
    const logged = db.withPlugin({
      transformQuery: ({ node, queryId }) => {
        statements.push(new PostgresQueryCompiler().compileQuery(node, queryId).sql);
        return node;
      },
      transformResult: async ({ result }) => result,
    });
    expect(await transitionOrder(logged, id, 'cancelled')).toBe('cancelled');
    const spaced = (text: string) =>
      text
        .replace(/\s+/g, ' ')
        .replace(/(?<=\() | (?=\))/g, '')
        .trim();
    expect(statements.map(spaced)).toEqual([spaced(readSql('test/guides/transition.sql'))]);
  });

  test('nothing else writes the state', async () => {
    const id = await order();
    const status = { status: 'paid' } as never;
    await expect(updateOrder(db, id, status)).rejects.toThrow('Order.status is not writable: call transitionOrder.');
    expect(() => toOrderUpdate(status)).toThrow('Order.status is not writable: call transitionOrder.');
    const paid = { orderNo: 'A-2', status: 'paid' } as never;
    const begins = 'Order.status begins as "draft", not as "paid".';
    await expect(insertOrder(db, paid)).rejects.toThrow(begins);
    await expect(insertOrders(db, [{ orderNo: 'A-3' }, paid])).rejects.toThrow(begins);
    await expect(insertOrders(db, [{ orderNo: 'A-3', status: 'draft' }, paid])).rejects.toThrow(begins);
    expect(() => toOrderInsert(paid)).toThrow(begins);
    await expect(upsertOrder(db, paid, { on: 'orderNo' })).rejects.toThrow(begins);
    expect(toOrderInsert({ orderNo: 'A-4', status: 'draft' }).status).toBe('draft');
    await insertEvent(db, { status: 'new' });
    expect(() => toEventUpdate({ status: 'seen' } as never)).toThrow(
      'Event.status is not writable: it is a state, and without a unique key no function changes it.',
    );
    expect(await readOrders(db, ['orderNo', 'status'])).toEqual([{ orderNo: 'A-1', status: 'draft' }]);
  });

  test('upsert begins a row, and leaves the state of one that is there', async () => {
    const put = () => upsertOrder(db, { orderNo: 'A-1', status: 'draft', note: 'again' }, { on: 'orderNo' });
    const { orderId } = await put();
    await transitionOrder(db, orderId, 'paid');
    expect(await put()).toMatchObject({ orderId, status: 'paid', note: 'again' });
  });

  test('filters, under other aliases and in a table of its own', async () => {
    await insertOrders(db, [{ orderNo: 'A-1' }, { orderNo: 'A-2' }, { orderNo: 'A-3' }]);
    await transitionOrder(db, { orderNo: 'A-2' }, 'paid');
    await transitionOrder(db, { orderNo: 'A-3' }, 'cancelled');
    const numbers = async (condition: ReturnType<typeof orderInState>) =>
      (await readOrders(db, ['orderNo'], (query) => query.where(condition).orderBy('order.orderNo'))).map(
        ({ orderNo }) => orderNo,
      );
    expect(await numbers(orderInState('draft', 'paid'))).toEqual(['A-1', 'A-2']);
    expect(await numbers(orderInState())).toEqual([]);
    expect(await numbers(orderNotInState('paid'))).toEqual(['A-1', 'A-3']);
    expect(await numbers(orderNotInState())).toEqual(['A-1', 'A-2', 'A-3']);
    const other = db.selectFrom(orders('status')).where(orderInState('paid').of('status')).select('status.orderNo');
    expect(await other.execute()).toEqual([{ orderNo: 'A-2' }]);
    const gone = db.deleteFrom('orders').where(orderInState('cancelled').ofTable()).returning('order_no');
    expect(await gone.execute()).toEqual([{ order_no: 'A-3' }]);
    const kept = db.updateTable('orders').set({ note: 'x' }).where(orderNotInState('paid').ofTable());
    expect(await kept.returning('order_no').execute()).toEqual([{ order_no: 'A-1' }]);
  });

  test('a row that an outer join has not found is in no state, and in no other', async () => {
    await order();
    await insertParcel(db, { depot: 'D', parcelNo: 1 });
    const joined = db.selectFrom(orders()).leftJoin(parcels('p'), (join) => join.on('p.depot', '=', 'nowhere'));
    for (const condition of [parcelInState('packed'), parcelNotInState('packed'), parcelNotInState()])
      expect(await joined.where(condition.of('p')).select('order.orderId').execute()).toEqual([]);
    const back = db.selectFrom(parcels()).leftJoin(orders('o'), (join) => join.on('o.orderNo', '=', 'none'));
    for (const condition of [orderInState('draft'), orderNotInState('paid')])
      expect(await back.where(condition.of('o')).select('parcel.depot').execute()).toEqual([]);
  });

  test('null is no state yet: the first one is an initial one, and a key has two fields', async () => {
    const key = { depot: 'D', parcelNo: 1 };
    expect((await insertParcel(db, key)).status).toBeNull();
    await insertParcel(db, { depot: 'E', parcelNo: 1, status: 'lost' });
    const depots = async (condition: ReturnType<typeof parcelInState>) =>
      (await readParcels(db, ['depot'], (query) => query.where(condition))).map(({ depot }) => depot);
    expect(await depots(parcelInState('packed'))).toEqual([]);
    expect(await depots(parcelNotInState('lost'))).toEqual(['D']);
    await expect(transitionParcel(db, key, 'sent')).rejects.toThrow('The first state is "packed", "lost", not "sent".');
    expect(await transitionParcel(db, key, 'packed')).toBe('packed');
    expect(await transitionParcel(db, key, 'sent')).toBe('sent');
    await expect(transitionParcel(db, key, 'packed')).rejects.toThrow('"sent" may change to "lost", not to "packed".');
    await expect(transitionParcel(db, { depot: 'X', parcelNo: 7 }, 'packed')).rejects.toThrow(
      'There is no row in parcels whose depot is X and parcelNo is 7.',
    );
  });

  test('two states of one row change by themselves; without a graph any may follow any', async () => {
    await insertInvoice(db, { invoiceId: 1, paymentStatus: 'open', deliveryStatus: 'waiting' });
    expect(await transitionInvoicePaymentStatus(db, 1, 'paid')).toBe('paid');
    expect(await transitionInvoiceDelivery(db, 1, 'delivered')).toBe('delivered');
    expect(await transitionInvoiceDelivery(db, 1, 'waiting')).toBe('waiting');
    const found = await db
      .selectFrom(invoices())
      .where(invoiceInPaymentStatus('paid'))
      .where(invoiceInDelivery('waiting'))
      .select('invoice.invoiceId')
      .execute();
    expect(found).toEqual([{ invoiceId: 1 }]);
  });

  test('states that are numbers, large numbers, booleans, of a domain, or no words', async () => {
    const { gearId } = await insertGear(db, {});
    expect(await transitionGear(db, gearId, 1)).toBe(1);
    await expect(transitionGear(db, gearId, 1)).rejects.toThrow('"1" may change to "0", "2", not to "1".');
    const { levelId } = await insertLevel(db, { status: '1' });
    expect(await transitionLevel(db, levelId, '9007199254740993')).toBe('9007199254740993');
    await expect(transitionLevel(db, levelId, '9007199254740993')).rejects.toThrow(TransitionNotAllowed);
    const { switchId } = await insertSwitch(db, {});
    expect(await transitionSwitch(db, switchId, true)).toBe(true);
    const { jobId } = await insertJob(db, {});
    expect(await transitionJob(db, jobId, 'running')).toBe('running');
    const { theId } = await insertOddOrders_f34e45(db, { itS$state_34f876: 'a' });
    expect(await transitionOddOrders_f34e45(db, theId, '__proto__')).toBe('__proto__');
    await expect(transitionOddOrders_f34e45(db, theId, "it's")).rejects.toThrow(
      '"__proto__" may change to "a", not to "it\'s".',
    );
    await transitionOddOrders_f34e45(db, theId, 'a');
    await transitionOddOrders_f34e45(db, theId, "it's");
    expect(await transitionOddOrders_f34e45(db, theId, '*/')).toBe('*/');
  });

  test('a trigger may store another state, and may leave a change out', async () => {
    const { letterId } = await insertLetter(db, { status: 'written' });
    const left = transitionLetter(db, letterId, 'kept');
    await expect(left).rejects.toThrow(
      'The database did not store the transition to "kept"; a trigger may have discarded it.',
    );
    expect(await transitionLetter(db, letterId, 'lost')).toBe('burnt');
  });

  test('in a transaction, in another schema, and with CamelCasePlugin', async () => {
    const id = await order();
    const rolledBack = db.transaction().execute(async (transaction) => {
      await transitionOrder(transaction, id, 'paid');
      throw new Error('no');
    });
    await expect(rolledBack).rejects.toThrow('no');
    expect((await findOrder(db, id))?.status).toBe('draft');
    const camel = db.withPlugin(new CamelCasePlugin());
    expect(await transitionOrder(camel, id, 'paid')).toBe('paid');
    await sql`create schema other`.execute(db);
    await sql`create table other.orders (like public.orders including all)`.execute(db);
    const other = db.withSchema('other');
    const { orderId } = await insertOrder(other, { orderNo: 'A-9' });
    expect(await transitionOrder(other, { orderNo: 'A-9' }, 'cancelled')).toBe('cancelled');
    expect((await findOrder(other, orderId))?.status).toBe('cancelled');
    expect((await findOrder(db, id))?.status).toBe('paid');
    await sql`drop schema other cascade`.execute(db);
  });
});

describe.each(engines.filter((engine) => engine !== 'PGlite'))('two at once on PostgreSQL %s', (engine) => {
  let opened: OpenDatabase<DB>;
  let db: Kysely<DB>;
  beforeAll(async () => {
    opened = await openEngine<DB>(engine, readSql('test/cases/column-states/schema.sql'));
    ({ db } = opened);
  });
  afterAll(() => opened?.close());

  /** Waits until another connection is waiting for a lock. */
  async function somebodyWaits(): Promise<void> {
    for (;;) {
      const { rows } =
        await sql`select 1 from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()`.execute(
          db,
        );
      if (rows.length > 0) return;
    }
  }

  test('one wins, and the other throws a conflict, after which its transaction can be used further', async () => {
    const { orderId } = await insertOrder(db, { orderNo: 'A-1' });
    await transitionOrder(db, orderId, 'paid');
    const other = await db.transaction().execute(async (first) => {
      await transitionOrder(first, orderId, 'shipped');
      const second = db.transaction().execute(async (transaction) => {
        const error = await transitionOrder(transaction, orderId, 'cancelled').catch((caught: unknown) => caught);
        return { error, found: (await findOrder(transaction, orderId))?.status };
      });
      await somebodyWaits();
      return { second };
    });
    const { error, found } = await other.second;
    expect(error).toBeInstanceOf(TransitionConflict);
    expect((error as TransitionConflict).retryTransaction).toBe(false);
    expect(found).toBe('shipped');
  });

  test('what the graph allows one after the other happens one after the other', async () => {
    const { orderId } = await insertOrder(db, { orderNo: 'A-2' });
    const second = await db.transaction().execute(async (first) => {
      await transitionOrder(first, orderId, 'paid');
      const cancelled = transitionOrder(db, orderId, 'cancelled');
      await somebodyWaits();
      return { cancelled };
    });
    expect(await second.cancelled).toBe('cancelled');
  });

  test('of twenty that take the same job one gets it', async () => {
    const { jobId } = await insertJob(db, {});
    const takes = await Promise.allSettled(Array.from({ length: 20 }, () => transitionJob(db, jobId, 'running')));
    expect(takes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const take of takes)
      if (take.status === 'rejected')
        expect(take.reason instanceof TransitionConflict || take.reason instanceof TransitionNotAllowed).toBe(true);
  });

  test('a row that is deleted meanwhile is none', async () => {
    const { orderId } = await insertOrder(db, { orderNo: 'A-3' });
    const second = await db.transaction().execute(async (first) => {
      await first.deleteFrom('orders').where('order_id', '=', orderId).execute();
      const cancelled = transitionOrder(db, orderId, 'cancelled').catch((caught: unknown) => caught);
      await somebodyWaits();
      return { cancelled };
    });
    expect(await second.cancelled).toBeInstanceOf(TransitionOfNothing);
  });

  test('where the database gives the transaction up, the whole of it has to be repeated', async () => {
    const { orderId } = await insertOrder(db, { orderNo: 'A-4' });
    const second = await db.transaction().execute(async (first) => {
      await transitionOrder(first, orderId, 'paid');
      const cancelled = db
        .transaction()
        .setIsolationLevel('repeatable read')
        .execute((transaction) => transitionOrder(transaction, orderId, 'cancelled'))
        .catch((caught: unknown) => caught);
      await somebodyWaits();
      return { cancelled };
    });
    const error = await second.cancelled;
    expect(error).toBeInstanceOf(TransitionConflict);
    expect((error as TransitionConflict).retryTransaction).toBe(true);
  });
});

test('a schema for each tenant has states of its own', async () => {
  const tables = (tenant: string) => `
    create schema ${tenant}; set search_path = ${tenant};
    create type status as enum ('draft', 'paid');
    create table orders (id integer primary key, status status not null default 'draft');`;
  const place = repositoryPath('test/cases/column-states');
  const out = join(place, `.rowsmith-tenants-${process.pid}.tmp`);
  const opened = await openEngine<unknown>(newestVersion, ['a', 'b'].map((name) => tables(`tenant_${name}`)).join(''));
  const database = await freshDatabase(newestVersion, ['a', 'b'].map((name) => tables(`tenant_${name}`)).join(''));
  try {
    const graph = { draft: ['paid'], paid: [] };
    const models = { orders: { state: { column: 'status', initial: 'draft', graph } } };
    await generate({ config: { source: { url: database.url }, out, tenants: 'tenant_*', models }, folder: place });
    const model = (await import(join(out, 'models/order.ts'))) as {
      readonly insertOrder: (db: unknown, values: { id: number }) => Promise<object>;
      readonly transitionOrder: (db: unknown, id: number, to: string) => Promise<string>;
      readonly readOrders: (db: unknown) => Promise<object[]>;
    };
    const [a, b] = [opened.db.withSchema('tenant_a'), opened.db.withSchema('tenant_b')];
    await model.insertOrder(a, { id: 1 });
    await model.insertOrder(b, { id: 1 });
    expect(await model.transitionOrder(b, 1, 'paid')).toBe('paid');
    expect(await model.readOrders(a)).toEqual([{ id: 1, status: 'draft' }]);
    expect(await model.readOrders(b)).toEqual([{ id: 1, status: 'paid' }]);
    await expect(model.transitionOrder(b, 2, 'paid')).rejects.toThrow('There is no row in orders whose id is 2.');
  } finally {
    await opened.close();
    await database.drop();
    rmSync(out, { recursive: true, force: true });
  }
});
