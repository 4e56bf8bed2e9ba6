import { expect, test } from '@jest/globals';
import { DummyDriver, Kysely, PostgresAdapter, PostgresIntrospector, PostgresQueryCompiler } from 'kysely';
import { buildSchema } from '../src/model/build.js';
import { catalogOf, relation } from './drift/support.js';

const db = new Kysely<Record<string, object>>({
  dialect: {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (kysely) => new PostgresIntrospector(kysely),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  },
});

/** The SQL that Kysely makes of a key; undefined where it refuses it. */
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
