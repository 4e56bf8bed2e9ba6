import { describe, expect, test } from '@jest/globals';
import { column, foundInTypeScript, relation } from './support.js';

const users = relation('users', {
  id: 'int4!',
  name: 'text!',
  secret: 'bytea!',
  createdAt: 'timestamptz!',
  updatedAt: 'timestamptz!',
});
const found = (text: string) => foundInTypeScript(text, [users]);

describe('sequelize-typescript', () => {
  const model = (fields: string, options = '', parent = 'Model') =>
    `import { Model } from 'sequelize-typescript'; @Table({ tableName: 'users'${options} }) class User extends ${parent} { @PrimaryKey @Column id: number; ${fields} }`;
  const secret = '@Column(DataType.BLOB) secret: Buffer';
  const whole = `@Column(DataType.STRING) name: string; ${secret}`;

  test.each([
    ['Sequelize fills its times', whole, []],
    ['times with decorators', `${whole}; @CreatedAt createdAt: Date; @UpdatedAt updatedAt: Date`, []],
    [
      'a time of another type',
      `${whole}; @CreatedAt createdAt: string`,
      ['error type-mismatch/users/createdAt/createdAt category'],
    ],
    ['a virtual column', `${whole}; @Column(DataType.VIRTUAL) token: string`, []],
    [
      'a virtual column, in options',
      `${whole}; @Column({ type: DataType.VIRTUAL(DataType.STRING) }) token: string`,
      [],
    ],
    ['an association', `${whole}; @BelongsTo(() => Team, 'teamId') team: Team; @HasMany(() => Post) posts: Post[]`, []],
    ['a foreign key', `@ForeignKey(() => Name) name: string; ${secret}`, []],
    ['a property without a decorator', `${whole}; changes: object`, []],
    ['a column under another name', `@Column({ field: 'name', type: DataType.STRING }) title: string; ${secret}`, []],
    ['a column that is gone', `${whole}; @Column gone: string`, ['error extra-field/users/gone unknown']],
    ['a column that is missing', secret, ['error missing-field/users/name']],
    ['a column of an accessor', `${secret}; @Column(DataType.STRING) set name(value: string) {}`, []],
  ])('%s', async (_, fields, want) => {
    expect((await found(model(fields))).filter((one) => !one.startsWith('info missing-field'))).toEqual(want);
  });

  test('a decorator of the project that gives other values than the column', async () => {
    const encrypted =
      'export default function Encrypted(target: object, key: string) { return { get() { return decrypt(key) } } }';
    const fields = '@Column(DataType.STRING) name: string; @Column(DataType.BLOB) @Encrypted secret: string';
    expect((await found(`${encrypted} ${model(fields)}`)).filter((one) => one.startsWith('error'))).toEqual([]);
    expect((await found(model(fields))).filter((one) => one.startsWith('error'))).toEqual([
      'error type-mismatch/users/secret/secret category',
    ]);
  });

  test.each([
    ['AllowNull', '@AllowNull @Column note: string', 'info'],
    ['AllowNull(true)', '@AllowNull(true) @Column note: string', 'info'],
    ['allowNull', '@Column({ allowNull: true }) note: string', 'info'],
    ['AllowNull(false)', '@AllowNull(false) @Column note: string', 'error'],
    ['neither', '@Column note: string', 'error'],
  ])('%s', async (_, field, want) => {
    const notes = relation('users', { id: 'int4!', note: 'text' });
    const text = model(field, ', timestamps: false');
    const [one, ...others] = await foundInTypeScript(text, [notes]);
    expect(one?.split(' ').slice(0, 2)).toEqual([want, 'nullability-mismatch/users/note/note']);
    expect(others).toEqual([]);
  });

  test('a tableName of each instance names no table', async () => {
    const errors = await found("class Builder { private tableName = 'gone'; rows: number[] = []; }");
    expect(errors.filter((one) => one.startsWith('error'))).toEqual([]);
  });

  test('timestamps: false adds no times', async () => {
    expect((await found(model(whole, ', timestamps: false'))).filter((one) => one.startsWith('error'))).toEqual([
      'error missing-field/users/createdAt',
      'error missing-field/users/updatedAt',
    ]);
  });

  test.each(['updatedAt: false', 'timestamps: false'])('%s turns off what a base class declares', async (option) => {
    const base =
      "import { Model as Base } from 'sequelize-typescript'; class IdModel extends Base { @UpdatedAt updatedAt: Date }";
    const posts = relation('users', { id: 'int4!' });
    expect(await foundInTypeScript(`${base} ${model('', `, ${option}`, 'IdModel')}`, [posts])).toEqual([]);
  });

  test('a model of a base class of the project', async () => {
    const base =
      "import { Model as Base } from 'sequelize-typescript'; class IdModel extends Base { before: object | null; @CreatedAt createdAt: Date }";
    expect(
      (await found(`${base} ${model(`${whole}; @Column gone: string`, '', 'IdModel')}`)).filter((one) =>
        one.startsWith('error'),
      ),
    ).toEqual(['error extra-field/users/gone unknown']);
  });
});

describe('Sequelize without decorators', () => {
  const model = (fields: string, columns: string, options = '') =>
    `import { Model } from 'sequelize'; class User extends Model { static tableName = 'users'; declare id: number; ${fields} } User.init({ id: DataTypes.INTEGER, ${columns} }, { sequelize${options} })`;
  const whole = 'name: { type: DataTypes.STRING, allowNull: false }, secret: DataTypes.BLOB';
  const fields = 'declare name: string; declare secret: Buffer';

  test.each([
    ['without a fault', fields, whole, []],
    [
      'a column that is gone',
      `${fields}; declare gone: string`,
      `${whole}, gone: DataTypes.STRING`,
      ['error extra-field/users/gone unknown'],
    ],
    [
      'a column of another type',
      fields.replace('Buffer', 'string'),
      whole,
      ['error type-mismatch/users/secret/secret category'],
    ],
    [
      'another name',
      fields.replace('name', 'title'),
      "title: { type: DataTypes.STRING, field: 'name' }, secret: DataTypes.BLOB",
      [],
    ],
    ['a virtual attribute', `${fields}; declare token: string`, `${whole}, token: DataTypes.VIRTUAL`, []],
    [
      'a getter',
      fields.replace('Buffer', 'Key'),
      `${whole.replace('DataTypes.BLOB', '{ type: DataTypes.BLOB, get() { return read() } }')}`,
      [],
    ],
    [
      'associations',
      `${fields}; declare team?: NonAttribute<Team>; declare getTeam: BelongsToGetAssociationMixin<Team>`,
      whole,
      [],
    ],
    [
      'attributes that a method of the base class returns',
      `${fields}; static base() { return { token: DataTypes.VIRTUAL }; } declare token: string`,
      `...User.base(), ${whole}`,
      [],
    ],
    ['methods', `${fields}; rename = async function (to) {}; greet = () => 1; declare call: () => void`, whole, []],
    [
      'what an association may add',
      `${fields}; declare teamId: number`,
      whole,
      ['warning extra-field/users/teamId unknown'],
    ],
  ])('%s', async (_, members, columns, want) => {
    const all = await found(model(members, columns));
    expect(all.filter((one) => !one.startsWith('info'))).toEqual(want);
  });

  test('attributes that cannot be read leave the types of the class', async () => {
    const text = model(fields.replace('Buffer', 'string'), '').replace(/init\(\{[^}]*\}/, 'init(made.attributes');
    expect((await found(text)).filter((one) => !one.startsWith('info'))).toEqual([
      'error type-mismatch/users/secret/secret category',
    ]);
  });

  test.each([
    ['a static of the class', "static NAME = 'users';", 'Person.NAME'],
    ['a static behind a constant', 'static NAME = TABLE;', 'Person.NAME'],
    ['a constant', '', 'TABLE'],
  ])('init names the table by %s', async (_, member, value) => {
    const text = model(fields.replace('Buffer', 'string'), whole, `, tableName: ${value}`)
      .replace("static tableName = 'users';", member)
      .replaceAll('User', 'Person');
    const all = await found(`const TABLE = 'users'; ${text}`);
    expect(all.filter((one) => !one.startsWith('info'))).toEqual(['error type-mismatch/users/secret/secret category']);
  });

  test('timestamps: false adds no times', async () => {
    const errors = await found(model(fields, whole, ', timestamps: false'));
    expect(errors.filter((one) => one.startsWith('error'))).toEqual([
      'error missing-field/users/createdAt',
      'error missing-field/users/updatedAt',
    ]);
  });

  test.each([
    ['DataTypes.STRING', 'error'],
    ['{ type: DataTypes.STRING, allowNull: true }', 'info'],
  ])('a column that may be null: %s', async (attribute, want) => {
    const notes = relation('users', { id: 'int4!', note: 'text' });
    const text = model('declare note: string', `note: ${attribute}`, ', timestamps: false');
    expect((await foundInTypeScript(text, [notes])).map((one) => one.split(' ').slice(0, 2))).toEqual([
      [want, 'nullability-mismatch/users/note/note'],
    ]);
  });
});

describe('Objection', () => {
  const model = (members: string, parent = 'Model') =>
    `import { Model } from 'objection'; class User extends ${parent} { static get tableName() { return 'users' } id!: number; ${members} }`;
  const whole = 'name!: string; secret!: Buffer; createdAt!: Date; updatedAt!: Date';

  test.each([
    ['without a fault', whole, []],
    ['a field that is gone', `${whole}; gone!: string`, ['error extra-field/users/gone unknown']],
    ['a column that is missing', whole.replace('name!: string;', ''), ['error missing-field/users/name']],
    ['the type of its queries', `${whole}; QueryBuilderType!: Builder<this>`, []],
    [
      'a relation',
      `${whole}; owner!: Team; static relationMappings = { owner: { relation: Model.HasOneRelation } }`,
      [],
    ],
    ['a relation of a function', `${whole}; owner!: Team; static relationMappings = () => ({ owner: {} })`, []],
    [
      'a relation of a getter',
      `${whole}; owner!: Team; static get relationMappings() { return { ...super.relationMappings, owner: {} } }`,
      [],
    ],
    [
      'a field that a hook makes of a column',
      `title!: object; secret!: Buffer; createdAt!: Date; updatedAt!: Date; $parseDatabaseJson(json: Pojo) { json.title = { text: json.name }; return json }`,
      ['info missing-field/users/name'],
    ],
  ])('%s', async (_, members, want) => {
    expect(await found(model(members))).toEqual(want);
    expect(await found(`class Base extends DbErrors(Model) {} ${model(members, 'Base')}`)).toEqual(want);
  });

  test('an accessor replaces the field that it inherits', async () => {
    const base = 'class Base extends Model { teamId!: string }';
    expect(await found(`${base} ${model(`${whole}; get teamId(): string { return this.id }`, 'Base')}`)).toEqual([]);
    expect(await found(`${base} ${model(whole, 'Base')}`)).toEqual(['error extra-field/users/teamId unknown']);
  });

  test('$beforeInsert fills a column', async () => {
    const table = relation('users', { id: 'int4!', seen: 'timestamptz', note: 'text' });
    const hook = '$beforeInsert(context: Context) { this.seen = new Date(); if (this.note == null) return }';
    expect(await foundInTypeScript(model(`seen!: Date; note!: string; ${hook}`), [table])).toEqual([
      'error nullability-mismatch/users/note/note may-be-null',
      'info nullability-mismatch/users/seen/seen may-be-null',
    ]);
  });
});

test('an inherited field is reported where it stands', async () => {
  const { readModels } = await import('../../src/drift/readers/read.js');
  const { compare } = await import('../../src/drift/compare.js');
  const { noSettings } = await import('../../src/drift/settings.js');
  const { catalogOf } = await import('./support.js');
  const declared = await readModels([
    { file: 'base.ts', text: '\n\nexport class Base extends Model { name!: number }' },
    {
      file: 'user.ts',
      text: "import { Base } from './base'; class User extends Base { static tableName = 'users'; id!: number }",
    },
  ]);
  const { findings } = compare(catalogOf(relation('users', { id: 'int4!', name: 'text!' })), declared, noSettings);
  expect(findings.map(({ id, file, line }) => ({ id, file, line }))).toEqual([
    { id: 'type-mismatch/users/name/name', file: 'base.ts', line: 3 },
  ]);
});

describe('define of Sequelize', () => {
  const define = (columns: string, { type = '', name = 'User', options = '' } = {}) =>
    `import Sequelize from 'sequelize'; export default (sequelize) => sequelize.define${type}('${name}', { id: { type: Sequelize.INTEGER, primaryKey: true }, ${columns} }, { ${options} })`;
  const whole = 'name: Sequelize.STRING, secret: { type: Sequelize.BLOB, allowNull: false }';

  test.each([
    ['the plural of its name', define(whole), []],
    ['its tableName', define(whole, { name: 'Person', options: "tableName: 'users'" }), []],
    [
      'a table that is gone',
      define(whole, { name: 'Person', options: "tableName: 'people'" }),
      ['error unmapped-model/Person'],
    ],
    ['a column that is missing', define('name: Sequelize.STRING'), ['error missing-field/users/secret']],
    [
      'a time that nobody fills',
      define(whole, { options: 'timestamps: false' }),
      ['error missing-field/users/createdAt', 'error missing-field/users/updatedAt'],
    ],
    ['a column that is gone', define(`${whole}, gone: Sequelize.STRING`), ['error extra-field/users/gone unknown']],
    [
      'a virtual column and another name',
      define("title: { type: Sequelize.STRING, field: 'name' }, secret: Sequelize.BLOB, all: Sequelize.VIRTUAL"),
      [],
    ],
    [
      'the type of its rows',
      `interface UserRow { id: string; name: string; team: Team } ${define(whole, { type: '<Model<UserRow>>' })}`,
      ['error type-mismatch/users/id/id category'],
    ],
    [
      'the type of its rows, behind an alias and in an intersection',
      `type UserRow = Open & { id: string }; type Instance<T> = Model<T> & T; type User = Instance<UserRow> & { getTeam: () => void }; ${define(whole, { type: '<User>' })}`,
      ['error type-mismatch/users/id/id category'],
    ],
    [
      'the type of its rows, by zod',
      `const UserRow = z.object({ id: z.string() }); ${define(whole, { type: '<Model<z.infer<typeof UserRow>>>' })}`,
      ['error type-mismatch/users/id/id category'],
    ],
  ])('%s', async (_, text, want) => {
    expect((await found(text)).filter((one) => !one.startsWith('info'))).toEqual(want);
  });

  const team = `const User = sequelize.define('User', { id: { type: Sequelize.INTEGER }, name: Sequelize.STRING, secret: Sequelize.BLOB });`;

  test.each([
    ['the name of the other model', 'User.belongsTo(models.Team)', []],
    ['its own name', "User.belongsTo(models.Group, { foreignKey: 'team_id' })", []],
    ['the name of another', 'User.belongsTo(models.Group)', ['error missing-field/users/team_id']],
    ['a model that has none', 'Post.belongsTo(models.Team)', ['error missing-field/users/team_id']],
  ])('a relation adds a foreign key: %s', async (_, relation, want) => {
    const withTeam = { ...users, columns: [...users.columns, column('team_id', 'int4!')] };
    const all = await foundInTypeScript(`${team} ${relation};`, [withTeam]);
    expect(all.filter((one) => !one.startsWith('info'))).toEqual(want);
  });
});
