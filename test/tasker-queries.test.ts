/** The queries of the Tasker example, on its rows. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Kysely } from 'kysely';
import type { DB } from '../generated/db.js';
import { transitionWorkflowStep } from '../generated/models/workflow-step.js';
import { putAnnotationType } from '../generated/queries/queries/annotations.js';
import { namespaceReport, namespaceReportRelation } from '../generated/queries/queries/reports.js';
import { addEdges, readySteps, readyStepsRelation } from '../generated/queries/queries/steps.js';
import { engines, openTasker, type TaskerDatabase } from './support/tasker.js';

describe.each(engines)('queries on %s', (engine) => {
  let tasker: TaskerDatabase;
  let db: Kysely<DB>;
  beforeAll(async () => {
    tasker = await openTasker(engine);
    db = tasker.db;
  });
  afterAll(() => tasker?.close());

  test('a report per namespace', async () => {
    const inventory = { namespace: 'inventory', description: null, running: '0', failed: '0' };
    expect(await namespaceReport(db)).toEqual([
      {
        namespace: 'default',
        description: 'Tasks without a namespace of their own',
        tasks: '4',
        running: '1',
        failed: '1',
        lastRequestedAt: new Date(2025, 5, 2, 13),
      },
      { ...inventory, tasks: '2', lastRequestedAt: new Date(2025, 5, 2, 14) },
    ]);
    expect(await namespaceReport(db, { since: '2025-06-02 14:30' })).toContainEqual({
      ...inventory,
      tasks: '0',
      lastRequestedAt: null,
    });
    const failing = db.selectFrom(namespaceReportRelation({}, 'r')).where('r.failed', '>', '0').select('r.namespace');
    expect(await failing.execute()).toEqual([{ namespace: 'default' }]);
  });

  test('the next steps that are ready', async () => {
    const ready = async (on: Kysely<DB>, taskId: number) =>
      (await readySteps(on, { taskId })).map(({ workflowStepId, state, depth }) => [workflowStepId, state, depth]);
    expect(await ready(db, 1)).toEqual([]);
    // Of the diamond, one side runs, the other failed, and its end waits for both.
    expect(await ready(db, 2)).toEqual([['6', 'error', 2]]);
    const open = db.transaction().execute(async (transaction) => {
      await transaction
        .updateTable('tasker_workflow_steps')
        .set({ processed: true })
        .where('workflow_step_id', 'in', ['5', '6'])
        .execute();
      await transitionWorkflowStep(transaction, '5', 'complete');
      await transitionWorkflowStep(transaction, '6', 'resolved_manually');
      expect(await ready(transaction, 2)).toEqual([['7', 'pending', 3]]);
      throw new Error('back');
    });
    await expect(open).rejects.toThrow('back');
    // No tries left, and cancelled.
    expect(await ready(db, 3)).toEqual([]);
    expect(await ready(db, 4)).toEqual([]);
    expect((await readySteps(db, { taskId: 2 }))[0]).toMatchObject({
      name: 'charge_card',
      context: { order_id: 1002 },
    });
    const joined = db
      .selectFrom(readyStepsRelation({ taskId: 2 }))
      .innerJoin('tasker_workflow_steps as s', 's.workflow_step_id', 'readySteps.workflowStepId')
      .select(['readySteps.name', 's.attempts']);
    expect(await joined.execute()).toEqual([{ name: 'charge_card', attempts: 1 }]);
  });

  test('many edges in one statement', async () => {
    const added = db.transaction().execute(async (transaction) => {
      expect(
        await addEdges(transaction, { name: 'before', fromStepIds: ['5', 11], toStepIds: [6, 12n] }),
      ).toMatchObject([
        { fromStepId: '5', toStepId: '6' },
        { fromStepId: '11', toStepId: '12' },
      ]);
      // The step that runs keeps the next one waiting.
      expect(await readySteps(transaction, { taskId: 2 })).toEqual([]);
      expect(await addEdges(transaction, { name: 'none', fromStepIds: [], toStepIds: [] })).toEqual([]);
      throw new Error('back');
    });
    await expect(added).rejects.toThrow('back');
  });

  test('an upsert', async () => {
    const described = await putAnnotationType(db, { name: 'ticket', description: 'Of the help desk' });
    expect(described).toMatchObject({ annotationTypeId: 2, name: 'ticket', description: 'Of the help desk' });
    expect(described.updatedAt.getTime()).toBeGreaterThan(described.createdAt.getTime());
    const created = await putAnnotationType(db, { name: `of ${engine}` });
    expect(created).toMatchObject({ name: `of ${engine}`, description: null });
    expect(created.annotationTypeId).toBeGreaterThan(2);
  });
});
