import { describe, expect, test } from '@jest/globals';
import { readText } from './support.js';

const read = (text: string) => readText(text, 'models.ts');
const fieldsOf = async (text: string, name = 'Row') =>
  (await read(text)).models.find((model) => model.name === name)?.fields.map((field) => {
    const { type, column, skipped } = field;
    const names = [type.name, ...(type.alternatives ?? [])].join(' | ');
    const extra = [column && `column ${column.name}`, skipped !== undefined && 'skipped'].filter(Boolean);
    return [`${field.name}: ${names}${'[]'.repeat(type.dimensions)}${type.nullable ? '?' : ''}`, ...extra].join(', ');
  });

describe('fields', () => {
  const cases: [name: string, { given: string; want: string[] }][] = [
    ['an interface', { given: "interface Row { a: string; b?: number; readonly c: Date | null; 'd-e': boolean }", want: ['a: string', 'b: number?', 'c: Date?', 'd-e: boolean'] }],
    ['a type alias', { given: 'type Row = { a: bigint; b: unknown; c: string[]; d: ReadonlyArray<Date> }', want: ['a: bigint', 'b: any', 'c: string[]', 'd: Date[]'] }],
    ['methods and functions are no fields', { given: 'interface Row { a: string; f(): void; g: () => string }', want: ['a: string'] }],
    ['literals and unions', { given: "interface Row { a: 'x' | 'y'; b: 1 | 2; c: Date | string; d: true }", want: ['a: string', 'b: number', 'c: Date | string', 'd: boolean'] }],
    ['aliases', { given: 'type Id = string & { readonly brand: 1 }; type Maybe = Id | null; interface Row { a: Id; b: Maybe }', want: ['a: string', 'b: string?'] }],
    ['an alias of itself', { given: 'type A = A[] ; interface Row { a: A }', want: ['a: A[]'] }],
    ['enums', { given: "enum S { A = 'a' } enum N { A } interface Row { a: S; b: N }", want: ['a: string', 'b: number'] }],
    ['a constant list', { given: "const states = ['a', 'b'] as const; type State = (typeof states)[number]; interface Row { a: State; b: (typeof other)[number] }", want: ['a: string', 'b: (typeof other)[number]'] }],
    ['extends', { given: 'interface Base { a: string; b: string } interface Row extends Base { b: number; c: Date }', want: ['a: string', 'b: number', 'c: Date'] }],
    ['Omit, Pick, Partial', { given: "interface Base { a: string; b: string; c: string } type Row = Omit<Base, 'a' | 'b'> & Partial<Pick<Base, 'a'>>", want: ['c: string', 'a: string?'] }],
    ['Record of names', { given: "type Row = Record<'a' | 'b', string | null>", want: ['a: string?', 'b: string?'] }],
    ['Record in an intersection', { given: "type Row = { id: number } & Record<'a' | 'b', Date>", want: ['id: number', 'a: Date', 'b: Date'] }],
    ['mapped types', { given: "type Keys = 'a' | 'b'; type Row = { id: number } & { readonly [K in Keys]: string } & { [K in 'c']?: Date }", want: ['id: number', 'a: string', 'b: string', 'c: Date?'] }],
    ['an index of any name', { given: 'type Row = { id: number } & Record<string, unknown>', want: ['id: number'] }],
    ['a class', { given: 'class Row { static n = 1; #secret = 1; a!: string; constructor(readonly b: number, plain: string, private c?: Date) {} m() {} }', want: ['a: string', 'b: number', 'c: Date?'] }],
    ['a class with a parent', { given: 'abstract class Base { id!: string } class Row extends Base { a!: number }', want: ['id: string', 'a: number'] }],
    ['Kysely', { given: 'interface Row { a: Generated<number>; b: ColumnType<Date, string, never>; c: JSONColumnType<{ x: 1 }>; d: Buffer }', want: ['a: number', 'b: Date', 'c: object', 'd: Buffer'] }],
    ['objects', { given: 'interface Inner { x: 1 } interface Row { a: Inner; b: Record<string, unknown>; c: { x: 1 }; d: Inner[] }', want: ['a: object', 'b: object', 'c: object', 'd: object[]'] }],
    ['what no file declares', { given: 'interface Row { a: Elsewhere }', want: ['a: Elsewhere'] }],
    ['zod', { given: 'const Row = z.object({ a: z.string().max(3), b: z.number().int().nullable(), c: z.coerce.date().optional(), d: z.array(z.uuid()), e: z.union([z.string(), z.null()]), f: z.enum(["x"]), g: z.iso.datetime(), h: z.string().transform(Number) })', want: ['a: string', 'b: number?', 'c: Date?', 'd: string[]', 'e: string?', 'f: string', 'g: string', 'h: z.string().transform(Number)?'.replace('?', '')] }],
    ['zod, made of others', { given: 'const base = z.object({ a: z.string(), b: z.string(), c: name }); const name = z.string().nullish(); const Row = base.extend({ d: z.boolean() }).omit({ a: true }).strict()', want: ['b: string', 'c: string?', 'd: boolean'] }],
    ['TypeORM', { given: "@Entity('rows') class Row { @PrimaryGeneratedColumn('uuid') id!: string; @Column({ name: 'full_name', nullable: true }) fullName!: string | null; @ManyToOne(() => Team) @JoinColumn({ name: 'team_id' }) team!: Team; @ManyToOne(() => Org) org!: Org; @OneToMany(() => A, (a) => a.row) as!: A[]; temporary = 1 }", want: ['id: string', 'fullName: string?, column full_name', 'team: any, column team_id', 'org: any, column org_id', 'as: A[], skipped', 'temporary: any, skipped'] }],
    ['MikroORM', { given: "@Entity({ tableName: 'rows' }) class Row { @PrimaryKey() id!: bigint; @Property({ fieldName: 'full_name' }) fullName?: string; @Enum(() => S) s!: string }", want: ['id: bigint', 'fullName: string?, column full_name', 's: string'] }],
    ['inside a namespace', { given: 'export namespace N { export interface Row { a: string } }', want: ['a: string'] }],
  ];

  test.each(cases)('%s', async (_, { given, want }) => {
    expect(await fieldsOf(given)).toEqual(want);
  });
});

describe('tables', () => {
  test.each([
    ['a decorator', "@Entity('users') class A { @Column() a!: string }", ['users']],
    ['a decorator with a schema', "@Entity({ name: 'users', schema: 'app' }) class A { @Column() a!: string }", ['app.users']],
    ['a doc comment', '/** Maps to `users` table. */\ninterface A { a: string }', ['users']],
    ['the DB interface', 'interface A { a: string } interface DB { app_users: A }', ['app_users']],
  ])('%s', async (_, text, want) => {
    expect((await read(text)).models.find(({ name }) => name === 'A')?.tables.map(({ table }) => table)).toEqual(want);
  });
});

test('a zod object that is not written out is named as unread', async () => {
  const { models, unread } = await read('const Row = z.object(shape); const Other = z.object({ ...spread })');
  expect(models).toEqual([]);
  expect(unread.map(({ name, broken }) => [name, broken])).toEqual([['Row', false], ['Other', false]]);
});

test('a type whose keys are not written out is named as unread', async () => {
  const { models, unread } = await read('type A = { id: number } & Record<Elsewhere, string>; type B = { [K in keyof Other]: string }; type C = { id: number } & Elsewhere; type D = string; type Json = Record<string, unknown>; type Nullable<T> = { [K in keyof T]: T[K] | null }; type E = Partial<Record<`x${string}`, string>>');
  expect(models.map(({ name }) => name)).toEqual(['C']);
  expect(unread.map(({ name, broken }) => [name, broken])).toEqual([['A', false], ['B', false], ['E', false]]);
});

test('SQL in strings and templates', async () => {
  const { literals } = await read("const a = sql`UPDATE t SET a = ${x} WHERE b`;\nconst b = 'SELECT 1 FROM t';");
  expect(literals.map(({ line, sql, dynamic }) => [line, sql, dynamic])).toEqual([[1, 'UPDATE t SET a = $1 WHERE b', true], [2, 'SELECT 1 FROM t', undefined]]);
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
