import { describe, expect, test } from '@jest/globals';
import { catalogOf, findingsOf, foundInTypeScript, relation } from './support.js';

describe('the key of a relation without a name', () => {
  const items = relation('items', { id: 'int4!', storeKey: 'text!' });
  const item = (relations: string) => `@Entity('items') class Item { @PrimaryColumn() id: number; ${relations} }`;
  const store = 'class Base { @PrimaryColumn() key: string } @Entity() class Store extends Base {}';
  const errors = async (text: string, tables = [items]) =>
    (await foundInTypeScript(text, tables)).filter((one) => !/^info|unmapped-model/.test(one));

  test.each([
    ['the key of its entity', '@ManyToOne(() => Store) store: Store', []],
    ['the key of the type of the property', "@ManyToOne('Store') store: Relation<Store>", []],
    [
      'the key that JoinColumn names',
      "@ManyToOne(() => Shop) @JoinColumn({ referencedColumnName: 'key' }) store: Shop",
      [],
    ],
    [
      'another key',
      '@ManyToOne(() => Store) shop: Store',
      ['error missing-field/items/storeKey', 'error extra-field/items/shop unknown'],
    ],
  ])('%s', async (_, relations, want) => {
    expect(await errors(`${store} ${item(relations)}`)).toEqual(want);
  });

  test('each column of a key of several', async () => {
    const pair = '@Entity() class Store { @PrimaryColumn() land: string; @PrimaryColumn() key: string }';
    const table = relation('items', { id: 'int4!', store_land: 'text!', store_key: 'text!' });
    expect(await errors(`${pair} ${item('@ManyToOne(() => Store) store: Store')}`, [table])).toEqual([]);
  });

  test('of an entity that no given file declares', async () => {
    expect(await errors(item('@ManyToOne(() => Store) store: Store'))).toEqual([
      'warning extra-field/items/store unknown',
    ]);
  });
});

describe('what a library makes of a column, as its decorator says', () => {
  const rows = relation('rows', { id: 'int4!', day: 'date!', at: 'timestamptz!', kind: 'mood!', data: 'jsonb!' });
  const found = (field: string, table = rows) =>
    foundInTypeScript(`@Entity('rows') class Row { @PrimaryColumn() id: number; ${field} }`, [table]).then((all) =>
      all.filter((one) => !one.includes('missing-field')),
    );

  test.each([
    ["@Column('date') day: string", []],
    ["@Column('date') at: string", []],
    ['@Column() day: Date', []],
    ['@Column() day: string', ['error type-mismatch/rows/day/day category']],
    ["@Column('date') at: Date", ['error type-mismatch/rows/at/at category']],
    ['@Property() day: string; @Property() at: string', []],
    ['@Property() at: number', ['error type-mismatch/rows/at/at category']],
    ['@Property({ type: MoneyType }) at: number', []],
    ["@Column('jsonb') data: string", []],
    ["@Column('text') data: string", ['error type-mismatch/rows/data/data category']],
    ["@Column({ type: 'jsonb', get() { return 1 } }) data: string", []],
    ['@Column() get at(): number { return 1 }', []],
  ])('%s', async (field, want) => {
    expect(await found(field)).toEqual(want);
  });

  test('an enum of numbers', async () => {
    const type = { schema: 'public', name: 'mood', sql: 'mood' };
    const columns = rows.columns.map((one) => (one.name === 'kind' ? { ...one, type } : one));
    const enums = [{ schema: 'public', name: 'mood', labels: ['0', '1'] }];
    const moods = { ...catalogOf({ ...rows, columns }), enums };
    const text = (column: string) =>
      `enum Mood { Bad, Good } @Entity('rows') class Row { @PrimaryColumn() id: number; ${column} kind: Mood }`;
    const kinds = async (column: string) =>
      (await findingsOf(moods, text(column), {}, 'models.ts')).findings.filter(({ field }) => field === 'kind');
    expect(await kinds("@Column({ type: 'enum', enum: Mood })")).toEqual([]);
    expect(await kinds('@Column()')).toMatchObject([{ rule: 'type-mismatch', severity: 'error' }]);
  });

  test('the times of Sequelize', async () => {
    const times = relation('rows', {
      id: 'int4!',
      createdAt: 'timestamptz',
      updatedAt: 'timestamptz',
      seenAt: 'timestamptz',
    });
    const text =
      "import { Model } from 'sequelize-typescript'; @Table({ tableName: 'rows' }) class Row extends Model { @Column createdAt: Date; @Column updatedAt: Date; @Column seenAt: Date }";
    expect([...(await foundInTypeScript(text, [times]))].sort()).toEqual(
      [
        'error nullability-mismatch/rows/seenAt/seenAt may-be-null',
        'info missing-field/rows/id',
        'info nullability-mismatch/rows/createdAt/createdAt may-be-null',
        'info nullability-mismatch/rows/updatedAt/updatedAt may-be-null',
      ].sort(),
    );
  });
});

describe('a decorator of the project that no given file declares', () => {
  const rows = relation('rows', { id: 'int4!', price: 'numeric!' });
  const found = (imported: string, field: string) =>
    foundInTypeScript(`${imported} @Entity('rows') class Row { @PrimaryColumn() id: number; ${field} }`, [rows]);

  test('it may make a column', async () => {
    const money = "import { Money } from '@common/types/money';";
    expect(await found(money, '@Money() price: Amount')).toEqual([]);
    expect(await found(money, '@Money() cost: Amount; @Column() price: string')).toEqual([
      'warning extra-field/rows/cost unknown',
    ]);
  });

  test.each([
    ['of a package', "import { Money } from '@acme/money';"],
    ['of a given file', "import { Money } from './money'; function Money() { return check() }"],
  ])('%s', async (_, imported) => {
    expect(await found(imported, '@Money() price: Amount')).toEqual(['error missing-field/rows/price']);
  });
});

describe('a table that a model has by its name alone', () => {
  const members = relation('members', { id: 'int8!', name: 'text', tenant_id: 'int4!' });
  const others = 'interface Page { size: number } interface Options { deep: boolean }';
  const input = 'interface MemberCreate { id: string; name: string }';
  const severities = async (text: string) =>
    (await foundInTypeScript(`${text} ${input}`, [members]))
      .filter((one) => one.includes('/members/'))
      .map((one) => one.split('/members/')[0]);
  const member = 'interface Member { id: number; name: string }';

  test('is a guess among many types that are of no table', async () => {
    expect(await severities(`${member} ${others}`)).toEqual([
      'info missing-field',
      'warning type-mismatch',
      'warning nullability-mismatch',
    ]);
  });

  test.each([
    ['a query reads rows into it', `${member} ${others} const rows = await knex<Member>('members');`],
    ['a comment names the table', `/** Maps to \`members\` */ ${member} ${others}`],
    ['most types are of a table', member],
    ['all its fields are columns', `interface Member { id: number; name: string; tenant_id: number } ${others}`],
  ])('is none where %s', async (_, text) => {
    expect((await severities(text)).filter((one) => one?.startsWith('error'))).toEqual(
      expect.arrayContaining(['error type-mismatch', 'error nullability-mismatch']),
    );
  });
});
