import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Catalog, Relation } from '../../src/catalog/catalog.js';
import { serializeCatalog } from '../../src/catalog/serialize.js';
import { type Config, check } from '../../src/index.js';
import { type Known, refuseIdle } from '../../src/selection/refuse-idle.js';
import { catalogOf, column, relation } from '../drift/support.js';

/** Config that does not fit the schema is refused, with a word about what would. */
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'rowsmith-refusals-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

async function refusal(config: Config, catalog: Catalog = everything): Promise<readonly unknown[]> {
  writeFileSync(join(folder, 'catalog.json'), serializeCatalog(catalog, 'test'));
  try {
    await check({ config: { ...config, source: { catalog: 'catalog.json' } }, folder });
    return [];
  } catch (error) {
    const { code, message, hint } = error as { code?: string; message: string; hint?: string };
    return [code, message, hint];
  }
}

const elsewhere = (schema: string, given: Relation): Relation => ({ ...given, schema });
const toTasks: Partial<Relation> = {
  foreignKeys: [{ name: 'f', columns: ['task_id'], references: { schema: 'public', name: 'tasks', columns: ['id'] } }],
};
const everything: Catalog = {
  ...catalogOf(
    relation(
      'tasks',
      { id: 'int8!', title: 'text', data: 'jsonb', list: 'jsonb[]' },
      { primaryKey: { name: 'pk', columns: ['id'] } },
    ),
    relation(
      'notes',
      {},
      {
        columns: [
          column('body', 'text'),
          { name: 'own', type: { schema: 'public', name: 'json', sql: 'public.json' }, notNull: false },
        ],
      },
    ),
    relation(
      'moves',
      { task_id: 'int8!', to_state: 'text!', sort_key: 'int4!', most_recent: 'bool!' },
      {
        ...toTasks,
        checks: [{ name: 'c', expression: "(to_state = ANY (ARRAY['x'::text, 'y'::text]))" }],
        indexes: [
          { name: 'i', method: 'btree', unique: true, columns: ['task_id'], predicate: 'most_recent' },
          { name: 'j', method: 'btree', unique: true, columns: ['task_id', 'sort_key'] },
        ],
      },
    ),
    relation('old_moves', { task_id: 'int8!', to_state: 'text!' }, toTasks),
    relation('steps', { task_id: 'int8!', state: 'text!' }, toTasks),
    relation('parts', { a: 'int4' }, { kind: 'partition' }),
    elsewhere('billing', relation('users', { id: 'int8!' })),
    elsewhere('tenant_1', relation('orders', { id: 'int8!' })),
  ),
  schemas: ['billing', 'public', 'tenant_1', 'tenant_2'].map((name) => ({ name })),
  functions: [
    {
      schema: 'public',
      name: 'full_name',
      kind: 'function',
      volatility: 'stable',
      arguments: [],
      returns: { name: 'text', sql: 'text' },
    },
  ],
};
const many = catalogOf(...Array.from({ length: 10 }, (_, index) => relation(`t${index}`, { a: 'int4' })));

describe('what the config names and the schema lacks', () => {
  test.each<[name: string, config: Config, want: readonly unknown[], catalog?: Catalog]>([
    [
      'nothing',
      {
        include: ['tasks', 'billing.*', (table) => table.name === 'notes'],
        functions: ['full_name', 'public.*', () => false],
        models: { 'tenant_*': {}, tasks: { json: { data: './a#B' } } },
        slices: { a: ['t*', () => false], b: ['billing.users'] },
        types: {
          overrides: [
            { table: 'tasks', column: 'id', as: 'string' },
            { table: '*', type: '*', as: 'string' },
            { table: () => false, as: 'string' },
          ],
        },
      },
      [],
    ],
    [
      'a table of include',
      { include: ['tasks', 'taskz'] },
      ['unknown-relation', 'The config names an unknown table: include has "taskz"', 'Did you mean "tasks"?'],
    ],
    [
      'a table of include like no other',
      { include: ['tasks', 'xyz'] },
      [
        'unknown-relation',
        'The config names an unknown table: include has "xyz"',
        'Check its spelling and its schema.',
      ],
    ],
    ['a table that exclude may explain', { include: ['tasks', 'taskz'], exclude: ['notes'] }, []],
    [
      'a table of models',
      { models: { taskz: {} } },
      ['unknown-relation', 'The config names an unknown table: models.taskz', 'Did you mean "tasks"?'],
    ],
    [
      'a table of models in a schema',
      { models: { 'billing.user': {} } },
      ['unknown-relation', 'The config names an unknown table: models.billing.user', 'Did you mean "billing.users"?'],
    ],
    [
      'a table of models like no other',
      { models: { xyz: {} } },
      [
        'unknown-relation',
        'The config names an unknown table: models.xyz',
        'The schema has: tasks, notes, moves, old_moves, steps, billing.users, tenant_1.orders.',
      ],
    ],
    [
      'a table of models of many',
      { models: { xyz: {} } },
      [
        'unknown-relation',
        'The config names an unknown table: models.xyz',
        'The schema has: t0, t1, t2, t3, t4, t5, t6, t7 and 2 more.',
      ],
      many,
    ],
    ['a table of models that is left out', { models: { tasks: { name: 'Job' } }, exclude: ['tasks'] }, []],
    [
      'a table of a slice',
      { slices: { people: ['notes', 'taskz'] } },
      ['unknown-relation', 'The config names an unknown table: slices.people has "taskz"', 'Did you mean "tasks"?'],
    ],
    [
      'a table of a slice in a schema',
      { slices: { people: ['billing.uzers'] } },
      [
        'unknown-relation',
        'The config names an unknown table: slices.people has "billing.uzers"',
        'Did you mean "billing.users"?',
      ],
    ],
    [
      'a table of a slice like no other',
      { slices: { people: ['xyz'] } },
      [
        'unknown-relation',
        'The config names an unknown table: slices.people has "xyz"',
        'Check its spelling, and include and exclude.',
      ],
    ],
    [
      'any table of a slice',
      { slices: { people: [() => false] } },
      ['unknown-relation', 'No table or view matches slices.people.', 'Check its patterns, and include and exclude.'],
    ],
    [
      'a function',
      { functions: ['ful_name'] },
      [
        'unknown-function',
        'The config names an unknown function: functions has "ful_name"',
        'Did you mean "full_name"?',
      ],
    ],
    [
      'a function in a schema',
      { functions: ['public.ful_name'] },
      [
        'unknown-function',
        'The config names an unknown function: functions has "public.ful_name"',
        'Did you mean "public.full_name"?',
      ],
    ],
    [
      'a function like no other',
      { functions: ['xyz'] },
      [
        'unknown-function',
        'The config names an unknown function: functions has "xyz"',
        'Check its spelling and its schema. Trigger functions and those of extensions do not count.',
      ],
    ],
    [
      'a column of JSON',
      { models: { tasks: { json: { dota: './a#B' } } } },
      ['unknown-column', 'The config names an unknown column: models.tasks.json.dota', 'Did you mean "data"?'],
    ],
    [
      'a column of JSON like no other',
      { models: { tasks: { json: { xyz: './a#B' } } } },
      [
        'unknown-column',
        'The config names an unknown column: models.tasks.json.xyz',
        'tasks has: id, title, data, list.',
      ],
    ],
    [
      'a column of an override',
      {
        types: {
          overrides: [
            { type: 'text', as: 'string' },
            { table: 'tasks', column: 'xyz', as: 'string' },
          ],
        },
      },
      [
        'unknown-column',
        'types.overrides.1 matches no column: {"table":"tasks","column":"xyz","as":"string"}',
        'Check the names of the table, the column and the type.',
      ],
    ],
    [
      'a type of an override',
      { types: { overrides: [{ type: 'uuid', as: 'string' }] } },
      [
        'unknown-column',
        'types.overrides.0 matches no column: {"type":"uuid","as":"string"}',
        'Check the names of the table, the column and the type.',
      ],
    ],
    [
      'tenants',
      { tenants: 'tenent_*' },
      ['unknown-schema', 'No schema matches tenants: "tenent_*".', 'Did you mean "tenant_1"?'],
    ],
    [
      'tenants like no schema',
      { tenants: 'x*' },
      ['unknown-schema', 'No schema matches tenants: "x*".', 'The database has: billing, public, tenant_1, tenant_2.'],
    ],
    [
      'tenants that are written out',
      { tenants: 'tenant_3' },
      ['unknown-schema', 'No schema matches tenants: "tenant_3".', 'Did you mean "tenant_1"?'],
    ],
    [
      'tables of tenants',
      { tenants: 'tenant_*', exclude: ['orders'] },
      [
        'nothing-to-generate',
        'No schema matching tenants: "tenant_*" has a table or view that the config selects.',
        'Check include and exclude, and whether the schemas have been migrated.',
      ],
    ],
    [
      'all tables',
      { include: ['x*'] },
      [
        'nothing-to-generate',
        'No table or view matches the config.',
        'Check include and exclude. The schema has: tasks, notes, moves, old_moves, steps, parts, billing.users, tenant_1.orders.',
      ],
    ],
    [
      'any table at all',
      {},
      [
        'nothing-to-generate',
        'The schema has no tables or views.',
        'Is it the right database, and has it been migrated? Tables of extensions count only if include names them.',
      ],
      catalogOf(),
    ],
  ])('%s', async (...[, config, want, catalog]) => {
    expect(await refusal(config, catalog)).toEqual(want);
  });
});

/** The schemas that a config is held against: that of a database, or both sides of a comparison. */
const known = (catalog: Catalog, isNarrowed = false): Known => ({ everything: catalog, catalog, isNarrowed });
const withSecrets: Catalog = {
  ...catalogOf(
    relation('secret_tokens', { id: 'int8!', made_at: 'text' }),
    relation('spatial_ref_sys', { srid: 'int4!' }, { extension: 'postgis' }),
  ),
  schemas: [{ name: 'public' }, { name: 'tenant_demo' }],
};

describe('what does nothing', () => {
  const spelling = 'Check its spelling and its schema.';
  const onlyStar = 'Only * is a wildcard here: write a pattern for each alternative.';
  test.each<[config: Config, message: string, hint: string]>([
    [
      { exclude: ['secret_token'] },
      'The config names an unknown table: exclude has "secret_token"',
      'Did you mean "secret_tokens"?',
    ],
    [{ include: ['secret_*', 'audit_*'] }, 'No table or view matches the config: include has "audit_*"', spelling],
    [{ exclude: ['audit.*'] }, 'No table or view matches the config: exclude has "audit.*"', spelling],
    [
      { exclude: ['{secret_tokens,logs}'] },
      'The config names an unknown table: exclude has "{secret_tokens,logs}"',
      onlyStar,
    ],
    [{ exclude: ['secret_token?'] }, 'The config names an unknown table: exclude has "secret_token?"', onlyStar],
    [{ include: ['!secret_*'] }, 'No table or view matches the config: include has "!secret_*"', onlyStar],
    [
      { include: ['secret_tokens', 'spatial_*'] },
      'No table or view matches the config: include has "spatial_*"',
      'Tables of an extension must be named in full: "public.spatial_ref_sys".',
    ],
    [
      { functions: ['half_*'] },
      'No function matches the config: functions has "half_*"',
      `${spelling} Trigger functions and those of extensions do not count.`,
    ],
    [
      { models: { 'audit_*': {} } },
      'No table or view matches the config: models["audit_*"]',
      'The schema has: secret_tokens, spatial_ref_sys.',
    ],
    [
      { models: { '*tokens': { alias: { '*_on': () => 'on' } } } },
      'No column matches the config: models["*tokens"].alias["*_on"]',
      '*tokens has: id, made_at.',
    ],
    [
      { slices: { a: ['secret_*', 'audit_*'] } },
      'No table or view matches the config: slices.a has "audit_*"',
      spelling,
    ],
    [
      { types: { overrides: [{ type: '*range', as: 'string' }] } },
      'types.overrides.0 matches no column: {"type":"*range","as":"string"}',
      'Check the names of the table, the column and the type.',
    ],
  ])('%j is refused', (config, message, hint) => {
    let refused: unknown;
    try {
      refuseIdle([known(withSecrets)], config);
    } catch (error) {
      refused = error;
    }
    expect(refused).toMatchObject({ message, hint });
  });

  test.each<[name: string, config: Config]>([
    ['everything', { include: ['*', '*.*'], functions: ['*'], models: { '*': { alias: { '*': () => 'x' } } } }],
    ['a schema without tables', { exclude: ['tenant_demo.*', 'tenant_*.*'] }],
    ['what migration tools keep', { exclude: ['_prisma_migrations', 'drizzle.__drizzle_migrations', '_*To*'] }],
    ['a function', { include: [() => true], exclude: [() => false], functions: [() => false] }],
    ['a relation of an extension, in full', { include: ['spatial_ref_sys', 'public.spatial_ref_sys'] }],
    ['one as kysely-codegen has it', { include: ['spatial_*'], tables: 'kysely-codegen' }],
    ['a prefix', { models: { stripPrefix: 'none_' } }],
    [
      'what is there, if only for another project',
      {
        include: ['spatial_ref_sys'],
        slices: { a: ['spatial_ref_sys', 'secret_*'] },
        types: { overrides: [{ table: 'secret_tokens', column: 'made_*', as: 'string' }] },
      },
    ],
  ])('%s is not', (_name, config) => {
    refuseIdle([known(withSecrets)], config);
  });

  test('of two schemas, one is enough; a catalog file does not tell what was excluded from it', () => {
    const [older, newer] = [known(everything), known(withSecrets)];
    refuseIdle([older, newer], { include: ['steps', 'secret_tokens'], exclude: ['old_*'], models: { notes: {} } });
    expect(() => refuseIdle([newer], { exclude: ['old_*'] })).toThrow('exclude has "old_*"');
    refuseIdle([known(everything, true), newer], { exclude: ['gone_*'] });
    expect(() => refuseIdle([known(everything, true)], { include: ['gone_*'] })).toThrow('include has "gone_*"');
  });
});

describe('what the config says wrongly of what is there', () => {
  const form = 'Write it as ./path/to/module#exportName, relative to the config file.';
  const other = 'Give it another name in the config.';
  const taken = (column: string, alias: string, by: string) => [
    'alias-shadows-column',
    `The alias "${alias}" of tasks.${column} is also the name of the stored column "${by}".`,
    'Choose another alias: a write could go to the wrong column.',
  ];
  const unreadable = (table: string, reason: string) => [
    'state-not-readable',
    `${table} does not determine the state of tasks: ${reason}.`,
    'Change models.tasks.state, or the table.',
  ];
  const wrongExport = (text: string) => [
    'config-invalid',
    `models.tasks.json.data does not name an export of a module: "${text}"`,
    form,
  ];

  test.each<[name: string, config: Config, want: readonly unknown[]]>([
    [
      'text as JSON',
      { models: { tasks: { json: { title: './a#B' } } } },
      ['config-invalid', 'models.tasks.json.title: the column is text, not json or jsonb.', undefined],
    ],
    [
      'an array of JSON as JSON',
      { models: { tasks: { json: { list: './a#B' } } } },
      ['config-invalid', 'models.tasks.json.list: the column is jsonb[], not json or jsonb.', undefined],
    ],
    [
      "a type of the schema's own as JSON",
      { models: { notes: { json: { own: './a#B' } } } },
      ['config-invalid', 'models.notes.json.own: the column is public.json, not json or jsonb.', undefined],
    ],
    ['no module', { models: { tasks: { json: { data: '#B' } } } }, wrongExport('#B')],
    ['no name', { models: { tasks: { json: { data: './a' } } } }, wrongExport('./a')],
    ['a name that is none', { models: { tasks: { json: { data: './a#1B' } } } }, wrongExport('./a#1B')],
    ['a name with more behind it', { models: { tasks: { json: { data: './a#B-c' } } } }, wrongExport('./a#B-c')],
    ['two names', { models: { tasks: { json: { data: './a#B#C' } } } }, wrongExport('./a#B#C')],
    [
      'two tables by one name',
      { models: { notes: { name: 'Job' }, tasks: { name: 'Job' } } },
      [
        'name-collision',
        'The config gives the tables tasks and notes the same name: Job.',
        'Rename one of them: models: { "notes": { name: \'…\' } }',
      ],
    ],
    [
      'two tables by one name on disk',
      { models: { notes: { name: 'JOB' }, tasks: { name: 'Job' } } },
      [
        'name-collision',
        'The config gives the tables tasks and notes the same name: JOB.',
        'Rename one of them: models: { "notes": { name: \'…\' } }',
      ],
    ],
    [
      'two tables by one plural',
      { models: { '*s': { plural: 'jobs' } } },
      [
        'name-collision',
        'The config gives the tables tasks and notes the same plural: jobs.',
        'Rename one of them: models: { "notes": { plural: \'…\' } }',
      ],
    ],
    ['a table by the name of another', { models: { notes: { name: 'Task', plural: 'tasks' } } }, []],
    ['a column by its own name', { models: { moves: { alias: { to_state: 'toState' } } } }, []],
    ['an alias that is a column', { models: { tasks: { alias: { title: 'data' } } } }, taken('title', 'data', 'data')],
    [
      'an alias that is the name of a field',
      { models: { moves: { alias: { to_state: 'taskId' } } } },
      [
        'alias-shadows-column',
        'The alias "taskId" of moves.to_state is also the name of the stored column "task_id".',
        'Choose another alias: a write could go to the wrong column.',
      ],
    ],
    [
      'an alias of no column',
      { models: { tasks: { alias: { titel: 'x', 'none*': 'y' } } } },
      ['unknown-column', 'The config names an unknown column: models.tasks.alias.titel', 'Did you mean "title"?'],
    ],
    ['an alias that is the column of its own', { models: { tasks: { alias: { title: 'title', data: 'json' } } } }, []],
    [
      'a computed field that is a column',
      { models: { tasks: { computed: { title: { code: './a#b', needs: [] } } } } },
      ['alias-shadows-column', 'The computed field "title" of tasks has the name of the stored column "title".', other],
    ],
    [
      'a computed field that is the column of a field',
      { models: { moves: { computed: { task_id: { code: './a#b', needs: ['taskId'] } } } } },
      [
        'alias-shadows-column',
        'The computed field "task_id" of moves has the name of the stored column "task_id".',
        other,
      ],
    ],
    [
      'a computed field that is another',
      {
        models: {
          tasks: {
            state: { transitions: 'moves', name: 'phase' },
            computed: { phase: { code: './a#b', needs: [] } },
          },
        },
      },
      ['alias-shadows-column', 'The computed field "phase" of tasks has the name of another computed field.', other],
    ],
    [
      'a computed field that needs what is not there',
      { models: { tasks: { computed: { short: { code: './a#b', needs: ['title', 'titel'] } } } } },
      ['unknown-column', 'The computed field "short" of tasks needs an unknown field: titel', 'Did you mean "title"?'],
    ],
    [
      'a computed field that needs what is like nothing',
      { models: { notes: { computed: { short: { code: './a#b', needs: ['xyz'] } } } } },
      [
        'unknown-column',
        'The computed field "short" of notes needs an unknown field: xyz',
        'The model has: body, own.',
      ],
    ],
    [
      'a function that is none',
      { models: { notes: { computed: { short: { code: './a', needs: ['body'] } } } } },
      ['config-invalid', 'models.notes.computed.short.code does not name an export of a module: "./a"', form],
    ],
    [
      'SQL whose type nobody knows',
      { models: { notes: { computed: { short: { sql: 'upper(body)' } } } } },
      [
        'expression-not-inferred',
        'The catalog does not know the type of the computed field "short" of notes: its SQL is new or has changed.',
        'Generate once from a database or SQL files, which infer its type.',
      ],
    ],
    [
      'transitions that are not there',
      { models: { tasks: { state: { transitions: 'movez' } } } },
      [
        'unknown-relation',
        'The config names an unknown table: models.tasks.state.transitions is "movez"',
        'Did you mean "moves"?',
      ],
    ],
    [
      'transitions without a state',
      { models: { tasks: { state: { transitions: 'steps' } } } },
      unreadable('steps', 'it has no column to_state'),
    ],
    [
      'transitions of another table',
      { models: { notes: { state: { transitions: 'moves' } } } },
      [
        'state-not-readable',
        'moves does not determine the state of notes: it has no single-column foreign key to notes.',
        'Change models.notes.state, or the table.',
      ],
    ],
    [
      'transitions without a newest row',
      { models: { tasks: { state: { transitions: 'old_moves' } } } },
      unreadable(
        'old_moves',
        'nothing proves which row is the newest: it needs a unique index on (task_id, most_recent) WHERE most_recent, or on (task_id, sort_key), all NOT NULL',
      ),
    ],
    [
      'an initial state that is none',
      { models: { tasks: { state: { transitions: 'moves', initial: 'new' } } } },
      ['config-invalid', expect.stringMatching(/^The initial state "new" of .*tasks/), expect.anything()],
    ],
    [
      'a graph of states that are none',
      { models: { tasks: { state: { transitions: 'moves', initial: 'x', graph: { x: ['y', 'z'] } } } } },
      ['config-invalid', expect.stringMatching(/^The state "z" of .*tasks/), expect.anything()],
    ],
    [
      'states that all are some',
      { models: { tasks: { state: { transitions: 'moves', initial: 'x', graph: { x: ['y'], y: [] } } } } },
      [],
    ],
    [
      'two slices of one file',
      { slices: { a_b: ['*'], aB: ['*'] } },
      ['name-collision', 'The slices a_b and aB map to the same file: slices/a-b.ts.', 'Rename one of them.'],
    ],
  ])('%s', async (_, config, want) => {
    expect(await refusal(config)).toEqual(want);
  });
});
