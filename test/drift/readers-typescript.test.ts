import { describe, expect, test } from '@jest/globals';
import { readModels } from '../../src/drift/readers/read.js';
import { readText } from './support.js';

const read = (text: string) => readText(text, 'models.ts');
const fieldsOf = async (text: string, name = 'Row') =>
  (await read(text)).models
    .find((model) => model.name === name)
    ?.fields.map((field) => {
      const { type, column, skipped } = field;
      const names = [type.name, ...(type.alternatives ?? [])].join(' | ');
      const extra = [column && `column ${column.name}`, skipped !== undefined && 'skipped'].filter(Boolean);
      return [`${field.name}: ${names}${'[]'.repeat(type.dimensions)}${type.nullable ? '?' : ''}`, ...extra].join(', ');
    });

describe('fields', () => {
  const cases: [name: string, { given: string; want: string[] }][] = [
    [
      'an interface',
      {
        given: "interface Row { a: string; b?: number; readonly c: Date | null; 'd-e': boolean }",
        want: ['a: string', 'b: number?', 'c: Date?', 'd-e: boolean'],
      },
    ],
    [
      'a type alias',
      {
        given: 'type Row = { a: bigint; b: unknown; c: string[]; d: ReadonlyArray<Date> }',
        want: ['a: bigint', 'b: any', 'c: string[]', 'd: Date[]'],
      },
    ],
    [
      'methods and functions are no fields',
      { given: 'interface Row { a: string; f(): void; g: () => string }', want: ['a: string'] },
    ],
    [
      'literals and unions',
      {
        given: "interface Row { a: 'x' | 'y'; b: 1 | 2; c: Date | string; d: true }",
        want: ['a: string', 'b: number', 'c: Date | string', 'd: boolean'],
      },
    ],
    [
      'aliases',
      {
        given: 'type Id = string & { readonly brand: 1 }; type Maybe = Id | null; interface Row { a: Id; b: Maybe }',
        want: ['a: string', 'b: string?'],
      },
    ],
    [
      'aliases with parameters',
      {
        given:
          'type Brand<T, B> = T & { brand: B }; type Maybe<T> = T | null; interface Row { a: Brand<Buffer, 1>; b: Maybe<Brand<number, 2>>; c: Maybe<Odd> }',
        want: ['a: Buffer', 'b: number?', 'c: Odd?'],
      },
    ],
    [
      'an alias with parameters that leads to itself',
      { given: 'type A<T> = T | A<T[]>; interface Row { a: A<string> }', want: ['a: string | A<T[]>'] },
    ],
    [
      'an enum of a namespace with the name of an interface',
      {
        given: "interface Row { a: Row.State } namespace Row { export enum State { A = 'a' } }",
        want: ['a: string'],
      },
    ],
    ['an alias of itself', { given: 'type A = A[] ; interface Row { a: A }', want: ['a: A[]'] }],
    [
      'enums',
      { given: "enum S { A = 'a' } enum N { A } interface Row { a: S; b: N }", want: ['a: string', 'b: number'] },
    ],
    [
      'names that are members of an enum or constants',
      {
        given:
          "enum Keys { At = 'created_at' } const key = 'user_id'; interface Row { [Keys.At]: Date; [key]: number; [Symbol.iterator]: string; ['name']: string }",
        want: ['created_at: Date', 'user_id: number', 'name: string'],
      },
    ],
    [
      'enums of the members of another',
      {
        given:
          "const x = 'x'; enum S { A = 'a' } enum N { A = S.A, B = x } enum F { A = f() } interface Row { a: N; b: F }",
        want: ['a: string', 'b: F'],
      },
    ],
    [
      'tuples',
      {
        given:
          'interface Row { a: [number, number]; b: readonly [first: string, second?: string]; c: [Date, ...Date[]]; d: [] }',
        want: ['a: number[]', 'b: string[]', 'c: Date[]', 'd: object'],
      },
    ],
    [
      'a constant list',
      {
        given:
          "const states = ['a', 'b'] as const; type State = (typeof states)[number]; interface Row { a: State; b: (typeof other)[number] }",
        want: ['a: string', 'b: (typeof other)[number]'],
      },
    ],
    [
      'extends',
      {
        given: 'interface Base { a: string; b: string } interface Row extends Base { b: number; c: Date }',
        want: ['a: string', 'b: number', 'c: Date'],
      },
    ],
    [
      'Omit, Pick, Partial',
      {
        given:
          "interface Base { a: string; b: string; c: string } type Row = Omit<Base, 'a' | 'b'> & Partial<Pick<Base, 'a'>>",
        want: ['c: string', 'a: string?'],
      },
    ],
    ['Record of names', { given: "type Row = Record<'a' | 'b', string | null>", want: ['a: string?', 'b: string?'] }],
    [
      'Record in an intersection',
      { given: "type Row = { id: number } & Record<'a' | 'b', Date>", want: ['id: number', 'a: Date', 'b: Date'] },
    ],
    [
      'mapped types',
      {
        given:
          "type Keys = 'a' | 'b'; type Row = { id: number } & { readonly [K in Keys]: string } & { [K in 'c']?: Date }",
        want: ['id: number', 'a: string', 'b: string', 'c: Date?'],
      },
    ],
    ['an index of any name', { given: 'type Row = { id: number } & Record<string, unknown>', want: ['id: number'] }],
    [
      'a class',
      {
        given:
          'class Row { static n = 1; #secret = 1; a!: string; constructor(readonly b: number, plain: string, private c?: Date) {} m() {} }',
        want: ['a: string', 'b: number', 'c: Date?'],
      },
    ],
    [
      'a class with a parent',
      {
        given: 'abstract class Base { id!: string } class Row extends Base { a!: number }',
        want: ['id: string', 'a: number'],
      },
    ],
    [
      'Kysely',
      {
        given:
          'interface Row { a: Generated<number>; b: ColumnType<Date, string, never>; c: JSONColumnType<{ x: 1 }>; d: Buffer }',
        want: ['a: number', 'b: Date', 'c: object', 'd: Buffer'],
      },
    ],
    [
      'objects',
      {
        given:
          'interface Inner { x: 1 } interface Row { a: Inner; b: Record<string, unknown>; c: { x: 1 }; d: Inner[] }',
        want: ['a: object', 'b: object', 'c: object', 'd: object[]'],
      },
    ],
    ['what no file declares', { given: 'interface Row { a: Elsewhere }', want: ['a: Elsewhere'] }],
    [
      'zod',
      {
        given:
          'const Row = z.object({ a: z.string().max(3), b: z.number().int().nullable(), c: z.coerce.date().optional(), d: z.array(z.uuid()), e: z.union([z.string(), z.null()]), f: z.enum(["x"]), g: z.iso.datetime(), h: z.string().transform(Number) })',
        want: [
          'a: string',
          'b: number?',
          'c: Date?',
          'd: string[]',
          'e: string?',
          'f: string',
          'g: string',
          'h: z.string().transform(Number)?'.replace('?', ''),
        ],
      },
    ],
    [
      'zod, made of others',
      {
        given:
          'const base = z.object({ a: z.string(), b: z.string(), c: name }); const name = z.string().nullish(); const Row = base.extend({ d: z.boolean() }).omit({ a: true }).strict()',
        want: ['b: string', 'c: string?', 'd: boolean'],
      },
    ],
    [
      'TypeORM',
      {
        given:
          "@Entity('rows') class Row { @PrimaryGeneratedColumn('uuid') id!: string; @Column({ name: 'full_name', nullable: true }) fullName!: string | null; @ManyToOne(() => Team) @JoinColumn({ name: 'team_id' }) team!: Team; @ManyToOne(() => Org) org!: Org; @OneToMany(() => A, (a) => a.row) as!: A[]; temporary = 1 }",
        want: [
          'id: string',
          'fullName: string?, column full_name',
          'team: any, column team_id',
          'org: any, column org_id',
          'as: A[], skipped',
          'temporary: any, skipped',
        ],
      },
    ],
    [
      'MikroORM',
      {
        given:
          "@Entity({ tableName: 'rows' }) class Row { @PrimaryKey() id!: bigint; @Property({ fieldName: 'full_name' }) fullName?: string; @Enum(() => S) s!: string }",
        want: ['id: bigint', 'fullName: string?, column full_name', 's: string'],
      },
    ],
    [
      'other decorators',
      {
        given:
          "@other.Entity class Row { @Formula('a + b') sum!: number; @JoinColumn({ name: 'x' }) @OneToOne(() => Team) team!: Team; @OneToOne(() => Team) back!: Team; @ManyToOne({ fieldName: 'org' }) org!: Org; @ManyToOne({ joinColumn: 'unit_id' }) unit!: Unit; @Column() plain!: string; @Column({ name: other, ...more }) odd!: string; @Hidden() hidden!: string }",
        want: [
          'sum: number, skipped',
          'team: any, column x',
          'back: Team, skipped',
          'org: any, column org',
          'unit: any, column unit_id',
          'plain: string',
          'odd: string',
          'hidden: string, skipped',
        ],
      },
    ],
    [
      'a view of TypeORM',
      {
        given:
          "@ViewEntity() class Row { @ViewColumn({ name: 'full_name' }) name!: string; @ViewColumn() id!: number; kept!: string }",
        want: ['name: string, column full_name', 'id: number', 'kept: string, skipped'],
      },
    ],
    [
      'keywords and literals',
      {
        given:
          'interface Row { a: (string); b: readonly string[]; c: keyof X; d: `x${string}`; e: 1n; f: -1; g: object; h: void; i: null; j: undefined; k: any; l: never; m: [string]; n: pg.Date; o: Uint8Array; p: Json; q: symbol; r; s: true | null | undefined }',
        want: [
          'a: string',
          'b: string[]',
          'c: keyof X',
          'd: string',
          'e: bigint',
          'f: number',
          'g: object',
          'h: undefined',
          'i: null',
          'j: undefined',
          'k: any',
          'l: any',
          'm: string[]',
          'n: Date',
          'o: Uint8Array',
          'p: any',
          'q: symbol',
          'r: any',
          's: boolean?',
        ],
      },
    ],
    [
      'unions of nothing but absence, and of aliases that may be absent',
      {
        given:
          'type Maybe = string | null; interface Row { a: null | undefined; b: Maybe | number; c: (Maybe)[]; d: Maybe & string }',
        want: ['a: any?', 'b: string | number?', 'c: string[]', 'd: string?'],
      },
    ],
    [
      'intersections',
      {
        given:
          'interface Row { a: { x: 1 } & Date; b: { x: 1 } & Elsewhere; c: Elsewhere & number; d: Record<string, 1> & { y: 1 } }',
        want: ['a: Date', 'b: object', 'c: number', 'd: object'],
      },
    ],
    [
      'lists of constants, of other kinds',
      {
        given:
          "const a = ['x', 1] as const; const b = [1, 2]; const c = make(); interface Row { a: (typeof a)[number]; b: (typeof b)[number]; c: (typeof c)[number]; d: typeof b[0]; e: X['y'] }",
        want: ['a: (typeof a)[number]', 'b: number', 'c: (typeof c)[number]', 'd: number', "e: X['y']"],
      },
    ],
    [
      'enums, mixed and empty',
      { given: "enum A { X = 'x', Y = 1 } enum B {} interface Row { a: A; b: B }", want: ['a: number', 'b: number'] },
    ],
    [
      'utility types',
      {
        given:
          'interface Base { a?: string; b: string } type Row = Required<Readonly<Simplify<(Base)>>> & Partial<{ c: string }> & Omit<Base, never>',
        want: ['c: string?', 'a: string?', 'b: string'],
      },
    ],
    [
      'class members that are no columns',
      {
        given:
          'class Row implements Other { declare readonly a: string; public static b = 1; private c: number; get d() { return 1 } [e]: string; 1: string }',
        want: ['a: string', 'c: number'],
      },
    ],
    [
      'zod: methods on objects',
      {
        given:
          "const base = z.strictObject({ a: z.string(), 'b': z.string(), c: z.string() }); const more = z.object({ b: z.number(), d: z.date() }); const Row = base.merge(more).pick({ a: true, 'b': true, d: true }).partial()",
        want: ['a: string?', 'b: number?', 'd: Date?'],
      },
    ],
    [
      'zod: extended anew',
      {
        given:
          "const base = z.looseObject({ a: z.string(), b: z.string() }); const Row = base.safeExtend({ a: z.number() }).augment({ c: z.boolean() }).omit({ 'b': true })",
        want: ['a: number', 'c: boolean'],
      },
    ],
    [
      'zod: wrappers',
      {
        given:
          'const Row = z.object({ a: z.nullable(z.string()), b: z.optional(z.number()), c: z.nullish(z.date()), d: z.set(z.string()), e: z.string().array(), f: z.string().or(z.null()), g: z.string().or(z.number()), h: z.literal("x"), i: z.literal(1), j: z.literal(true), k: z.literal(null), l: z.literal([1]), m: z.instanceof(Buffer), n: z.iso.date(), o: z.other(), p: other(), q: z.preprocess(f, z.string()), r: z.object({}).nullable(), s: z.xz.string() })',
        want: [
          'a: string?',
          'b: number?',
          'c: Date?',
          'd: string[]',
          'e: string[]',
          'f: string?',
          'g: string | number',
          'h: string',
          'i: number',
          'j: boolean',
          'k: null',
          'l: z.literal([1])',
          'm: Buffer',
          'n: string',
          'o: z.other()',
          'p: other()',
          'q: z.preprocess(f, z.string())',
          'r: object?',
          's: string',
        ],
      },
    ],
    ['inside a namespace', { given: 'export namespace N { export interface Row { a: string } }', want: ['a: string'] }],
  ];

  test.each(cases)('%s', async (_, { given, want }) => {
    expect(await fieldsOf(given)).toEqual(want);
  });
});

describe('tables', () => {
  test.each<[string, string, (string | string[])[]]>([
    ['a decorator', "@Entity('users') class A { @Column() a!: string }", ['users']],
    [
      'a decorator with a schema',
      "@Entity({ name: 'users', schema: 'app' }) class A { @Column() a!: string }",
      [['app', 'users']],
    ],
    ['a doc comment', '/** Maps to `users` table. */\ninterface A { a: string }', ['users']],
    ['the DB interface', 'interface A { a: string } interface DB { app_users: A }', ['app_users']],
    [
      'a DB type',
      "interface A { a: string } type Database = { 'app.users': A; [key: string]: A; none(): A }",
      ['app.users'],
    ],
    [
      'what DB is mapped from',
      'interface A { a: string } interface Tables { users: A } type DB = { [K in keyof Tables]: Tables[K] }',
      ['users'],
    ],
    [
      'a part of a database',
      'interface UsersTable { a: string } type A = UsersTable; interface A { b: string } interface BillingDB { users: UsersTable; a: ATable } interface ATable { a: string }',
      [],
    ],
    [
      'nothing that maps others',
      'interface A { a: string } interface Tables { users: A } type Other = { [K in keyof Tables]: Tables[K] }',
      [],
    ],
    ['a view', "@ViewEntity({ name: 'active' }) class A { a!: string }", ['active']],
    ['MikroORM', "@Entity({ tableName: 'users', name: 'other' }) class A { @Property() a!: string }", ['users']],
    ['a comment in lines', '// Maps to\n// the table `users`\ninterface A { a: string }', []],
    ['a starred comment', '/**\n * Maps to the\n *   `users` table.\n */\ninterface A { a: string }', ['users']],
  ])('%s', async (_, text, want) => {
    expect(
      (await read(text)).models
        .find(({ name }) => name === 'A')
        ?.tables.map(({ table, schema }) => (schema === undefined ? table : [schema, table])),
    ).toEqual(want);
  });
});

test.each([
  ['Users', 'row'],
  ['Renew', 'row'],
  ['Newest', 'row'],
  ['ANewThing', 'row'],
  ['Inputs', 'row'],
  ['Inserts', 'row'],
  ['Patches', 'row'],
  ['AnUpdateOf', 'row'],
  ['Updates', 'row'],
  ['NewUser', 'insert'],
  ['CreateUser', 'insert'],
  ['InsertUser', 'insert'],
  ['InsertableUser', 'insert'],
  ['UserInsert', 'insert'],
  ['UserInsertable', 'insert'],
  ['UserCreateInput', 'insert'],
  ['UserCreate', 'insert'],
  ['UserInput', 'insert'],
  ['UpdateUser', 'update'],
  ['UpdateableUser', 'update'],
  ['PatchUser', 'update'],
  ['UserUpdate', 'update'],
  ['UserUpdateable', 'update'],
  ['UserPatch', 'update'],
])('%s is by its name %s', async (name, kind) => {
  expect((await read(`interface ${name} { a: string }`)).models.map(({ role }) => role)).toEqual([
    kind === 'row' ? { kind } : { kind, reason: 'its name says so' },
  ]);
});

test('models say where they stand, what they are and whether rows are read into them', async () => {
  const { models } = await read(
    '\ninterface A { a: B }\nclass B extends C { b!: string }\nclass C implements A { c!: string }\ntype D = { d: B | null };\nexport const E = z.object({ e: z.string() });\n@Entity() class F { @Column() f!: string }\ninterface DB { users: A; inline: { x: string } }',
  );
  expect(
    models.map(({ name, path, line, construct, readsRows, inheritedBy = [], role, fields }) => [
      name,
      path,
      line,
      construct,
      readsRows,
      inheritedBy.join(),
      role.kind,
      fields.map(({ name: field, model }) => `${field} ${model ?? '-'}`).join(),
    ]),
  ).toEqual([
    ['A', 'A', 2, 'interface', true, '', 'row', 'a B'],
    ['B', 'B', 3, 'class', false, '', 'row', 'c -,b -'],
    ['C', 'C', 4, 'class', false, 'B', 'row', 'c -'],
    ['D', 'D', 5, 'type', false, '', 'row', 'd B'],
    ['E', 'E', 6, 'zod object', false, '', 'row', 'e -'],
    ['F', 'F', 7, 'class', true, '', 'row', 'f -'],
    ['DB', 'DB', 8, 'interface', false, '', 'other', 'users A,inline -'],
    ['inline', 'DB.inline', 8, 'type', true, '', 'row', 'x -'],
  ]);
});

test('a zod object that is not written out is named as unread', async () => {
  const { models, unread } = await read('const Row = z.object(shape); const Other = z.object({ ...spread })');
  expect(models).toEqual([]);
  expect(unread.map(({ name, broken }) => [name, broken])).toEqual([
    ['Row', false],
    ['Other', false],
  ]);
});

test('a type whose keys are not written out is named as unread', async () => {
  const { models, unread } = await read(
    'type A = { id: number } & Record<Elsewhere, string>; type B = { [K in keyof Other]: string }; type C = { id: number } & Elsewhere; type D = string; type Json = Record<string, unknown>; type Nullable<T> = { [K in keyof T]: T[K] | null }; type E = Partial<Record<`x${string}`, string>>',
  );
  expect(models.map(({ name }) => name)).toEqual(['C']);
  expect(unread.map(({ name, broken }) => [name, broken])).toEqual([
    ['A', false],
    ['B', false],
    ['E', false],
  ]);
});

test('SQL in strings and templates', async () => {
  const { literals } = await read("const a = sql`UPDATE t SET a = ${x} WHERE b`;\nconst b = 'SELECT 1 FROM t';");
  expect(literals.map(({ line, sql, dynamic }) => [line, sql, dynamic])).toEqual([
    [1, 'UPDATE t SET a = $1 WHERE b', true],
    [2, 'SELECT 1 FROM t', undefined],
  ]);
});

describe('broken text', () => {
  test.each([
    ['an interface that does not end', 'interface A { a: string;'],
    ['no TypeScript', 'SELECT * FROM t; %%%'],
    ['arrays without end', `const a = ${'['.repeat(50_000)}`],
    ['types without end', `interface A { a: ${'Array<'.repeat(50_000)} }`],
  ])('%s is said to be unread', async (_, text) => {
    const { unread } = await read(text);
    expect(unread.some(({ broken }) => broken)).toBe(true);
  });
});

test.each([
  ['src/tasks.test.ts', false],
  ['src/tasks.e2e-spec.ts', false],
  ['src/__tests__/tasks.tsx', false],
  ['src/latest.ts', true],
])('what tests declare and write is not read: %s', async (file, isRead) => {
  const text = "interface Task { id: number } const sql = 'INSERT INTO tasks (a) VALUES (1)';";
  const { models, literals } = await readModels([
    { file: 'src/db.ts', text: 'interface Other { id: number }' },
    { file, text },
  ]);
  expect([models.some(({ name }) => name === 'Task'), literals.length > 0]).toEqual([isRead, isRead]);
  expect((await readModels([{ file, text }])).models).toHaveLength(1);
});
