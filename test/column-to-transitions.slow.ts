/** Moving a state from a column to a transitions table, as docs/column-states.md shows. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { type Kysely, sql } from 'kysely';
import { type Config, generate } from '../src/index.js';
import type { DB } from './cases/column-states/expected/db.js';
import * as column from './cases/column-states/expected/models/order.js';
import { engines, openEngine } from './support/engines.js';
import { freshDatabase, newestVersion } from './support/postgres.js';
import { readSql, repositoryPath } from './support/repository.js';

const [first = '', second = ''] = readSql('test/guides/column-to-transitions.sql').split(/^(?=-- 2\.)/m);
const before = readSql('test/cases/column-states/schema.sql');
const graph = { draft: ['paid', 'cancelled'], paid: ['shipped', 'cancelled'], shipped: [], cancelled: [] };
const place = repositoryPath('test/cases/column-states');
const out = join(place, `.rowsmith-moved-${process.pid}.tmp`);
afterAll(() => rmSync(out, { recursive: true, force: true }));

/** The exports of the model of the moved state that are used here. */
interface Moved {
  readonly orderInState: typeof column.orderInState;
  readonly readOrders: (db: unknown, fields: readonly string[], refine?: unknown) => Promise<object[]>;
  readonly transitionOrder: (db: unknown, id: string, to: column.OrderState) => Promise<column.OrderState>;
  readonly insertOrder: (db: unknown, values: { orderNo: string }) => Promise<{ orderId: string; state: string }>;
}

/** The model that is generated after the second step. */
async function movedModel(): Promise<Moved> {
  const database = await freshDatabase(newestVersion, [before, first, second].join('\n'));
  try {
    const config: Config = {
      source: { url: database.url },
      out,
      include: ['orders', 'order_transitions'],
      models: {
        orders: {
          state: { transitions: 'order_transitions', initial: 'draft', graph },
          filled: { updated_at: { insert: 'now', update: 'now' } },
        },
      },
    };
    await generate({ config, folder: place });
  } finally {
    await database.drop();
  }
  return (await import(join(out, 'models/order.ts'))) as Moved;
}

/** Runs the statements of a step in one transaction, one by one. */
function run(db: Kysely<DB>, step: string): Promise<void> {
  return db.transaction().execute(async (transaction) => {
    for (const statement of step.split(/;\n(?! |END)/))
      if (statement !== '') await sql.raw(statement).execute(transaction);
  });
}

describe('a state moves from a column to a transitions table', () => {
  test.each(engines)('on %s', async (engine) => {
    const { orderInState, readOrders, transitionOrder, insertOrder } = await movedModel();
    const opened = await openEngine<DB>(engine, before);
    const { db } = opened;
    try {
      await column.insertOrders(db, [{ orderNo: 'A-1' }, { orderNo: 'A-2' }, { orderNo: 'A-3' }]);
      await column.transitionOrder(db, { orderNo: 'A-2' }, 'paid');
      await run(db, first);
      // The previous program continues, and each of its changes is kept.
      await column.transitionOrder(db, { orderNo: 'A-2' }, 'shipped');
      await column.transitionOrder(db, { orderNo: 'A-3' }, 'cancelled');
      await column.updateOrder(db, { orderNo: 'A-1' }, { note: 'n' });
      const stored = await column.readOrders(db, ['orderNo', 'status'], (query) => query.orderBy('order.orderNo'));
      await run(db, second);

      const order = (query: { orderBy: (field: string) => unknown }) => query.orderBy('order.orderNo');
      const computed = await readOrders(db, ['orderNo', 'state'], order);
      expect(computed).toEqual(stored.map(({ orderNo, status }) => ({ orderNo, state: status })));
      const history =
        await sql`select order_no, to_state, sort_key, most_recent from order_transitions join orders using (order_id) order by 1, 3`.execute(
          db,
        );
      expect(history.rows.map((row) => Object.values(row as object))).toEqual([
        ['A-2', 'paid', 10, false],
        ['A-2', 'shipped', 20, true],
        ['A-3', 'cancelled', 10, true],
      ]);

      // The union, the filter and the function keep their names.
      const { orderId, state } = await insertOrder(db, { orderNo: 'A-4' });
      expect(state).toBe('draft');
      expect(await transitionOrder(db, orderId, 'paid')).toBe('paid');
      await expect(transitionOrder(db, orderId, 'draft')).rejects.toThrow(
        '"paid" may change to "shipped", "cancelled", not to "draft".',
      );
      const filtered = (query: { where: (condition: unknown) => unknown }) => query.where(orderInState('paid'));
      expect(await readOrders(db, ['orderNo'], filtered)).toEqual([{ orderNo: 'A-4' }]);
    } finally {
      await opened.close();
    }
  });
});
