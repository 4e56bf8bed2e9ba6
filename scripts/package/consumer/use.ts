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
import { readTasks, returningTask, type Task, toTaskInsert } from './generated/models/task.js';
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
await server.close();
