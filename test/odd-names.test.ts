/**
 * Names that look like paths, or that every object has as a property, in a program that runs; and fields that a model
 * does not have.
 */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Kysely, PostgresDialect, sql } from 'kysely';
import pg from 'pg';
import { readTasks, returningTask, tasks, toTaskInsert } from '../generated/models/task.js';
import type { Catalog } from '../src/catalog/catalog.js';
import { typeDanger } from '../src/diff/compare/type-danger.js';
import { isAt, sqlWrites } from '../src/drift/sql-writes.js';
import { buildSchema } from '../src/model/build.js';
import { meaningOf } from '../src/pipeline/names-for-diff.js';
import { applyIgnores } from '../src/report/ignores.js';
import type { Reportable } from '../src/report/reportable.js';
import { shownName } from '../src/report/shown-name.js';
import type { DB } from './cases/dots/expected/db.js';
import { readonlyGuard } from './cases/dots/expected/guard.js';
import { transitionOddSchemaMoreThing } from './cases/dots/expected/models/odd-schema-more-thing.js';
import {
  oddThings,
  readOddThings,
  returningOddThing,
  toOddThingInsert,
  transitionOddThing,
} from './cases/dots/expected/models/odd-thing.js';
import { catalogOf, column, findingsOf, relation } from './drift/support.js';
import { type FreshDatabase, freshDatabase, POSTGRES_VERSIONS } from './support/postgres.js';
import { readSql } from './support/repository.js';

const path = {
  schema: sql.id('odd.schema', 'more.things'),
  transitions: sql.id('odd.schema', 'more.things.transitions'),
};

describe.each(POSTGRES_VERSIONS)('on PostgreSQL %s', (version) => {
  let database: FreshDatabase;
  let db: Kysely<DB>;
  beforeAll(async () => {
    database = await freshDatabase(version, readSql('test/cases/dots/schema.sql'));
    const pool = new pg.Pool({ connectionString: database.url });
    pool.on('error', () => {});
    db = new Kysely<DB>({ dialect: new PostgresDialect({ pool }), plugins: [readonlyGuard()] });
    const row = toOddThingInsert({ id: 1, someName: 'a', constructor_: 'b', size: '__proto__' });
    await sql`insert into ${sql.id('odd.things')} (${sql.join(Object.keys(row).map((name) => sql.id(name)))}) values (${sql.join(Object.values(row))})`.execute(
      db,
    );
    await sql`insert into ${path.schema} values (1)`.execute(db);
  });
  afterAll(async () => {
    await db?.destroy();
    await database?.drop();
  });

  test('a table of transitions with a dot in its name is written, and read', async () => {
    await transitionOddThing(db, 1, 'constructor');
    expect(await readOddThings(db)).toEqual([
      { id: 1, someName: 'a', constructor_: 'b', size: '__proto__', upper: 'A', state: 'constructor' },
    ]);
    await transitionOddSchemaMoreThing(db, 1, 'anything');
    const { rows } = await sql`select to_state, sort_key from ${path.transitions}`.execute(db);
    expect(rows).toEqual([{ to_state: 'anything', sort_key: 10 }]);
  });

  test('withSchema reaches it where it stands in the home schema', async () => {
    await sql`create schema tenant`.execute(db);
    for (const name of ['odd.things', 'odd.things.transitions'])
      await sql`create table ${sql.id('tenant', name)} (like ${sql.id('public', name)} including all)`.execute(db);
    await sql`insert into ${sql.id('tenant', 'odd.things')} (id, "some.name") values (7, 'x')`.execute(db);
    await transitionOddThing(db.withSchema('tenant'), 7, 'constructor');
    expect((await readOddThings(db.withSchema('tenant'), ['id', 'state'])).map(({ id, state }) => [id, state])).toEqual(
      [[7, 'constructor']],
    );
  });

  test('a state that is called like a property of every object allows what the graph says: nothing', async () => {
    await expect(transitionOddThing(db, 1, 'done')).rejects.toThrow(
      '"constructor" may change to no other state, not to "done".',
    );
  });

  test('fields that a model does not have are refused where they are asked for, with refinement and without', async () => {
    await expect(readOddThings(db, ['nope' as 'id'])).rejects.toThrow(
      'The model of odd.things has no field "nope". It has: id, someName, constructor_, size, state, upper.',
    );
    await expect(readOddThings(db, ['toString' as 'id'], (query) => query.limit(1))).rejects.toThrow(
      'has no field "toString"',
    );
    expect(await readOddThings(db, ['id', 'constructor_', 'id'])).toEqual([{ id: 1, constructor_: 'b' }]);
  });
});

describe('fields of a model that it does not have', () => {
  const unknown = ['nope', 'constructor', '__proto__', 'toString', 'hasOwnProperty', '', ' taskId', 'task_id'];

  test.each(unknown)('%j is refused', (name) => {
    const message = `The model of tasker_tasks has no field ${JSON.stringify(name)}. It has: taskId, `;
    expect(() => tasks('task', [name as 'state'])).toThrow(message);
    expect(() => returningTask(name as 'state')).toThrow(message);
    expect(() => returningTask('taskId', name as 'state')).toThrow(message);
    expect(() => toTaskInsert(Object.fromEntries([[name, 1]]) as never)).toThrow(
      new TypeError(`Task has no field "${name}".`),
    );
  });

  test.each([
    [Symbol('taskId'), 'Symbol(taskId)'],
    [0, '0'],
    [null, 'null'],
    [undefined, 'undefined'],
    [{}, '{}'],
  ])('a name that is no text is refused', (name, shown) => {
    expect(() => tasks('task', [name as never])).toThrow(`has no field ${shown}. It has: `);
    expect(() => returningTask(name as never)).toThrow(`has no field ${shown}. It has: `);
  });

  test('reading refuses them before anything is asked', async () => {
    const db = {
      selectFrom: () => {
        throw new Error('asked');
      },
    } as never;
    await expect(readTasks(db, ['nope' as 'state'])).rejects.toThrow('The model of tasker_tasks has no field "nope".');
  });

  test('a field that is named twice is given once', () => {
    const query = new Kysely<Record<string, never>>({ dialect: new PostgresDialect({ pool: new pg.Pool() }) })
      .selectFrom(tasks('task', ['taskId', 'taskId']))
      .selectAll()
      .compile();
    expect(query.sql.match(/as "taskId"/g)).toHaveLength(1);
    expect(returningTask('taskId', 'taskId')(undefined as never)).toHaveLength(1);
  });

  test('there is one that is called like a property of every object', () => {
    expect(() => oddThings('thing', ['constructor_', 'size'])).not.toThrow();
    expect(returningOddThing('constructor_')(undefined as never)).toHaveLength(1);
  });
});

/** In a catalog, a type without a schema is a built-in type, whoever wrote the catalog. */
describe.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty'])('a built-in type called %s', (name) => {
  const check = { name: 'c', expression: "(state = ANY (ARRAY['a'::text, 'b'::text]))" };
  const typed = { name: 'state', type: { name, sql: name }, notNull: true };
  const things = { ...relation('things', { id: 'int8!' }), columns: [column('id', 'int8!'), typed], checks: [check] };
  const catalog: Catalog = catalogOf(things);

  test.each(['pg', 'pg-parsers', 'pglite'] as const)('is no crash with the driver %s', (driver) => {
    const schema = buildSchema(catalog, { driver });
    expect(schema.relations[0]?.stored[1]?.select).toEqual({ kind: 'builtin', name: 'string' });
    expect(meaningOf(catalog, schema, {}).relations.size).toBe(1);
  });

  test('is compared', () => {
    expect(typeDanger({ name, sql: name }, { name: 'text', sql: 'text' })).toBe('other values are accepted and read');
    expect(typeDanger({ name, sql: name }, { name: 'toString', sql: name })).toBeUndefined();
  });

  test('is unknown to drift, in the schema and in code', async () => {
    const { findings } = await findingsOf(catalog, `struct Thing { id: i64, state: ${name} }`);
    expect(findings.map(({ rule }) => rule)).toEqual(['unknown-type']);
    const { findings: typescript } = await findingsOf(
      catalog,
      `export interface Thing { id: string; state: ${name} }`,
      {},
      'models.ts',
    );
    expect(typescript.map(({ rule }) => rule)).toEqual(['unknown-type']);
  });
});

describe('a name with a dot', () => {
  const dotted = { ...relation('a.b', { id: 'int8!' }) };
  const qualified = { ...relation('b', { id: 'int8!' }), schema: 'a' };

  test('is shown in quotes, so that no two are shown alike', () => {
    expect(
      [
        dotted,
        qualified,
        { schema: 'a.b', name: 'c' },
        { schema: 'public', name: 'a"b' },
        { schema: 'public', name: 'a b' },
      ].map(shownName),
    ).toEqual(['"a.b"', 'a.b', '"a.b".c', '"a""b"', 'a b']);
  });

  test('of which Kysely could reach one alone is refused', () => {
    expect(() => buildSchema(catalogOf(dotted, qualified), {})).toThrow(
      'The tables public."a.b" and a.b have the same name in Kysely: a.b.',
    );
    expect(buildSchema(catalogOf(dotted), {}).relations[0]?.key).toBe('a.b');
  });

  test.each([
    ['"a.b"', 'b', false],
    ['"a.b"', '"a.b"', true],
    ['a.b', 'b', true],
    ['a.b', 'a.b', true],
    ['"x.y".b', 'b', true],
    ['"x.y".b', 'y.b', false],
    ['"x.y".b', 'y".b', false],
    ['b', 'b', true],
  ])('an ignore of %s by %s', (table, pattern, want) => {
    const finding: Reportable = {
      id: '',
      rule: 'r',
      severity: 'info',
      table,
      column: null,
      field: null,
      message: '',
      file: null,
      line: null,
      fingerprint: '',
    };
    expect(applyIgnores([finding], [{ table: pattern, reason: 'x' }], '2026-01-01').ignored.length === 1).toBe(want);
  });

  test.each([
    ['UPDATE "a.b" SET total = 1', true, false],
    ['UPDATE a.b SET total = 1', false, true],
    ['UPDATE public."a.b" SET total = 1', true, false],
    ['INSERT INTO "a" . "b" (total) VALUES (1)', false, true],
    ['INSERT INTO B (total) VALUES (1)', false, true],
  ])('in SQL of hand-written code is one name: %s', (text, isDotted, isQualified) => {
    const [write] = sqlWrites({ sql: text, file: 'a.rs', line: 1 });
    expect(write?.columns).toEqual(['total']);
    expect([dotted, qualified].map((table) => isAt(table, write?.table ?? []))).toEqual([isDotted, isQualified]);
  });
});
