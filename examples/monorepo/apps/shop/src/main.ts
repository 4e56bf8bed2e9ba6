import type { DB } from '@example/db/shop/db.js';
import { type Order, orders } from '@example/db/shop/models/order.js';
import { DummyDriver, Kysely, PostgresAdapter, PostgresIntrospector, PostgresQueryCompiler } from 'kysely';

/** Without a server: it only shows the SQL. */
const db = new Kysely<DB>({
  dialect: {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (kysely) => new PostgresIntrospector(kysely),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  },
});

const wanted: Order['status'] = 'open';
const query = db
  .selectFrom(orders())
  .where('order.status', '=', wanted)
  .select(['order.id', 'order.customerId', 'order.itemCount']);
console.log(query.compile().sql);
