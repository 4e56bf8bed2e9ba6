/** The service on the generated models. */
import { type ExpressionBuilder, type Kysely, sql } from 'kysely';
import type { DB } from './generated/db.js';
import { type CustomerInsert, insertCustomers, readCustomers, upsertCustomer } from './generated/models/customer.js';
import { upsertLabel } from './generated/models/label.js';
import { insertOrderLabels } from './generated/models/order-label.js';
import { insertOrderLines } from './generated/models/order-line.js';
import { type ProductInsert, readProducts, upsertProduct } from './generated/models/product.js';
import { insertTask, readTasks, taskInState, transitionTask, updateTask } from './generated/models/task.js';
import {
  deleteOrder,
  findOrder,
  insertOrder,
  insertOrders,
  type Order,
  orderInState,
  orderRelations,
  orders,
  readOrders,
  transitionOrder,
  updateOrder,
  withRelated,
} from './generated/relations/order.js';
import { orderLineRelations } from './generated/relations/order-line.js';
import type { Filter, ImportedOrder, NewLine, NewOrder, OrderPage, OrderState, Page, Payload } from './service.js';

type Db = Kysely<DB>;

export const saveCustomer = (db: Db, customer: CustomerInsert) => upsertCustomer(db, customer, { on: 'email' });
export const saveProduct = (db: Db, product: ProductInsert) => upsertProduct(db, product, { on: 'sku' });

export const createOrder = (db: Db, { lines, labels, ...values }: NewOrder) =>
  db.transaction().execute(async (transaction) => {
    const { id } = await insertOrder(transaction, values, ['id']);
    await writeLines(transaction, id, lines);
    await writeLabels(transaction, id, labels);
    return (await getOrder(transaction, id)) as OrderPage;
  });

export async function getOrder(db: Db, id: string): Promise<OrderPage | undefined> {
  const order = await findOrder(db, id);
  const [page] = await withRelated(db, order ? [order] : [], {
    customer: orderRelations.customer.with({ fields: ['email', 'name'] }),
    lines: orderRelations.orderLines.with({
      fields: ['quantity', 'unitPrice'],
      orderBy: { position: 'asc' },
      related: { product: orderLineRelations.product.with({ fields: ['sku', 'name'] }) },
    }),
    history: orderRelations.orderTransitions.with({
      fields: ['toState', 'actor', 'createdAt'],
      orderBy: { id: 'asc' },
    }),
  });
  return page;
}

export const changeOrder = (db: Db, id: string, { lines, labels, ...values }: Partial<NewOrder>) =>
  db.transaction().execute(async (transaction) => {
    if (!(await updateOrder(transaction, id, values, ['id']))) return undefined;
    if (lines) await writeLines(transaction, id, lines);
    if (labels) await writeLabels(transaction, id, labels);
    return getOrder(transaction, id);
  });

export { deleteOrder as removeOrder };

export const changeState = (db: Db, id: string, to: OrderState, actor: string) =>
  transitionOrder(db, id, to, { actor });

async function writeLines(db: Db, orderId: string, lines: readonly NewLine[]) {
  await db.deleteFrom('orderLines').where('orderId', '=', orderId).execute();
  await insertOrderLines(db, linesOf(orderId, lines, await productsOf(db, lines)), []);
}

async function writeLabels(db: Db, orderId: string, names: readonly string[]) {
  await db.deleteFrom('orderLabels').where('orderId', '=', orderId).execute();
  const labels = await Promise.all(names.map((name) => upsertLabel(db, { name }, { on: 'name' })));
  await insertOrderLabels(
    db,
    labels.map(({ id }) => ({ orderId, labelId: id })),
    [],
  );
}

async function productsOf(db: Db, lines: readonly NewLine[]) {
  const skus = [...new Set(lines.map(({ sku }) => sku))];
  const products = await readProducts(db, (query) => query.where('product.sku', '=', sql<string>`any(${skus})`));
  return new Map(products.map((product) => [product.sku, product]));
}

const linesOf = (orderId: string, lines: readonly NewLine[], products: Awaited<ReturnType<typeof productsOf>>) =>
  lines.map(({ sku, quantity }, index) => {
    const product = products.get(sku);
    if (!product) throw new Error(`There is no product ${sku}.`);
    return { orderId, position: index + 1, productId: product.id, quantity, unitPrice: product.price };
  });

export async function listOrders(db: Db, filter: Filter, { size, number }: Page) {
  const newest = await readOrders(db, (query) =>
    query
      .where(matching(filter))
      .orderBy('order.placedAt', 'desc')
      .orderBy('order.id', 'desc')
      .limit(size)
      .offset((number - 1) * size),
  );
  const all = db.selectFrom(orders()).where(matching(filter));
  const { count } = await all.select((eb) => eb.fn.countAll().as('count')).executeTakeFirstOrThrow();
  const shown = await withRelated(db, newest, { customer: orderRelations.customer.with({ fields: ['name'] }) });
  return { count: Number(count), orders: shown };
}

const matching = (filter: Filter) => (eb: ExpressionBuilder<{ order: Order }, 'order'>) =>
  eb.and([
    ...(filter.states ? [orderInState(...filter.states)(eb)] : []),
    ...(filter.customerId ? [eb('order.customerId', '=', filter.customerId)] : []),
    ...(filter.label ? [eb(eb.val(filter.label), '=', eb.fn.any('order.labels'))] : []),
    ...(filter.number ? [eb('order.number', 'ilike', `%${filter.number}%`)] : []),
    ...(filter.placedSince ? [eb('order.placedAt', '>=', filter.placedSince)] : []),
    ...(filter.minTotal ? [eb('order.total', '>=', filter.minTotal)] : []),
  ]);

export const importOrders = (db: Db, imported: readonly ImportedOrder[]) =>
  db.transaction().execute(async (transaction) => {
    const products = await productsOf(
      transaction,
      imported.flatMap((order) => order.lines),
    );
    const customers = await customersOf(transaction, imported);
    const values = imported.map(({ number, email, address, placedAt }) => ({
      number,
      address,
      placedAt,
      customerId: customers.get(email) as string,
    }));
    const inserted = await insertOrders(transaction, values, ['id']);
    const lines = inserted.flatMap(({ id }, index) => linesOf(id, imported[index]?.lines ?? [], products));
    await insertOrderLines(transaction, lines, []);
    return { orders: inserted.length, lines: lines.length };
  });

async function customersOf(db: Db, people: readonly CustomerInsert[]) {
  const names = new Map(people.map(({ email, name }) => [email, name]));
  const emails = [...names.keys()];
  const known = await readCustomers(db, (query) => query.where('customer.email', '=', sql<string>`any(${emails})`));
  for (const { email } of known) names.delete(email);
  const made = await insertCustomers(
    db,
    [...names].map(([email, name]) => ({ email, name })),
  );
  return new Map([...known, ...made].map(({ id, email }) => [email, id]));
}

export const addTask = (db: Db, kind: string, payload: Payload, runAt = new Date()) =>
  insertTask(db, { kind, payload, runAt });

export const takeTask = (db: Db) =>
  db.transaction().execute(async (transaction) => {
    const [next] = await readTasks(transaction, (query) =>
      query
        .where(taskInState('queued'))
        .where('task.runAt', '<=', sql<Date>`now()`)
        .orderBy('task.runAt')
        .orderBy('task.id')
        .limit(1)
        .forUpdate()
        .skipLocked(),
    );
    if (!next) return undefined;
    await transitionTask(transaction, next.id, 'running');
    return updateTask(transaction, next.id, { attempts: next.attempts + 1 });
  });

export const finishTask = (db: Db, id: string) => transitionTask(db, id, 'done');

export const failTask = (db: Db, id: string, error: string) =>
  db.transaction().execute(async (transaction) => {
    const task = await updateTask(transaction, id, { error, runAt: new Date(Date.now() + 60_000) });
    return transitionTask(transaction, id, task && task.attempts < 3 ? 'queued' : 'failed');
  });
