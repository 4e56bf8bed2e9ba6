import { expect, test } from '@jest/globals';
import { type Config, check, loadConfig } from '../src/index.js';
import { freshDatabase, newestVersion } from './support/postgres.js';
import { repositoryPath } from './support/repository.js';

test('people hear of a machine that nothing can read, and of an index that is missing', async () => {
  const folder = repositoryPath('test/cases/state-machines');
  const loaded = await loadConfig(undefined, folder);
  const { notes } = await check({
    config: { ...loaded?.config, source: { catalog: 'expected/catalog.json' } },
    folder,
  });
  expect(notes).toEqual([
    'state_transitions looks like the transitions of several tables (transitionable_type, transitionable_id), but has a foreign key to none of them. No state field is generated.',
    'visit_transitions looks like the transitions of visits, but nothing proves which row is the newest: it needs a unique index on (visit_id, most_recent) WHERE most_recent, or on (visit_id, sort_key), all NOT NULL. No state field is generated.',
    'Filtering by Order.state would be faster with an index: CREATE INDEX ON order_transitions (to_state, order_id) WHERE most_recent;',
    'Callers that change Audit.state must provide audit_transitions.reason and audit_transitions.metadata: nothing fills them. Add a default, or set models.audit_transitions.filled.',
    'Callers that change Invoice.paymentState must provide invoice_payment_transitions.actor_id: nothing fills it. Add a default, or set models.invoice_payment_transitions.filled.',
    'Callers that change Token.state must provide token_transitions.from_state: nothing fills it. Add a default, or set models.token_transitions.filled.',
    expect.stringContaining('3 columns of type timestamp'),
    "Where several things share a name, each gets a longer one: state of jobs.state (state_) and the state by job_transitions (jobState). To give the short name to one of them: models: { jobs: { alias: { state: 'state' } } }",
  ]);
});

test('of many machines without an index a few are spelled out', async () => {
  const tables = Array.from(
    { length: 9 },
    (_, index) => `CREATE TABLE t${index} (id int PRIMARY KEY);
    CREATE TABLE t${index}_transitions (id int PRIMARY KEY, t${index}_id int NOT NULL REFERENCES t${index}, to_state text NOT NULL, sort_key int NOT NULL, most_recent boolean NOT NULL);
    CREATE UNIQUE INDEX ON t${index}_transitions (t${index}_id, most_recent) WHERE most_recent;`,
  );
  const database = await freshDatabase(newestVersion, tables.join('\n'));
  try {
    const { notes } = await check({ config: { source: { url: database.url }, out: 'rowsmith-absent' } });
    expect(notes).toHaveLength(12);
    expect(notes[4]).toBe(
      'Filtering by T4.state would be faster with an index: CREATE INDEX ON t4_transitions (to_state, t4_id) WHERE most_recent;',
    );
    expect(notes[5]).toBe('4 more state machines would be faster to filter with such an index.');
    expect(notes[6]).toBe(
      'Callers that change T0.state must provide t0_transitions.id: nothing fills it. Add a default, or set models.t0_transitions.filled.',
    );
    expect(notes[11]).toBe('4 more state machines require columns too.');
  } finally {
    await database.drop();
  }
});

const timestampNotes = async (config: Config) => {
  const folder = repositoryPath('generated');
  const { notes } = await check({ config: { source: { catalog: 'catalog.json' }, ...config }, folder });
  return notes.filter((note) => note.includes('timestamp'));
};

test.each<[config: Config]>([[{}], [{ driver: 'pglite' }]])(
  'people hear once of all timestamps that are read in the zone of the process: %j',
  async (config) => {
    expect(await timestampNotes(config)).toEqual([
      "29 columns of type timestamp, without time zone, are read in the time zone of the process: tasker_annotation_types (created_at, updated_at), tasker_dependent_system_object_maps (created_at, updated_at), tasker_dependent_systems (created_at, updated_at) and 10 more. If that is intended, set types: { timestamps: 'local' }. timestamptz columns and the driver pg-parsers do not depend on it.",
    ]);
  },
);

test.each<[config: Config]>([
  [{ types: { timestamps: 'local' } }],
  [{ driver: 'pg-parsers' }],
  [{ driver: { name: 'pg-parsers', dates: 'date' } }],
  [{ driver: { name: 'pg-parsers', dates: 'temporal-polyfill#Temporal' } }],
  [{ types: { overrides: [{ type: 'timestamp', as: 'string' }] } }],
])('and not where it is meant, or not so: %j', async (config) => {
  expect(await timestampNotes(config)).toEqual([]);
});

test('people hear of a function that can have no caller', async () => {
  const folder = repositoryPath('test/cases/functions');
  const loaded = await loadConfig(undefined, folder);
  const { notes } = await check({
    config: { ...loaded?.config, source: { catalog: 'expected/catalog.json' } },
    folder,
  });
  expect(notes).toEqual([
    'public.anything() gets no caller: its type record is only known within a query.',
    'public.of_hidden() gets no caller: its type public.hidden is left out of the output.',
    'public.pick(anyelement) gets no caller: its type anyelement is only known within a query.',
    'public.raw(cstring) gets no caller: its type cstring is internal to the server.',
    'public.total_of(integer) gets no caller: it is an aggregate function.',
  ]);
});
