/** The same service on Kysely alone, for comparison. The types of its tables are the generated ones. */
import { type Expression, type ExpressionBuilder, type Kysely, type SqlBool, sql } from 'kysely';
import { jsonArrayFrom, jsonObjectFrom } from 'kysely/helpers/postgres';
import type { DB } from './generated/db.js';
import { jsonText } from './generated/runtime/write.js';
import type {
  Customer,
  Filter,
  ImportedOrder,
  NewLine,
  NewOrder,
  OrderList,
  OrderPage,
  OrderState,
  Page,
  Payload,
  Product,
  Task,
  TaskState,
} from './service.js';

type Db = Kysely<DB>;
type CustomerInsert = Pick<Customer, 'email' | 'name'>;
type ProductInsert = Pick<Product, 'sku' | 'name' | 'price'>;
type Orders = ExpressionBuilder<DB, 'orders'>;

/** What each state may change to. */
const graph: Record<OrderState, readonly OrderState[]> = {
  draft: ['paid', 'cancelled'],
  paid: ['sent', 'cancelled'],
  sent: ['delivered'],
  delivered: [],
  cancelled: [],
};

export const saveCustomer = (db: Db, { email, name }: CustomerInsert): Promise<Customer> =>
  db
    .insertInto('customers')
    .values({ email, name })
    .onConflict((on) => on.column('email').doUpdateSet({ name, updatedAt: sql`now()` }))
    .returningAll()
    .executeTakeFirstOrThrow();

export const saveProduct = (db: Db, { sku, name, price }: ProductInsert): Promise<Product> =>
  db
    .insertInto('products')
    .values({ sku, name, price })
    .onConflict((on) => on.column('sku').doUpdateSet({ name, price, updatedAt: sql`now()` }))
    .returningAll()
    .executeTakeFirstOrThrow();

export const createOrder = (db: Db, { lines, labels, address, ...values }: NewOrder): Promise<OrderPage> =>
  db.transaction().execute(async (transaction) => {
    const { id } = await transaction
      .insertInto('orders')
      .values({ ...values, address: jsonText(address) })
      .returning('id')
      .executeTakeFirstOrThrow();
    await writeLines(transaction, id, lines);
    await writeLabels(transaction, id, labels);
    return (await getOrder(transaction, id)) as OrderPage;
  });

export async function getOrder(db: Db, id: string): Promise<OrderPage | undefined> {
  const order = await db
    .selectFrom('orders')
    .selectAll('orders')
    .select((eb) => [
      stateOf(eb).as('state'),
      newestOf(eb).select('orderTransitions.createdAt').as('stateChangedAt'),
      totalOf(eb).as('total'),
      labelsOf(eb).as('labels'),
      jsonObjectFrom(
        eb
          .selectFrom('customers')
          .whereRef('customers.id', '=', 'orders.customerId')
          .select(['customers.email', 'customers.name']),
      )
        .$notNull()
        .as('customer'),
      jsonArrayFrom(
        eb
          .selectFrom('orderLines')
          .innerJoin('products', 'products.id', 'orderLines.productId')
          .whereRef('orderLines.orderId', '=', 'orders.id')
          .select((line) => [
            'orderLines.quantity',
            // JSON has numbers, which would lose the zeros of a price.
            line.cast<string>('orderLines.unitPrice', 'text').as('unitPrice'),
            'products.sku',
            'products.name',
          ])
          .orderBy('orderLines.position'),
      ).as('lines'),
      jsonArrayFrom(
        eb
          .selectFrom('orderTransitions')
          .whereRef('orderTransitions.orderId', '=', 'orders.id')
          .select(['orderTransitions.toState', 'orderTransitions.actor', 'orderTransitions.createdAt'])
          .orderBy('orderTransitions.id'),
      ).as('history'),
    ])
    .where('orders.id', '=', id)
    .executeTakeFirst();
  if (!order) return undefined;
  return {
    ...order,
    lines: order.lines.map(({ quantity, unitPrice, sku, name }) => ({ quantity, unitPrice, product: { sku, name } })),
    // JSON has no dates.
    history: order.history.map((transition) => ({ ...transition, createdAt: new Date(transition.createdAt) })),
  };
}

const newestOf = (eb: Orders) =>
  eb
    .selectFrom('orderTransitions')
    .whereRef('orderTransitions.orderId', '=', 'orders.id')
    .where('orderTransitions.mostRecent', '=', true);

const stateOf = (eb: Orders) =>
  eb.fn.coalesce(newestOf(eb).select('orderTransitions.toState'), sql.lit<OrderState>('draft'));

const totalOf = (eb: Orders) =>
  eb.fn.coalesce(
    eb
      .selectFrom('orderLines')
      .whereRef('orderLines.orderId', '=', 'orders.id')
      .select(sql<string>`sum(quantity * unit_price)`.as('total')),
    sql.lit<string>('0'),
  );

const labelsOf = (eb: Orders) =>
  sql<string[]>`array(${eb
    .selectFrom('orderLabels')
    .innerJoin('labels', 'labels.id', 'orderLabels.labelId')
    .whereRef('orderLabels.orderId', '=', 'orders.id')
    .select('labels.name')
    .orderBy('labels.name')})`;

export const changeOrder = (db: Db, id: string, { lines, labels, address, ...values }: Partial<NewOrder>) =>
  db.transaction().execute(async (transaction) => {
    const changed = await transaction
      .updateTable('orders')
      .set({ ...values, ...(address && { address: jsonText(address) }), updatedAt: sql`now()` })
      .where('id', '=', id)
      .returning('id')
      .executeTakeFirst();
    if (!changed) return undefined;
    if (lines) await writeLines(transaction, id, lines);
    if (labels) await writeLabels(transaction, id, labels);
    return getOrder(transaction, id);
  });

async function writeLines(db: Db, orderId: string, lines: readonly NewLine[]): Promise<void> {
  const products = await productsOf(db, lines);
  await db.deleteFrom('orderLines').where('orderId', '=', orderId).execute();
  await insertLines(db, linesOf(orderId, lines, products));
}

async function writeLabels(db: Db, orderId: string, names: readonly string[]): Promise<void> {
  await db.deleteFrom('orderLabels').where('orderId', '=', orderId).execute();
  if (names.length === 0) return;
  const labels = await db
    .insertInto('labels')
    .values(names.map((name) => ({ name })))
    .onConflict((on) => on.column('name').doUpdateSet((eb) => ({ name: eb.ref('excluded.name') })))
    .returning('id')
    .execute();
  await db
    .insertInto('orderLabels')
    .values(labels.map(({ id }) => ({ orderId, labelId: id })))
    .execute();
}

type Products = Awaited<ReturnType<typeof productsOf>>;

async function productsOf(db: Db, lines: readonly NewLine[]) {
  const skus = [...new Set(lines.map(({ sku }) => sku))];
  const products = await db
    .selectFrom('products')
    .select(['id', 'sku', 'price'])
    .where('sku', '=', sql<string>`any(${skus})`)
    .execute();
  return new Map(products.map((product) => [product.sku, product]));
}

type Line = ReturnType<typeof linesOf>[number];

const linesOf = (orderId: string, lines: readonly NewLine[], products: Products) =>
  lines.map(({ sku, quantity }, index) => {
    const product = products.get(sku);
    if (!product) throw new Error(`There is no product ${sku}.`);
    return { orderId, position: index + 1, productId: product.id, quantity, unitPrice: product.price };
  });

async function insertLines(db: Db, lines: readonly Line[]): Promise<void> {
  for (const values of chunks(lines, 5)) await db.insertInto('orderLines').values(values).execute();
}

/** Rows in as many parts as it takes, since a statement takes 65,534 parameters. */
function* chunks<Row>(rows: readonly Row[], columns: number): Generator<Row[]> {
  const most = Math.floor(65_534 / columns);
  for (let from = 0; from < rows.length; from += most) yield rows.slice(from, from + most);
}

export async function removeOrder(db: Db, id: string): Promise<boolean> {
  const { numDeletedRows } = await db.deleteFrom('orders').where('id', '=', id).executeTakeFirstOrThrow();
  return numDeletedRows > 0n;
}

export const changeState = (db: Db, id: string, to: OrderState, actor: string): Promise<OrderState> =>
  db.transaction().execute(async (transaction) => {
    // Whoever changes the state of the same order waits here, and then sees what became of it.
    const order = await transaction
      .selectFrom('orders')
      .select('id')
      .where('id', '=', id)
      .forNoKeyUpdate()
      .executeTakeFirst();
    if (!order) throw new Error(`There is no order ${id}.`);
    const newest = await transaction
      .selectFrom('orderTransitions')
      .select(['id', 'toState'])
      .where('orderId', '=', id)
      .where('mostRecent', '=', true)
      .executeTakeFirst();
    const from = newest?.toState ?? 'draft';
    if (!graph[from].includes(to)) throw new Error(`"${from}" may not change to "${to}".`);
    if (newest)
      await transaction
        .updateTable('orderTransitions')
        .set({ mostRecent: false })
        .where('id', '=', newest.id)
        .execute();
    await transaction
      .insertInto('orderTransitions')
      .values({ orderId: id, toState: to, mostRecent: true, actor })
      .execute();
    return to;
  });

export async function listOrders(db: Db, filter: Filter, { size, number }: Page): Promise<OrderList> {
  const orders = await db
    .selectFrom('orders')
    .selectAll('orders')
    .select((eb) => [
      stateOf(eb).as('state'),
      newestOf(eb).select('orderTransitions.createdAt').as('stateChangedAt'),
      totalOf(eb).as('total'),
      labelsOf(eb).as('labels'),
      jsonObjectFrom(
        eb.selectFrom('customers').whereRef('customers.id', '=', 'orders.customerId').select('customers.name'),
      )
        .$notNull()
        .as('customer'),
    ])
    .where((eb) => matching(eb, filter))
    .orderBy('orders.placedAt', 'desc')
    .orderBy('orders.id', 'desc')
    .limit(size)
    .offset((number - 1) * size)
    .execute();
  const { count } = await db
    .selectFrom('orders')
    .where((eb) => matching(eb, filter))
    .select((eb) => eb.fn.countAll().as('count'))
    .executeTakeFirstOrThrow();
  return { count: Number(count), orders };
}

function matching(eb: Orders, filter: Filter): Expression<SqlBool> {
  const conditions: Expression<SqlBool>[] = [];
  if (filter.states) conditions.push(inState(eb, filter.states));
  if (filter.customerId) conditions.push(eb('orders.customerId', '=', filter.customerId));
  if (filter.label) conditions.push(eb(eb.val(filter.label), '=', sql<string>`any(${labelsOf(eb)})`));
  if (filter.number) conditions.push(eb('orders.number', 'ilike', `%${filter.number}%`));
  if (filter.placedSince) conditions.push(eb('orders.placedAt', '>=', filter.placedSince));
  if (filter.minTotal) conditions.push(eb(totalOf(eb), '>=', filter.minTotal));
  return eb.and(conditions);
}

/** In a form that an index can answer. */
function inState(eb: Orders, states: readonly OrderState[]): Expression<SqlBool> {
  if (states.length === 0) return sql.lit(false);
  const newest = newestOf(eb).select('orderTransitions.id');
  const found = eb.exists(newest.where('orderTransitions.toState', 'in', states));
  return states.includes('draft') ? eb.or([found, eb.not(eb.exists(newest))]) : found;
}

export const importOrders = (db: Db, imported: readonly ImportedOrder[]) =>
  db.transaction().execute(async (transaction) => {
    const products = await productsOf(
      transaction,
      imported.flatMap(({ lines }) => lines),
    );
    const customers = await customersOf(transaction, imported);
    const lines: Line[] = [];
    for (const orders of chunks(imported, 4)) {
      const values = orders.map(({ number, email, address, placedAt }) => ({
        number,
        placedAt,
        customerId: customers.get(email) as string,
        address: jsonText(address),
      }));
      const inserted = await transaction.insertInto('orders').values(values).returning(['id', 'number']).execute();
      const ids = new Map(inserted.map(({ id, number }) => [number, id]));
      lines.push(...orders.flatMap((order) => linesOf(ids.get(order.number) as string, order.lines, products)));
    }
    await insertLines(transaction, lines);
    return { orders: imported.length, lines: lines.length };
  });

async function customersOf(db: Db, people: readonly CustomerInsert[]): Promise<Map<string, string>> {
  const names = new Map(people.map(({ email, name }) => [email, name]));
  const customers = await db
    .selectFrom('customers')
    .select(['id', 'email'])
    .where('email', '=', sql<string>`any(${[...names.keys()]})`)
    .execute();
  for (const { email } of customers) names.delete(email);
  const unknown = [...names].map(([email, name]) => ({ email, name }));
  for (const values of chunks(unknown, 2))
    customers.push(...(await db.insertInto('customers').values(values).returning(['id', 'email']).execute()));
  return new Map(customers.map(({ id, email }) => [email, id]));
}

export const addTask = (db: Db, kind: string, payload: Payload, runAt = new Date()): Promise<Task> =>
  db
    .insertInto('tasks')
    .values({ kind, payload: jsonText(payload), runAt })
    .returningAll()
    .executeTakeFirstOrThrow();

export const takeTask = (db: Db): Promise<Task | undefined> =>
  db
    .updateTable('tasks')
    .set((eb) => ({ status: 'running', attempts: eb('attempts', '+', 1), updatedAt: sql`now()` }))
    .where('id', '=', (eb) =>
      eb
        .selectFrom('tasks')
        .select('id')
        .where('status', '=', 'queued')
        .where('runAt', '<=', sql<Date>`now()`)
        .orderBy('runAt')
        .orderBy('id')
        .limit(1)
        .forUpdate()
        .skipLocked(),
    )
    .returningAll()
    .executeTakeFirst();

export async function finishTask(db: Db, id: string): Promise<TaskState> {
  const done = await running(db, id).set({ status: 'done', updatedAt: sql`now()` }).executeTakeFirst();
  return stateAfter(id, done);
}

export async function failTask(db: Db, id: string, error: string): Promise<TaskState> {
  const status = sql<TaskState>`case when attempts < 3 then 'queued' else 'failed' end`;
  const runAt = new Date(Date.now() + 60_000);
  const failed = await running(db, id).set({ status, error, runAt, updatedAt: sql`now()` }).executeTakeFirst();
  return stateAfter(id, failed);
}

const running = (db: Db, id: string) =>
  db.updateTable('tasks').where('id', '=', id).where('status', '=', 'running').returning('status');

function stateAfter(id: string, task: { status: TaskState } | undefined): TaskState {
  if (task) return task.status;
  throw new Error(`There is no task ${id} that is running.`);
}
