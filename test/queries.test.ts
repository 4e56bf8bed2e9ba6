/** The functions of queries, on the schema of a case that has what they have to deal with. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { CamelCasePlugin, type Kysely } from 'kysely';
import type { DB } from './cases/queries/expected/db.js';
import { chain, either, emails, perStatus, perStep } from './cases/queries/expected/queries/sql/reports/chains.js';
import {
  addTicket,
  addTicketRows,
  addTickets,
  closeAll,
  countTickets,
  dropClosed,
  everything,
  openTickets,
  openTicketsCompiled,
  openTicketsRelation,
  putPerson,
  rename,
  ticketByNum,
} from './cases/queries/expected/queries/sql/tickets.js';
import type { PersonId, TicketId } from './cases/queries/expected/types.js';
import { type Engine, engines, type OpenDatabase, openEngine } from './support/engines.js';
import { readSql } from './support/repository.js';

const ticket = (number: number) => number as TicketId;
const ada = { nick: 'ada', email: 'ada@example.org', mood: null, prefs: { theme: ['dark'] } };

describe.each(engines)('queries on %s', (engine: Engine) => {
  let opened: OpenDatabase<DB>;
  let db: Kysely<DB>;
  let person: PersonId;
  beforeAll(async () => {
    opened = await openEngine<DB>(engine, readSql('test/cases/queries/schema.sql'));
    db = opened.db;
  });
  afterAll(() => opened?.close());

  test('a statement that writes gives its rows, under the names of their fields', async () => {
    const written = await putPerson(db, ada);
    expect(written).toEqual({ ...ada, personId: expect.any(Number), mood: 'calm' });
    person = written.personId;
    expect(await putPerson(db, { ...ada, email: 'a@example.org', prefs: [1, null] })).toMatchObject({
      personId: person,
      email: 'a@example.org',
      prefs: [1, null],
    });
    const values = { title: 'Lamp', orgId: 7, assignee: person, status: 'open' as const, tags: ['a', 'b'] };
    expect(await addTicket(db, { num: ticket(1), ...values })).toEqual({
      number: 1,
      due: null,
      status: 'open',
      loud: 'Lamp!',
    });
    await addTicket(db, { num: ticket(2), ...values, after: ticket(1), due: new Date(0) });
  });

  test(':exec gives the number of rows', async () => {
    expect(await addTickets(db, { orgId: 8, nums: [11, 12], titles: ['x', 'y'] })).toBe(2);
    expect(await rename(db, { num: ticket(11), title: 'z' })).toBe(1);
    expect(await rename(db, { num: ticket(99), title: 'z' })).toBe(0);
  });

  test(':many, :maybe and :one', async () => {
    expect(await openTickets(db, { orgId: 7, nick: 'ada' })).toEqual([
      { number: 1, title: 'Lamp', due: null, assigneeEmail: 'a@example.org', tags: ['a', 'b'], grid: null },
      { number: 2, title: 'Lamp', due: new Date(0), assigneeEmail: 'a@example.org', tags: ['a', 'b'], grid: null },
    ]);
    expect(await openTickets(db, { orgId: 7, nick: 'bob' })).toEqual([]);
    expect(await openTickets(db, { orgId: 8 })).toHaveLength(2);
    expect(await ticketByNum(db, { num: ticket(1) })).toMatchObject({ number: 1, status: 'open', assignee: person });
    expect(await ticketByNum(db, { num: ticket(99) })).toBeUndefined();
    expect(await countTickets(db, { pattern: 'L' })).toEqual({
      total: '2',
      latest: new Date(0),
      titles: ['Lamp', 'Lamp'],
    });
    expect(await everything(db)).toHaveLength(4);
    expect(await chain(db, { first: ticket(1) })).toEqual([
      { num: 1, title: 'Lamp', depth: 1 },
      { num: 2, title: 'Lamp', depth: 2 },
    ]);
    expect((await perStatus(db, { least: 0 })).sort((a, b) => a.level - b.level)).toEqual([
      { status: 'open', level: 0, total: '4', sumOfNum_83ad88: '26' },
      { status: null, level: 1, total: '4', sumOfNum_83ad88: '26' },
    ]);
    expect((await perStep(db, { step: 10 })).sort((a, b) => a.step - b.step)).toEqual([
      { step: 0, total: '2' },
      { step: 1, total: '2' },
    ]);
    expect(await either(db, { below: 2 })).toContainEqual({ num: 1, title: null });
    expect(await emails(db)).toEqual([{ personId: person, email: 'a@example.org' }]);
  });

  test('a query is a relation', async () => {
    const rows = db
      .selectFrom(openTicketsRelation({ orgId: 7 }))
      .innerJoin('people', 'people.email', 'openTickets.assigneeEmail')
      .where('openTickets.due', 'is not', null)
      .select(['openTickets.number', 'people.nick']);
    expect(await rows.execute()).toEqual([{ number: 2, nick: 'ada' }]);
    const other = db
      .selectFrom(openTicketsRelation({ orgId: 8 }, 'o'))
      .select('o.title')
      .orderBy('o.title', 'desc');
    expect(await other.execute()).toEqual([{ title: 'z' }, { title: 'y' }]);
  });

  test('a statement that writes stands in the WITH of another', async () => {
    const values = { num: ticket(20), title: 'New', orgId: 9, status: 'open' as const, tags: [] };
    const added = db
      .with('added', () => addTicketRows(values))
      .selectFrom('added')
      .select(['num', 'loud']);
    expect(await added.execute()).toEqual([{ num: 20, loud: 'New!' }]);
  });

  test('it runs compiled, in a transaction, and under plugins', async () => {
    const { rows } = await db.executeQuery(openTicketsCompiled({ orgId: 7 }));
    expect(rows[0]?.assignee_email).toBe('a@example.org');
    const camel = db.withPlugin(new CamelCasePlugin());
    expect((await openTickets(camel, { orgId: 7 }))[0]?.assigneeEmail).toBe('a@example.org');
    const relation = camel.selectFrom(openTicketsRelation({ orgId: 7 })).select('openTickets.assigneeEmail');
    expect((await relation.execute())[0]).toEqual({ assigneeEmail: 'a@example.org' });
    const failed = db.transaction().execute(async (transaction) => {
      await rename(transaction, { num: ticket(1), title: 'gone' });
      throw new Error('back');
    });
    await expect(failed).rejects.toThrow('back');
    expect((await ticketByNum(db, { num: ticket(1) }))?.title).toBe('Lamp');
  });

  test('null is refused where a proof rests on it', async () => {
    await expect(openTickets(db, { nick: 'ada' } as never)).rejects.toThrow(
      'openTickets needs orgId, which is undefined.',
    );
    expect(() => openTicketsRelation({ orgId: null } as never)).toThrow('openTickets needs orgId, which is null.');
  });

  test('a RETURNING tells of the rows as they are then, and statements in WITH as well', async () => {
    expect(await closeAll(db, { nicks: ['ada'] })).toEqual([
      { number: 2, due: null, nick: 'ada', email: 'a@example.org' },
    ]);
    expect(await dropClosed(db)).toEqual([{ number: 2, title: 'Lamp', nick: 'ada' }]);
  });
});
