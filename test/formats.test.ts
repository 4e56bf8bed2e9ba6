/** The results of the write functions fit the `DB` that was generated with them, in each format of `DB`. */
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { CamelCasePlugin, Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import { type Config, generate, loadConfig } from '../src/index.js';
import { COMPILERS_IN_TURN, typecheck } from './support/compile.js';
import { freshDatabase, newestVersion } from './support/postgres.js';
import { readSql, repositoryPath } from './support/repository.js';

interface Format {
  readonly name: string;
  readonly tables: NonNullable<Config['tables']>;
  readonly isCamelCase: boolean;
}

const formats: readonly Format[] = [
  { name: 'rowsmith', tables: 'rowsmith', isCamelCase: false },
  { name: 'rowsmith in camelCase', tables: { camelCase: true }, isCamelCase: true },
  { name: 'kysely-codegen', tables: 'kysely-codegen', isCamelCase: false },
  { name: 'kysely-codegen in camelCase', tables: { format: 'kysely-codegen', camelCase: true }, isCamelCase: true },
];

/** The plugin cannot name the column `partNo`, which it confuses with `part_no`. The models can. */
const ofKysely = `
  await db.insertInto('item_parts').values(toItemPartInsert({ itemId, partNo: 3, retryCount: 3 })).execute();
  await db.updateTable('item_parts').set(toItemPartUpdate({ retryCount: 4 })).where('item_id', '=', itemId).where('partNo', '=', 3).execute();`;
const ofModel = `
  await db.updateTable('itemParts').set(toItemPartUpdate({ retryCount: 9 })).where('retryLimit', '=', 999).execute();
  await insertItemPart(db, { itemId, partNo: 3, retryCount: 4 });
  void toItemPartInsert;`;

/** A program that begins, changes and filters states kept in columns. */
const states = () => `
import type { Kysely, Transaction } from 'kysely';
import type { DB } from './db.js';
import { insertOrder, insertOrders, orderInState, orderNotInState, readOrders, returningOrder, toOrderInsert, toOrderUpdate, transitionOrder, updateOrder, upsertOrder } from './models/order.js';
import { insertParcel, transitionParcel } from './models/parcel.js';
import { insertTicket, toTicketInsert, transitionTicket } from './models/ticket.js';
import { orderDb } from './relations/order.js';

export async function run(db: Kysely<DB>): Promise<unknown> {
  await db.insertInto('orders').values(toOrderInsert({ orderNo: 'A-1', status: 'draft' })).execute();
  const { orderId } = await insertOrder(db, { orderNo: 'A-2' });
  await insertOrders(db, [{ orderNo: 'A-3', status: 'draft' }, { orderNo: 'A-4' }]);
  await transitionOrder(orderDb(db), orderId, 'paid');
  await db.transaction().execute((transaction: Transaction<DB>) => transitionOrder(transaction, { orderNo: 'A-1' }, 'cancelled'));
  await upsertOrder(db, { orderNo: 'A-2', status: 'draft', note: 'n' }, { on: 'orderNo' });
  await updateOrder(db, orderId, { note: 'o' });
  const key = { depot: 'D', parcelNo: 1 };
  await insertParcel(db, key);
  const parcel = await transitionParcel(db, key, 'lost');
  await db.insertInto('tickets').values(toTicketInsert({ isPublic: true, status: 'open' })).execute();
  const { ticketId } = await insertTicket(db, { isPublic: false });
  const ticket = await transitionTicket(db, ticketId, 'spam');
  await db.updateTable('orders').set(toOrderUpdate({ note: 'p' })).where(orderNotInState('paid').ofTable()).execute();
  const gone = await db.deleteFrom('orders').where(orderInState('cancelled').ofTable()).returning(returningOrder('orderNo', 'status')).execute();
  const rows = await readOrders(db, ['orderNo', 'status', 'note'], (query) => query.where(orderInState('paid', 'draft')).orderBy('order.orderNo'));
  return { gone, rows, parcel, ticket };
}
`;

/** A program that writes with every function and with queries of its own, and returns what it has read. */
const program = ({ isCamelCase }: Format) => {
  const called = (name: string) => (isCamelCase ? name.replace(/_(\w)/g, (_found, next) => next.toUpperCase()) : name);
  return `
import type { Kysely, Transaction } from 'kysely';
import type { DB } from './db.js';
import { deleteItem, findItem, insertItem, insertItems, readItems, toItemInsert, toItemUpdate, updateItem, upsertItem } from './models/item.js';
import { insertItemPart, insertItemParts, toItemPartInsert, readItemParts, toItemPartUpdate, updateItemPart, upsertItemPart } from './models/item-part.js';
import { insertCalmItem, toCalmItemInsert, toCalmItemUpdate } from './models/calm-item.js';
import { insertLog, insertLogs, toLogInsert, toLogUpdate } from './models/log.js';
import { itemDb } from './relations/item.js';

const values = { title: 'T', tags: ['a', 'b'], grid: [1, 2], mood: 'cross', moods: ['calm'], data: { a: [1] }, content: Buffer.from('c'), price: '1.5', seenAt: new Date(0) } as const;
const all = { ...values, tags: [...values.tags], grid: [...values.grid], moods: [...values.moods], data: { a: [1] } };

export async function run(db: Kysely<DB>): Promise<unknown> {
  await db.insertInto('items').values(toItemInsert({ sku: 'A-1', ...all })).execute();
  await db.insertInto('items').values([toItemInsert({ sku: 'A-2', title: 'U' }), toItemInsert({ sku: 'A-3', ...all })]).execute();
  await db.insertInto('items').values(toItemInsert({ sku: 'A-3', title: 'V' }))
    .onConflict((on) => on.column('sku').doUpdateSet(toItemUpdate({ title: 'W', tags: ['c'] }))).execute();
  await db.updateTable('items').set(toItemUpdate({ tags: ['d'], data: null, moods: null, createdBy: 'me' })).where('sku', '=', 'A-2').execute();
  const { itemId } = await insertItem(db, { sku: 'A-4', ...all });
  const [last] = await insertItems(itemDb(db), [{ sku: 'A-5', ...all }], ['itemId', 'tags']);
  await db.transaction().execute((transaction: Transaction<DB>) => updateItem(transaction, itemId, { tags: ['e'] }));
  await upsertItem(db, { sku: 'A-5', title: 'X' }, { on: 'sku' });
  await insertItemPart(db, { itemId, partNo: 1, retryCount: 1 });
  await insertItemParts(db, [{ itemId, partNo: 2, maxRetries: 1 }]);
  ${isCamelCase ? ofModel : ofKysely}
  await updateItemPart(db, { itemId, partNo: 1 }, { retryCount: 2 });
  await upsertItemPart(db, { itemId, partNo: 2 }, { on: ['itemId', 'partNo'] });
  await db.insertInto('logs').values(toLogInsert({ message: 'a' })).execute();
  await db.updateTable('logs').set(toLogUpdate({ message: 'b' })).execute();
  await insertLog(db, {});
  await insertLogs(db, [{ message: 'c' }]);
  await db.updateTable('${called('calm_items')}').set(toCalmItemUpdate({ title: 'Y' })).where('sku', '=', 'A-2').execute();
  void [insertCalmItem, toCalmItemInsert];
  const deleted = await deleteItem(db, { sku: 'A-1' });
  const found = await findItem(db, { sku: 'A-2' }, ['title', 'tags', 'createdBy']);
  const rows = await readItems(db, ['sku', 'title', 'tags', 'createdBy'], (query) => query.orderBy('item.sku'));
  const parts = await readItemParts(db, ['partNo', 'retryCount', 'maxRetries'], (query) => query.orderBy('itemPart.partNo'));
  return { deleted, found, rows, parts: parts.map((part) => Object.values(part)), last: last?.tags };
}
`;
};

interface Case {
  readonly name: string;
  /** A table that kysely-codegen cannot write. */
  readonly without?: string;
  readonly program: (format: Format) => string;
  readonly gives: unknown;
}

const cases: readonly Case[] = [
  {
    name: 'rows',
    program,
    gives: {
      deleted: true,
      found: { title: 'Y', tags: ['d'], createdBy: 'me' },
      rows: [
        { sku: 'A-2', title: 'Y', tags: ['d'], createdBy: 'me' },
        { sku: 'A-3', title: 'W', tags: ['c'], createdBy: 'nobody' },
        { sku: 'A-4', title: 'T', tags: ['e'], createdBy: 'nobody' },
        { sku: 'A-5', title: 'X', tags: ['a', 'b'], createdBy: 'nobody' },
      ],
      parts: [
        [1, 2, null],
        [2, 0, 1],
        [3, 4, null],
      ],
      last: ['a', 'b'],
    },
  },
  {
    name: 'column-states',
    without: 'Odd "Orders"',
    program: states,
    gives: {
      gone: [{ orderNo: 'A-1', status: 'cancelled' }],
      rows: [
        { orderNo: 'A-2', status: 'paid', note: 'o' },
        { orderNo: 'A-3', status: 'draft', note: 'p' },
        { orderNo: 'A-4', status: 'draft', note: 'p' },
      ],
      parcel: 'lost',
      ticket: 'spam',
    },
  },
];

describe.each(cases)('formats of the case $name', ({ name, without, program: write, gives }) => {
  let folders: readonly string[];
  beforeAll(async () => {
    const place = repositoryPath(`test/cases/${name}`);
    const loaded = await loadConfig(undefined, place);
    folders = formats.map((_format, index) => join(place, `.rowsmith-format-${process.pid}-${index}.tmp`));
    for (const [index, format] of formats.entries()) {
      const models = Object.entries(loaded?.config.models ?? {}).filter(([table]) => table !== without);
      const config = {
        ...loaded?.config,
        models: Object.fromEntries(models),
        source: { sql: 'schema.sql' },
        out: folders[index] ?? '',
        tables: format.tables,
        ...(without === undefined ? {} : { exclude: [without] }),
      };
      await generate({ config, folder: place });
      writeFileSync(join(config.out, 'program.ts'), write(format));
    }
  });
  afterAll(() => {
    for (const folder of folders ?? []) rmSync(folder, { recursive: true, force: true });
  });

  test.each(COMPILERS_IN_TURN)('all of them compile with TypeScript %s', (compiler) => {
    expect(typecheck({ dir: folders, compiler, resolution: 'nodenext' })).toEqual({ ok: true, output: '' });
  });

  test.each(formats.map((format, index) => [format.name, format, index] as const))(
    '%s: every function runs',
    async (_name, format, index) => {
      const database = await freshDatabase(newestVersion, readSql(`test/cases/${name}/schema.sql`));
      const pool = new pg.Pool({ connectionString: database.url });
      pool.on('error', () => {});
      const db = new Kysely({
        dialect: new PostgresDialect({ pool }),
        plugins: format.isCamelCase ? [new CamelCasePlugin()] : [],
      });
      try {
        const { run } = (await import(join(folders[index] ?? '', 'program.ts'))) as {
          run: (db: unknown) => Promise<unknown>;
        };
        expect(await run(db)).toEqual(gives);
      } finally {
        await db.destroy();
        await database.drop();
      }
    },
  );
});
