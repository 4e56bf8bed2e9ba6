import { describe, expect, test } from '@jest/globals';
import { foundInTypeScript, relation } from './support.js';

const users = relation('users', {
  id: 'int4!',
  name: 'text!',
  price: 'numeric!',
  born: 'date!',
  team_id: 'int4',
  deleted: 'timestamptz',
});
const found = (text: string, tables = [users]) => foundInTypeScript(text, tables);

/** An entity without a fault; `change` replaces some of its fields. */
function entity(change: Readonly<Record<string, string>> = {}, decorator = "@Entity('users')", heritage = ''): string {
  const fields = {
    id: '@PrimaryGeneratedColumn() id: number',
    name: '@Column() name: string',
    price: "@Column('numeric') price: string",
    born: "@Column('date') born: string",
    team: "@ManyToOne(() => Team) @JoinColumn({ name: 'team_id' }) team: Team",
    deleted: '@Column({ nullable: true }) deleted: Date | null',
    ...change,
  };
  return `${decorator} class User ${heritage} { ${Object.values(fields).join('; ')} }`;
}

describe('names behind constants', () => {
  test.each([
    ['of an object', "const Tables = { Users: 'users' }; ", '@Entity({ name: Tables.Users })'],
    ['of a frozen object', "const Tables = Object.freeze({ Users: 'users' }); ", '@Entity(Tables.Users)'],
    ['of an enum', "enum Tables { Users = 'users' } ", '@Entity({ name: Tables.Users })'],
    ['a constant', "const table = 'users' as const; ", '@Entity(table)'],
    ['a constant of another', "const name = 'users'; const table = name; ", '@Entity(table)'],
    ['options', "const options = { name: 'users' }; ", '@Entity(options)'],
    ['an option of the name of its constant', "const name = 'users'; ", '@Entity({ name })'],
    ['a template', "const prefix = 'us'; ", '@Entity(`${prefix}ers`)'],
  ])('%s', async (_, before, decorator) => {
    const changed = entity({ name: '@Column() gone: string' }, decorator).replace('class User', 'class Person');
    expect(await found(before + changed)).toEqual([
      'error missing-field/users/name',
      'error extra-field/users/gone unknown',
    ]);
  });

  test.each([
    ['a column', { name: '@Column({ name: Columns.Name }) title: string' }],
    ['a foreign key', { team: '@ManyToOne(() => Team) @JoinColumn({ name: Columns.Team }) owner: Team' }],
    ['options', { price: '@Column(money) price: number' }],
    ['options that others are made of', { price: "@Column({ ...money, name: 'price' }) cost: number" }],
  ])('%s', async (_, change) => {
    const constants =
      "const Columns = { Name: 'name', Team: 'team_id' } as const; const money = { type: 'numeric', transformer: toNumber } as const; ";
    expect(await found(constants + entity(change))).toEqual([]);
  });

  test('constants that stand for each other end somewhere', async () => {
    expect(await found(`const a = b; const b = a; const c = { ...c }; ${entity({}, '@Entity(a)')}`)).toEqual([]);
    expect(await found(`const c = { ...c }; ${entity({ name: '@Column(c) name: string' })}`)).toEqual([]);
  });

  test('a name that only the running program knows is guessed', async () => {
    expect(await found(entity({}, '@Entity({ name: process.env.TABLE })'))).toEqual([]);
  });

  test('entityPrefix stands before all names', async () => {
    const source = "new DataSource({ entityPrefix: 'app_' }); ";
    const prefixed = relation('app_users', { id: 'int4!' });
    const text = "@Entity('users') class User { @PrimaryColumn() id: string }";
    expect(await found(source + text, [users, prefixed])).toEqual(['error type-mismatch/app_users/id/id category']);
  });
});

describe('relations', () => {
  const keys = relation('keys', { id: 'int4!', owner_id: 'int4!', team_id: 'int4!', parentId: 'int4' });

  test.each([
    [
      'a list',
      "@ManyToOne(() => Team) @JoinColumn([{ name: 'owner_id', referencedColumnName: 'id' }, { name: 'team_id' }]) both: Team",
      [],
    ],
    ['default names', '@ManyToOne(() => User) owner: User; @OneToOne(() => Team) @JoinColumn() team: Team', []],
    [
      'a tree',
      '@TreeParent() parent: Key; @TreeChildren() children: Key[]; @ManyToOne(() => User) owner: User; @ManyToOne(() => Team) team: Team',
      [],
    ],
    [
      'a key that is gone',
      "@ManyToOne(() => Team) @JoinColumn([{ name: 'owner_id' }, { name: 'team_id' }, { name: 'gone_id' }]) all: Team",
      ['error extra-field/keys/all unknown'],
    ],
    [
      'the other side owns it',
      '@ManyToOne(() => User) owner: User; @ManyToOne(() => Team) team: Team; @OneToOne(() => Key, (key) => key.x) other: Key; @ManyToMany(() => Key) @JoinTable() many: Key[]',
      [],
    ],
  ])('%s', async (_, fields, want) => {
    const errors = await found(`@Entity('keys') class Key { @PrimaryColumn() id: number; ${fields} }`, [keys]);
    expect(errors.filter((one) => one.startsWith('error'))).toEqual(want);
  });
});

describe('what is no column', () => {
  test.each([
    ['a property without a decorator', 'extra: string'],
    ['a virtual column', "@VirtualColumn({ query: () => '' }) extra: string"],
    ['a relation id', '@RelationId((user) => user.team) extra: number'],
    ['a column that queries compute', "@Column({ type: 'text', select: false, insert: false }) extra: string"],
    ['a decorator of another library', '@IsString() extra: string'],
  ])('%s', async (_, extra) => {
    expect(await found(entity({ extra }))).toEqual([]);
    expect(await found(`class Base { ${extra} } ${entity({}, "@Entity('users')", 'extends Base')}`)).toEqual([]);
  });

  test('a column that is inserted is one, selected or not', async () => {
    expect(await found(entity({ extra: '@Column({ select: false }) extra: string' }))).toEqual([
      'error extra-field/users/extra unknown',
    ]);
  });

  test('no rows are inserted from an entity whose columns queries compute', async () => {
    const counted = "@Entity('users') class Counted { @Column({ select: false, insert: false }) total: number }";
    expect((await found(counted)).filter((one) => one.startsWith('error'))).toEqual([]);
  });

  test('an inherited column is one', async () => {
    const base = 'abstract class Base extends BaseEntity { @Column() gone: string }';
    expect(await found(`${base} ${entity({}, "@Entity('users')", 'extends Base')}`)).toEqual([
      'error extra-field/users/gone unknown',
    ]);
  });

  test('properties of a class without decorators are compared', async () => {
    const plain =
      'class User { id: number; name: string; price: string; born: Date; team_id: number | null; deleted: Date | null }';
    expect(await found(plain.replace('name: string', 'name: number'))).toEqual([
      'error type-mismatch/users/name/name category',
    ]);
  });
});

describe('types', () => {
  test.each([
    ['Date of a date', { born: "@Column('date') born: Date" }, ['error type-mismatch/users/born/born category']],
    [
      'Date of a date, in options',
      { born: "@Column({ type: 'date' }) born: Date" },
      ['error type-mismatch/users/born/born category'],
    ],
    [
      'a date of the creation',
      { born: "@CreateDateColumn({ type: 'date' }) born: Date" },
      ['error type-mismatch/users/born/born category'],
    ],
    ['Date of a date that TypeORM takes for a timestamp', { born: '@Column() born: Date' }, []],
    ['text of such a date', { born: '@Column() born: string' }, ['error type-mismatch/users/born/born category']],
    ['a date with a transformer', { born: "@Column('date', { transformer: toDate }) born: Date" }, []],
    ['a date behind a constant that no file declares', { born: '@Column({ type: Kinds.Date }) born: string' }, []],
    [
      'a number of a numeric behind such a constant, whose name ends in Type',
      { price: '@Column({ type: ColumnType.Decimal }) price: number' },
      ['error type-mismatch/users/price/price category'],
    ],
    ['a list behind such a constant', { name: '@Column({ type: ColumnType.List }) name: string[]' }, []],
    ['a type of the project', { price: '@Property({ type: PriceType }) price: number' }, []],
    ['an object of such a type', { price: '@Property({ type: new types.Price() }) price: number' }, []],
    [
      'a number of a numeric',
      { price: "@Column('numeric') price: number" },
      ['error type-mismatch/users/price/price category'],
    ],
    [
      'a time of deletion',
      { deleted: '@DeleteDateColumn() deleted: Date' },
      ['info nullability-mismatch/users/deleted/deleted hidden'],
    ],
    ['a column of an accessor', { name: '@Column() get name(): number { return 1 }' }, []],
    [
      'a column of a writing accessor',
      { name: '@Column() set name(value: number) {}' },
      ['error type-mismatch/users/name/name category'],
    ],
  ])('%s', async (_, change, want) => {
    expect(await found(entity(change))).toEqual(want);
  });

  test('a column maker with a transformer', async () => {
    const maker = "const Money = () => Column('numeric', { transformer: toNumber }); ";
    expect(await found(maker + entity({ price: '@Money() price: number' }))).toEqual([]);
  });
});

describe('a table of several classes', () => {
  const pets = relation('pets', { id: 'int4!', kind: 'text!', bark: 'text', meow: 'text' });
  const base = (column: string) =>
    `@Entity('pets') @TableInheritance({ column: ${column} }) class Pet { @PrimaryColumn() id: number }`;
  const dog = '@ChildEntity() class Dog extends Pet { @Column({ nullable: true }) bark: string | null }';

  test.each(["'kind'", "{ type: 'varchar', name: 'kind' }"])('its class is in %s', async (column) => {
    const cat = '@ChildEntity() class Cat extends Pet { @Column({ nullable: true }) meow: number | null }';
    expect(await found(`${base(column)} ${dog} ${cat}`, [pets])).toEqual([
      'error type-mismatch/pets/meow/meow category',
      'info missing-field/pets/kind',
      'info missing-field/pets/meow',
    ]);
  });
});

test('a query builder of an entity makes it no list of tables', async () => {
  const query = 'function page(query: SelectQueryBuilder<User>, trx: Transaction<User>) {}';
  expect(await found(`${entity({ name: '@Column() name: number' })} ${query}`)).toEqual([
    'error type-mismatch/users/name/name category',
  ]);
});

test('an embedded object brings its columns, and nothing else', async () => {
  const table = relation('users', { id: 'int4!', nameFirst: 'text!', name_last: 'text!' });
  const name = 'class Name { @Column() first: string; @Column() last: number; full: string }';
  const user = "@Entity('users') class User { @PrimaryColumn() id: number; @Column(() => Name) name: Name }";
  expect(await found(`${name} ${user}`, [table])).toEqual([
    'error type-mismatch/users/name_last/name.last category',
    'info unmapped-model/Name',
  ]);
});

describe('MikroORM', () => {
  const docs = relation('docs', { id: 'int4!', user_id: 'int4!', body: 'jsonb!' });
  const doc = (fields: string) => `@Entity({ tableName: 'docs' }) class Doc { @PrimaryKey() id: number; ${fields} }`;
  const body = "@Property({ columnType: 'jsonb' }) body: string";
  const lacking = ['error missing-field/docs/user_id'];

  test.each([
    ['a relation that it owns', "@OneToOne(() => User, { owner: true, fieldName: 'user_id' }) user: User", []],
    ['a relation whose options name the entity', '@OneToOne({ entity: () => User }) user: User', []],
    ['a relation that the other side owns', "@OneToOne({ entity: () => User, mappedBy: 'doc' }) user: User", lacking],
    ['a relation that nobody says to own', '@OneToOne(() => User) user: User', lacking],
    [
      'a relation that is not persisted beside its key',
      '@Property() user_id: number; @ManyToOne(() => User, { persist: false }) user: User',
      [],
    ],
    ['one that is not persisted, alone', '@ManyToOne(() => User, { persist: false }) user: User', lacking],
  ])('%s', async (_, fields, want) => {
    const user = "@Entity({ tableName: 'users' }) class User { @PrimaryKey() id: number }";
    const all = await found(`${user} ${doc(`${fields}; ${body}`)}`, [docs]);
    expect(all.filter((one) => one.startsWith('error') && one.includes('/docs/'))).toEqual(want);
  });

  test.each([
    ['a text in JSON', body, []],
    ['a text or a list in JSON', `${body} | string[]`, []],
    ['a number for a text', '@Property() body: string', ['error type-mismatch/docs/body/body category']],
  ])('%s', async (_, field, want) => {
    expect(await found(doc(`@Property() user_id: number; ${field}`), [docs])).toEqual(want);
  });
});

test.each([
  ['UserUpdate', "@Entity('users')"],
  ['CreateUser', "@Entity('users')"],
  ['User', "@Entity('users')"],
])('an entity is read from its table, whatever its name: %s', async (name, decorator) => {
  const users = relation('users', { id: 'int4!' });
  const text = `${decorator} class ${name} { @PrimaryColumn() id: number; @Column() gone: string }`;
  const all = await foundInTypeScript(text, [users]);
  expect(all.filter((one) => one.startsWith('error'))).toEqual(['error extra-field/users/gone unknown']);
});
