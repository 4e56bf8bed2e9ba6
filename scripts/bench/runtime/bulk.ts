/**
 * Many rows of 12 columns, inserted in one transaction, which is rolled back: by `insertTasks`, and as people write it.
 */
import { type Kysely, sql } from 'kysely';
import type { DB } from '../../../generated/db.js';
import { insertTasks, type TaskInsert, toTaskInsert } from '../../../generated/models/task.js';
import { type Compared, type CompareOptions, compare } from './compare.js';

export type Bulk = Readonly<Record<'unnest' | 'ours' | 'values', Compared>>;

const task = (index: number): TaskInsert => ({
  namedTaskId: 1,
  complete: index % 7 === 0,
  requestedAt: new Date(1_700_000_000_000 + index * 1000),
  initiator: 'somebody',
  sourceSystem: 'somewhere',
  reason: `reason ${index}`,
  bypassSteps: null,
  tags: ['a', 'b'],
  context: { order: index, note: 'it "works"' },
  identityHash: `bulk ${index}`,
  createdAt: new Date(1_700_000_000_000),
  updatedAt: new Date(1_700_000_000_000),
});

/** The best that is known: the driver sends an array for each column. */
async function unnest(db: Kysely<DB>, tasks: readonly TaskInsert[]): Promise<number> {
  const each = (of: (one: TaskInsert) => unknown) => sql.val(tasks.map(of));
  const json = (value: unknown) => (value === null || value === undefined ? null : JSON.stringify(value));
  const { rows } = await sql`
    insert into tasker_tasks (named_task_id, complete, requested_at, initiator, source_system, reason, bypass_steps, tags, context, identity_hash, created_at, updated_at)
    select * from unnest(
      ${each((one) => one.namedTaskId)}::int[], ${each((one) => one.complete)}::bool[], ${each((one) => one.requestedAt)}::timestamp[],
      ${each((one) => one.initiator)}::text[], ${each((one) => one.sourceSystem)}::text[], ${each((one) => one.reason)}::text[],
      ${each((one) => json(one.bypassSteps))}::json[], ${each((one) => json(one.tags))}::jsonb[], ${each((one) => json(one.context))}::jsonb[],
      ${each((one) => one.identityHash)}::text[], ${each((one) => one.createdAt)}::timestamp[], ${each((one) => one.updatedAt)}::timestamp[])
    returning task_id as "taskId"`.execute(db);
  return rows.length;
}

/** Rows of parameters, as many as a statement takes. */
async function values(db: Kysely<DB>, tasks: readonly TaskInsert[]): Promise<number> {
  const most = Math.floor(65_535 / 12);
  let inserted = 0;
  for (let from = 0; from < tasks.length; from += most) {
    const rows = tasks.slice(from, from + most).map((one) => toTaskInsert(one));
    inserted += (await db.insertInto('tasker_tasks').values(rows).returning('task_id').execute()).length;
  }
  return inserted;
}

const undone = new Error('rolled back');

async function rolledBack(db: Kysely<DB>, insert: (transaction: Kysely<DB>) => Promise<unknown>): Promise<void> {
  const run = db.transaction().execute(async (transaction) => {
    await insert(transaction);
    throw undone;
  });
  await run.catch((error: unknown) => {
    if (error !== undone) throw error;
  });
}

export async function bulk(db: Kysely<DB>, rows: number, options: CompareOptions): Promise<Bulk> {
  await sql`select setval('tasker_tasks_task_id_seq', max(task_id)) from tasker_tasks`.execute(db);
  const tasks = Array.from({ length: rows }, (_, index) => task(index));
  return compare(
    {
      unnest: () => rolledBack(db, (transaction) => unnest(transaction, tasks)),
      ours: () => rolledBack(db, (transaction) => insertTasks(transaction, tasks, ['taskId'])),
      values: () => rolledBack(db, (transaction) => values(transaction, tasks)),
    },
    options,
  );
}
