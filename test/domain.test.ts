import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { CamelCasePlugin, type Kysely, sql } from 'kysely';
import type { DB } from '../generated/db.js';
import { readonlyGuard } from '../generated/guard.js';
import { namedTasks, toNamedTaskInsert } from '../generated/models/named-task.js';
import { namedTasksNamedSteps } from '../generated/models/named-tasks-named-step.js';
import {
  readTasks,
  returningTask,
  taskInState,
  taskNotInState,
  tasks,
  toTaskInsert,
  transitionTask,
} from '../generated/models/task.js';
import { readTaskTransitions } from '../generated/models/task-transition.js';
import {
  readWorkflowSteps,
  returningWorkflowStep,
  toWorkflowStepUpdate,
  workflowSteps,
} from '../generated/models/workflow-step.js';
import { namedTaskRelations } from '../generated/relations/named-task.js';
import { namedTasksNamedStepRelations } from '../generated/relations/named-tasks-named-step.js';
import { taskRelations } from '../generated/relations/task.js';
import { withRelated } from '../generated/runtime/related.js';
import { TransitionConflict, TransitionNotAllowed } from '../generated/runtime/state.js';
import { engines, openTasker, type TaskerDatabase } from './support/tasker.js';

const task = { namedTaskId: 1, requestedAt: '2025-07-01 10:00:00', createdAt: '2025-07-01', updatedAt: '2025-07-01' };

describe.each(engines)('the domain on %s', (engine) => {
  let tasker: TaskerDatabase;
  let db: Kysely<DB>;
  let taskId: string;
  let sent: string[] = [];

  beforeAll(async () => {
    tasker = await openTasker(engine);
    db = tasker.db.withPlugin({
      transformQuery: ({ node }) => {
        sent.push(node.kind);
        return node;
      },
      transformResult: ({ result }) => Promise.resolve(result),
    });
  });
  afterAll(() => tasker?.close());

  beforeEach(async () => {
    const identityHash = `${engine}-${Math.random()}`;
    taskId = (
      await db
        .insertInto('tasker_tasks')
        .values(toTaskInsert({ ...task, identityHash }))
        .returning('task_id')
        .executeTakeFirstOrThrow()
    ).task_id;
    sent = [];
  });

  const readTask = async (id: string) => (await readTasks(db, (query) => query.where('task.taskId', '=', id)))[0];
  const stateOf = async (id: string) => (await readTask(id))?.state;
  const transitions = (id: string) =>
    db
      .selectFrom('tasker_task_transitions')
      .where('task_id', '=', id)
      .orderBy('sort_key')
      .select(['from_state', 'to_state', 'sort_key', 'most_recent', 'metadata'])
      .execute();

  describe('reading', () => {
    test('readTasks gives whole models', async () => {
      const [found] = await readTasks(db, (query) => query.where('task.state', '=', 'error'));
      expect(found).toMatchObject({ taskId: '3', state: 'error', stepCount: expect.any(String), complete: false });
    });

    test('taskNotInState is the rest', async () => {
      const all = await db.selectFrom(tasks()).select('task.taskId').execute();
      const inside = await db
        .selectFrom(tasks())
        .where(taskInState('pending', 'error'))
        .select('task.taskId')
        .execute();
      const outside = await db
        .selectFrom(tasks())
        .where(taskNotInState('pending', 'error'))
        .select('task.taskId')
        .execute();
      const ids = (rows: { taskId: string }[]) => rows.map((row) => row.taskId).sort();
      expect(ids([...inside, ...outside])).toEqual(ids(all));
      expect(ids(inside)).toContain(taskId);
    });

    test('stateChangedAt is when the newest transition was made', async () => {
      expect((await readTask('3'))?.stateChangedAt).toEqual(new Date('2025-06-02T11:06:35'));
      expect((await readTask(taskId))?.stateChangedAt).toBeNull();
    });

    test('a database function over the row is a field', async () => {
      const [step] = await readWorkflowSteps(db, (query) => query.where('workflowStep.retriesLeft', '=', 3).limit(1));
      expect(step).toMatchObject({ retryCount: 0, retriesLeft: 3 });
    });

    test('pages are sorted by a computed field', async () => {
      const page = (offset: number) =>
        db
          .selectFrom(tasks())
          .orderBy('task.state')
          .orderBy('task.taskId')
          .select(['task.taskId', 'task.state'])
          .limit(2)
          .offset(offset)
          .execute();
      const rows = [...(await page(0)), ...(await page(2))];
      expect(rows.map(({ state }) => state)).toEqual([...rows.map(({ state }) => state)].sort());
      expect(new Set(rows.map((row) => row.taskId)).size).toBe(4);
    });

    test('models stand in common tables, transactions and locks', async () => {
      const rows = await db.transaction().execute((transaction) =>
        transaction
          .with('failed', (start) =>
            start.selectFrom(tasks()).where('task.state', '=', 'error').select(['task.taskId', 'task.state']),
          )
          .selectFrom('failed')
          .innerJoin(workflowSteps('s'), 's.taskId', 'failed.taskId')
          .select(['failed.taskId', 's.state'])
          .execute(),
      );
      expect(rows.length).toBeGreaterThan(0);
      const locked = await db
        .transaction()
        .execute((transaction) =>
          transaction
            .selectFrom(tasks())
            .where(taskInState('error'))
            .forUpdate()
            .skipLocked()
            .select('task.taskId')
            .limit(1)
            .execute(),
        );
      expect(locked).toEqual([{ taskId: '3' }]);
    });
  });

  describe('fields of TypeScript functions', () => {
    test('fetch what they need and give what was asked for', async () => {
      const [row] = await readTasks(db, ['summary', 'taskId'], (query) => query.where('task.taskId', '=', '3'));
      expect(row).toEqual({ summary: 'task 3: error (charge_card: The card was declined)', taskId: '3' });
    });

    test('keep what was asked for too', async () => {
      const [row] = await readTasks(db, ['ageSeconds', 'requestedAt'], (query) => query.where('task.taskId', '=', '3'));
      expect(row?.ageSeconds).toBeCloseTo((Date.now() - (row?.requestedAt.getTime() ?? 0)) / 1000, 0);
    });

    test('cost nothing when no such field is asked for', async () => {
      expect(await readTasks(db, ['taskId'], (query) => query.where('task.taskId', '=', '3'))).toEqual([
        { taskId: '3' },
      ]);
    });

    test('work with CamelCasePlugin', async () => {
      const camel = db.withPlugin(new CamelCasePlugin());
      expect(await readTasks(camel, ['summary'], (query) => query.where('task.taskId', '=', '1'))).toEqual([
        { summary: 'task 1: complete' },
      ]);
    });
  });

  describe('typed JSON', () => {
    test('is written and read as its type', async () => {
      const name = `n${Math.random()}`;
      await db
        .insertInto('tasker_named_tasks')
        .values(
          toNamedTaskInsert({
            name,
            createdAt: '2025-07-01',
            updatedAt: '2025-07-01',
            configuration: { concurrent: true },
          }),
        )
        .execute();
      const { configuration } = await db
        .selectFrom(namedTasks())
        .where('namedTask.name', '=', name)
        .select('namedTask.configuration')
        .executeTakeFirstOrThrow();
      expect(configuration?.concurrent).toBe(true);
    });

    test('is checked by its schema on read', async () => {
      const [row] = await readTaskTransitions(db, ['metadata'], (query) => query.where('taskTransition.id', '=', '14'));
      expect(row?.metadata?.error_message).toBe('charge_card: The card was declined');
      await sql`update tasker_task_transitions set metadata = '{"error_message": 5}' where id = 1`.execute(db);
      const broken = readTaskTransitions(db, ['metadata'], (query) => query.where('taskTransition.id', '=', '1'));
      await expect(broken).rejects.toThrow(
        'The stored value of metadata does not fit its schema: error_message is not text',
      );
    });
  });

  describe('related models', () => {
    test('come with one query a relation, as the types say', async () => {
      const rows = await readTasks(db, (query) =>
        query.where('task.taskId', 'in', ['1', '2', '3', taskId]).orderBy('task.taskId'),
      );
      sent = [];
      const [first, , third, without] = await withRelated(db, rows, {
        workflowSteps: taskRelations.workflowSteps,
        namedTask: taskRelations.namedTask,
        mostRecentTransition: taskRelations.mostRecentTransition,
      });
      expect(sent).toEqual(['SelectQueryNode', 'SelectQueryNode', 'SelectQueryNode']);
      expect(first?.namedTask.version).toBe('0.1.0');
      expect(first?.workflowSteps.map((step) => [step.taskId, step.createdAt instanceof Date])).toEqual(
        [1, 2, 3].map(() => ['1', true]),
      );
      expect(third?.mostRecentTransition).toMatchObject({ toState: 'error', mostRecent: true });
      expect(without).toMatchObject({ workflowSteps: [], mostRecentTransition: null });
    });

    test('lead through the join table, which has columns of its own', async () => {
      const [named] = await withRelated(
        db,
        await db.selectFrom(namedTasks()).where('namedTask.namedTaskId', '=', 2).selectAll().execute(),
        {
          links: namedTaskRelations.namedTasksNamedSteps,
        },
      );
      const links = await withRelated(db, named?.links ?? [], { step: namedTasksNamedStepRelations.namedStep });
      expect(links.map(({ step, defaultRetryLimit }) => [step.name, defaultRetryLimit])).toContainEqual([
        'charge_card',
        5,
      ]);
      expect(
        await db.selectFrom(namedTasksNamedSteps()).select('namedTasksNamedStep.skippable').limit(1).execute(),
      ).toEqual([{ skippable: false }]);
    });

    test('no rows, no query', async () => {
      expect(await withRelated(db, [], taskRelations)).toEqual([]);
      expect(sent).toEqual([]);
    });

    test('a bigint key finds its integer', async () => {
      const [row] = await withRelated(
        db,
        await db.selectFrom(namedTasks()).where('namedTask.namedTaskId', '=', 1).selectAll().execute(),
        {
          space: namedTaskRelations.taskNamespace,
        },
      );
      expect(row?.space.name).toBe('default');
    });
  });

  describe('transitions', () => {
    test('are written one after the other', async () => {
      await transitionTask(db, taskId, 'in_progress');
      await transitionTask(db, taskId, 'error', { metadata: { error_message: 'no' } });
      expect(await stateOf(taskId)).toBe('error');
      expect(await transitions(taskId)).toEqual([
        { from_state: null, to_state: 'in_progress', sort_key: 10, most_recent: false, metadata: {} },
        {
          from_state: 'in_progress',
          to_state: 'error',
          sort_key: 20,
          most_recent: true,
          metadata: { error_message: 'no' },
        },
      ]);
    });

    test('that the graph does not have are refused', async () => {
      await expect(transitionTask(db, taskId, 'complete')).rejects.toThrow(
        new TransitionNotAllowed('"pending" may change to "in_progress", "cancelled", not to "complete".'),
      );
      await expect(transitionTask(db, '1', 'pending')).rejects.toThrow(
        '"complete" may change to no other state, not to "pending".',
      );
      expect(await transitions(taskId)).toEqual([]);
    });

    test('lose with a conflict where the isolation level finds it, too', async () => {
      await transitionTask(db, taskId, 'in_progress');
      const attempt = (state: 'error' | 'complete') =>
        db
          .transaction()
          .setIsolationLevel('repeatable read')
          .execute((transaction) => transitionTask(transaction, taskId, state));
      const results = await Promise.allSettled([attempt('error'), attempt('complete')]);
      const lost = results.flatMap((result) => (result.status === 'rejected' ? [result.reason as unknown] : []));
      expect(
        lost.every((reason) => reason instanceof TransitionConflict || reason instanceof TransitionNotAllowed),
      ).toBe(true);
      expect((await transitions(taskId)).filter(({ most_recent }) => most_recent).length).toBe(1);
    });

    test('join a transaction, and leave nothing when it fails', async () => {
      const failing = db.transaction().execute(async (transaction) => {
        await transitionTask(transaction, taskId, 'in_progress');
        throw new Error('later');
      });
      await expect(failing).rejects.toThrow('later');
      expect(await stateOf(taskId)).toBe('pending');
    });

    test.each([
      ['the first', []],
      ['a later', ['in_progress', 'error']],
    ] as const)('of many at once for %s one, exactly one wins', async (_name, before) => {
      for (const state of before) await transitionTask(db, taskId, state);
      const other = before.length > 0 ? 'resolved_manually' : 'in_progress';
      const results = await Promise.allSettled(
        Array.from({ length: 8 }, (_, index) => transitionTask(db, taskId, index % 2 ? 'cancelled' : other)),
      );
      const won = results.filter(({ status }) => status === 'fulfilled');
      const lost = results.flatMap((result) => (result.status === 'rejected' ? [result.reason as unknown] : []));
      expect(
        lost.every((reason) => reason instanceof TransitionConflict || reason instanceof TransitionNotAllowed),
      ).toBe(true);
      // Calls that begin after a winner has committed are not concurrent any more: "in_progress" may become
      // "cancelled".
      expect(won.length).toBeGreaterThanOrEqual(1);
      const rows = await transitions(taskId);
      expect(rows.length).toBe(before.length + won.length);
      expect(rows.filter(({ most_recent }) => most_recent).length).toBe(1);
    });
  });

  describe('writing', () => {
    test('RETURNING gives computed fields', async () => {
      const inserted = await db
        .insertInto('tasker_tasks')
        .values(toTaskInsert({ ...task, identityHash: `r${Math.random()}` }))
        .returning(returningTask('taskId', 'state', 'stepCount'))
        .executeTakeFirstOrThrow();
      expect(inserted).toMatchObject({ state: 'pending', stepCount: '0' });
      const updated = await db
        .updateTable('tasker_tasks')
        .set({ reason: 'x' })
        .where('task_id', '=', '3')
        .returning(returningTask('reason', 'state'))
        .execute();
      expect(updated).toEqual([{ reason: 'x', state: 'error' }]);
      const steps = db.updateTable('tasker_workflow_steps').set({ attempts: 1 }).where('workflow_step_id', '=', '7');
      expect(await steps.returning(returningWorkflowStep('retriesLeft', 'retryCount')).execute()).toEqual([
        { retriesLeft: 2, retryCount: 1 },
      ]);
    });

    test('an alias with a default writes what was given', async () => {
      const step = db.updateTable('tasker_workflow_steps').where('workflow_step_id', '=', '8');
      const written = async (retryCount: number | null) =>
        (await step.set(toWorkflowStepUpdate({ retryCount })).returning(['attempts']).executeTakeFirstOrThrow())
          .attempts;
      expect([await written(5), await written(0), await written(null)]).toEqual([5, 0, null]);
      expect(
        await readWorkflowSteps(db, ['retryCount'], (query) => query.where('workflowStep.workflowStepId', '=', '8')),
      ).toEqual([{ retryCount: 0 }]);
    });

    test('the guard refuses what cannot be written, and lets the rest through', async () => {
      const guarded = db.withPlugin(readonlyGuard());
      const values = { ...toTaskInsert({ ...task, identityHash: `g${Math.random()}` }), state: 'error' };
      const insert = (row: object) => guarded.insertInto('tasker_tasks').values(row as never);
      const refusal = 'tasker_tasks.state is not writable: insert a row into tasker_task_transitions.';
      await expect(async () => insert(values).execute()).rejects.toThrow(refusal);
      await expect(async () =>
        guarded
          .updateTable('tasker_tasks as x')
          .set({ state: 'error' } as never)
          .execute(),
      ).rejects.toThrow(refusal);
      await expect(async () =>
        guarded
          .withPlugin(new CamelCasePlugin())
          .updateTable('tasker_tasks')
          .set({ mostRecentErrorMessage: 'm' } as never)
          .execute(),
      ).rejects.toThrow('is not writable: write the columns it is computed from.');
      await expect(async () =>
        guarded
          .updateTable('tasker_tasks')
          .set({ nonsense: 1 } as never)
          .execute(),
      ).rejects.toThrow('tasker_tasks has no column "nonsense".');
      const conflict = insert({ ...values, state: undefined }).onConflict((on) =>
        on.column('identity_hash').doUpdateSet({ state: 'error' } as never),
      );
      await expect(async () => conflict.execute()).rejects.toThrow(refusal);
      const merge = guarded
        .mergeInto('tasker_tasks as t')
        .using('tasker_named_tasks as n', 'n.named_task_id', 't.named_task_id')
        .whenMatched()
        .thenUpdateSet({ state: 'error' } as never);
      await expect(async () => merge.execute()).rejects.toThrow(refusal);
      const inside = guarded
        .with('changed', (start) =>
          start
            .updateTable('tasker_tasks')
            .set({ state: 'error' } as never)
            .returning('task_id'),
        )
        .selectFrom('changed')
        .selectAll();
      await expect(async () => inside.execute()).rejects.toThrow(refusal);
      await insert({ ...values, state: undefined }).execute();
    });
  });
});
