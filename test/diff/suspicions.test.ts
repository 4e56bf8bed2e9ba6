import { describe, expect, test } from '@jest/globals';
import type { Catalog, Relation } from '../../src/catalog/catalog.js';
import { diff } from '../../src/index.js';
import { catalogOf, column, relation } from '../drift/support.js';

/**
 * Renames between catalogs without the database's numbers, which are only suspected: where several fit, or little
 * speaks for one, none is.
 */
async function renames(before: Catalog, after: Catalog): Promise<string[]> {
  const { findings } = await diff({ config: {}, from: { catalog: before }, to: { catalog: after } });
  return findings.flatMap(({ rule, before: was, after: is, certainty }) =>
    rule.endsWith('-renamed')
      ? [`${String(was)} → ${String(is)}${certainty === undefined ? '' : ` ${certainty}`}`]
      : [],
  );
}

const columns = (text: string) => Object.fromEntries(text.split(', ').map((one) => one.split(' ') as [string, string]));

describe('columns', () => {
  test.each<[before: string, after: string, want: readonly string[]]>([
    ['a int4, b text, c date', 'a int4, x text, c date', ['b → x suspected']],
    ['a int4, b text, c date', 'a int4, x date, c date', []],
    ['b text, a int4', 'x text, a int4', ['b → x suspected']],
    ['a int4, b text', 'a int4, x text', []],
    ['a int4, b text, c text', 'a int4, x text, y text', []],
    ['a int4, b text, c date', 'a int4, c date, x text', []],
    ['a int4, b text, c text', 'a int4, x text', []],
    ['a int4, user_name text, c date', 'a int4, c date, name text', ['user_name → name suspected']],
    ['a int4, user_full_name text, c date', 'a int4, c date, name text', []],
    ['a int4, user_names text, c date', 'a int4, c date, USER text', ['user_names → USER suspected']],
    ['a int4, user_name text, c date', 'a int4, name text, c date, user_code text', ['user_name → name suspected']],
    ['a int4, user_name text, c date', 'a int4, c date, user text, name text', []],
    [
      'a int4, b text, c date, d text, e int4',
      'a int4, x text, c date, y text, e int4',
      ['b → x suspected', 'd → y suspected'],
    ],
  ])('%s becomes %s', async (before, after, want) => {
    expect(await renames(catalogOf(relation('t', columns(before))), catalogOf(relation('t', columns(after))))).toEqual(
      want,
    );
  });

  test('that are generated otherwise', async () => {
    const table = (name: string, facts: object) =>
      catalogOf(
        relation(
          't',
          {},
          { columns: [column('a', 'int4'), { ...column(name, 'int4'), ...facts }, column('c', 'date')] },
        ),
      );
    expect(await renames(table('b', { identity: 'always' }), table('x', { identity: 'always' }))).toEqual([
      'b → x suspected',
    ]);
    expect(await renames(table('b', { identity: 'always' }), table('x', {}))).toEqual([]);
    expect(await renames(table('b', { generated: 'stored', default: 'a' }), table('x', {}))).toEqual([]);
  });
});

describe('tables', () => {
  const numbered = (from: number, to: number) =>
    columns(Array.from({ length: to - from }, (_, index) => `x${from + index} date`).join(', '));
  const big = relation('anchor', { id: 'int4' });

  test.each<[name: string, before: readonly Relation[], after: readonly Relation[], want: readonly string[]]>([
    ['five columns', [relation('a', numbered(0, 5))], [relation('b', numbered(0, 5))], ['a → b suspected']],
    ['four columns', [relation('a', numbered(0, 4))], [relation('b', numbered(0, 4))], []],
    [
      'three columns and a word',
      [relation('user_notes', numbered(0, 3))],
      [relation('notes', numbered(0, 3))],
      ['user_notes → notes suspected'],
    ],
    ['two columns and a word', [relation('user_notes', numbered(0, 2))], [relation('notes', numbered(0, 2))], []],
    [
      'two columns and another schema',
      [relation('notes', numbered(0, 2))],
      [{ ...relation('notes', numbered(0, 2)), schema: 'other' }],
      ['notes → other.notes suspected'],
    ],
    [
      'one column and another schema',
      [relation('notes', numbered(0, 1))],
      [{ ...relation('notes', numbered(0, 1)), schema: 'other' }],
      [],
    ],
    [
      'two of three columns and another schema',
      [relation('notes', numbered(0, 2))],
      [{ ...relation('notes', numbered(0, 3)), schema: 'other' }],
      [],
    ],
    ['eight of ten columns', [relation('a', numbered(0, 8))], [relation('b', numbered(0, 10))], ['a → b suspected']],
    [
      'nine of ten, and one other',
      [relation('a', numbered(0, 10))],
      [relation('b', numbered(1, 11))],
      ['a → b suspected'],
    ],
    ['seven of ten columns', [relation('a', numbered(0, 7))], [relation('b', numbered(0, 10))], []],
    ['eight of ten on both sides', [relation('a', numbered(0, 9))], [relation('b', numbered(2, 11))], []],
    [
      'two that fit',
      [relation('a', numbered(0, 6))],
      [relation('b', numbered(0, 6)), relation('c', numbered(0, 6))],
      [],
    ],
    [
      'two that fit one',
      [relation('b', numbered(0, 6)), relation('c', numbered(0, 6))],
      [relation('a', numbered(0, 6))],
      [],
    ],
    [
      'one that fits better',
      [relation('a', numbered(0, 10))],
      [relation('b', numbered(0, 9)), relation('c', numbered(0, 10))],
      ['a → c suspected'],
    ],
    ['a view', [relation('a', numbered(0, 6))], [relation('b', numbered(0, 6), { kind: 'view' })], []],
    [
      'one that stays',
      [relation('a', numbered(0, 6)), relation('b', numbered(0, 6))],
      [relation('b', numbered(0, 6)), relation('c', numbered(0, 6))],
      ['a → c suspected'],
    ],
  ])('%s', async (_, before, after, want) => {
    expect(await renames(catalogOf(big, ...before), catalogOf(big, ...after))).toEqual(want);
  });
});

describe('enums', () => {
  const enums = (given: Readonly<Record<string, readonly string[]>>): Catalog => ({
    ...catalogOf(relation('t', { a: 'int4' })),
    enums: Object.entries(given).map(([name, labels]) => ({ schema: 'public', name, labels: [...labels] })),
  });

  test.each<
    [
      name: string,
      before: Readonly<Record<string, readonly string[]>>,
      after: Readonly<Record<string, readonly string[]>>,
      want: readonly string[],
    ]
  >([
    ['the same labels', { a: ['x', 'y'] }, { b: ['x', 'y'] }, ['a → b suspected']],
    ['labels in another order', { a: ['x', 'y'] }, { b: ['y', 'x'] }, []],
    ['no labels', { a: [] }, { b: [] }, []],
    ['two that fit', { a: ['x'] }, { b: ['x'], c: ['x'] }, []],
    ['one that stays', { a: ['x'], b: ['x'] }, { b: ['x'], c: ['x'] }, ['a → c suspected']],
  ])('%s', async (_, before, after, want) => {
    expect(await renames(enums(before), enums(after))).toEqual(want);
  });
});

test('a domain that loses a value breaks what writes it', async () => {
  const domain = (check: string): Catalog => ({
    ...catalogOf(
      relation('t', {}, { columns: [{ name: 'a', type: { schema: 'public', name: 'd', sql: 'd' }, notNull: false }] }),
    ),
    domains: [
      {
        schema: 'public',
        name: 'd',
        base: { name: 'text', sql: 'text' },
        notNull: false,
        checks: [{ name: 'c', expression: check }],
      },
    ],
  });
  const { findings } = await diff({
    config: {},
    from: { catalog: domain("(VALUE = ANY (ARRAY['x'::text, 'y'::text]))") },
    to: { catalog: domain("(VALUE = ANY (ARRAY['x'::text]))") },
  });
  expect(findings.map(({ message, why }) => [message, why])).toEqual([
    ["d no longer takes 'y': breaks insert and update", 'writing a removed value is refused'],
  ]);
});
