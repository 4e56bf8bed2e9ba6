/** Queries whose names, parameters and columns are called like what generated code uses. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { CamelCasePlugin, type Kysely } from 'kysely';
import type { DB } from './cases/query-names/expected/db.js';
import { query as one } from './cases/query-names/expected/queries/sql/index.js';
import { query as two } from "./cases/query-names/expected/queries/sql/it's/a b.js";
import * as names from './cases/query-names/expected/queries/sql/names.js';
import { type OpenDatabase, openEngine } from './support/engines.js';
import { readSql } from './support/repository.js';

describe.each(['plain', 'with CamelCasePlugin'])('%s', (plugins) => {
  let opened: OpenDatabase<DB>;
  let db: Kysely<DB>;
  beforeAll(async () => {
    opened = await openEngine<DB>('PGlite', readSql('test/cases/query-names/schema.sql'));
    db = plugins === 'plain' ? opened.db : opened.db.withPlugin(new CamelCasePlugin());
    await db.insertInto('query').values({ id: 1, row: 'r' }).execute();
  });
  afterAll(() => opened?.close());

  test('each function runs, whatever it is called', async () => {
    const {
      queryFunction,
      __proto__: proto,
      constructor: maker,
      Promise: promise,
      Kysely: kysely,
      sql,
      args,
      A,
    } = names;
    for (const run of [names.query, queryFunction, proto, maker, promise, kysely, sql, names.db, args, A])
      expect(await run(db)).toEqual([{ a: 1 }]);
    expect(await db.selectFrom(names.ARelation('A')).select('A.a').execute()).toEqual([{ a: 1 }]);
    expect([await one(db), await two(db)]).toEqual([{ one: 1 }, { two: 2 }]);
  });

  test('parameters may be called like locals, and columns as they are in the database', async () => {
    const given = { db: 1, args: [1], alias: 'x', constructor_: 'c', proto: 'p', default: 'd', a: 'A', row: 'r' };
    const numbers = { a_b_: 1, aB_: 2 };
    expect(await names.parameters(db, { ...given, ...numbers })).toEqual([{ ...given, ...numbers }]);
    expect(await names.rewrite(db, { args: { a: 1 }, row: 'x', ids: [1] })).toMatchObject({
      id: 1,
      row: 'x',
      args: { a: 1 },
    });
    const [row] = await names.columns(db, { id: 1 });
    expect(Object.values(row ?? {})).toEqual([1, 1, 1, 1, 2, 3, 4, 5, null, 'x']);
  });
});
