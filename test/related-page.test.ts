/**
 * A page of orders, and whatever else `withRelated` reads: on real rows, with the statements counted. The expected values are
 * written by hand, or asked of the database in plain SQL.
 */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { CamelCasePlugin, type Kysely, type KyselyPlugin, sql } from 'kysely';
import type { DB } from './cases/shop/expected/db.js';
import { orderInState } from './cases/shop/expected/models/order.js';
import { categoryRelations, readCategories } from './cases/shop/expected/relations/category.js';
import { customerRelations, readCustomers } from './cases/shop/expected/relations/customer.js';
import { labelRelations } from './cases/shop/expected/relations/label.js';
import { orderDb, orderRelations, readOrders, withRelated } from './cases/shop/expected/relations/order.js';
import { orderLabelRelations } from './cases/shop/expected/relations/order-label.js';
import { orderLineRelations, readOrderLines } from './cases/shop/expected/relations/order-line.js';
import { productRelations, readProducts } from './cases/shop/expected/relations/product.js';
import { readReturns, returnRelations } from './cases/shop/expected/relations/return.js';
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
    // The orders, and each relation of each level.
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
});
