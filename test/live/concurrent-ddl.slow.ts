import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import pg from 'pg';
import type { Catalog } from '../../src/catalog/catalog.js';
import { check } from '../../src/index.js';
import { openLive } from '../../src/postgres/live/open-live.js';
import { type FreshDatabase, freshDatabase, POSTGRES_VERSIONS } from '../support/postgres.js';
import { readEverything } from '../support/read-everything.js';

const schema = `
  create table people (id integer primary key, name text default 'x' check (name <> ''), born date);
  create table pets (id integer primary key, owner integer references people);
  create schema old;
  create type old.mood as enum ('sad');
  create view names as select id, name from people;
`;

describe.each(POSTGRES_VERSIONS)('another session on PostgreSQL %s', (version) => {
  let database: FreshDatabase;
  let other: pg.Client;
  let watcher: pg.Client;
  beforeEach(async () => {
    database = await freshDatabase(version, schema);
    [other, watcher] = [new pg.Client(database.url), new pg.Client(database.url)];
    await Promise.all([other.connect(), watcher.connect()]);
  });
  afterEach(async () => {
    await Promise.all([other.end(), watcher.end()]);
    await database.drop();
  });

  const read = () => check({ config: { source: { url: database.url } } }).then(({ catalog }) => catalog);

  /** Waits until some session waits for a lock. */
  async function somebodyWaits(): Promise<void> {
    for (;;) {
      const { rows } = await watcher.query(
        "select from pg_stat_activity where application_name = 'rowsmith' and wait_event_type = 'Lock' and datname = current_database()",
      );
      if (rows.length > 0) return;
    }
  }

  /** Runs `ddl` between the catalog query and the end of the transaction, as often as it is asked. */
  async function readDuring(
    ddl: () => Promise<unknown>,
  ): Promise<{ readonly catalog: Catalog; readonly readings: number }> {
    const session = await openLive(database.url);
    let readings = 0;
    const eachRow = async <Row>(sql: string, take: (row: Row) => void): Promise<void> => {
      await session.eachRow(sql, take);
      readings += 1;
      await ddl();
    };
    try {
      const catalog = await readEverything({ ...session, eachRow });
      return { catalog, readings };
    } finally {
      await session.close();
    }
  }

  test('renames a column that a CHECK names, while the catalog is read: both names are the new one', async () => {
    await other.query('begin; alter table people rename name to title');
    const reading = read();
    await somebodyWaits();
    await other.query('commit');
    const people = (await reading).relations.find(({ name }) => name === 'people');
    expect(people?.columns.map(({ name }) => name)).toEqual(['id', 'title', 'born']);
    expect(people?.checks.map(({ expression }) => expression)).toEqual(["(title <> ''::text)"]);
  });

  test('drops a table meanwhile: it is gone, whole', async () => {
    await other.query('begin; drop table pets; alter table people drop column born');
    const reading = read();
    await somebodyWaits();
    await other.query('commit');
    expect((await reading).relations.map(({ name, columns }) => [name, columns.length])).toEqual([
      ['names', 2],
      ['people', 2],
    ]);
  });

  // The functions of all versions see what is there now; one of them is enough here.
  if (version === '18')
    test.each([
      ['adds a column', 'alter table people add column age integer'],
      ['drops a default', 'alter table people alter name drop default'],
      ['drops a constraint', 'alter table people drop constraint people_name_check'],
      ['renames a type', 'alter type old.mood rename to feeling'],
      ['renames a schema', 'alter schema old rename to young'],
      ['replaces a view', 'create or replace view names as select id, upper(name) as name from people'],
      ['adds a CHECK', 'alter table pets add check (id > 0)'],
    ])('%s: the reading is made again', async (_name, ddl) => {
      let done = false;
      const { readings, catalog } = await readDuring(async () => {
        if (!done) await other.query(ddl);
        done = true;
      });
      expect(readings).toBeGreaterThan(1);
      expect(catalog).toEqual((await readDuring(async () => {})).catalog);
    });

  test('writes rows, makes and drops temporary tables, and rolls changes back: one reading is enough', async () => {
    await other.query('begin; alter table people add column gone integer');
    const { rows: transactions } = await other.query<{ id: string }>('select txid_current() as id');
    await other.query('rollback');
    // Another database's transaction may be as old, and then nobody can tell yet.
    while (
      (await other.query('select txid_snapshot_xmin(txid_current_snapshot()) > $1 as over', [transactions[0]?.id]))
        .rows[0]?.over !== true
    );
    const { readings } = await readDuring(() =>
      other.query(
        'begin; create temporary table scratch (a integer); commit; insert into pets values (1); delete from pets; drop table scratch; analyze people',
      ),
    );
    expect(readings).toBe(1);
  });

  test('truncates without end: two readings that say the same are enough', async () => {
    const { readings } = await readDuring(() => other.query('truncate pets'));
    expect(readings).toBe(2);
  });

  test('holds a lock for longer than the limit: a word, and exit', async () => {
    await other.query('begin; lock table people in access exclusive mode');
    await expect(check({ config: { source: { url: database.url }, timeout: 1 } })).rejects.toMatchObject({
      code: 'timed-out',
      message: 'The schema could not be read within 1 s: another session holds a lock.',
    });
    await other.query('rollback');
  });

  test('wants to change a table: no lock of ours is on it between two messages', async () => {
    const config = { models: { people: { computed: { upper: { sql: 'upper(t.name)' } } } } };
    const session = await openLive(database.url);
    const held: unknown[] = [];
    const look = async () => {
      // Of the objects of the database's own, not of the catalog.
      const locks = await other.query(
        'select c.relname, l.mode from pg_locks l join pg_class c on c.oid = l.relation where l.pid <> pg_backend_pid() and l.relation >= 16384 and l.database = (select oid from pg_database where datname = current_database())',
      );
      held.push(...locks.rows);
    };
    const query = async <Row>(sql: string): Promise<readonly Row[]> => {
      const rows = await session.query<Row>(sql);
      await look();
      return rows;
    };
    const eachRow = async <Row>(sql: string, take: (row: Row) => void): Promise<void> => {
      await session.eachRow(sql, take);
      await look();
    };
    try {
      const catalog = await readEverything({ ...session, query, eachRow }, config);
      expect(catalog.expressions).toHaveLength(1);
    } finally {
      await session.close();
    }
    expect(held).toEqual([]);
    const views = await other.query("select from pg_class where relname like 'rowsmith%'");
    expect(views.rows).toEqual([]);
  });
});
