/**
 * The part that each measured Node runs, as compiled JavaScript. It reads rows through a model and the same rows by
 * Kysely alone, compares `insertTasks` and `toTaskInsert` with literals that somebody would write, and prints JSON.
 *
 *     node --expose-gc measure.js <url of many rows> <url of few> <rounds> <rows to insert>
 */
import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import type { DB } from '../../../generated/db.js';
import { readTasks, type TaskInsert, tasks, toTaskInsert } from '../../../generated/models/task.js';
import { type Bulk, bulk } from './bulk.js';
import { type Compared, type CompareOptions, compare } from './compare.js';

const [many = '', few = '', rounds = '', rows = ''] = process.argv.slice(2);

const fields = [
  'taskId',
  'namedTaskId',
  'complete',
  'requestedAt',
  'initiator',
  'sourceSystem',
  'reason',
  'bypassSteps',
  'tags',
  'context',
  'identityHash',
  'createdAt',
  'updatedAt',
] as const;
const plain = (db: Kysely<DB>) =>
  db
    .selectFrom('tasker_tasks as t')
    .select([
      't.task_id as taskId',
      't.named_task_id as namedTaskId',
      't.complete as complete',
      't.requested_at as requestedAt',
      't.initiator as initiator',
      't.source_system as sourceSystem',
      't.reason as reason',
      't.bypass_steps as bypassSteps',
      't.tags as tags',
      't.context as context',
      't.identity_hash as identityHash',
      't.created_at as createdAt',
      't.updated_at as updatedAt',
    ])
    .execute();

const inserts = 20_000;
const now = new Date(0);
const plainTask = (id: number): TaskInsert => ({
  namedTaskId: id,
  requestedAt: now,
  identityHash: 'abc',
  initiator: 'me',
  sourceSystem: 'here',
  reason: 'why not',
  complete: false,
  createdAt: now,
  updatedAt: now,
});
const jsonTask = (id: number): TaskInsert => ({
  namedTaskId: id,
  requestedAt: now,
  identityHash: 'abc',
  initiator: 'me',
  context: { order: 17, lines: [1, 2, 3] },
  tags: ['a', 'b'],
  complete: false,
  createdAt: now,
  updatedAt: now,
});

/** The literal that somebody would write by hand, whatever else the values hold. */
const byHand = (values: TaskInsert) => ({
  task_id: values.taskId,
  named_task_id: values.namedTaskId,
  complete: values.complete,
  requested_at: values.requestedAt,
  initiator: values.initiator,
  source_system: values.sourceSystem,
  reason: values.reason,
  bypass_steps:
    values.bypassSteps === undefined || values.bypassSteps === null
      ? values.bypassSteps
      : JSON.stringify(values.bypassSteps),
  tags: values.tags === undefined || values.tags === null ? values.tags : JSON.stringify(values.tags),
  context: values.context === undefined || values.context === null ? values.context : JSON.stringify(values.context),
  identity_hash: values.identityHash,
  created_at: values.createdAt,
  updated_at: values.updatedAt,
});

/** Results, so that no compiler can leave the work out. */
const results: unknown[] = new Array(64).fill(undefined);
const repeated = (make: (values: TaskInsert) => unknown, task: (id: number) => TaskInsert) => {
  const values = Array.from({ length: inserts }, (_, index) => task(index));
  return () => {
    for (let index = 0; index < inserts; index++) results[index & 63] = make(values[index] as TaskInsert);
  };
};

export interface Measured {
  readonly many: Reads;
  readonly few: Reads;
  readonly bulk: Bulk;
  readonly plainRow: Writes;
  readonly jsonRow: Writes;
}

/** Times of reading. `plain` and `again` are the same work: their difference shows how exact the measurement is. */
type Reads = Readonly<Record<'plain' | 'again' | 'model' | 'relation', Compared>>;
type Writes = Readonly<Record<'byHand' | 'ours', Compared>>;

async function withDatabase<Result>(
  connectionString: string,
  use: (db: Kysely<DB>) => Promise<Result>,
): Promise<Result> {
  const db = new Kysely<DB>({ dialect: new PostgresDialect({ pool: new pg.Pool({ connectionString, max: 1 }) }) });
  try {
    return await use(db);
  } finally {
    await db.destroy();
  }
}

const read = (url: string, options: CompareOptions): Promise<Reads> =>
  withDatabase(url, (db) =>
    compare(
      {
        plain: () => plain(db),
        again: () => plain(db),
        model: () => readTasks(db, fields),
        relation: () => db.selectFrom(tasks()).select(fields).execute(),
      },
      options,
    ),
  );

function write(task: (id: number) => TaskInsert, options: CompareOptions): Promise<Writes> {
  return compare({ byHand: repeated(byHand, task), ours: repeated(toTaskInsert, task) }, options);
}

const count = Number(rounds);
const measured: Measured = {
  many: await read(many, { rounds: count, collect: true }),
  few: await read(few, { rounds: count * 20 }),
  bulk: await withDatabase(few, (db) => bulk(db, Number(rows), { rounds: count, collect: true })),
  plainRow: await write(plainTask, { rounds: count * 3 }),
  jsonRow: await write(jsonTask, { rounds: count * 3 }),
};
console.log(JSON.stringify(measured));
