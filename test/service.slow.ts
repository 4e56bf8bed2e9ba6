/**
 * The service of examples/service behaves the same with models and with Kysely only, and the version with models is
 * shorter.
 */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { CamelCasePlugin, type Kysely } from 'kysely';
import type { DB } from '../examples/service/generated/db.js';
import * as onKysely from '../examples/service/on-kysely.js';
import * as onModels from '../examples/service/on-models.js';
import type { NewOrder, OrderPage, Service } from '../examples/service/service.js';
import { rowsmith } from './support/cli.js';
import { engines, type OpenDatabase, openEngine } from './support/engines.js';
import { readSql, repositoryPath } from './support/repository.js';

const services: readonly { readonly name: string; readonly service: Service }[] = [
  { name: 'on models', service: onModels },
  { name: 'on Kysely', service: onKysely },
];

test('the committed output is what the config gives', () => {
  const checked = rowsmith(['check', '--config', 'examples/service/rowsmith.config.ts'], repositoryPath('.'));
  expect(checked).toMatchObject({ code: 0, stdout: expect.stringMatching(/up to date/) });
});

test('the service on models has half the lines, and the README says how many', () => {
  const read = (name: string) => readFileSync(repositoryPath(`examples/service/${name}`), 'utf8');
  const [models, kysely, config] = ['on-models.ts', 'on-kysely.ts', 'rowsmith.config.ts'].map((name) => ({
    lines: read(name).split('\n').length - 1,
    characters: read(name).length.toLocaleString('en'),
  }));
  if (!models || !kysely || !config) throw new Error('a file is missing');
  expect(models.lines / kysely.lines).toBeLessThan(0.5);
  for (const { lines, characters } of [models, kysely])
    expect(read('README.md')).toContain(`${lines} lines, ${characters} characters`);
  expect(read('README.md')).toContain(`The config has ${config.lines} lines`);
});

const longAgo = new Date(0);
const ways = engines.flatMap((engine) => services.map((way) => ({ engine, ...way })));

describe.each(ways)('the service $name, $engine', ({ engine, service }) => {
  let opened: OpenDatabase<DB>;
  let db: Kysely<DB>;
  let customerId: string;
  let made = 0;

  beforeAll(async () => {
    opened = await openEngine<DB>(engine, readSql('examples/service/schema.sql'));
    db = opened.db.withPlugin(new CamelCasePlugin());
    ({ id: customerId } = await service.saveCustomer(db, { email: 'ada@example.com', name: 'Ada' }));
    await service.saveProduct(db, { sku: 'INK', name: 'Ink', price: '7.00' });
    await service.saveProduct(db, { sku: 'PEN', name: 'Pen', price: '2.50' });
  });
  afterAll(() => opened?.close());

  const address = { street: '1 Long Lane', city: 'London' };
  const order = (values: Partial<NewOrder> = {}): Promise<OrderPage> =>
    service.createOrder(db, {
      number: `N-${++made}`,
      customerId,
      address,
      lines: [
        { sku: 'PEN', quantity: 3 },
        { sku: 'INK', quantity: 1 },
      ],
      labels: ['gift', 'early'],
      ...values,
    });

  test('customers and products are told by what is unique', async () => {
    const first = await service.saveCustomer(db, { email: 'alan@example.com', name: 'A. Turing' });
    await db.updateTable('customers').set({ updatedAt: longAgo }).where('id', '=', first.id).execute();
    const second = await service.saveCustomer(db, { email: 'alan@example.com', name: 'Alan' });
    expect(second).toEqual({ ...first, name: 'Alan', updatedAt: expect.any(Date) });
    expect(second.updatedAt.getTime()).toBeGreaterThan(longAgo.getTime());
    const before = await service.saveProduct(db, { sku: 'CAP', name: 'Cap', price: '1' });
    expect(await service.saveProduct(db, { sku: 'CAP', name: 'Red cap', price: '1.5' })).toEqual({
      ...before,
      name: 'Red cap',
      price: '1.50',
      updatedAt: expect.any(Date),
    });
  });

  test('an order is a page of lines with products, labels and states', async () => {
    const page = await order({ note: 'Ring twice' });
    expect(page).toEqual({
      id: expect.stringMatching(/^\d+$/),
      number: `N-${made}`,
      customerId,
      placedAt: expect.any(Date),
      note: 'Ring twice',
      address,
      createdAt: expect.any(Date),
      updatedAt: expect.any(Date),
      state: 'draft',
      stateChangedAt: null,
      total: '14.50',
      labels: ['early', 'gift'],
      customer: { email: 'ada@example.com', name: 'Ada' },
      lines: [
        { quantity: 3, unitPrice: '2.50', product: { sku: 'PEN', name: 'Pen' } },
        { quantity: 1, unitPrice: '7.00', product: { sku: 'INK', name: 'Ink' } },
      ],
      history: [],
    });
    expect(await service.getOrder(db, page.id)).toEqual(page);
    expect(await service.getOrder(db, '999999')).toBeUndefined();
    const empty = await order({ lines: [], labels: [] });
    expect(empty).toMatchObject({ total: '0', lines: [], labels: [], note: null });
  });

  test('what is not in stock ends the whole order', async () => {
    await expect(order({ number: 'N-none', lines: [{ sku: 'NONE', quantity: 1 }] })).rejects.toThrow(
      'There is no product NONE.',
    );
    expect((await service.listOrders(db, { number: 'n-none' }, { size: 10, number: 1 })).count).toBe(0);
  });

  test('changes write what is given, lines and labels as a whole', async () => {
    const { id } = await order({ note: 'old' });
    await db.updateTable('orders').set({ updatedAt: longAgo }).where('id', '=', id).execute();
    const changed = await service.changeOrder(db, id, { note: null, address: { ...address, city: 'Leeds' } });
    expect(changed).toMatchObject({ note: null, address: { ...address, city: 'Leeds' }, total: '14.50' });
    expect(changed?.updatedAt.getTime()).toBeGreaterThan(longAgo.getTime());
    const again = await service.changeOrder(db, id, { lines: [{ sku: 'INK', quantity: 2 }], labels: ['gift', 'late'] });
    expect(again).toMatchObject({ total: '14.00', labels: ['gift', 'late'], lines: [{ quantity: 2 }] });
    expect(await service.changeOrder(db, '999999', { note: 'lost' })).toBeUndefined();
  });

  test('an order is removed with what belongs to it', async () => {
    const { id } = await order();
    await service.changeState(db, id, 'cancelled', 'Grace');
    expect(await service.removeOrder(db, id)).toBe(true);
    expect(await service.removeOrder(db, id)).toBe(false);
    expect(await service.getOrder(db, id)).toBeUndefined();
  });

  test('states change as the graph says, and the history tells who changed them', async () => {
    const { id } = await order();
    expect(await service.changeState(db, id, 'paid', 'Ada')).toBe('paid');
    expect(await service.changeState(db, id, 'sent', 'Grace')).toBe('sent');
    await expect(service.changeState(db, id, 'paid', 'Ada')).rejects.toThrow(/"sent" may .*"paid"/);
    await expect(service.changeState(db, '999999', 'paid', 'Ada')).rejects.toThrow(/There is no/);
    const page = await service.getOrder(db, id);
    expect(page).toMatchObject({ state: 'sent', stateChangedAt: page?.history[1]?.createdAt });
    expect(page?.history).toEqual([
      { toState: 'paid', actor: 'Ada', createdAt: expect.any(Date) },
      { toState: 'sent', actor: 'Grace', createdAt: expect.any(Date) },
    ]);
  });

  test('of changes at the same time one wins', async () => {
    const { id } = await order();
    const all = ['Ada', 'Grace', 'Alan'].map((actor) => service.changeState(db, id, 'paid', actor));
    const settled = await Promise.allSettled(all);
    expect(settled.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect((await service.getOrder(db, id))?.history).toHaveLength(1);
  });

  test('lists are filtered, sorted and paged', async () => {
    const { id: other } = await service.saveCustomer(db, { email: 'grace@example.com', name: 'Grace' });
    const day = (date: number) => new Date(Date.UTC(2030, 0, date));
    await db.deleteFrom('orders').execute();
    const orders = [];
    for (const date of [1, 2, 3, 4])
      orders.push(
        await order({
          number: `L-${date}`,
          customerId: date === 4 ? other : customerId,
          labels: date % 2 ? ['odd'] : [],
          lines: [{ sku: 'INK', quantity: date }],
        }),
      );
    for (const [index, { id }] of orders.entries())
      await db
        .updateTable('orders')
        .set({ placedAt: day(index + 1) })
        .where('id', '=', id)
        .execute();
    await service.changeState(db, orders[1]?.id as string, 'paid', 'Ada');
    const numbers = async (filter: Parameters<Service['listOrders']>[1], page = { size: 10, number: 1 }) => {
      const { count, orders } = await service.listOrders(db, filter, page);
      return [count, ...orders.map(({ number }) => number)];
    };
    expect(await numbers({})).toEqual([4, 'L-4', 'L-3', 'L-2', 'L-1']);
    expect(await numbers({}, { size: 3, number: 2 })).toEqual([4, 'L-1']);
    expect(await numbers({ states: ['draft'] })).toEqual([3, 'L-4', 'L-3', 'L-1']);
    expect(await numbers({ states: ['paid', 'sent'] })).toEqual([1, 'L-2']);
    expect(await numbers({ states: [] })).toEqual([0]);
    expect(await numbers({ customerId: other })).toEqual([1, 'L-4']);
    expect(await numbers({ label: 'odd' })).toEqual([2, 'L-3', 'L-1']);
    expect(await numbers({ number: 'l-3' })).toEqual([1, 'L-3']);
    expect(await numbers({ placedSince: day(3) })).toEqual([2, 'L-4', 'L-3']);
    expect(await numbers({ minTotal: '21', states: ['draft'], label: 'odd' })).toEqual([1, 'L-3']);
    const { orders: shown } = await service.listOrders(db, { label: 'odd' }, { size: 1, number: 1 });
    expect(shown).toEqual([
      {
        ...(({ lines, history, ...own }) => own)(orders[2] as OrderPage),
        placedAt: day(3),
        customer: { name: 'Ada' },
      },
    ]);
  });

  test('an import takes more rows than a statement has parameters', async () => {
    const many = 20_000;
    const imported = Array.from({ length: many }, (_, index) => ({
      number: `I-${index}`,
      email: `customer-${index % 50}@example.com`,
      name: `Customer ${index % 50}`,
      address,
      placedAt: new Date(Date.UTC(2001, 0, 1, 0, 0, index)),
      lines: [
        { sku: 'PEN', quantity: 1 + (index % 5) },
        { sku: 'INK', quantity: 2 },
      ],
    }));
    expect(await service.importOrders(db, imported)).toEqual({ orders: many, lines: 2 * many });
    const { count, orders } = await service.listOrders(db, { number: 'I-19999' }, { size: 1, number: 1 });
    expect(count).toBe(1);
    expect(orders[0]).toMatchObject({ total: '26.50', address, customer: { name: 'Customer 49' } });
    await expect(service.importOrders(db, imported.slice(0, 1))).rejects.toThrow(/unique/);
    expect(await service.importOrders(db, [])).toEqual({ orders: 0, lines: 0 });
  });

  describe('tasks', () => {
    const minute = 60_000;

    test('are taken once each, in their order, when they are due', async () => {
      const later = await service.addTask(db, 'remind', { order: 'N-1' }, new Date(Date.now() + minute));
      const added = [];
      for (const number of [3, 2, 1])
        added.push(await service.addTask(db, 'invoice', { number }, new Date(Date.now() - number * minute)));
      expect(added[0]).toMatchObject({ kind: 'invoice', payload: { number: 3 }, status: 'queued', attempts: 0 });
      const taken = await Promise.all([0, 1, 2, 3, 4].map(() => service.takeTask(db)));
      const ids = taken.flatMap((task) => task?.id ?? []);
      expect(ids.sort()).toEqual(added.map(({ id }) => id).sort());
      expect(taken.find((task) => task)).toMatchObject({ status: 'running', attempts: 1, error: null });
      for (const id of ids) expect(await service.finishTask(db, id)).toBe('done');
      expect(await service.takeTask(db)).toBeUndefined();
      await db.deleteFrom('tasks').where('id', '=', later.id).execute();
    });

    test('that fail are tried three times', async () => {
      const { id } = await service.addTask(db, 'invoice', {});
      await expect(service.finishTask(db, id)).rejects.toThrow();
      for (const attempts of [1, 2]) {
        expect(await service.takeTask(db)).toMatchObject({ id, attempts });
        expect(await service.failTask(db, id, `no printer ${attempts}`)).toBe('queued');
        expect(await service.takeTask(db)).toBeUndefined();
        const { runAt } = await db.selectFrom('tasks').select('runAt').where('id', '=', id).executeTakeFirstOrThrow();
        expect(Math.round((runAt.getTime() - Date.now()) / minute)).toBe(1);
        await db.updateTable('tasks').set({ runAt: new Date() }).where('id', '=', id).execute();
      }
      expect(await service.takeTask(db)).toMatchObject({ id, attempts: 3, error: 'no printer 2' });
      expect(await service.failTask(db, id, 'no paper')).toBe('failed');
      await expect(service.failTask(db, id, 'no paper')).rejects.toThrow();
      await expect(service.finishTask(db, '999999')).rejects.toThrow(/There is no/);
      expect(await service.takeTask(db)).toBeUndefined();
    });

    // PGlite has one connection, so nobody else can lock a row.
    if (engine === 'PGlite') return;
    test('that somebody else holds make nobody wait', async () => {
      const [first, second] = [await service.addTask(db, 'a', {}), await service.addTask(db, 'b', {})];
      await db.transaction().execute(async (transaction) => {
        await transaction.selectFrom('tasks').select('id').where('id', '=', first.id).forUpdate().execute();
        expect(await service.takeTask(db)).toMatchObject({ id: second.id });
        expect(await service.takeTask(db)).toBeUndefined();
      });
      expect(await service.takeTask(db)).toMatchObject({ id: first.id });
    });
  });
});
