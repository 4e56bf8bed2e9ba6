/**
 * The part that each measured Node runs, compiled to JavaScript before: rows of a database through a model beside the same rows from Kysely alone, and
 * `toTaskRow` beside literals that somebody would write. Prints JSON.
 *
 *     node measure.js <url> <rounds>
 */
import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import type { DB } from '../../../generated/db.js';
import { readTasks, tasks, toTaskRow, type TaskInsert } from '../../../generated/models/task.js';
import { compare, type Compared } from './compare.js';

const [url = '', rounds = '15'] = process.argv.slice(2);
const db = new Kysely<DB>({ dialect: new PostgresDialect({ pool: new pg.Pool({ connectionString: url, max: 1 }) }) });

const fields = ['taskId', 'namedTaskId', 'complete', 'requestedAt', 'initiator', 'sourceSystem', 'reason', 'bypassSteps', 'tags', 'context', 'identityHash', 'createdAt', 'updatedAt'] as const;
const plain = () =>
  db
    .selectFrom('tasker_tasks as t')
    .select([
      't.task_id as taskId', 't.named_task_id as namedTaskId', 't.complete as complete', 't.requested_at as requestedAt', 't.initiator as initiator', 't.source_system as sourceSystem', 't.reason as reason',
      't.bypass_steps as bypassSteps', 't.tags as tags', 't.context as context', 't.identity_hash as identityHash', 't.created_at as createdAt', 't.updated_at as updatedAt',
    ])
    .execute();

const inserts = 20_000;
const now = new Date(0);
const plainTask = (id: number): TaskInsert => ({ namedTaskId: id, requestedAt: now, identityHash: 'abc', initiator: 'me', sourceSystem: 'here', reason: 'why not', complete: false, createdAt: now, updatedAt: now });
const jsonTask = (id: number): TaskInsert => ({
  namedTaskId: id, requestedAt: now, identityHash: 'abc', initiator: 'me', context: { order: 17, lines: [1, 2, 3] }, tags: ['a', 'b'], complete: false, createdAt: now, updatedAt: now,
});

/** What a hand would write, with no look at what else the values hold. */
const byHand = (values: TaskInsert) => ({
  task_id: values.taskId,
  named_task_id: values.namedTaskId,
  complete: values.complete,
  requested_at: values.requestedAt,
  initiator: values.initiator,
  source_system: values.sourceSystem,
  reason: values.reason,
  bypass_steps: values.bypassSteps === undefined || values.bypassSteps === null ? values.bypassSteps : JSON.stringify(values.bypassSteps),
  tags: values.tags === undefined || values.tags === null ? values.tags : JSON.stringify(values.tags),
  context: values.context === undefined || values.context === null ? values.context : JSON.stringify(values.context),
  identity_hash: values.identityHash,
  created_at: values.createdAt,
  updated_at: values.updatedAt,
});

/** Kept, so that no compiler can leave the work out. */
const kept: unknown[] = new Array(64).fill(undefined);
const many = (make: (values: TaskInsert) => unknown, task: (id: number) => TaskInsert) => {
  const values = Array.from({ length: inserts }, (_, index) => task(index));
  return () => {
    for (let index = 0; index < inserts; index++) kept[index & 63] = make(values[index] as TaskInsert);
  };
};

export interface Measured {
  readonly rows: number;
  readonly read: Compared;
  readonly relation: Compared;
  readonly plainRow: Compared;
  readonly jsonRow: Compared;
}

const count = Number(rounds);
const measured: Measured = {
  rows: (await plain()).length,
  read: await compare(() => readTasks(db, fields), plain, count),
  relation: await compare(() => db.selectFrom(tasks('task', fields)).selectAll().execute(), plain, count),
  plainRow: await compare(many(toTaskRow, plainTask), many(byHand, plainTask), count * 5),
  jsonRow: await compare(many(toTaskRow, jsonTask), many(byHand, jsonTask), count * 5),
};
await db.destroy();
console.log(JSON.stringify(measured));
