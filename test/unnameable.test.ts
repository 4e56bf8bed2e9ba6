import { expect, test } from '@jest/globals';
import {
  CamelCasePlugin,
  DummyDriver,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
} from 'kysely';
import { buildSchema } from '../src/model/build.js';
import { pluginName } from '../src/model/camel-case-plugin.js';
import { catalogOf, relation } from './drift/support.js';

const db = new Kysely<Record<string, object>>({
  dialect: {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (kysely) => new PostgresIntrospector(kysely),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  },
});

/** The SQL that Kysely compiles for a key; undefined if it refuses the key. */
function compiled(key: string): string | undefined {
  try {
    return db.selectFrom(key).selectAll().compile().sql;
  } catch {
    return undefined;
  }
}

test.each([
  ['public', 'things'],
  ['public', 'a.b'],
  ['public', 'a.b.c'],
  ['public', 'a as b'],
  ['public', 'as'],
  ['public', 'has assets'],
  ['billing', 'things'],
  ['billing', 'a.b'],
  ['my.schema', 'things'],
  ['my as schema', 'things'],
])('a note is there for %s."%s" where Kysely makes another table of its key', (schema, name) => {
  const { relations, notes } = buildSchema(catalogOf({ ...relation(name, { id: 'int4!' }), schema }), {});
  const [{ key } = { key: '' }] = relations;
  const path = schema === 'public' ? `"${name}"` : `"${schema}"."${name}"`;
  const isNamed = compiled(key) === `select * from ${path}`;
  expect(notes.some((note) => note.includes(`by their keys in DB: ${JSON.stringify(key)}. `))).toBe(!isNamed);
});

test.each(['things', 'a.b', 'a as b', 'as', ' a ', 'has assets'])(
  'a note is there for a column %j where Kysely makes another column of it',
  (column) => {
    const { notes } = buildSchema(catalogOf(relation('things', { [column]: 'int4' })), {});
    const { sql } = db
      .selectFrom('things')
      .select(column as never)
      .compile();
    const isNamed = sql === `select "${column}" from "things"`;
    expect(notes.some((note) => note.includes(`by their keys in DB: ${JSON.stringify(column)} of things. `))).toBe(
      !isNamed,
    );
  },
);

test.each([
  'things',
  'named_things',
  'partNo',
  'line_1',
  'line1',
  'a__b',
  '_id',
  'id_',
  'URL',
  'html_URL',
  'an_ärger',
  'x',
])('with CamelCasePlugin a note is there for %j where the plugin sends another name', (name) => {
  const camel = db.withPlugin(new CamelCasePlugin());
  const note = (notes: readonly string[], what: string) =>
    notes.some((text) =>
      text.includes(`sends other names for these ${what}, so queries cannot use them: ${JSON.stringify(name)}`),
    );
  const config = { tables: { camelCase: true } };
  const columns = buildSchema(catalogOf(relation('things', { [name]: 'int4' })), config).notes;
  const key = pluginName(name);
  const { sql } = camel
    .selectFrom('things')
    .select(key as never)
    .compile();
  expect(note(columns, 'columns')).toBe(sql !== `select "${name}" from "things"`);
  const tables = buildSchema(catalogOf(relation(name, { id: 'int4' })), config).notes;
  expect(note(tables, 'tables')).toBe(camel.selectFrom(key).selectAll().compile().sql !== `select * from "${name}"`);
  expect(note(buildSchema(catalogOf(relation(name, { [name]: 'int4' })), {}).notes, 'columns')).toBe(false);
});
