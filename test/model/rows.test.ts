/** What tells a row, who fills its columns, and what `init` proposes about them. */
import { describe, expect, test } from '@jest/globals';
import type { Relation } from '../../src/catalog/catalog.js';
import type { ModelConfig } from '../../src/config/models.js';
import { proposeFilled } from '../../src/init/filled.js';
import { buildSchema } from '../../src/model/build.js';
import { catalogOf, column, relation } from '../drift/support.js';

const people: Partial<Relation> = {
  primaryKey: { name: 'pk', columns: ['id'] },
  uniques: [
    { name: 'nullable', columns: ['nick'] },
    { name: 'strict', columns: ['region', 'code'] },
  ],
  indexes: [
    { name: 'full', method: 'btree', unique: true, columns: ['email'] },
    { name: 'again', method: 'btree', unique: true, columns: ['code', 'region'] },
    { name: 'partial', method: 'btree', unique: true, columns: ['name'], predicate: 'active' },
    { name: 'expression', method: 'btree', unique: true, columns: [null] },
    { name: 'plain', method: 'btree', unique: false, columns: ['name'] },
  ],
};
const columns = { id: 'int8!', nick: 'text', region: 'text!', code: 'int4!', email: 'text!', name: 'text' };

const model = (more: Partial<Relation>, filled = {}) =>
  buildSchema(catalogOf(relation('people', columns, more)), { models: { people: { filled } } }).relations[0];

describe('keys', () => {
  test('are full unique constraints and indexes, the primary one first and those of every row before others', () => {
    expect(model(people)?.keys).toEqual([
      { fields: ['id'], isPrimary: true, tellsAll: true, isImmediate: true },
      { fields: ['region', 'code'], isPrimary: false, tellsAll: true, isImmediate: true },
      { fields: ['email'], isPrimary: false, tellsAll: true, isImmediate: true },
      { fields: ['nick'], isPrimary: false, tellsAll: false, isImmediate: true },
    ]);
  });

  test('that are deferrable are checked late, unless another key of the same columns is not', () => {
    const late = { name: 'late', columns: ['email'], deferrable: true } as const;
    expect(model({ uniques: [late] })?.keys).toMatchObject([{ fields: ['email'], isImmediate: false }]);
    expect(model({ uniques: [late], indexes: people.indexes ?? [] })?.keys).toMatchObject([
      { fields: ['email'], isImmediate: true },
      { fields: ['code', 'region'], isImmediate: true },
    ]);
  });

  test('of a table that others inherit from tell no row', () => {
    expect(model({ ...people, inherited: true })?.keys).toEqual([]);
  });
});

type Filled = NonNullable<ModelConfig['filled']>;

describe('filled', () => {
  const times = {
    columns: [
      column('made', 'timestamp!'),
      column('on', 'date'),
      column('name', 'text'),
      { ...column('loud', 'text'), generated: 'stored' },
    ],
  } satisfies Partial<Relation>;
  const fill = (filled: Filled, pattern = 'people') =>
    buildSchema(catalogOf(relation('people', {}, times)), { models: { [pattern]: { filled } } }).relations[0]?.stored;

  test('is what a field has; what the database fills may be left out', () => {
    const filled: Filled = {
      made: { insert: 'now' },
      name: { insert: { sql: 'current_user' }, update: { sql: 'x' } },
    };
    expect(
      fill({ ...filled, on: 'database' })?.map((field) => [field.name, field.filled, field.insert?.optional]),
    ).toEqual([
      ['made', { insert: 'now' }, false],
      ['on', undefined, true],
      ['name', { insert: { sql: 'current_user' }, update: { sql: 'x' } }, true],
      ['loud', undefined, undefined],
    ]);
  });

  test.each<[Filled, string]>([
    [{ name: { update: 'now' } }, "models.people.filled.name is 'now', but the column's type is text, not a time."],
    [{ nam: 'database' }, 'The config names an unknown column: models.people.filled.nam'],
    [{ loud: { insert: { sql: '1' } } }, 'models.people.filled.loud does nothing: the database generates the column.'],
  ])('%j is refused', (filled, message) => {
    expect(() => fill(filled)).toThrow(message);
  });

  test('by a wildcard fills the columns that a table has', () => {
    expect(
      fill({ created_at: { insert: 'now' }, loud: { insert: { sql: '1' } } }, '*')?.map(({ filled }) => filled),
    ).toEqual([undefined, undefined, undefined, undefined]);
  });
});

describe('init proposes', () => {
  const proposed = (...relations: Relation[]) => proposeFilled(catalogOf(...relations), ({ name }) => name);

  test('the times that every table with such a column lacks, for all tables', () => {
    expect(
      proposed(
        relation('a', { created_at: 'timestamptz!', updated_at: 'timestamp!' }),
        relation('b', { created_at: 'timestamptz!' }),
        relation('c', { seen_at: 'timestamptz!' }),
      ),
    ).toEqual([
      {
        table: '*',
        columns: [
          { name: 'created_at', onUpdate: false },
          { name: 'updated_at', onUpdate: true },
        ],
      },
    ]);
  });

  test('others by table, and none that has a default, may be null, or is no time', () => {
    const tables = [
      relation('a', { createdAt: 'timestamptz!' }),
      relation('b', { createdAt: 'timestamptz! = now()' }),
      relation('c', { updatedAt: 'timestamptz' }),
      relation('d', { inserted_at: 'text!' }),
    ];
    expect(proposed(...tables)).toEqual([{ table: 'a', columns: [{ name: 'createdAt', onUpdate: false }] }]);
  });
});
