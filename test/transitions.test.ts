import { expect, test } from '@jest/globals';
import type { Index, Relation } from '../src/catalog/catalog.js';
import { buildSchema } from '../src/model/build.js';
import type { RelationModel } from '../src/model/model.js';
import type { TransitionsStorage } from '../src/model/state/state-machine.js';
import { catalogOf, relation } from './drift/support.js';

/**
 * What must be unique so that each row has a single newest transition. The state is read only if that is guaranteed.
 */
const columns = { id: 'int8!', task_id: 'int8!', to_state: 'text!', sort_key: 'int4!', most_recent: 'bool!' };
const tasks = relation('tasks', { id: 'int8!', name: 'text' }, { primaryKey: { name: 'tasks_pkey', columns: ['id'] } });
const toTasks = { name: 'fk', columns: ['task_id'], references: { schema: 'public', name: 'tasks', columns: ['id'] } };
const index = (given: readonly (string | null)[], predicate?: string, unique = true): Index => ({
  name: 'i',
  method: 'btree',
  unique,
  columns: given,
  ...(predicate === undefined ? {} : { predicate }),
});

/** How the transitions table keeps the state of tasks; undefined if it does not. */
function transitionsOf(relations: readonly RelationModel[]): TransitionsStorage | undefined {
  const [machine] = relations.find(({ name }) => name === 'Task')?.stateMachines ?? [];
  return machine?.storage.kind === 'transitions' ? machine.storage : undefined;
}

function stateOf(facts: Partial<Relation>, given: Readonly<Record<string, string>> = columns): string {
  const transitions = relation('task_transitions', given, { foreignKeys: [toTasks], ...facts });
  const { relations, notes } = buildSchema(catalogOf(tasks, transitions), {});
  const kept = transitionsOf(relations);
  return kept
    ? `${kept.newest.by} ${kept.newest.column}`
    : (notes.find((note) => note.includes('No state field')) ?? 'nothing').replace(/^.*?, but /, '');
}

const flag = 'flag most_recent';
const highest = 'highest sort_key';
const none =
  'nothing proves which row is the newest: it needs a unique index on (task_id, most_recent) WHERE most_recent, or on (task_id, sort_key), all NOT NULL. No state field is generated.';

test.each<[string, Partial<Relation>, string]>([
  ['a partial unique index', { indexes: [index(['task_id', 'most_recent'], 'most_recent')] }, flag],
  ['the same as a comparison', { indexes: [index(['most_recent', 'task_id'], '(most_recent = true)')] }, flag],
  ['a partial unique index on the row alone', { indexes: [index(['task_id'], 'most_recent')] }, flag],
  ['not one that is not unique', { indexes: [index(['task_id', 'most_recent'], 'most_recent', false)] }, none],
  ['not one that is not partial', { indexes: [index(['task_id', 'most_recent'])] }, none],
  ['not one of something else', { indexes: [index(['id'], 'most_recent')] }, none],
  ['not one with another column', { indexes: [index(['task_id', 'most_recent', 'id'], 'most_recent')] }, none],
  ['not one over an expression', { indexes: [index(['task_id', null], 'most_recent')] }, none],
  [
    'not one that asks for more',
    { indexes: [index(['task_id'], "(most_recent AND (to_state = 'done'::text))")] },
    none,
  ],
  ['not one that asks for the opposite', { indexes: [index(['task_id'], '(NOT most_recent)')] }, none],
  ['a unique constraint', { uniques: [{ name: 'u', columns: ['task_id', 'sort_key'] }] }, highest],
  ['a primary key', { primaryKey: { name: 'p', columns: ['task_id', 'sort_key'] } }, highest],
  ['a unique index', { indexes: [index(['sort_key', 'task_id'])] }, highest],
  ['not a partial one', { indexes: [index(['task_id', 'sort_key'], '(id > 0)')] }, none],
  ['not one of one column', { uniques: [{ name: 'u', columns: ['sort_key'] }] }, none],
  ['not one of three', { uniques: [{ name: 'u', columns: ['task_id', 'id', 'sort_key'] }] }, none],
  [
    'the flag before the order',
    { indexes: [index(['task_id'], 'most_recent')], uniques: [{ name: 'u', columns: ['task_id', 'sort_key'] }] },
    flag,
  ],
  [
    'a foreign key of two columns',
    {
      foreignKeys: [
        { ...toTasks, columns: ['task_id', 'id'], references: { ...toTasks.references, columns: ['id', 'name'] } },
      ],
      indexes: [index(['task_id'], 'most_recent')],
    },
    'its foreign key has more than one column. No state field is generated.',
  ],
  [
    'two foreign keys, and nothing for either',
    { foreignKeys: [toTasks, { ...toTasks, name: 'fk2', columns: ['id'] }] },
    'no unique index proves which row is the newest for one of its foreign keys. No state field is generated.',
  ],
  [
    'two foreign keys, one of them told apart',
    {
      foreignKeys: [toTasks, { ...toTasks, name: 'fk2', columns: ['id'] }],
      indexes: [index(['task_id'], 'most_recent')],
    },
    flag,
  ],
  [
    'two foreign keys that are both told',
    {
      foreignKeys: [toTasks, { ...toTasks, name: 'fk2', columns: ['id'] }],
      indexes: [index(['task_id'], 'most_recent'), index(['id'], 'most_recent')],
    },
    'nothing',
  ],
  [
    'a table of that name in another schema',
    {
      foreignKeys: [{ ...toTasks, references: { ...toTasks.references, schema: 'other' } }],
      indexes: [index(['task_id'], 'most_recent')],
    },
    'nothing',
  ],
])('%s', (_, facts, want) => {
  expect(stateOf(facts)).toBe(want);
});

test('an order that may be null orders nothing', () => {
  expect(
    stateOf({ uniques: [{ name: 'u', columns: ['task_id', 'sort_key'] }] }, { ...columns, sort_key: 'int4' }),
  ).toBe(none);
});

test('a table without the columns keeps no transitions', () => {
  const { to_state: _, ...stateless } = columns;
  expect(stateOf({ indexes: [index(['task_id'], 'most_recent')] }, stateless)).toBe('nothing');
  expect(
    stateOf({ indexes: [index(['task_id'], 'most_recent')] }, { id: 'int8!', task_id: 'int8!', to_state: 'text!' }),
  ).toBe('nothing');
});

/** Builds the schema of tasks and their transitions with models whose `filled` concerns new transitions. */
const filling = (models: NonNullable<Parameters<typeof buildSchema>[1]['models']>) => () => {
  const facts = { foreignKeys: [toTasks], indexes: [index(['task_id'], 'most_recent')] };
  return buildSchema(catalogOf(tasks, relation('task_transitions', columns, facts)), { models });
};

test.each<[string, Parameters<typeof filling>[0], string]>([
  ['an unknown column', { task_transitions: { filled: { actr: 'database' } } }, 'models.task_transitions.filled.actr'],
  ['a time that is none', { task_transitions: { filled: { to_state: { update: 'now' } } } }, 'not a time'],
])('filled refuses %s', (_, models, message) => {
  expect(filling(models)).toThrow(message);
});

test('filled of a wildcard fits the tables that have the column', () => {
  const filled = { id: { insert: { sql: '1' } }, nothing: 'database' } as const;
  const { relations } = filling({ '*': { filled } })();
  expect(transitionsOf(relations)?.write?.filled).toEqual([{ column: 'id', insert: { sql: '1' } }]);
});
