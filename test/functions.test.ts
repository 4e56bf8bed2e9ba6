import { mkdirSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import type { Kysely } from 'kysely';
import { type AnyDatabase, type Opened, openPglite, openServer } from '../scripts/matrix/drivers.js';
import { toExpression } from '../scripts/matrix/literal.js';
import { createDatabase } from '../scripts/postgres.js';
import { type Config, generate } from '../src/index.js';
import { mixed } from './cases/functions/expected/functions.js';
import { typecheck } from './support/compile.js';
import { POSTGRES_VERSIONS, serverUrl } from './support/postgres.js';
import { readSql, repositoryPath } from './support/repository.js';

/**
 * The callers of `test/cases/functions` are called on real servers, under every driver profile. Each must return what
 * is listed here, which as a literal must fit the generated type.
 */
interface Call {
  /** TypeScript that returns a promise: `db` is a Kysely, `f` is the generated module. */
  readonly program: string;
  readonly gives: unknown;
  /** The result under other drivers. */
  readonly under?: { readonly [driver: string]: unknown };
}

const value = (call: string) =>
  `db.selectNoFrom(${call}.as('value')).executeTakeFirstOrThrow().then(({ value }) => value)`;
const rows = (call: string) => `db.selectFrom(${call}).selectAll().execute()`;

const due = new Date('2030-01-01T00:00:00Z');
const third = { id: '3', title: 'third', status: 'open', due, tags: [], details: null };

const calls: readonly Call[] = [
  // Named arguments, with and without their defaults.
  { program: value("f.fullName({ first: 'Ada', lastName: 'Lovelace' })"), gives: 'Ada Lovelace' },
  { program: value("f.fullName({ first: 'Ada' })"), gives: 'Ada Doe' },
  { program: value("f.fullName({ first: 'Ada', lastName: undefined })"), gives: 'Ada Doe' },
  { program: value("f.fullName({ first: 'Ada', lastName: null })"), gives: null },
  // Positional arguments.
  { program: value('f.increment([1])'), gives: 2 },
  { program: value("f.mixed(['a'])"), gives: 'a23' },
  { program: value("f.mixed(['a', 5])"), gives: 'a53' },
  { program: value("f.mixed(['a', 5, 6])"), gives: 'a56' },
  // Variadic arguments.
  { program: value("f.total({ label: 'sum', amounts: [1.5, '2.25', null] })"), gives: '3.75' },
  { program: value('f.sumOf([[1, 2, 3]])'), gives: '6', under: { 'pg-parsers': 6n, pglite: 6 } },
  { program: value('f.sumOf([[]])'), gives: null },
  // JSON of any kind is passed unchanged. Null is SQL's.
  ...['[1, [2]]', '[]', "'text'", '5', 'false', "{ a: ['b'] }", 'null'].map((doc) => ({
    program: value(`f.echoJson({ doc: ${doc} })`),
    gives: new Function(`return ${doc}`)(),
  })),
  { program: value("f.echoJson({ doc: sql<Json>`'[1]'::jsonb`, plain: [1] })"), gives: [1] },
  // The schema's own types; lengths that keywords would imply; null that a NOT NULL domain does not prevent.
  {
    program: value("f.echoMood({ m: 'ok', list: ['sad', null] })"),
    gives: '{sad,NULL,ok}',
    under: { 'pg-parsers': ['sad', null, 'ok'], pglite: ['sad', null, 'ok'] },
  },
  { program: value("f.nextPositive({ n: 3, s: 'small' })"), gives: 3 },
  { program: value("f.nextPositive({ n: 3, s: 'large' })"), gives: null },
  { program: value("f.code({ letters: 'abc', bits: '101' })"), gives: 'abc1011 day' },
  { program: value('f.isOpen({ task: sql<string>`(select t from tasks t where id = 1)` })'), gives: true },
  // Overloads, another schema, the name of a built-in function, hostile names.
  { program: value('f.areaInt4({ side: 2 })'), gives: 'square 2' },
  { program: value('f.areaFloat8({ radius: 2 })'), gives: 2 },
  { program: value('f.areaNoArguments()'), gives: true },
  { program: value('f.apiVersion()'), gives: 'api' },
  { program: value("f.lower(['A'])"), gives: 'ours' },
  { program: value("f.delete_({ constructor_: 1, in: 'x' })"), gives: '1px' },
  { program: rows('f.$X_cb0c80({ aB_9dcf51: 7, a_: 9 })'), gives: [{ xY_7b4950: 7, X_: 1, x_: 9 }] },
  // Expressions as arguments, and callers anywhere in a query.
  {
    program:
      "db.selectFrom('tasks').select((eb) => [f.fullName({ first: eb.ref('title'), lastName: eb.ref('status') }).as('name')]).where((eb) => eb(f.isOpen({ task: sql<string>`tasks` }), '=', true)).orderBy('id').execute()",
    gives: [{ name: 'first task open' }],
  },
  {
    program:
      "db.selectFrom('tasks').select('title').where(f.increment([1]), '=', 2).where(f.isOpen({ task: sql<string>`tasks` }).$notNull()).execute()",
    gives: [{ title: 'first task' }],
  },
  // Rows: of a table, joined to another, filtered by their fields, under an alias, lateral, and with nulls in NOT NULL
  // columns.
  {
    program:
      "db.selectFrom(f.searchTasks({ q: 'task' })).where('searchTasks.status', '=', 'open').select(['searchTasks.title', 'tags']).execute()",
    gives: [{ title: 'first task', tags: ['a'] }],
  },
  {
    program:
      "db.selectFrom(f.searchTasks({ q: 'task', maxRows: 1 }, 'found')).innerJoin('notes', 'notes.task_id', 'found.id').select(['notes.id', 'found.details']).execute()",
    gives: [{ id: 1, details: { a: [1] } }],
  },
  {
    program:
      "db.selectFrom('notes').innerJoinLateral((eb) => f.oneTask({ id: eb.ref('notes.task_id') }, 'task'), (join) => join.onTrue()).select('task.title').execute()",
    gives: [{ title: 'first task' }],
  },
  {
    program: rows("f.oneTask({ id: '99' })"),
    gives: [{ id: null, title: null, status: null, due: null, tags: null, details: null }],
  },
  {
    program: `db.selectFrom(f.taskCounts()).selectAll().execute()`,
    gives: [
      { status: 'done', howMany: '1', latest: Infinity },
      { status: 'open', howMany: '1', latest: due },
    ],
    under: {
      'pg-parsers': [
        { status: 'done', howMany: 1n, latest: 'infinity' },
        { status: 'open', howMany: 1n, latest: '2030-01-01 00:00:00+00' },
      ],
      pglite: [
        { status: 'done', howMany: 1, latest: Infinity },
        { status: 'open', howMany: 1, latest: due },
      ],
    },
  },
  { program: rows('f.minMax([[3, 1, 2]])'), gives: [{ column1: 1, column2: 3 }] },
  {
    program: rows("f.swap({ a: 1, b: 'x' })"),
    gives: [{ a: 1, b: 'x', both: '(1,x)' }],
    under: { 'pg-parsers': [{ a: 1, b: 'x', both: { a: 1, 'b c': 'x' } }] },
  },
  {
    program: "db.selectFrom(f.countdown({ start: 3 })).select('value').where('value', '>', 1).execute()",
    gives: [{ value: 3 }, { value: 2 }],
  },
  { program: rows('f.labels()'), gives: [{ label: 'a' }, { label: null }] },
  {
    program: rows('f.pairs({ n: 2 })'),
    gives: [
      { a: 1, bC: 'p1' },
      { a: 2, bC: 'p2' },
    ],
  },
  { program: rows('f.pairingOf({ a: 1 })'), gives: [{ a: 1, bC: 'x' }] },
  { program: value('f.allNotes()'), gives: '{"(1,1)"}', under: { pglite: ['(1,1)'] } },
  // Plugins and another default schema change nothing.
  {
    program:
      "db.withPlugin(new CamelCasePlugin()).selectFrom(f.searchTasks({ q: 'task' })).where('searchTasks.title', 'like', 'first%').select(['searchTasks.title']).execute()",
    gives: [{ title: 'first task' }],
  },
  {
    program:
      "db.withPlugin(new CamelCasePlugin()).withSchema('api').selectFrom(f.pairs({ n: 1 })).select(['pairs.bC']).execute()",
    gives: [{ bC: 'p1' }],
  },
  // Procedures and functions that are run.
  { program: "f.callAddTask(db, { title: 'third' })", gives: undefined },
  { program: "f.callTouch(db, { taskId: '3' })", gives: undefined },
  {
    program: rows("f.searchTasks({ q: 'third' })"),
    gives: [third],
    under: { 'pg-parsers': [{ ...third, id: 3n, due: '2030-01-01 00:00:00+00' }], pglite: [{ ...third, id: 3 }] },
  },
  {
    program:
      "f.callSettle(db.withPlugin(new CamelCasePlugin()), { factor: 2, runningTotal: '1.5' }).then(({ runningTotal }) => runningTotal)",
    gives: '3.0',
  },
  { program: 'f.callUnnamed(db, [1, 2])', gives: { column1: 3, column2: 'x' } },
  { program: 'db.transaction().execute((trx) => f.callUnnamed(trx, [1, 2]))', gives: { column1: 3, column2: 'x' } },
];

const insertRows = `
insert into tasks (title, status, due, tags, details) values ('first task', 'open', '2030-01-01 00:00+00', '{a}', '{"a":[1]}'), ('second task', 'done', 'infinity', '{}', null);
insert into notes values (1, 1);`;

const root = repositoryPath(`.rowsmith-functions-${process.pid}.tmp`);
afterAll(() => rmSync(root, { recursive: true, force: true }));

const profiles: readonly {
  readonly driver: NonNullable<Config['driver']> & string;
  readonly engines: readonly { readonly name: string; open(): Promise<Opened> }[];
}[] = [
  ...(['pg', 'pg-parsers'] as const).map((driver) => ({
    driver,
    engines: POSTGRES_VERSIONS.map((version) => ({
      name: `PostgreSQL ${version}`,
      open: async () => openServer(await createDatabase(await serverUrl(version))),
    })),
  })),
  { driver: 'pglite', engines: [{ name: 'PGlite', open: openPglite }] },
];

describe.each(profiles)('driver $driver', ({ driver, engines }) => {
  const folder = join(root, driver);
  const id = driver === 'pg' ? '' : driver;

  /** Writes bigint arguments as the profile requires. */
  const adapted = (program: string) =>
    id === '' ? program : program.replace(/(id|taskId): '(\d+)'/g, id === 'pglite' ? '$1: $2' : '$1: $2n');

  async function writeCallers(): Promise<void> {
    mkdirSync(folder, { recursive: true });
    await generate({
      config: {
        source: { catalog: repositoryPath('test/cases/functions/expected/catalog.json') },
        include: ['tasks', 'notes'],
        functions: ['*'],
        driver,
        out: '.',
      },
      folder: realpathSync(folder),
    });
    const entries = calls.map(({ program }, index) => `  c${index}: (db: Kysely<DB>) => ${adapted(program)},`);
    const imports = [
      "import { CamelCasePlugin, sql, type Kysely } from 'kysely';",
      "import type { DB } from './db.js';",
      "import * as f from './functions.js';",
      "import type { Json } from './types.js';",
    ];
    writeFileSync(
      join(folder, 'calls.ts'),
      [
        ...imports,
        'void CamelCasePlugin; void sql; export type { Json };',
        'export const calls = {',
        ...entries,
        '};',
      ].join('\n'),
    );
  }

  async function run(opened: Opened): Promise<unknown[]> {
    await opened.query(readSql('test/cases/functions/schema.sql'));
    await opened.query(`set search_path = public; set timezone = 'UTC'; ${insertRows}`);
    await opened.ready();
    const parsers =
      driver === 'pg-parsers' ? ((await import(join(folder, 'parsers.ts'))) as { parsers(): object }).parsers() : {};
    const db = opened.connect({ ...parsers, options: '-c timezone=UTC' });
    const { calls: programs } = (await import(join(folder, 'calls.ts'))) as {
      readonly calls: { readonly [id: string]: (db: Kysely<AnyDatabase>) => Promise<unknown> };
    };
    const given: unknown[] = [];
    for (const index of calls.keys()) given.push(await programs[`c${index}`]?.(db));
    return given;
  }

  test.each(engines)('every caller gives what its type says on $name', async ({ open }) => {
    await writeCallers();
    const opened = await open();
    try {
      const given = await run(opened);
      for (const [index, { program, gives, under }] of calls.entries()) {
        expect({ program, gives: given[index] }).toEqual({
          program,
          gives: under && Object.hasOwn(under, driver) ? under[driver] : gives,
        });
      }
      const literals = given.map(
        (each, index) =>
          `{ const value: Given<'c${index}'> = ${toExpression(each)}; const known: Known<Given<'c${index}'>> = true; void value; void known; }`,
      );
      const head = [
        "import type { calls } from './calls.js';",
        'type Given<Id extends keyof typeof calls> = Awaited<ReturnType<(typeof calls)[Id]>>;',
        'type Known<T> = 0 extends 1 & T ? never : unknown extends T ? never : true;',
      ];
      writeFileSync(join(folder, 'check.ts'), [...head, ...literals].join('\n'));
      expect(typecheck({ dir: folder, files: ['check.ts'], compiler: '7', resolution: 'nodenext' })).toEqual({
        ok: true,
        output: '',
      });
    } finally {
      await opened.close();
    }
  });
});

test('an argument that is passed by its position stays in it', () => {
  const call = () => mixed(['a', undefined as never, 3]);
  expect(call).toThrow(
    new TypeError('public.mixed takes its arguments by position, so none before another can be left out.'),
  );
});
