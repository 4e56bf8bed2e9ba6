/** States of rows that do or do not exist, and transitions in every kind of table, also concurrently. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { CamelCasePlugin, type Kysely, sql } from 'kysely';
import type { DB as KeysDB } from './cases/keys/expected/db.js';
import { kidInState, kidNotInState, kids, readKids } from './cases/keys/expected/models/kid.js';
import { letterInState, letterNotInState, letters, readLetters } from './cases/keys/expected/models/letter.js';
import { note as notes, readNote as readNotes, returningNote } from './cases/keys/expected/models/note.js';
import { readT as readTs, returningT, t as ts } from './cases/keys/expected/models/t.js';
import type { DB } from './cases/state-machines/expected/db.js';
import { transitionAudit } from './cases/state-machines/expected/models/audit.js';
import { readAuditTransitions } from './cases/state-machines/expected/models/audit-transition.js';
import { badgeInState, badges, transitionBadge } from './cases/state-machines/expected/models/badge.js';
import { transitionClaim } from './cases/state-machines/expected/models/claim.js';
import { gearInState, gears, transitionGear } from './cases/state-machines/expected/models/gear.js';
import { transitionInvoicePaymentState } from './cases/state-machines/expected/models/invoice.js';
import { transitionLoan } from './cases/state-machines/expected/models/loan.js';
import { transitionOrder } from './cases/state-machines/expected/models/order.js';
import { transitionPlayer } from './cases/state-machines/expected/models/player.js';
import { readRefunds, refundInState, transitionRefund } from './cases/state-machines/expected/models/refund.js';
import { transitionRental } from './cases/state-machines/expected/models/rental.js';
import { readShipments, transitionShipment } from './cases/state-machines/expected/models/shipment.js';
import { readSwitches, transitionSwitch } from './cases/state-machines/expected/models/switch.js';
import { transitionToken } from './cases/state-machines/expected/models/token.js';
import {
  TransitionConflict,
  TransitionNotAllowed,
  TransitionOfNothing,
} from './cases/state-machines/expected/runtime/state.js';
import { engines, type OpenDatabase, openEngine } from './support/engines.js';
import { readSql } from './support/repository.js';

describe.each(engines)('names and conditions on %s', (engine) => {
  let opened: OpenDatabase<KeysDB>;
  let db: Kysely<KeysDB>;
  beforeAll(async () => {
    opened = await openEngine<KeysDB>(engine, readSql('test/cases/keys/schema.sql'));
    ({ db } = opened);
    await sql`insert into kids (name) values ('new'), ('done'), ('again')`.execute(db);
    await sql`insert into kid_transitions values (2, 'done', 1, true), (3, 'done', 1, false), (3, 'new', 2, true)`.execute(
      db,
    );
    await sql`insert into s (t, s) values ('t1', 's1'), ('t2', 's2')`.execute(db);
    await sql`insert into s_transitions values (2, 'done', 1)`.execute(db);
    await sql`insert into note (note) values ('n')`.execute(db);
    await sql`insert into t (t) values ('x')`.execute(db);
  });
  afterAll(() => opened?.close());

  test.each(['s', 't', 'kid_transitions', 'kids', 'rowsmith', 'value', 'found', 'k', 'n', 'state'])(
    'the alias %s hides nothing',
    async (alias) => {
      const ids = async (condition: typeof kidInState, state: 'new' | 'done') => {
        const rows = await db
          .selectFrom(kids(alias))
          .where(condition(state).of(alias))
          .select(sql<number>`${sql.id(alias, 'id')}`.as('id'))
          .execute();
        return rows.map(({ id }) => id).sort();
      };
      expect(await ids(kidInState, 'done')).toEqual([2]);
      expect(await ids(kidInState, 'new')).toEqual([1, 3]);
      expect(await ids(kidNotInState, 'done')).toEqual([1, 3]);
    },
  );

  test('a condition by the highest number has no name of its own either', async () => {
    const found = await db.selectFrom(letters('s')).where(letterInState('done').of('s')).select('s.id').execute();
    expect(found).toEqual([{ id: 2 }]);
    expect(await db.selectFrom(letters('s')).where(letterNotInState('done').of('s')).select('s.id').execute()).toEqual([
      { id: 1 },
    ]);
    expect((await readLetters(db, ['id', 'state'])).map(({ state }) => state).sort()).toEqual(['done', 'new']);
  });

  test('a row that an outer join has not found is in no state, and in no other', async () => {
    const joined = db.selectFrom(notes()).leftJoin(kids('k'), 'k.name', 'note.note');
    for (const condition of [kidInState('new'), kidInState('done', 'new'), kidNotInState('done'), kidNotInState('new')])
      expect(await joined.where(condition.of('k')).select('note.id').execute()).toEqual([]);
    const other = db.selectFrom(notes()).leftJoin(letters('x'), 'x.t', 'note.note');
    for (const condition of [letterInState('new'), letterNotInState('done'), letterNotInState('new')])
      expect(await other.where(condition.of('x')).select('note.id').execute()).toEqual([]);
  });

  test('a condition is part of others, and one of the table itself', async () => {
    const either = await db
      .selectFrom(kids())
      .where((eb) => eb.or([kidInState('done')(eb), eb('kid.name', '=', 'new')]))
      .select('kid.id')
      .orderBy('kid.id')
      .execute();
    expect(either).toEqual([{ id: 1 }, { id: 2 }]);
    const updated = await db
      .updateTable('kids')
      .set({ name: 'done' })
      .where(kidInState('done').ofTable())
      .returning('id')
      .execute();
    expect(updated).toEqual([{ id: 2 }]);
    const kept = await db.deleteFrom('kids').where(kidNotInState('new', 'done').ofTable()).returning('id').execute();
    expect(kept).toEqual([]);
  });

  test('a table that is called like its column, and a column that is called like a row', async () => {
    expect(await readNotes(db)).toEqual([{ id: 1, note: 'n', noteLabel: 'note n' }]);
    expect(await readTs(db)).toEqual([{ id: 1, t: 'x', tLabel: 't x' }]);
    const note = await db
      .insertInto('note')
      .values({ note: 'm' })
      .returning(returningNote('note', 'noteLabel'))
      .execute();
    expect(note).toEqual([{ note: 'm', noteLabel: 'note m' }]);
    const t = await db.updateTable('t').set({ t: 'y' }).returning(returningT()).execute();
    expect(t).toEqual([{ id: 1, t: 'y', tLabel: 't y' }]);
    const inner = db
      .selectFrom(kids('kid', ['kidLabel']))
      .select('kid.kidLabel')
      .limit(1);
    const correlated = await db
      .selectFrom('t')
      .select(['t.t', () => inner.as('label')])
      .execute();
    expect(correlated).toEqual([{ t: 'y', label: expect.stringMatching(/^kid /) }]);
  });

  test('a read gives its own fields, whatever is joined', async () => {
    await sql`insert into t (t) values ('t1')`.execute(db);
    const found = await readLetters(db, (query) => query.innerJoin(ts('other'), 'other.t', 'letter.t') as never);
    expect(found).toEqual([{ id: 1, t: 't1', s: 's1', state: 'new' }]);
    const left = await readKids(
      db,
      (query) => query.leftJoin(ts('other'), 'other.t', 'kid.name').orderBy('kid.id') as never,
    );
    expect(left.map(({ id }) => id)).toEqual([1, 2, 3]);
  });
});

describe.each(engines)('transitions on %s', (engine) => {
  let opened: OpenDatabase<DB>;
  let db: Kysely<DB>;
  beforeAll(async () => {
    opened = await openEngine<DB>(engine, readSql('test/cases/state-machines/schema.sql'));
    ({ db } = opened);
    await sql`insert into orders select from generate_series(1, 20)`.execute(db);
    await sql`insert into shipments select from generate_series(1, 20)`.execute(db);
    await sql`insert into refunds select from generate_series(1, 20)`.execute(db);
    for (const table of ['claims', 'loans', 'rentals', 'audits', 'invoices', 'users', 'badges', 'tokens'])
      await sql`insert into ${sql.id(table)} select from generate_series(1, 20)`.execute(db);
    await sql`insert into players select from generate_series(1, 3)`.execute(db);
    await sql`insert into switches select from generate_series(1, 3)`.execute(db);
    await sql`insert into gears select from generate_series(1, 3)`.execute(db);
    await sql`insert into levels values (1, 'one')`.execute(db);
  });
  afterAll(() => opened?.close());

  const errorOf = (promise: Promise<unknown>) =>
    promise.then(
      () => undefined,
      (error: unknown) => error as Error & { code?: string; retryTransaction?: boolean },
    );

  test('the flag is the newest row alone, and null in older ones where two may not be false', async () => {
    for (const state of ['packed', 'sent', 'lost'] as const) expect(await transitionShipment(db, 1, state)).toBe(state);
    const { rows } =
      await sql`select to_state, sort_key::int, most_recent from shipment_transitions where shipment_id = 1 order by sort_key`.execute(
        db,
      );
    expect(rows).toEqual([
      { to_state: 'packed', sort_key: 10, most_recent: null },
      { to_state: 'sent', sort_key: 20, most_recent: null },
      { to_state: 'lost', sort_key: 30, most_recent: true },
    ]);
    for (const state of ['paid'] as const) await transitionRefund(db, 1, state);
    await sql`insert into refund_transitions (refund_id, to_state, sort_key, most_recent, created_at, updated_at) values (2, 'refused', 7, false, now(), now())`.execute(
      db,
    );
    await transitionRefund(db, 2, 'paid');
    expect(
      (
        await sql`select sort_key, most_recent from refund_transitions where refund_id = 2 order by sort_key`.execute(
          db,
        )
      ).rows,
    ).toEqual([
      { sort_key: 7, most_recent: false },
      { sort_key: 17, most_recent: true },
    ]);
  });

  test('the first state is one of several, and every state one of the machine', async () => {
    expect(await errorOf(transitionShipment(db, 2, 'sent'))).toEqual(
      new TransitionNotAllowed('The first state is "packed", "lost", not "sent".'),
    );
    expect(await errorOf(transitionShipment(db, 2, 'nonsense' as 'sent'))).toEqual(
      new TransitionNotAllowed('"nonsense" is not one of the states: "packed", "sent", "lost".'),
    );
    expect(await errorOf(transitionOrder(db, 2, 'nonsense' as 'new'))).toBeInstanceOf(TransitionNotAllowed);
    expect((await readShipments(db, ['state'], (query) => query.where('shipment.id', '=', 2)))[0]).toEqual({
      state: null,
    });
  });

  test('a row that is not there is said to be', async () => {
    expect(await errorOf(transitionOrder(db, 999, 'paid'))).toEqual(
      new TransitionOfNothing('There is no row in orders whose id is 999.'),
    );
    expect(await errorOf(transitionShipment(db, 999, 'packed'))).toBeInstanceOf(TransitionOfNothing);
  });

  test('states that are no text', async () => {
    expect(await transitionGear(db, 1, 1)).toBe(1);
    expect(await errorOf(transitionGear(db, 2, 2))).toEqual(
      new TransitionNotAllowed('"0" may change to "1", not to "2".'),
    );
    expect(
      await db.selectFrom(gears()).where(gearInState(0)).select(['gear.id', 'gear.state']).orderBy('gear.id').execute(),
    ).toEqual([
      { id: 2, state: 0 },
      { id: 3, state: 0 },
    ]);
    expect(await transitionPlayer(db, 1, 1)).toBe(1);
    expect(await transitionSwitch(db, '1', true)).toBe(true);
    expect(await readSwitches(db, (query) => query.where('switch.state', '=', true))).toEqual([
      { id: '1', state: true },
    ]);
  });

  test('times are those of the process in a column without zone', async () => {
    await sql`set time zone 'America/New_York'`.execute(db);
    const before = Date.now() - 1000;
    await transitionShipment(db, 3, 'packed');
    const [shipment] = await readShipments(db, (query) => query.where('shipment.id', '=', 3));
    expect(Number(shipment?.stateChangedAt)).toBeGreaterThan(before);
    expect(Number(shipment?.stateChangedAt)).toBeLessThan(Date.now() + 1000);
    await transitionRefund(db, 3, 'paid');
    const [refund] = await readRefunds(db, (query) => query.where(refundInState('paid')).where('refund.id', '=', 3));
    expect(Number(refund?.stateChangedAt)).toBeGreaterThan(before);
  });

  test('what is no conflict of states is said as it is', async () => {
    await db.transaction().execute(async (transaction) => {
      await sql`select set_config('app.request', 'r1', true)`.execute(transaction);
      await transitionRefund(transaction, 4, 'paid');
    });
    const error = await errorOf(
      db.transaction().execute(async (transaction) => {
        await sql`select set_config('app.request', 'r1', true)`.execute(transaction);
        await transitionRefund(transaction, 5, 'paid');
      }),
    );
    expect(error).not.toBeInstanceOf(TransitionConflict);
    expect(error?.code).toBe('23505');
  });

  test('the new state is the one that the database stores', async () => {
    const stored = () =>
      sql`select from_state, to_state, most_recent from badge_transitions where "badgeId" = 1 order by sort_key`.execute(
        db,
      );
    expect(await transitionBadge(db, 1, 'lost')).toBe('found');
    const error = await errorOf(db.transaction().execute((transaction) => transitionBadge(transaction, 1, 'kept')));
    expect(error).toEqual(
      new TransitionNotAllowed('The database did not store the transition to "kept"; a trigger may have discarded it.'),
    );
    await db.transaction().execute(async (transaction) => {
      expect(await errorOf(transitionBadge(transaction, 1, 'kept'))).toBeInstanceOf(TransitionNotAllowed);
    });
    expect((await stored()).rows).toEqual([{ from_state: 'worn', to_state: 'found', most_recent: true }]);
    expect(await transitionBadge(db.withPlugin(new CamelCasePlugin()), 1, 'worn')).toBe('worn');
    expect((await stored()).rows).toEqual([
      { from_state: 'worn', to_state: 'found', most_recent: false },
      { from_state: 'found', to_state: 'worn', most_recent: true },
    ]);
    expect(await errorOf(transitionBadge(db, 2, 'torn' as 'lost'))).toEqual(
      new TransitionNotAllowed('"torn" is not one of the states: "worn", "lost", "found", "kept".'),
    );
    const [first] = await db
      .selectFrom(badges())
      .where(badgeInState('worn'))
      .select('badge.id')
      .orderBy('badge.id')
      .execute();
    expect(first).toEqual({ id: 1 });
  });

  test('columns of a transition are filled by the config, by the database and by the caller', async () => {
    const given = { reason: 'asked', metadata: { by: 'x' } };
    await db.transaction().execute(async (transaction) => {
      await sql`select set_config('app.user', 'ada', true)`.execute(transaction);
      await transitionAudit(transaction, 1, 'open', given);
      await transitionAudit(transaction, 1, 'closed', { ...given, actor: 'bob', metadata: [1, 'two', null] });
    });
    const rows = await readAuditTransitions(db, (query) => query.orderBy('auditTransition.sortKey'));
    const isNow = (time: unknown) => Math.abs(Date.now() - Number(time ?? 0)) < 60_000;
    expect(
      rows.map(({ seenAt, closedAt, ...row }) => ({ ...row, seen: isNow(seenAt), closed: isNow(closedAt) })),
    ).toEqual([
      {
        auditId: 1,
        toState: 'open',
        sortKey: 10,
        mostRecent: false,
        actor: 'ada',
        digest: expect.any(String),
        reason: 'asked',
        metadata: { by: 'x' },
        seen: true,
        closed: true,
      },
      {
        auditId: 1,
        toState: 'closed',
        sortKey: 20,
        mostRecent: true,
        actor: 'bob',
        digest: expect.any(String),
        reason: 'asked',
        metadata: [1, 'two', null],
        seen: true,
        closed: false,
      },
    ]);
    await transitionInvoicePaymentState(db, 1, 'paid', { actorId: 2 });
    expect((await sql`select to_state, actor_id from invoice_payment_transitions`.execute(db)).rows).toEqual([
      { to_state: 'paid', actor_id: 2 },
    ]);
  });

  test('a column that a transition does not have is refused, in a variable too', async () => {
    const given = { actorId: 2, actor: 'x' };
    expect(await errorOf(transitionInvoicePaymentState(db, 2, 'paid', given))).toEqual(
      new TypeError('A transition of invoices does not take "actor". It takes: actorId.'),
    );
    const metadata = { metadata: { a: 1 }, constructor: 1 } as { metadata: object };
    expect(await errorOf(transitionShipment(db, 7, 'packed', metadata as never))).toBeInstanceOf(TypeError);
  });

  test('a deferrable key stands in no way', async () => {
    for (const transit of [transitionClaim, transitionLoan, transitionRental])
      for (const state of ['one', 'two', 'one']) expect(await transit(db, 1, state)).toBe(state);
  });

  // PGlite has one connection, so nothing is concurrent.
  const origin = (at: Kysely<DB>, id: number, to: string) => transitionToken(at, id, to, { fromState: '?' });
  const atOnce = engine === 'PGlite' ? test.skip : test;
  atOnce.each([
    { of: 'a flag, the first', table: 'orders', transit: transitionOrder, before: [], to: 'new' },
    { of: 'a flag, a later one', table: 'orders', transit: transitionOrder, before: ['new'], to: 'paid' },
    { of: 'a number, the first', table: 'shipments', transit: transitionShipment, before: [], to: 'packed' },
    { of: 'a number, a later one', table: 'shipments', transit: transitionShipment, before: ['packed'], to: 'sent' },
    { of: 'both, the first', table: 'refunds', transit: transitionRefund, before: [], to: 'paid' },
    { of: 'a flag beside a deferrable key', table: 'claims', transit: transitionClaim, before: ['a'], to: 'b' },
    { of: 'a deferrable key alone, the first', table: 'loans', transit: transitionLoan, before: [], to: 'a' },
    { of: 'a deferrable key alone, a later one', table: 'loans', transit: transitionLoan, before: ['a'], to: 'b' },
    { of: 'a key beside a deferrable one', table: 'rentals', transit: transitionRental, before: ['a'], to: 'b' },
    { of: 'a number of the database, the first', table: 'tokens', transit: origin, before: [], to: 'a' },
    { of: 'a number of the database, a later one', table: 'tokens', transit: origin, before: ['a'], to: 'b' },
    { of: 'both, a later one', table: 'refunds', transit: transitionRefund, before: ['refused'], to: 'paid' },
  ] as const)('a conflict leaves the transaction usable: $of', async ({ table, transit, before, to }) => {
    const id = 10 + before.length;
    const write = transit as (db: Kysely<DB>, id: number, to: string) => Promise<string>;
    for (const state of before) await write(db, id, state);
    let go = () => {};
    const written = new Promise<void>((resolve) => (go = resolve));
    const first = db.transaction().execute(async (transaction) => {
      await write(transaction, id, to);
      go();
      await new Promise((resolve) => setTimeout(resolve, 300));
    });
    await written;
    const caught = await db.transaction().execute(async (transaction) => {
      await sql`create temporary table kept_${sql.raw(`${table}${before.length}`)} (a int)`.execute(transaction);
      const error = await errorOf(write(transaction, id, to));
      await sql`select 1`.execute(transaction);
      return error;
    });
    await first;
    expect(caught).toBeInstanceOf(TransitionConflict);
    expect(caught?.retryTransaction).toBe(false);
    const { rows } =
      await sql`select count(*) filter (where to_jsonb(t) @> '{"most_recent": true}')::int as flagged, count(*)::int as all from ${sql.id(`${table.slice(0, -1)}_transitions`)} t where ${sql.id(`${table.slice(0, -1)}_id`)} = ${id}`.execute(
        db,
      );
    const flagged = ['loans', 'rentals', 'tokens'].includes(table) ? 0 : 1;
    expect(rows).toEqual([{ flagged, all: before.length + 1 }]);
  });

  atOnce(
    'a transaction that the database gives up has to be repeated',
    async () => {
      const seen: (Error & { retryTransaction?: boolean; cause?: unknown })[] = [];
      let go = () => {};
      const read = new Promise<void>((resolve) => (go = resolve));
      const second = db
        .transaction()
        .setIsolationLevel('repeatable read')
        .execute(async (transaction) => {
          await sql`select count(*) from order_transitions`.execute(transaction);
          go();
          await new Promise((resolve) => setTimeout(resolve, 200));
          const error = await errorOf(transitionOrder(transaction, 15, 'new'));
          if (error) seen.push(error);
        })
        .catch(() => {});
      await read;
      await transitionOrder(db, 15, 'new');
      await second;
      expect(seen[0]).toBeInstanceOf(TransitionConflict);
      expect(seen[0]).toMatchObject({ retryTransaction: true, cause: { code: '40001' } });

      await transitionOrder(db, 16, 'new');
      await transitionOrder(db, 17, 'new');
      const both = (ids: readonly number[]) =>
        db.transaction().execute(async (transaction) => {
          for (const id of ids) {
            await transitionOrder(transaction, id, 'paid');
            await new Promise((resolve) => setTimeout(resolve, 200));
          }
        });
      const errors = (await Promise.all([errorOf(both([16, 17])), errorOf(both([17, 16]))])).filter(
        (error) => error !== undefined,
      );
      expect(errors).toHaveLength(1);
      expect(errors[0]).toMatchObject({ name: 'TransitionConflict', retryTransaction: true, cause: { code: '40P01' } });
    },
    20_000,
  );
});
