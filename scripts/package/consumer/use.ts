import { readFile } from 'node:fs/promises';
import { PGlite } from '@electric-sql/pglite';
import {
  type DatabaseConnection,
  type Driver,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
} from 'kysely';
import type { DB } from './generated/db.js';
import { readonlyGuard } from './generated/guard.js';
import { upsertStep } from './generated/models/step.js';
import {
  deleteTask,
  findTask,
  insertTasks,
  readTasks,
  returningTask,
  type Task,
  toTaskInsert,
  updateTask,
} from './generated/models/task.js';
import { stepRelations } from './generated/relations/step.js';
import { withRelated } from './generated/runtime/related.js';

const server = await PGlite.create();
await server.exec(await readFile('schema.sql', 'utf8'));

const connection: DatabaseConnection = {
  executeQuery: async ({ sql, parameters }) => ({ rows: (await server.query(sql, [...parameters])).rows as never[] }),
  async *streamQuery() {},
};
const nothing = async () => {};
const driver = {
  init: nothing,
  acquireConnection: async () => connection,
  beginTransaction: nothing,
  commitTransaction: nothing,
  rollbackTransaction: nothing,
  releaseConnection: nothing,
  destroy: nothing,
};

const db = new Kysely<DB>({
  dialect: {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => driver as Driver,
    createIntrospector: (kysely) => new PostgresIntrospector(kysely),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  },
  plugins: [readonlyGuard()],
});

const made = await db
  .insertInto('tasks')
  .values(toTaskInsert({ title: 'Pack' }))
  .returning(returningTask('id', 'status', 'stepCount'))
  .executeTakeFirstOrThrow();
await db.insertInto('steps').values({ id: 1, task_id: made.id }).execute();
const tasks: Task[] = await readTasks(db, (query) => query.where('task.stepCount', '=', 1));
const steps = await db.selectFrom('steps').select(['id', 'task_id as taskId']).execute();
const [step] = await withRelated(db, steps, { task: stepRelations.task });
console.log(JSON.stringify([made, tasks, step]));

const many = await insertTasks(db, [{ title: 'a' }, { title: 'b', status: 'done' }], ['id', 'title', 'stepCount']);
const changed = await updateTask(db, 2, { title: 'c' }, ['title', 'stepCount']);
const put = await upsertStep(db, { id: 1, taskId: 2 }, { on: 'id' });
const gone = [await deleteTask(db, 3), await deleteTask(db, 3), (await findTask(db, 3)) ?? null];
console.log(JSON.stringify([many, changed, put, gone]));
await server.close();
