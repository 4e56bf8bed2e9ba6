import { describe, expect, test } from '@jest/globals';
import type { Catalog, Index, Relation } from '../../src/catalog/catalog.js';
import { readModels } from '../../src/drift/readers/read.js';
import { catalogOf, findingsOf, readText, relation } from './support.js';

const pg = "import { pgTable, text } from 'drizzle-orm/pg-core';\n";
const table = (columns: string, extra = '') => `${pg}export const things = pgTable('things', { ${columns} }${extra});`;
const model = (lines: string) => `model Thing {\n${lines}\n@@map("things")\n}`;
const dieselTable = (columns: string) => `diesel::table! { things (id) { ${columns} } }`;

type Case = readonly [name: string, file: string, text: string, want: readonly string[]];

async function fields(file: string, text: string): Promise<readonly string[]> {
  const { models } = await readText(text, file);
  return models.flatMap((read) =>
    read.fields.map(({ name, column, type, skipped }) =>
      [
        `${name}: ${type.name}${'[]'.repeat(type.dimensions)}${type.nullable ? '?' : ''}`,
        ...(column ? [column.name] : []),
        ...(skipped === undefined ? [] : ['skipped']),
      ].join(', '),
    ),
  );
}

describe('declared columns', () => {
  const cases: readonly Case[] = [
    [
      'builders of Drizzle',
      'm.ts',
      table(
        "id: serial(), a: bigint('big', { mode: 'number' }).notNull(), b: timestamp({ withTimezone: true }), c: text().array().notNull(), d: varchar({ length: 3 }).primaryKey(), e: numeric(), f: integer().generatedAlwaysAsIdentity()",
      ),
      ['id: int4', 'a: int8, big', 'b: timestamptz?', 'c: text[]', 'd: varchar', 'e: numeric?', 'f: int4'],
    ],
    [
      'a callback, a spread and functions of the project',
      'm.ts',
      `const key = () => uuid('key').primaryKey(); const stamps = { createdAt: timestamp('created_at').notNull() };\n${pg}export const things = pgTable('things', (t) => ({ id: key(), a: t.real(), ...stamps }));`,
      ['id: uuid, key', 'a: float4?', 'createdAt: timestamp, created_at'],
    ],
    [
      'getters that are spread',
      'm.ts',
      `const ids = { get id() { return uuid('key').notNull(); }, get at() { return timestamp() } };\n${pg}export const things = pgTable('things', { ...ids, a: real() });`,
      ['id: uuid, key', 'at: timestamp?', 'a: float4?'],
    ],
    [
      'an enum, a type of the project, and one that nobody knows',
      'm.ts',
      `export const mood = pgEnum('mood', ['sad']); const tsv = customType({ dataType() { return 'tsvector'; } }); const odd = customType({ dataType() { return \`vec(\${n})\`; } });\n${table('a: mood(), b: tsv(), c: odd()')}`,
      ['a: enum?', 'b: tsvector?', 'c: custom?'],
    ],
    [
      'types of Prisma',
      'm.prisma',
      `enum Mood {\n sad\n}\n${model('id Int @id // the key\na BigInt?\nb DateTime @map("at") @db.Timestamptz(6)\nc String[]\nd Mood?\ne Unsupported("tsvector")?\nf Other? @relation(fields: [a], references: [id])\ng Json')}\nmodel Other {\nid Int @id\n}`,
      [
        'id: int4',
        'a: int8?',
        'b: timestamptz, at',
        'c: text[]',
        'd: enum?',
        'e: tsvector?',
        'f: any?, skipped',
        'g: jsonb',
        'id: int4',
      ],
    ],
    [
      "Diesel's table!",
      'm.rs',
      dieselTable(
        '/// The key.\n id -> Int8, #[sql_name = "type"] #[max_length = 3] type_ -> Varchar, a -> Nullable<Array<Nullable<Text>>>, b -> crate::sql_types::Mood,',
      ),
      ['id: int8', 'type_: varchar, type', 'a: text[]?', 'b: custom'],
    ],
  ];

  test.each(cases)('%s', async (_, file, text, want) => {
    expect(await fields(file, text)).toEqual(want);
  });
});

test('a function of another file does not hide what a file imports from Drizzle', async () => {
  const other = "export const text = () => ({ kind: 'text' }); const columns = { other: 1 };";
  const own = `const columns = { id: text() };\n${pg}export const things = pgTable('things', columns);`;
  const { models, unread } = await readModels([
    { file: 'a.ts', text: own },
    { file: 'b.ts', text: other },
  ]);
  expect(unread).toEqual([]);
  expect(models.find(({ name }) => name === 'things')?.fields.map(({ type }) => type.name)).toEqual(['text']);
});

describe('a declared table beside the real one', () => {
  const things = (columns: Readonly<Record<string, string>>, facts: Partial<Relation> = {}) =>
    catalogOf(relation('things', columns, facts));
  const mood = (catalog: Catalog): Catalog => ({
    ...catalog,
    enums: [{ schema: 'public', name: 'mood', labels: ['sad', 'ok'] }],
  });
  const keyed = {
    primaryKey: { name: 'k', columns: ['id'] },
    uniques: [{ name: 'u', columns: ['a'] }],
    indexes: [{ name: 'i', method: 'btree', unique: false, columns: ['id', 'a'] }],
  };
  const unique = (columns: readonly (string | null)[], predicate?: string): Index => ({
    name: 'things_id_a_key',
    method: 'btree',
    unique: true,
    columns,
    ...(predicate === undefined ? {} : { predicate }),
  });
  const cases: readonly (readonly [...Case, Catalog])[] = [
    ['the same', 'm.ts', table('id: integer().notNull()'), [], things({ id: 'int4!' })],
    [
      'a column that is not declared',
      'm.ts',
      table('id: integer().notNull()'),
      ['error missing-field/things/a'],
      things({ id: 'int4!', a: 'text' }),
    ],
    [
      'a column that is gone',
      'm.prisma',
      model('id Int\na String?'),
      ['error extra-field/things/a unknown'],
      things({ id: 'int4!' }),
    ],
    ['another text', 'm.ts', table('a: text()'), ['error type-mismatch/things/a/a category'], things({ a: 'varchar' })],
    [
      'another width',
      'm.rs',
      dieselTable('a -> Int4,'),
      ['error type-mismatch/things/a/a width'],
      things({ a: 'int8!' }),
    ],
    ['all texts are one to Diesel', 'm.rs', dieselTable('a -> Text,'), [], things({ a: 'varchar!' })],
    [
      'null, either way',
      'm.prisma',
      model('a Int\nb Int?'),
      ['error nullability-mismatch/things/a/a may-be-null', 'error nullability-mismatch/things/b/b never-null'],
      things({ a: 'int4', b: 'int4!' }),
    ],
    [
      'a name that a creator makes, in a foreign key too',
      'm.ts',
      `const pre = 'th'; const create = pgTableCreator((name) => { return \`\${pre}\${name}\`; });\nexport const things = create('ings', { id: integer().primaryKey(), a: integer().references(() => things.id) });`,
      [],
      things(
        { id: 'int4!', a: 'int4' },
        {
          primaryKey: keyed.primaryKey,
          foreignKeys: [
            { name: 'f', columns: ['a'], references: { schema: 'public', name: 'things', columns: ['id'] } },
          ],
        },
      ),
    ],
    [
      'a name that a creator makes in a way that is not read',
      'm.ts',
      `const create = pgTableCreator((name) => name.toUpperCase());\nexport const things = create('things', { id: integer() });`,
      ['warning missing-model/things', 'error unread/things broken'],
      things({ id: 'int4!' }),
    ],
    [
      'a part of a table',
      'm.ts',
      table('id: integer().notNull()'),
      ['warning missing-field/things/a', 'warning missing-field/things/b'],
      things({ id: 'int4!', a: 'int4', b: 'int4' }),
    ],
    [
      'never null, and filled by a default',
      'm.rs',
      dieselTable('a -> Nullable<Int4>,'),
      ['warning nullability-mismatch/things/a/a never-null'],
      things({ a: 'int4! = 1' }),
    ],
    ['a list, which has no null', 'm.prisma', model('a Int[]'), [], things({ a: 'int4[]' })],
    [
      'a name of another case, which is no name that is written',
      'm.ts',
      table("a: integer('createdAt')"),
      ['error renamed-field/things/created_at/a likely'],
      things({ created_at: 'int4' }),
    ],
    [
      'the same keys',
      'm.ts',
      table('id: integer().primaryKey(), a: integer().unique()', ', (t) => [index().on(t.id, t.a)]'),
      [],
      things({ id: 'int4!', a: 'int4' }, keyed),
    ],
    [
      'keys that are gone',
      'm.ts',
      table(
        'id: integer().primaryKey(), a: integer()',
        ', (t) => ({ x: uniqueIndex().on(t.a), y: index().on(t.id, t.a) })',
      ),
      [
        'error key-mismatch/things/primary-key(id) primary-key',
        'error key-mismatch/things/unique-key(a) unique-key',
        'warning key-mismatch/things/index(id, a) index',
      ],
      things({ id: 'int4!', a: 'int4' }),
    ],
    [
      'keys that are not declared',
      'm.prisma',
      model('id Int\na Int?'),
      [
        'warning key-mismatch/things/primary-key(id) primary-key',
        'warning key-mismatch/things/unique-key(a) unique-key',
        'info key-mismatch/things/index(id, a) index',
      ],
      things({ id: 'int4!', a: 'int4' }, keyed),
    ],
    [
      'keys of one field without brackets',
      'm.prisma',
      model('id Int\na Int\n@@id(id, map: "x")\n@@unique(fields: a)\n@@index(map: "y", [id])'),
      [
        'error key-mismatch/things/primary-key(id) primary-key',
        'error key-mismatch/things/unique-key(a) unique-key',
        'warning key-mismatch/things/index(id) index',
        'warning key-mismatch/things/primary-key(id, a) primary-key',
      ],
      things({ id: 'int4!', a: 'int4!' }, { primaryKey: { name: 'k', columns: ['id', 'a'] } }),
    ],
    [
      'a partial index, which is no key',
      'm.prisma',
      model('id Int @id\na Int\n@@unique([a], map: "x", where: raw("(a > 0)"))'),
      [],
      things({ id: 'int4!', a: 'int4!' }, { primaryKey: { name: 'k', columns: ['id'] } }),
    ],
    [
      'a view, which a model may read a part of, and has no key',
      'm.prisma',
      model('id Int @id\na Int? @unique\nb Int\ngone Int\nc Int\nd Int'),
      [
        'info missing-field/things/e',
        'error extra-field/things/gone unknown',
        'info type-mismatch/things/b/b width',
        'info type-mismatch/things/c/c category',
        'error type-mismatch/things/d/d category',
        'info nullability-mismatch/things/a/a never-null',
      ],
      things({ id: 'int4', a: 'int4!', b: 'int8', c: 'numeric', d: 'float8', e: 'text' }, { kind: 'view' }),
    ],
    [
      'a table that holds what a view gives',
      'm.prisma',
      model('id Int @id\na Int'),
      ['info missing-model/things_live'],
      catalogOf(
        relation('things', { id: 'int4', a: 'int4' }),
        relation('things_live', { id: 'int4', a: 'int4' }, { kind: 'view', insertable: false }),
      ),
    ],
    [
      'a table that a view is of',
      'm.prisma',
      model('id Int @id\na Int'),
      [
        'error nullability-mismatch/things/a/a may-be-null',
        'error key-mismatch/things/primary-key(id) primary-key',
        'info missing-model/things_live',
      ],
      catalogOf(
        relation('things', { id: 'int4!', a: 'int4' }),
        relation('things_live', { id: 'int4', a: 'int4' }, { kind: 'view', insertable: false }),
      ),
    ],
    [
      'a wider integer of a table, whose values may not fit',
      'm.prisma',
      model('a Int\nb BigInt'),
      ['error type-mismatch/things/a/a width', 'error type-mismatch/things/b/b width'],
      things({ a: 'int8!', b: 'int4!' }),
    ],
    [
      "the project's parsers change nothing of what is declared",
      'm.ts',
      `types.setTypeParser(1114, String);\n${table('at: timestamp().notNull()')}`,
      [],
      things({ at: 'timestamp!' }),
    ],
    ['a text that ignores case', 'm.prisma', model('a String'), [], things({ a: 'citext!' })],
    [
      'a foreign key that is gone',
      'm.prisma',
      `${model('id Int @id\nother Other @relation(fields: [otherId], references: [id])\notherId Int @map("other_id")')}\nmodel Other {\nid Int @id\n@@map("things")\n}`,
      ['warning key-mismatch/things/foreign-key(other_id to things) foreign-key'],
      things({ id: 'int4!', other_id: 'int4!' }, { primaryKey: keyed.primaryKey }),
    ],
    [
      'an enum with other values',
      'm.ts',
      `export const mood = pgEnum('mood', ['sad', 'glad']);\n${table('id: integer().notNull()')}`,
      ['error enum-mismatch/m.ts/mood/extra', 'error enum-mismatch/m.ts/mood/missing'],
      mood(things({ id: 'int4!' })),
    ],
    [
      'an enum that is gone',
      'm.prisma',
      `enum Temper {\nbad @map("b")\n}\n${model('id Int\na Temper?')}`,
      ['info unknown-type/things/a/a', 'error enum-mismatch/m.prisma/Temper/missing'],
      mood(things({ id: 'int4!', a: 'mood' })),
    ],
    [
      'an enum that no model has a field of: what no column uses is not known',
      'm.prisma',
      `enum Temper {\nbad\n}\n${model('id Int')}`,
      [],
      things({ id: 'int4!' }),
    ],
    [
      'an enum of Drizzle that no column is of, beside one that is gone',
      'm.ts',
      `export const mood = pgEnum('mood', ['sad']); const temper = pgEnum('temper', ['bad']);\n${table('id: integer().notNull(), a: temper()')}`,
      ['info unknown-type/things/a/a', 'error enum-mismatch/m.ts/temper/missing'],
      things({ id: 'int4!', a: 'mood' }),
    ],
    [
      'a unique key of the columns of the primary key',
      'm.prisma',
      model('id Int @id @unique'),
      [],
      things({ id: 'int4!' }, { primaryKey: keyed.primaryKey }),
    ],
    ...(
      [
        ['a unique key that the primary key implies', { primaryKey: keyed.primaryKey }, 'warning', 'primary-key(id)'],
        ['that a shorter unique key implies', { uniques: keyed.uniques }, 'warning', 'unique-key(a)'],
        ['in another order', { uniques: [{ name: 'u', columns: ['a', 'id'] }] }, 'warning', 'unique-key(a, id)'],
        [
          'of the rows without null',
          { indexes: [unique(['id', 'a'], '((a IS NOT NULL) AND (id IS NOT NULL))')] },
          'warning',
        ],
        ['of other rows', { indexes: [unique(['id', 'a'], '(a > 0)')] }, 'error'],
        ['of the rows without null elsewhere', { indexes: [unique(['id', 'a'], '(b IS NOT NULL)')] }, 'error'],
        ['over an expression of a column', { indexes: [unique(['id', null])] }, 'warning'],
        ['over an expression of who knows what', { indexes: [{ ...unique(['id', null]), name: 'x' }] }, 'error'],
        ['of more columns', { indexes: [unique(['id', 'a', 'b'])] }, 'error', 'unique-key(id, a, b)'],
      ] as const
    ).map(([name, facts, severity, other]): readonly [...Case, Catalog] => [
      name,
      'm.prisma',
      model('id Int\na Int?\nb Int?\n@@unique([id, a])'),
      [
        `${severity} key-mismatch/things/unique-key(id, a) unique-key`,
        ...(other === undefined ? [] : [`warning key-mismatch/things/${other} ${other.replace(/\(.*/, '')}`]),
      ].sort(),
      things({ id: 'int4!', a: 'int4', b: 'int4' }, facts),
    ]),
    [
      'a table that is gone',
      'm.ts',
      `${table('id: integer().notNull()')} export const gone = pgTable('gone', { id: integer() });`,
      ['error unmapped-model/gone'],
      things({ id: 'int4!' }),
    ],
    [
      'a model of a table that is gone',
      'm.prisma',
      'model Gone {\nid Int @id\n}',
      ['warning missing-model/things', 'error unmapped-model/Gone'],
      things({}),
    ],
    [
      'one that the client leaves out',
      'm.prisma',
      'model Gone {\nid Int @id\n@@ignore\n}',
      ['warning missing-model/things', 'warning unmapped-model/Gone'],
      things({}),
    ],
    [
      'another schema',
      'm.ts',
      `const s = pgSchema('billing'); export const things = s.table('things', { id: integer() });`,
      ['warning missing-model/things', 'error unmapped-model/things'],
      things({ id: 'int4!' }),
    ],
  ];

  test.each(cases)('%s', async (...[, file, text, want, catalog]) => {
    const { findings } = await findingsOf(catalog, text, {}, file);
    expect(
      findings.map(({ severity, id, kind }) => [severity, id, ...(kind === undefined ? [] : [kind])].join(' ')),
    ).toEqual(want);
  });
});

describe('a table that no reader takes is not read', () => {
  const unread = async (file: string, text: string) =>
    (
      await findingsOf(
        catalogOf(relation('things', { id: 'int4' })),
        text,
        { severities: { 'missing-model': 'off' } },
        file,
      )
    ).findings.map(({ id, kind, message }) => `${id} ${kind} ${message}`);

  test.each([
    ['a library that nobody knows', 'm.ts', "export const t = someTable('things', { id: int() });"],
    ['Sequelize with columns of a function', 'm.ts', "sequelize.define('things', { id: integer() });"],
    ['a schema object', 'm.ts', "new EntitySchema({ name: 'Thing', tableName: 'things', columns: {} });"],
  ])('%s', async (_, file, text) => {
    expect(await unread(file, text)).toEqual([
      expect.stringMatching(/^unread\/things broken .*declares the table here/),
    ]);
  });

  test.each([
    [
      'a call that is none',
      'm.ts',
      "knex.schema.createTable('things', (t) => { t.increments(); }); http.get('things', { a: 1 });",
    ],
    ['a table that is not in the schema', 'm.ts', "export const t = someTable('others', { id: int() });"],
  ])('%s', async (_, file, text) => {
    expect(await unread(file, text)).toEqual([]);
  });

  test.each([
    ['a schema that breaks off', 'm.prisma', 'model Thing {\nid Int'],
    ['a line that is none', 'm.prisma', 'model Thing {\nid = Int\n}'],
    ['another database', 'm.prisma', 'datasource db {\nprovider = "mysql"\n}'],
    ['columns that are computed', 'm.ts', `${pg}export const things = pgTable('things', columnsOf(x));`],
  ])('%s', async (_, file, text) => {
    expect((await readText(text, file)).unread).toEqual([expect.objectContaining({ broken: true })]);
  });
});
