import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { CamelCasePlugin, type Kysely, sql } from 'kysely';
import type { DB } from '../generated/db.js';
import { namedTasks, toNamedTaskInsert } from '../generated/models/named-task.js';
import { taskInState, tasks, toTaskInsert, toTaskUpdate } from '../generated/models/task.js';
import { toWorkflowStepInsert, workflowStepInState, workflowSteps } from '../generated/models/workflow-step.js';
import { engines, openTasker, type TaskerDatabase } from './support/tasker.js';

const now = '2025-07-01 00:00:00';

describe.each(engines)('models on %s', (version) => {
  let tasker: TaskerDatabase;
  let db: Kysely<DB>;

  beforeAll(async () => {
    tasker = await openTasker(version);
    ({ db } = tasker);
  });
  afterAll(() => tasker?.close());

  test('the state is that of the newest transition, the initial one without any', async () => {
    const rows = await db.selectFrom(tasks()).select(['task.taskId', 'task.state']).orderBy('task.taskId').execute();
    expect(rows).toEqual([
      { taskId: '1', state: 'complete' },
      { taskId: '2', state: 'in_progress' },
      { taskId: '3', state: 'error' },
      { taskId: '4', state: 'cancelled' },
      { taskId: '5', state: 'pending' },
      { taskId: '6', state: 'resolved_manually' },
    ]);
  });

  test('a computed field filters and sorts like a column', async () => {
    const rows = await db
      .selectFrom(tasks())
      .where('task.state', 'in', ['error', 'pending'])
      .orderBy('task.state', 'desc')
      .select(['task.taskId', 'task.mostRecentErrorMessage'])
      .execute();
    expect(rows).toEqual([
      { taskId: '5', mostRecentErrorMessage: null },
      { taskId: '3', mostRecentErrorMessage: 'charge_card: The card was declined' },
    ]);
  });

  test.each([
    [['error'], ['3']],
    [['pending'], ['5']],
    [
      ['pending', 'complete'],
      ['1', '5'],
    ],
    [[], []],
  ] as const)('taskInState(%j) finds the rows that the field would', async (states, ids) => {
    const found = await db
      .selectFrom(tasks())
      .where(taskInState(...states))
      .select('task.taskId')
      .orderBy('task.taskId')
      .execute();
    const filtered = await db
      .selectFrom(tasks())
      .where((eb) => (states.length === 0 ? sql<boolean>`false` : eb('task.state', 'in', states)))
      .select('task.taskId')
      .orderBy('task.taskId')
      .execute();
    expect(found.map(({ taskId }) => taskId)).toEqual(ids);
    expect(found).toEqual(filtered);
  });

  test('models join under any alias, and so does their state condition', async () => {
    const rows = await db
      .selectFrom(workflowSteps('step'))
      .innerJoin(tasks('owner'), 'owner.taskId', 'step.taskId')
      .where(taskInState('error').of('owner'))
      .where(workflowStepInState('error').of('step'))
      .select(['owner.taskId', 'step.state', 'step.retryCount'])
      .execute();
    expect(rows.length).toBeGreaterThan(0);
    expect(rows.every(({ taskId, state }) => taskId === '3' && state === 'error')).toBe(true);
  });

  test('an alias reads under its own name, and as its default when the column is null', async () => {
    const step = await db
      .selectFrom(workflowSteps())
      .where('workflowStep.workflowStepId', '=', '7')
      .selectAll()
      .executeTakeFirstOrThrow();
    const column = await db
      .selectFrom('tasker_workflow_steps')
      .where('workflow_step_id', '=', '7')
      .selectAll()
      .executeTakeFirstOrThrow();
    expect(column.attempts).toBeNull();
    expect(step.retryCount).toBe(0);
    expect(step.context).toEqual(column.inputs);
    expect(Object.keys(step)).not.toContain('attempts');
  });

  test('nextRetryAt is when the backoff ends', async () => {
    const step = await db
      .selectFrom(workflowSteps())
      .where('workflowStep.nextRetryAt', 'is not', null)
      .select(['workflowStep.lastAttemptedAt', 'workflowStep.backoffRequestSeconds', 'workflowStep.nextRetryAt'])
      .limit(1)
      .executeTakeFirstOrThrow();
    expect(step.nextRetryAt?.getTime()).toBe(
      (step.lastAttemptedAt?.getTime() ?? 0) + (step.backoffRequestSeconds ?? 0) * 1000,
    );
  });

  test('what a model writes, it reads', async () => {
    const task = {
      namedTaskId: 1,
      requestedAt: new Date('2025-07-01T10:00:00'),
      identityHash: `hash-${version}`,
      createdAt: now,
      updatedAt: now,
    };
    const { task_id } = await db
      .insertInto('tasker_tasks')
      .values(toTaskInsert({ ...task, tags: ['a', 'b'], context: { deep: [1, null] } }))
      .returning('task_id')
      .executeTakeFirstOrThrow();
    await db
      .updateTable('tasker_tasks')
      .set(toTaskUpdate({ reason: 'because', context: 'text' }))
      .where('task_id', '=', task_id)
      .execute();
    const read = await db.selectFrom(tasks()).where('task.taskId', '=', task_id).selectAll().executeTakeFirstOrThrow();
    expect(read).toMatchObject({
      ...task,
      createdAt: new Date('2025-07-01T00:00:00'),
      updatedAt: expect.any(Date),
    });
    expect(read).toMatchObject({
      complete: false,
      state: 'pending',
      tags: ['a', 'b'],
      context: 'text',
      reason: 'because',
    });
  });

  test('a version is text', async () => {
    await db
      .insertInto('tasker_named_tasks')
      .values(toNamedTaskInsert({ name: `n${version}`, createdAt: now, updatedAt: now }))
      .execute();
    const { version: read } = await db
      .selectFrom(namedTasks())
      .where('namedTask.name', '=', `n${version}`)
      .select('namedTask.version')
      .executeTakeFirstOrThrow();
    expect(read).toBe('0.1.0');
  });

  test('stored fields have the plan of the table, with its costs and the width of its rows', async () => {
    const plan = async (query: { compile(): { readonly sql: string } }) =>
      (await sql<{ 'QUERY PLAN': string }>`explain ${sql.raw(query.compile().sql)}`.execute(db)).rows.map(
        (row) => row['QUERY PLAN'],
      );
    const ofTable = await plan(db.selectFrom('tasker_tasks as t').select(['t.task_id', 't.context']));
    expect(ofTable).toEqual([expect.stringMatching(/^Seq Scan on tasker_tasks t /)]);
    expect(await plan(db.selectFrom(tasks()).select(['task.taskId', 'task.context']))).toEqual(ofTable);
    expect(await plan(db.selectFrom(tasks('task', ['taskId', 'context'])).selectAll())).toEqual(ofTable);
  });

  test('a relation of some fields reads the same, and its SQL names no others', async () => {
    const some = db
      .selectFrom(tasks('task', ['taskId', 'state']))
      .select(['task.taskId', 'task.state'])
      .orderBy('task.taskId');
    expect(await some.execute()).toEqual(
      await db.selectFrom(tasks()).select(['task.taskId', 'task.state']).orderBy('task.taskId').execute(),
    );
    const ofState =
      /^select .* from \(select t\.task_id as "taskId", coalesce\(.*\) as "state" from "public"\."tasker_tasks" as "t"\) as "task" order by .*$/;
    expect(some.compile().sql).toMatch(ofState);
  });

  test('models work with CamelCasePlugin', async () => {
    const camel = db.withPlugin(new CamelCasePlugin());
    const rows = await camel
      .selectFrom(workflowSteps())
      .innerJoin(tasks(), 'task.taskId', 'workflowStep.taskId')
      .where(taskInState('error'))
      .where(workflowStepInState('complete'))
      .select(['workflowStep.workflowStepId', 'workflowStep.maxRetries', 'task.state'])
      .execute();
    expect(rows.length).toBeGreaterThan(0);
    expect(rows[0]).toEqual({ workflowStepId: expect.any(String), maxRetries: expect.any(Number), state: 'error' });
  });

  test('models follow withSchema, their transitions too', async () => {
    await sql`create schema tenant; `.execute(db);
    for (const table of ['tasker_tasks', 'tasker_task_transitions'])
      await sql`create table ${sql.id('tenant', table)} (like ${sql.id('public', table)})`.execute(db);
    await sql`insert into tenant.tasker_tasks select * from public.tasker_tasks where task_id = 3`.execute(db);
    const rows = await db.withSchema('tenant').selectFrom(tasks()).select(['task.taskId', 'task.state']).execute();
    expect(rows).toEqual([{ taskId: '3', state: 'pending' }]);
    await sql`drop schema tenant cascade`.execute(db);
  });
});

describe('what a model does not write', () => {
  const refuse = (values: object) => () => toTaskUpdate(values);

  test.each([
    ['a computed field', { state: 'error' }, 'Task.state is not writable: insert a row into tasker_task_transitions.'],
    [
      'a computed field that is null',
      { mostRecentErrorMessage: null },
      'Task.mostRecentErrorMessage is not writable: write the columns it is computed from.',
    ],
    ['an unknown field', { stat: 'error' }, 'Task has no field "stat".'],
    ["a column's own name", { task_id: '1' }, 'Task has no field "task_id".'],
    ['a name of the prototype', { constructor: 1 }, 'Task has no field "constructor".'],
  ])('%s', (_name, values, message) => {
    expect(refuse(values)).toThrow(new TypeError(message));
  });

  test('undefined is no value', () => {
    expect(toTaskUpdate({ reason: 'r', state: undefined } as object)).toEqual({
      reason: 'r',
      updated_at: expect.any(String),
    });
  });

  test('a JSON column is written as JSON text, whatever it holds', () => {
    const written = (context: unknown) => {
      const { inputs } = toWorkflowStepInsert({ context } as never);
      return inputs === null ? null : [JSON.stringify(inputs), String(inputs)];
    };
    const texts = ['[1]', '"a"', '5', 'false', '{"a":null}'];
    expect([[1], 'a', 5, false, { a: null }, null].map(written)).toEqual([...texts.map((text) => [text, text]), null]);
  });
});
