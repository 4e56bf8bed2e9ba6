/** A page of orders, and everything else that `withRelated` reads, on real rows and with the statements counted. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { CamelCasePlugin, type Kysely, type KyselyPlugin, sql } from 'kysely';
import type { DB } from './cases/shop/expected/db.js';
import { categoryRelations, readCategories } from './cases/shop/expected/relations/category.js';
import { customerRelations, readCustomers } from './cases/shop/expected/relations/customer.js';
import { labelRelations, readLabels } from './cases/shop/expected/relations/label.js';
import {
  orderDb,
  orderInState,
  orderRelations,
  readOrders,
  withRelated,
} from './cases/shop/expected/relations/order.js';
import { orderLabelRelations } from './cases/shop/expected/relations/order-label.js';
import { orderLineRelations, readOrderLines } from './cases/shop/expected/relations/order-line.js';
import { orderTransitionRelations } from './cases/shop/expected/relations/order-transition.js';
import { productRelations } from './cases/shop/expected/relations/product.js';
import { readShipments, shipmentRelations } from './cases/shop/expected/relations/shipment.js';
import { engines, type OpenDatabase, openEngine } from './support/engines.js';
import { readSql } from './support/repository.js';

const rows = `
  INSERT INTO customers (name, referred_by) VALUES ('Ada', NULL), ('Grace', 1), ('Edsger', 1);
  INSERT INTO categories (parent_id, name) VALUES (NULL, 'All'), (1, 'Paper'), (1, 'Ink'), (2, 'Notebooks');
  INSERT INTO products (category_id, name, price, details) VALUES
    (4, 'Notebook', 4.50, '{"color": "RED"}'), (3, 'Ink', 7.00, NULL), (NULL, 'Gift', 1.00, '{"color": "Blue"}');
  INSERT INTO orders (customer_id, placed_at) VALUES (1, '2025-07-01 10:00+00'), (1, '2025-07-02 10:00+00'), (2, '2025-07-03 10:00+00'), (3, '2025-07-04 10:00+00');
  INSERT INTO order_transitions (order_id, to_state, sort_key) VALUES (1, 'paid', 10), (1, 'sent', 20), (2, 'paid', 10);
  INSERT INTO invoices VALUES ('A-1', 1, 12.50);
  INSERT INTO order_lines VALUES (1, 1, 1, 2), (1, 2, 2, 1), (1, 3, 3, 5), (2, 1, 1, 1), (3, 1, 2, 9);
  INSERT INTO shipments (order_id, position, carrier, shipped_at) VALUES
    (1, 1, 'Post', '2025-07-05 08:00+00'), (1, 1, 'Van', '2025-07-06 08:00+00'), (1, 1, 'Bike', NULL), (1, 2, 'Post', NULL), (2, 1, 'Van', '2025-07-07 08:00+00');
  INSERT INTO returns (order_id, state, reason) VALUES (1, 'open', 'torn'), (1, 'open', NULL), (1, 'closed', 'late'), (2, 'closed', NULL);
  INSERT INTO labels (name) VALUES ('gift'), ('urgent'), ('unused');
  INSERT INTO order_labels VALUES (1, 1, 'Ada'), (1, 1, 'Grace'), (1, 2, 'Ada'), (2, 2, 'Grace');`;

describe.each(engines)('on %s', (engine) => {
  let opened: OpenDatabase<DB>;
  let db: Kysely<DB>;
  let statements: number;
  beforeAll(async () => {
    opened = await openEngine<DB>(engine, `${readSql('test/cases/shop/schema.sql')}\n${rows}`);
    const counting: KyselyPlugin = {
      transformQuery: ({ node }) => {
        statements++;
        return node;
      },
      transformResult: ({ result }) => Promise.resolve(result),
    };
    db = opened.db.withPlugin(counting);
  });
  beforeEach(() => {
    statements = 0;
  });
  afterAll(() => opened?.close());

  const allOrders = () => readOrders(db, (query) => query.orderBy('order.id'));

  test('a page: the customer, lines with product and newest shipment, and how many returns are open', async () => {
    const [order, second] = await withRelated(db, await allOrders(), {
      customer: orderRelations.customer,
      lines: orderRelations.orderLines.with({
        fields: ['position', 'quantity'],
        orderBy: { position: 'desc' },
        related: {
          product: orderLineRelations.product.with({ fields: ['title', 'sold'] }),
          newestShipment: orderLineRelations.shipments.with({
            fields: ['carrier', 'shippedAt'],
            orderBy: { shippedAt: 'desc nulls last' },
            limit: 1,
          }),
        },
      }),
      openReturns: orderRelations.returns.count({ where: (eb) => eb('state', '=', 'open') }),
    });
    // One for the orders, and one for each relation of each level.
    expect(statements).toBe(6);
    expect(order).toEqual({
      id: '1',
      customerId: 1,
      placedAt: new Date('2025-07-01T10:00:00Z'),
      state: 'sent',
      customer: { id: 1, name: 'Ada', referredBy: null },
      lines: [
        { position: 3, quantity: 5, product: { sold: '5', title: 'Gift (blue)' }, newestShipment: [] },
        {
          position: 2,
          quantity: 1,
          product: { sold: '10', title: 'Ink' },
          newestShipment: [{ carrier: 'Post', shippedAt: null }],
        },
        {
          position: 1,
          quantity: 2,
          product: { sold: '3', title: 'Notebook (red)' },
          newestShipment: [{ carrier: 'Van', shippedAt: new Date('2025-07-06T08:00:00Z') }],
        },
      ],
      openReturns: 2,
    });
    expect(second?.openReturns).toBe(0);
  });

  test('fields of any kind at any depth, keys and needs among them or not', async () => {
    const [customer] = await withRelated(
      db,
      await readCustomers(db, ['id'], (query) => query.where('customer.id', '=', 1)),
      {
        orders: customerRelations.orders.with({
          fields: ['placedAt'],
          orderBy: { id: 'asc' },
          related: {
            lines: orderRelations.orderLines.with({
              fields: ['quantity'],
              orderBy: { position: 'asc' },
              related: {
                product: orderLineRelations.product.with({
                  fields: ['title'],
                  related: { category: productRelations.category.with({ fields: ['name'] }) },
                }),
                whole: orderLineRelations.product,
              },
            }),
          },
        }),
      },
    );
    expect(statements).toBe(6);
    const product = (title: string, category: string | null) => ({ title, category: category && { name: category } });
    const notebook = { id: '1', categoryId: 4, name: 'Notebook', price: '4.50', details: { color: 'red' }, sold: '3' };
    expect(customer).toEqual({
      id: 1,
      orders: [
        {
          placedAt: new Date('2025-07-01T10:00:00Z'),
          lines: [
            { quantity: 2, product: product('Notebook (red)', 'Notebooks'), whole: notebook },
            {
              quantity: 1,
              product: product('Ink', 'Ink'),
              whole: { id: '2', categoryId: 3, name: 'Ink', price: '7.00', details: null, sold: '10' },
            },
            {
              quantity: 5,
              product: product('Gift (blue)', null),
              whole: { id: '3', categoryId: null, name: 'Gift', price: '1.00', details: { color: 'blue' }, sold: '5' },
            },
          ],
        },
        {
          placedAt: new Date('2025-07-02T10:00:00Z'),
          lines: [{ quantity: 1, product: product('Notebook (red)', 'Notebooks'), whole: notebook }],
        },
      ],
    });
  });

  test('fields of nothing but code, and no fields at all', async () => {
    const lines = await withRelated(db, await readOrderLines(db, ['productId'], (query) => query.limit(1)), {
      product: orderLineRelations.product.with({ fields: ['title'] }),
      nothing: orderLineRelations.product.with({ fields: [] }),
    });
    expect(lines).toEqual([{ productId: expect.any(String), product: { title: expect.any(String) }, nothing: {} }]);
  });

  test('JSON that does not fit its schema is refused', async () => {
    await db.transaction().execute(async (transaction) => {
      await sql`update products set details = '{"color": 5}' where id = 3`.execute(transaction);
      const lines = await readOrderLines(transaction, (query) => query.where('orderLine.position', '=', 3));
      const broken = (fields: readonly ('details' | 'name' | 'title')[]) =>
        withRelated(transaction, lines, { product: orderLineRelations.product.with({ fields }) });
      const message = 'The stored value of details does not fit its schema: color is not text';
      await expect(broken(['details'])).rejects.toThrow(message);
      await expect(broken(['title'])).rejects.toThrow(message);
      expect(await broken(['name'])).toMatchObject([{ product: { name: 'Gift' } }]);
      await sql`update products set details = '{"color": "Blue"}' where id = 3`.execute(transaction);
    });
  });

  describe('filters', () => {
    test('are any condition of Kysely, over any field of the model', async () => {
      const shown = await withRelated(
        db,
        await readCustomers(db, ['id', 'name'], (query) => query.orderBy('customer.id')),
        {
          paid: customerRelations.orders.with({ fields: ['id'], where: orderInState('paid') }),
          sent: customerRelations.orders.count({ where: (eb) => eb('order.state', '=', 'sent') }),
          returned: customerRelations.orders.with({
            fields: ['id'],
            where: (eb) =>
              eb.exists(
                eb
                  .selectFrom(sql<{ order_id: string }>`returns`.as('r'))
                  .select('r.order_id')
                  .whereRef('r.order_id', '=', 'order.id'),
              ),
            orderBy: { id: 'asc' },
          }),
        },
      );
      expect(shown).toEqual([
        { id: 1, name: 'Ada', paid: [{ id: '2' }], sent: 1, returned: [{ id: '1' }, { id: '2' }] },
        { id: 2, name: 'Grace', paid: [], sent: 0, returned: [] },
        { id: 3, name: 'Edsger', paid: [], sent: 0, returned: [] },
      ]);
    });

    test.each([
      ['an "or" without brackets', sql<boolean>`false or true`],
      ['an "or" of everything', sql<boolean>`quantity = 1 or quantity <> 1 or true`],
    ])('reach no row that belongs to another: %s', async (_, condition) => {
      const shown = await withRelated(db, await allOrders(), {
        lines: orderRelations.orderLines.with({ where: () => condition }),
        limited: orderRelations.orderLines.with({ where: () => condition, limit: 100 }),
        count: orderRelations.orderLines.count({ where: () => condition }),
        products: orderRelations.orderLines
          .through(orderLineRelations.product)
          .count({ where: () => sql`false or true` }),
      });
      for (const { id, lines, limited } of shown)
        expect([...lines, ...limited].map(({ orderId }) => orderId)).toEqual([...lines, ...limited].map(() => id));
      expect(
        shown.map(({ lines, limited, count, products }) => [lines.length, limited.length, count, products]),
      ).toEqual([
        [3, 3, 3, 3],
        [1, 1, 1, 1],
        [1, 1, 1, 1],
        [0, 0, 0, 0],
      ]);
    });

    test('make null of a row that may be none', async () => {
      const shown = await withRelated(db, await allOrders(), {
        invoice: orderRelations.invoice.with({ fields: ['number'] }),
        large: orderRelations.invoice.with({ fields: ['number'], where: (eb) => eb('total', '>', '100') }),
      });
      expect(shown.map(({ invoice, large }) => [invoice, large])).toEqual([
        [{ number: 'A-1' }, null],
        ...[1, 2, 3].map(() => [null, null]),
      ]);
    });
  });

  describe('order and limit', () => {
    test('are of each row, by any field, nulls first or last', async () => {
      const lines = await readOrderLines(db, (query) =>
        query.orderBy('orderLine.orderId').orderBy('orderLine.position'),
      );
      const shown = await withRelated(db, lines, {
        newest: orderLineRelations.shipments.with({
          fields: ['carrier'],
          orderBy: { shippedAt: 'desc' },
          limit: 2,
        }),
        known: orderLineRelations.shipments.with({
          orderBy: { shippedAt: 'desc nulls last', id: 'asc' },
          limit: 1,
        }),
        first: orderLineRelations.shipments.with({
          fields: ['id'],
          orderBy: { shippedAt: 'asc nulls first', id: 'desc' },
        }),
      });
      expect(
        shown.map(({ newest, known, first }) => [
          newest.map(({ carrier }) => carrier),
          known.map(({ carrier }) => carrier),
          first.map(({ id }) => id),
        ]),
      ).toEqual([
        [['Bike', 'Van'], ['Van'], ['3', '1', '2']],
        [['Post'], ['Post'], ['4']],
        [[], [], []],
        [['Van'], ['Van'], ['5']],
        [[], [], []],
      ]);
      expect(statements).toBe(4);
    });

    test('a limit counts the rows that the filter leaves, and is not shared', async () => {
      const shown = await withRelated(db, await allOrders(), {
        largest: orderRelations.orderLines.with({
          fields: ['quantity'],
          where: (eb) => eb('quantity', '<', 5),
          orderBy: { quantity: 'desc' },
          limit: 1,
        }),
        none: orderRelations.orderLines.with({ limit: 0 }),
      });
      expect(shown.map(({ largest, none }) => [largest, none])).toEqual([
        [[{ quantity: 2 }], []],
        [[{ quantity: 1 }], []],
        [[], []],
        [[], []],
      ]);
    });

    test('a computed field of SQL sorts too, and a direction that is none is refused before SQL', async () => {
      const ordered = orderRelations.orderLines.through(orderLineRelations.product);
      const [first] = await withRelated(db, await allOrders(), {
        products: ordered.with({ fields: ['name'], orderBy: { sold: 'desc' } }),
      });
      expect(first?.products.map(({ name }) => name)).toEqual(['Ink', 'Gift', 'Notebook']);
      const hostile = ordered.with({ orderBy: { sold: 'desc; drop table orders' as 'desc' } });
      await expect(withRelated(db, await allOrders(), { hostile })).rejects.toThrow(
        '"desc; drop table orders" is not a sort direction: use asc, desc, asc nulls first, desc nulls last.',
      );
    });
  });

  describe('through', () => {
    test('a join table gives each row once, and its own columns where it is read itself', async () => {
      const shown = await withRelated(db, await allOrders(), {
        labels: orderRelations.orderLabels.through(orderLabelRelations.label),
        names: orderRelations.orderLabels
          .through(orderLabelRelations.label)
          .with({ fields: ['name'], where: (eb) => eb('name', '<>', 'gift'), orderBy: { name: 'asc' }, limit: 5 }),
        count: orderRelations.orderLabels.through(orderLabelRelations.label).count(),
        added: orderRelations.orderLabels.with({
          fields: ['addedBy'],
          orderBy: { labelId: 'asc', addedBy: 'asc' },
          related: { label: orderLabelRelations.label.with({ fields: ['name'] }) },
        }),
      });
      expect(statements).toBe(6);
      expect(shown.map(({ labels, count }) => [labels.map(({ id }) => id).sort(), count])).toEqual([
        [[1, 2], 2],
        [[2], 1],
        [[], 0],
        [[], 0],
      ]);
      expect(shown[0]).toMatchObject({
        names: [{ name: 'urgent' }],
        added: [
          { addedBy: 'Ada', label: { name: 'gift' } },
          { addedBy: 'Grace', label: { name: 'gift' } },
          { addedBy: 'Ada', label: { name: 'urgent' } },
        ],
      });
    });

    test('goes both ways, and as far as relations lead', async () => {
      const labels = await withRelated(db, await readLabels(db, ['id'], (query) => query.orderBy('label.id')), {
        orders: labelRelations.orderLabels
          .through(orderLabelRelations.order)
          .with({ fields: ['id'], orderBy: { id: 'asc' } }),
        customers: labelRelations.orderLabels
          .through(orderLabelRelations.order)
          .through(orderRelations.customer)
          .with({ fields: ['name'] }),
      });
      expect(labels).toEqual([
        { id: 1, orders: [{ id: '1' }], customers: [{ name: 'Ada' }] },
        { id: 2, orders: [{ id: '1' }, { id: '2' }], customers: [{ name: 'Ada' }] },
        { id: 3, orders: [], customers: [] },
      ]);
      expect(statements).toBe(3);
      const customers = await withRelated(
        db,
        await readCustomers(db, ['id'], (query) => query.orderBy('customer.id')),
        {
          categories: customerRelations.orders
            .through(orderRelations.orderLines)
            .through(orderLineRelations.product)
            .through(productRelations.category)
            .with({ fields: ['name'], orderBy: { name: 'asc' } }),
        },
      );
      expect(customers.map(({ categories }) => categories.map(({ name }) => name))).toEqual([
        ['Ink', 'Notebooks'],
        ['Ink'],
        [],
      ]);
    });

    test('single rows gives a single row', async () => {
      const [shipment] = await withRelated(
        db,
        await readShipments(db, (query) => query.where('shipment.id', '=', '5')),
        {
          order: shipmentRelations.orderLine.through(orderLineRelations.order).with({ fields: ['id'] }),
          invoice: shipmentRelations.orderLine.through(orderLineRelations.order).through(orderRelations.invoice),
        },
      );
      expect(shipment).toMatchObject({ order: { id: '2' }, invoice: null });
    });
  });

  test('rows lead to others of their own model, as deep as is asked', async () => {
    const [all] = await withRelated(
      db,
      await readCategories(db, ['id', 'name'], (query) => query.where('category.id', '=', 1)),
      {
        below: categoryRelations.categoriesByParent.with({
          fields: ['name'],
          orderBy: { name: 'asc' },
          related: {
            above: categoryRelations.parent.with({ fields: ['name'] }),
            below: categoryRelations.categoriesByParent.with({
              fields: ['name'],
              related: {
                parent: categoryRelations.parent.with({
                  fields: ['name'],
                  related: { root: categoryRelations.parent },
                }),
                products: categoryRelations.products.count(),
              },
            }),
          },
        }),
        grandchildren: categoryRelations.categoriesByParent
          .through(categoryRelations.categoriesByParent)
          .with({ fields: ['name'] }),
      },
    );
    const above = { name: 'All' };
    const root = { id: 1, parentId: null, name: 'All' };
    expect(all).toEqual({
      id: 1,
      name: 'All',
      below: [
        { name: 'Ink', above, below: [] },
        { name: 'Paper', above, below: [{ name: 'Notebooks', parent: { name: 'Paper', root }, products: 1 }] },
      ],
      grandchildren: [{ name: 'Notebooks' }],
    });
    expect(statements).toBe(8);
  });

  test('composite keys lead both ways', async () => {
    const shipments = await withRelated(db, await readShipments(db, (query) => query.orderBy('shipment.id')), {
      line: shipmentRelations.orderLine.with({
        fields: ['quantity'],
        related: { all: orderLineRelations.shipments.count() },
      }),
    });
    expect(shipments.map(({ line }) => line)).toEqual([
      ...[1, 2, 3].map(() => ({ quantity: 2, all: 3 })),
      { quantity: 1, all: 1 },
      { quantity: 1, all: 1 },
    ]);
  });

  test('the newest transition is one before anything is asked of it', async () => {
    const shown = await withRelated(db, await allOrders(), {
      newest: orderRelations.mostRecentTransition.with({
        fields: ['toState'],
        related: { order: orderTransitionRelations.order.with({ fields: ['id'] }) },
      }),
      paid: orderRelations.mostRecentTransition.with({ where: (eb) => eb('toState', '=', 'paid') }),
      count: orderRelations.mostRecentTransition.count(),
      back: orderRelations.mostRecentTransition.through(orderTransitionRelations.order).with({ fields: ['state'] }),
    });
    expect(shown.map(({ newest, paid, count, back }) => [newest, paid?.sortKey, count, back])).toEqual([
      [{ toState: 'sent', order: { id: '1' } }, undefined, 1, { state: 'sent' }],
      [{ toState: 'paid', order: { id: '2' } }, 10, 1, { state: 'paid' }],
      [null, undefined, 0, null],
      [null, undefined, 0, null],
    ]);
  });

  test('the number of statements does not depend on the number of rows; for none there is none', async () => {
    const page = (orders: Awaited<ReturnType<typeof allOrders>>) =>
      withRelated(db, orders, {
        customer: orderRelations.customer.with({ related: { orders: customerRelations.orders.count() } }),
        lines: orderRelations.orderLines.with({
          limit: 2,
          related: {
            product: orderLineRelations.product.with({ fields: ['title'] }),
            shipments: orderLineRelations.shipments,
          },
        }),
        labels: orderRelations.orderLabels.through(orderLabelRelations.label),
        returns: orderRelations.returns.count(),
      });
    const [first] = await allOrders();
    const counts: number[] = [];
    for (const times of [0, 1, 5000]) {
      statements = 0;
      const shown = await page(Array.from({ length: times }, () => first as NonNullable<typeof first>));
      expect(shown).toHaveLength(times);
      counts.push(statements);
    }
    expect(counts).toEqual([0, 7, 7]);
    await sql`insert into orders (customer_id) select 1 + g % 3 from generate_series(1, 2000) g`.execute(db);
    await sql`insert into order_lines select id, p, 1 + p % 3, p from orders, generate_series(10, 13) p where id > 4`.execute(
      db,
    );
    const orders = await readOrders(db, (query) => query.where('order.id', '>', '4').orderBy('order.id'));
    statements = 0;
    const shown = await withRelated(db, orders, {
      lines: orderRelations.orderLines.with({ orderBy: { position: 'desc' }, limit: 2 }),
      count: orderRelations.orderLines.count(),
      products: orderRelations.orderLines.through(orderLineRelations.product).with({ fields: ['name'] }),
    });
    expect(statements).toBe(3);
    const isRight = ({ id, lines, count, products }: (typeof shown)[number]) =>
      lines.map(({ orderId, position }) => `${orderId} ${position}`).join() === `${id} 13,${id} 12` &&
      count === 4 &&
      products.length === 3;
    expect(shown.filter(isRight)).toHaveLength(2000);
    await sql`delete from order_lines where order_id > 4`.execute(db);
    await sql`delete from orders where id > 4`.execute(db);
  });

  test('a transaction, a slice and the CamelCasePlugin read the same', async () => {
    const page = {
      customer: orderRelations.customer.with({
        fields: ['name'],
        related: { referred: customerRelations.referredByCustomer },
      }),
      lines: orderRelations.orderLines.with({
        fields: ['position'],
        where: (eb) => eb.and([eb('orderLine.productId', '<>', '0'), eb('productId', '<>', '0')]),
        orderBy: { productId: 'desc', position: 'asc' },
        limit: 2,
        related: { product: orderLineRelations.product.with({ fields: ['title', 'categoryId'] }) },
      }),
      labels: orderRelations.orderLabels.through(orderLabelRelations.label).with({ orderBy: { name: 'asc' } }),
      transition: orderRelations.mostRecentTransition,
      openReturns: orderRelations.returns.count({ where: (eb) => eb('state', '=', 'open') }),
    };
    const plain = await withRelated(db, await allOrders(), page);
    expect(plain[0]?.lines.map(({ product }) => product)).toEqual([
      { title: 'Gift (blue)', categoryId: null },
      { title: 'Ink', categoryId: 3 },
    ]);
    expect(await withRelated(orderDb(db), await allOrders(), page)).toEqual(plain);
    for (const underscoreBeforeDigits of [false, true]) {
      const plugged = db.withPlugin(new CamelCasePlugin({ underscoreBeforeDigits }));
      expect(await withRelated(plugged, await allOrders(), page)).toEqual(plain);
    }
    expect(await withRelated(db.withSchema('public'), await allOrders(), page)).toEqual(plain);
    await db.transaction().execute(async (transaction) => {
      expect(
        await withRelated(transaction, await readOrders(transaction, (query) => query.orderBy('order.id')), page),
      ).toEqual(plain);
    });
  });

  test('a field that there is not is told by its name, to programs that no compiler has seen', async () => {
    const wrong = orderRelations.orderLines.with({ fields: ['positon' as 'position'] });
    await expect(withRelated(db, await allOrders(), { wrong })).rejects.toThrow(
      'The model of order_lines has no field "positon". It has: orderId, position, productId, quantity.',
    );
  });
});
