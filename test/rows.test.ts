/** The functions for one row and for many, on the schema of a case that has everything they must handle. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { CamelCasePlugin, type Kysely, sql } from 'kysely';
import type { DB } from './cases/rows/expected/db.js';
import { insertCalmItem, insertCalmItems } from './cases/rows/expected/models/calm-item.js';
import {
  deleteItem,
  findItem,
  type ItemInsert,
  insertItem,
  insertItems,
  readItems,
  updateItem,
  upsertItem,
} from './cases/rows/expected/models/item.js';
import {
  deleteItemPart,
  findItemPart,
  insertItemPart,
  insertItemParts,
  updateItemPart,
  upsertItemPart,
} from './cases/rows/expected/models/item-part.js';
import { insertLog, insertLogs } from './cases/rows/expected/models/log.js';
import { findTicket, insertTicket, insertTickets } from './cases/rows/expected/models/ticket.js';
import { type Engine, engines, type OpenDatabase, openEngine } from './support/engines.js';
import { readSql } from './support/repository.js';

let number = 0;
const item = <Values extends Partial<ItemInsert>>(values?: Values) =>
  ({ sku: `A-${++number}`, title: 'Lamp', ...values }) as ItemInsert & Values;

describe.each(engines)('rows on %s', (engine: Engine) => {
  let opened: OpenDatabase<DB>;
  let db: Kysely<DB>;
  let statements: string[] = [];

  beforeAll(async () => {
    opened = await openEngine<DB>(engine, readSql('test/cases/rows/schema.sql'));
    db = opened.db.withPlugin({
      transformQuery: ({ node }) => {
        statements.push(node.kind);
        return node;
      },
      transformResult: ({ result }) => Promise.resolve(result),
    });
  });
  afterAll(() => opened?.close());
  beforeEach(() => {
    statements = [];
  });

  describe('insert', () => {
    test('gives the whole model as the database has it then', async () => {
      const before = Date.now();
      const created = await insertItem(db, item({ title: 'Big LAMP', mood: 'cross' }));
      expect(created).toEqual({
        itemId: expect.stringMatching(/^\d+$/),
        sku: `A-${number}`,
        title: 'Big LAMP',
        email: null,
        region: null,
        code: null,
        price: '0.00',
        ratio: null,
        tags: [],
        grid: null,
        mood: 'cross',
        moods: null,
        data: null,
        content: null,
        active: true,
        flags: null,
        seenOn: null,
        seenAt: null,
        createdAt: expect.any(Date),
        updatedAt: expect.any(Date),
        createdBy: 'nobody',
        search: 'big lamp',
        alike: '1',
      });
      // Within a minute, in whatever zone the values of a column without a time zone are.
      for (const time of [created.createdAt, created.updatedAt])
        expect(Math.abs(time.getTime() - before)).toBeLessThan(60_000);
      expect(await insertItem(db, item({ mood: 'cross' }))).toMatchObject({ alike: '2' });
    });

    test('gives the fields that are asked for, in one statement where they are columns', async () => {
      expect(await insertItem(db, item(), ['title', 'search'])).toEqual({ title: 'Lamp', search: 'lamp' });
      expect(await insertItem(db, item(), ['label'])).toEqual({ label: expect.stringMatching(/^\d+: Lamp$/) });
      expect(await insertItem(db, item(), [])).toEqual({});
      expect(statements.length).toBe(3);
      await insertItem(db, item());
      expect(statements.length).toBe(5);
    });

    test('sees what triggers have written after the row', async () => {
      expect(await insertTicket(db, {})).toMatchObject({ events: '1' });
      expect((await insertTickets(db, [{}, {}])).map(({ events }) => events)).toEqual(['1', '1']);
    });

    test('prefers what is given to what fills it', async () => {
      const createdAt = new Date('2020-02-02T02:02:02.020Z');
      const given = { createdAt, updatedAt: '2021-01-01', createdBy: 'me' };
      expect(await insertItem(db, item(given), ['createdAt', 'updatedAt', 'createdBy'])).toEqual({
        createdAt,
        updatedAt: new Date('2021-01-01T00:00:00'),
        createdBy: 'me',
      });
    });

    test('takes a table without key, and a view', async () => {
      expect(await insertLog(db, { message: 'm' })).toEqual({ message: 'm' });
      expect(await insertLog(db, {})).toEqual({ message: null });
      expect(await insertLogs(db, [{ message: 'a' }, {}, { message: 'b' }])).toEqual([
        { message: 'a' },
        { message: null },
        { message: 'b' },
      ]);
    });

    test('says so where a trigger puts the row aside', async () => {
      await expect(insertLog(db, { message: 'silent' })).rejects.toThrow('The database did not store the row of Log');
      expect(await insertLogs(db, [{ message: 'a' }, { message: 'silent' }])).toEqual([{ message: 'a' }]);
    });

    test('refuses what is not writable, also where nobody has checked it', async () => {
      const refused: [values: object, message: string][] = [
        [{ alike: 1 }, 'Item.alike is not writable: write the columns it is computed from.'],
        [{ itemId: '1' }, 'Item.itemId is not writable: the database generates it.'],
        [{ label: 'l' }, 'Item.label is not writable: it is computed from itemId, title.'],
        [{ created_by: 'me' }, 'Item has no field "created_by".'],
      ];
      for (const [values, message] of refused) {
        await expect(insertItem(db, { ...item(), ...values })).rejects.toThrow(new TypeError(message));
        await expect(insertItems(db, [{ ...item(), ...values }])).rejects.toThrow(new TypeError(message));
        await expect(upsertItem(db, { ...item(), ...values }, { on: 'sku' })).rejects.toThrow(new TypeError(message));
      }
      const part = { itemId: '1', partNo: 1, attempts: 2 } as object as { itemId: string; partNo: number };
      await expect(insertItemPart(db, part)).rejects.toThrow('ItemPart.attempts is not writable: write retryCount.');
      expect(statements).toEqual([]);
    });
  });

  describe('find', () => {
    test('takes any unique key', async () => {
      const values = item({ email: `${engine}@a`, region: engine, code: 7 });
      const { itemId, sku } = await insertItem(db, values);
      const expected = { itemId, label: `${itemId}: Lamp` };
      const fields = ['itemId', 'label'] as const;
      expect(await findItem(db, itemId, fields)).toEqual(expected);
      expect(await findItem(db, BigInt(itemId), fields)).toEqual(expected);
      expect(await findItem(db, { itemId: Number(itemId) }, fields)).toEqual(expected);
      expect(await findItem(db, { sku }, fields)).toEqual(expected);
      expect(await findItem(db, { email: `${engine}@a` }, fields)).toEqual(expected);
      expect(await findItem(db, { region: engine, code: 7 }, fields)).toEqual(expected);
      expect(await findItem(db, { region: engine, code: 8 }, fields)).toBeUndefined();
      expect(await findItem(db, { sku: 'Z-0' })).toBeUndefined();
      expect(statements.length).toBe(10);
    });

    test('refuses what is no key', async () => {
      const told =
        'A row of Item is identified by itemId, or by sku, or by email, or by region and code, none of which may be null.';
      const keys = [
        {},
        { email: null },
        { email: undefined },
        { title: 'Lamp' },
        { region: 'r' },
        { sku: 'A-1', x: 1 },
        null,
      ];
      for (const key of keys) {
        await expect(findItem(db, key as never)).rejects.toThrow(new TypeError(told));
        await expect(updateItem(db, key as never, { title: 'x' })).rejects.toThrow(new TypeError(told));
        await expect(deleteItem(db, key as never)).rejects.toThrow(new TypeError(told));
      }
      await expect(findItemPart(db, '1' as never)).rejects.toThrow(
        'A row of ItemPart is identified by itemId and partNo',
      );
      await expect(findItem(db, '1', ['nope' as 'sku'])).rejects.toThrow('Item has no field "nope". It has: itemId, ');
      expect(statements).toEqual([]);
    });

    test('reads a default where the column is null, and tells rows by the column', async () => {
      const { itemId } = await insertItem(db, item());
      expect(await insertItemPart(db, { itemId, partNo: 1 })).toEqual({
        itemId,
        partNo: 1,
        retryCount: 0,
        maxRetries: null,
      });
      expect(await findItemPart(db, { itemId, partNo: 1 }, ['retryCount'])).toEqual({ retryCount: 0 });
    });
  });

  describe('update', () => {
    test('writes what is given, and what fills it', async () => {
      const { itemId, createdAt } = await insertItem(db, item({ updatedAt: '2020-01-01', data: { a: 1 } }));
      const updated = await updateItem(db, itemId, { title: 'CHAIR', data: ['x'], content: Buffer.from('é') });
      expect(updated).toMatchObject({
        itemId,
        title: 'CHAIR',
        search: 'chair',
        data: ['x'],
        createdAt,
        createdBy: 'nobody',
      });
      expect(Buffer.from(updated?.content ?? []).toString()).toBe('é');
      expect(updated?.updatedAt.getFullYear()).toBeGreaterThan(2020);
      expect(await updateItem(db, itemId, { data: null, updatedAt: '2022-02-02' }, ['data', 'updatedAt'])).toEqual({
        data: null,
        updatedAt: new Date('2022-02-02T00:00:00'),
      });
    });

    test('of nothing changes nothing, and gives the row', async () => {
      const created = await insertItem(db, item({ updatedAt: '2020-01-01' }));
      expect(await updateItem(db, created.itemId, {})).toEqual(created);
      expect(await updateItem(db, created.itemId, { title: undefined })).toEqual(created);
    });

    test('of a row that is not there is undefined', async () => {
      expect(await updateItem(db, '999999', { title: 'x' })).toBeUndefined();
      expect(await updateItem(db, '999999', { title: 'x' }, ['title'])).toBeUndefined();
      expect(await updateItem(db, '999999', {})).toBeUndefined();
    });

    test('may change the key', async () => {
      const { itemId } = await insertItem(db, item());
      await insertItemPart(db, { itemId, partNo: 1 });
      const moved = await updateItemPart(db, { itemId, partNo: 1 }, { partNo: 2, maxRetries: 3 });
      expect(moved).toEqual({ itemId, partNo: 2, retryCount: 0, maxRetries: 3 });
      expect(await updateItem(db, itemId, { sku: `B-${itemId}` })).toMatchObject({ sku: `B-${itemId}` });
    });
  });

  test('delete tells whether there was a row', async () => {
    const { itemId } = await insertItem(db, item());
    await insertItemPart(db, { itemId, partNo: 1 });
    expect(await deleteItemPart(db, { itemId, partNo: 1 })).toBe(true);
    expect([await deleteItem(db, itemId), await deleteItem(db, itemId)]).toEqual([true, false]);
  });

  describe('upsert', () => {
    test('inserts, or writes what is given, and never what fills an insert', async () => {
      const sku = `UP-${++number}`;
      const created = await upsertItem(
        db,
        { sku, title: 'One', createdBy: 'me', updatedAt: '2020-01-01' },
        { on: 'sku' },
      );
      expect(created).toMatchObject({ sku, title: 'One', createdBy: 'me' });
      const put = await upsertItem(db, { sku, title: 'Two', price: '1.5' }, { on: 'sku' });
      expect(put).toMatchObject({
        ...created,
        title: 'Two',
        search: 'two',
        price: '1.50',
        updatedAt: expect.any(Date),
      });
      expect(put.updatedAt.getFullYear()).toBeGreaterThan(2020);
      expect(await upsertItem(db, { sku, title: 'Three' }, { on: 'sku' }, ['createdBy'])).toEqual({ createdBy: 'me' });
    });

    test('takes keys of several fields, also where nothing else is given', async () => {
      const { itemId } = await insertItem(db, item());
      const key = { itemId, partNo: 5 };
      for (let time = 0; time < 2; time++)
        expect(await upsertItemPart(db, key, { on: ['itemId', 'partNo'] })).toMatchObject({ ...key, retryCount: 0 });
      expect(await upsertItemPart(db, { ...key, retryCount: 4 }, { on: ['itemId', 'partNo'] })).toMatchObject({
        retryCount: 4,
      });
      const region = { region: `r${number}`, code: 1 };
      const first = await upsertItem(db, { ...item(), ...region }, { on: ['region', 'code'] });
      const second = await upsertItem(db, { ...item(), ...region, title: 'Again' }, { on: ['region', 'code'] }, [
        'itemId',
        'title',
      ]);
      expect(second).toEqual({ itemId: first.itemId, title: 'Again' });
    });

    test('refuses what is no key', async () => {
      await expect(upsertItem(db, item() as never, { on: 'title' as 'sku' })).rejects.toThrow(
        'A row of Item is identified by',
      );
    });
  });

  describe('insert of many', () => {
    /** Values of all kinds, including those that are easily misspelled in an array. */
    const awkward: Partial<ItemInsert>[] = [
      { title: '' },
      { title: 'NULL' },
      { title: 'null', email: `null-${engine}` },
      { title: '{"a","b"}' },
      { title: 'a"b\\c\'d,e{f}' },
      { title: ' \t\n ' },
      { title: 'é😀\u00a0' },
      { price: 12345678.9, ratio: Number.NaN },
      { price: '0.01', ratio: Number.NEGATIVE_INFINITY },
      { ratio: 1e-300 },
      { tags: [] },
      { tags: ['a', 'NULL', '', 'x"y\\', '{1}', ' '] },
      { grid: [1, -2] },
      { mood: 'cross' },
      // PGlite sends no array of a type that it does not know.
      { moods: engine === 'PGlite' ? '{calm,cross}' : ['calm', 'cross'] },
      { moods: '{}' },
      { data: null },
      { data: [1, 'a', null, { deep: ['"', '\\'] }] },
      { data: 'text' },
      { data: 5 },
      { content: Buffer.from([0, 255, 92]) },
      { content: Buffer.alloc(0) },
      { active: false, flags: '101' },
      { seenOn: '2024-02-29', seenAt: '2024-02-29 12:34:56.789012' },
      { seenOn: new Date(2024, 1, 29), seenAt: new Date(2024, 6, 1, 12, 34, 56, 789) },
      { createdAt: new Date('1969-12-31T23:59:59.999Z'), updatedAt: new Date(1900, 0, 1) },
    ];

    test('writes what inserting one would', async () => {
      const rows = awkward.map((values) => item(values));
      const { sku: _, ...fields } = await insertItem(db, item());
      const names = Object.keys(fields).filter((name) => !['itemId', 'alike', 'createdAt', 'updatedAt'].includes(name));
      const one: object[] = [];
      for (const row of rows) {
        const written = { ...row, sku: `ONE-${++number}`, ...(row.email ? { email: `${row.email}-one` } : {}) };
        one.push(await insertItem(db, written, [...(names as 'title'[]), 'createdAt']));
      }
      const many = await insertItems(db, rows, [...(names as 'title'[]), 'createdAt']);
      const comparable = (row: object, index: number) => ({
        ...row,
        email: null,
        createdAt: awkward[index]?.createdAt ? (row as { createdAt: Date }).createdAt : null,
      });
      expect(many.map(comparable)).toEqual(one.map(comparable));
    });

    test('gives the models in order, whichever fields each row gives', async () => {
      const rows = Array.from({ length: 50 }, (_, index) =>
        item(
          index % 3 === 0 ? { title: `t${index}` } : { code: index, ...(index % 2 ? { region: `o${engine}` } : {}) },
        ),
      );
      const created = await insertItems(db, rows);
      expect(created.map(({ sku }) => sku)).toEqual(rows.map(({ sku }) => sku));
      expect(new Set(created.map(({ alike }) => alike)).size).toBeLessThanOrEqual(3);
      expect(
        (
          await insertItems(
            db,
            rows.map((row) => ({ ...row, sku: `M${row.sku}`, code: undefined })),
            ['label'],
          )
        )[1],
      ).toEqual({
        label: expect.stringMatching(/: Lamp$/),
      });
      expect(await insertItems(db, [])).toEqual([]);
      expect(await insertTickets(db, [{}, {}, {}], [])).toEqual([{}, {}, {}]);
    });

    test('takes more rows than a statement has parameters, in few statements', async () => {
      const rows = Array.from({ length: 20_000 }, (_, index) =>
        item({ code: index, region: `n${engine}`, price: index }),
      );
      const created = await insertItems(db, rows, ['sku', 'code']);
      expect(statements.length).toBe(1);
      expect(created.length).toBe(rows.length);
      expect(created.every(({ sku, code }, index) => sku === rows[index]?.sku && code === index)).toBe(true);
    }, 60_000);

    test('is all or nothing, also where it takes several statements', async () => {
      const rows = [{ message: `kept-${engine}` }, {}, { message: 'refused' }];
      await expect(insertLogs(db, rows)).rejects.toThrow('logs_message_check');
      expect(await db.selectFrom('logs').where('message', '=', `kept-${engine}`).selectAll().execute()).toEqual([]);
      await db.transaction().execute(async (transaction) => {
        await insertItemParts(transaction, []);
        expect(await insertLogs(transaction, [{ message: 'in' }, {}])).toEqual([{ message: 'in' }, { message: null }]);
      });
    });
  });

  test('a key is found again to the microsecond', async () => {
    await sql`alter table tickets disable trigger tickets_open`.execute(db);
    const at = '2024-02-29 12:34:56.789012+00';
    const { id } = await insertTicket(db, { at });
    expect(await findTicket(db, id, ['events'])).toEqual({ events: '0' });
    await sql`alter table tickets enable trigger tickets_open`.execute(db);
  });

  test('names are the database’s own under CamelCasePlugin, and values stay what they are', async () => {
    const camel = db.withPlugin(new CamelCasePlugin());
    const data = { snake_case: { deep_er: 1 } };
    const created = await insertItem(camel, item({ data }));
    expect(created).toMatchObject({ data, createdBy: 'nobody' });
    expect(await findItem(camel, { sku: created.sku })).toEqual(created);
    expect(await updateItem(camel, created.itemId, { title: 'T' }, ['title', 'data'])).toEqual({ title: 'T', data });
    const [part] = await insertItemParts(camel, [{ itemId: created.itemId, partNo: 3 }]);
    expect(part).toEqual({ itemId: created.itemId, partNo: 3, retryCount: 0, maxRetries: null });
    expect(await upsertItemPart(camel, { itemId: created.itemId, partNo: 3 }, { on: ['itemId', 'partNo'] })).toEqual(
      part,
    );
    expect(await deleteItem(camel, created.itemId)).toBe(true);
  });

  test('withSchema leads them to another schema, and to its own types', async () => {
    await sql`create schema other`.execute(db);
    await sql`create type other.mood as enum ('calm', 'glad')`.execute(db);
    await sql`create table other.items (like public.items including all)`.execute(db);
    await sql`alter table other.items alter search set default '', alter mood drop default, alter mood type other.mood using mood::text::other.mood`.execute(
      db,
    );
    const other = db.withSchema('other');
    const glad = { mood: 'glad' as 'calm', region: 'o', code: 1 };
    const fields = ['sku', 'mood'] as const;
    const { sku } = await insertItem(other, item(glad), fields);
    expect(await findItem(other, { sku }, fields)).toEqual({ sku, mood: 'glad' });
    expect(await findItem(db, { sku }, fields)).toBeUndefined();
    const rows = [item({ ...glad, code: 2 }), item({ ...glad, code: 3 })];
    expect(await insertItems(other, rows, fields)).toEqual(rows.map((row) => ({ sku: row.sku, mood: 'glad' })));
    expect(await updateItem(other, { region: 'o', code: 2 }, { title: 'T' }, ['title'])).toEqual({ title: 'T' });
    const put = item({ ...glad, title: 'U' });
    const key = { on: ['region', 'code'] } as const;
    expect(await upsertItem(other, put, key, ['sku', 'title'])).toEqual({ sku: put.sku, title: 'U' });
    expect([await deleteItem(other, { sku }), await deleteItem(other, { sku: put.sku })]).toEqual([false, true]);
    expect(await sql`select 1 from other.items`.execute(db)).toMatchObject({ rows: [{}, {}] });
    const found = await other
      .transaction()
      .execute((transaction) => findItem(transaction, { region: 'o', code: 3 }, ['title']));
    expect(found).toEqual({ title: 'Lamp' });
  });

  test('a view that can be written takes rows', async () => {
    await sql`alter table items alter created_at set default now(), alter updated_at set default now(), alter created_by set default 'v'`.execute(
      db,
    );
    const created = await insertCalmItem(db, { sku: `V-${++number}`, title: 'V' });
    expect(created).toMatchObject({ title: 'V' });
    expect(await insertCalmItems(db, [{ sku: `V-${++number}`, title: 'W' }], ['title'])).toEqual([{ title: 'W' }]);
    expect(await readItems(db, ['createdBy'], (query) => query.where('item.title', '=', 'W'))).toEqual([
      { createdBy: 'v' },
    ]);
  });
});
