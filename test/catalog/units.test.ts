import { expect, test } from '@jest/globals';
import { readScript } from '../../src/postgres/embedded/script.js';
import { unitsOf } from '../../src/postgres/embedded/units.js';

const units = (sql: string) =>
  unitsOf(readScript(sql).statements).map(({ statements, isTransaction, unended }) => ({
    lines: statements.map(({ line }) => line),
    isTransaction,
    ...(unended ? { unended: unended.line } : {}),
  }));

test('lists between transactions, and each transaction as a whole', () => {
  expect(units('create table a ();\nselect 1;\nbegin;\nselect 2;\ncommit;\nselect 3')).toEqual([
    { lines: [1, 2], isTransaction: false },
    { lines: [3, 4, 5], isTransaction: true },
    { lines: [6], isTransaction: false },
  ]);
});

test('what would mean something else among others stands alone, but not in a transaction of its own', () => {
  expect(
    units(
      'select 1;\nset local search_path = a;\nselect 2;\ncreate temp table t () on commit drop;\nselect 3;\nbegin;\nset local search_path = b;\nselect 4;\nend',
    ),
  ).toEqual([
    { lines: [1], isTransaction: false },
    { lines: [2], isTransaction: false },
    { lines: [3], isTransaction: false },
    { lines: [4], isTransaction: false },
    { lines: [5], isTransaction: false },
    { lines: [6, 7, 8, 9], isTransaction: true },
  ]);
});

test("a COMMIT that ends a tool's transaction stands alone, and what is before it is run once", () => {
  const list =
    'alter table a add b int;\nselect 1;\ncommit;\nset lock_timeout = 0;\ncreate index concurrently on a (b)';
  expect(units(list)).toEqual([
    { lines: [1, 2], isTransaction: false },
    { lines: [3], isTransaction: false },
    { lines: [4, 5], isTransaction: false },
  ]);
});

test('a transaction that nothing ends', () => {
  expect(units('select 1;\nbegin;\nselect 2')).toEqual([
    { lines: [1], isTransaction: false },
    { lines: [2, 3], isTransaction: true, unended: 2 },
  ]);
});

test('no list is endless', () => {
  expect(units('select 1;\n'.repeat(450)).map(({ lines }) => lines.length)).toEqual([200, 200, 50]);
});
