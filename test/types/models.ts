/**
 * What the generated types must accept and refuse; compiled by every TypeScript that rowsmith supports, never run. Each
 * refusal is a `@ts-expect-error`: a line that compiles where it should not is an error itself.
 */
import type { Insertable, Kysely, Selectable, Transaction, Updateable } from 'kysely';
import { ageSeconds } from '../../examples/tasker/computed/task.js';
import type { NamedTaskConfiguration } from '../../examples/tasker/json.js';
import type { DB, TaskerNamedTasksTable, TaskerTasksTable, TaskerTaskTransitionsTable } from '../../generated/db.js';
import { type NamedTask, toNamedTaskUpdate } from '../../generated/models/named-task.js';
import {
  readTasks,
  returningTask,
  type Task,
  type TaskInsert,
  type TaskState,
  type TaskStored,
  type TaskUpdate,
  taskInState,
  taskNotInState,
  tasks,
  toTaskInsert,
  toTaskUpdate,
  transitionTask,
} from '../../generated/models/task.js';
import type { TaskTransitionRow } from '../../generated/models/task-transition.js';
import { type WorkflowStep, type WorkflowStepUpdate, workflowSteps } from '../../generated/models/workflow-step.js';
import { type TaskDB, taskDb, taskRelations } from '../../generated/relations/task.js';
import { codeField, type Refine } from '../../generated/runtime/read.js';
import { withRelated } from '../../generated/runtime/related.js';
import { jsonText } from '../../generated/runtime/write.js';
import { stepsDb } from '../../generated/slices/steps.js';
import type { Json } from '../../generated/types.js';

type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
const equal = <A, B>(same: Equal<A, B>): boolean => same;

declare const db: Kysely<DB>;
declare const task: Task;
declare const insert: TaskInsert;

// Tables: selected, inserted, updated.
equal<Selectable<TaskerTasksTable>['task_id'], string>(true);
equal<Selectable<TaskerTasksTable>['complete'], boolean>(true);
equal<Selectable<TaskerTasksTable>['reason'], string | null>(true);
equal<Selectable<TaskerTasksTable>['context'], Json | null>(true);
equal<Selectable<TaskerTaskTransitionsTable>['created_at'], Date>(true);
equal<Insertable<TaskerTasksTable>['requested_at'], Date | string>(true);
export const row: Insertable<TaskerTasksTable> = {
  named_task_id: 1,
  requested_at: '',
  identity_hash: '',
  created_at: '',
  updated_at: new Date(),
};
// @ts-expect-error identity_hash is NOT NULL without a default
export const incomplete: Insertable<TaskerTasksTable> = {
  named_task_id: 1,
  requested_at: '',
  created_at: '',
  updated_at: '',
};
// @ts-expect-error NOT NULL
export const nulled: Updateable<TaskerTasksTable> = { identity_hash: null };
// @ts-expect-error an array in a JSON column would be sent as a Postgres array
export const array: Updateable<TaskerTasksTable> = { context: [1, 2] };
// @ts-expect-error the table has no state
export const stateless: keyof TaskerTasksTable = 'state';

// Models: stored and computed apart.
equal<Task['state'], TaskState>(true);
equal<TaskState, 'pending' | 'in_progress' | 'complete' | 'error' | 'cancelled' | 'resolved_manually'>(true);
equal<Task['mostRecentErrorMessage'], string | null>(true);
equal<WorkflowStep['nextRetryAt'], Date | null>(true);
equal<WorkflowStep['retryCount'], number>(true);
equal<WorkflowStepUpdate['retryCount'], number | null | undefined>(true);
equal<NamedTask['version'], string>(true);
export const stored: TaskStored = task;
// @ts-expect-error computed fields are readonly
task.state = 'error';

// Computed and unknown fields are refused: as a literal,
// @ts-expect-error
toTaskInsert({ ...insert, state: 'error' });
// @ts-expect-error
toTaskUpdate({ reason: 'r', mostRecentErrorMessage: 'm' });
// @ts-expect-error
toTaskUpdate({ reason: 'r', nonsense: 1 });
// through a variable,
const withState = { reason: 'r', state: 'error' as const };
// @ts-expect-error
toTaskUpdate(withState);
// @ts-expect-error
export const update: TaskUpdate = withState;
toTaskInsert(insert);
// and through a spread.
// @ts-expect-error
toTaskUpdate({ ...task, reason: 'r' });
// @ts-expect-error
export const copied: TaskInsert = { ...task };
// @ts-expect-error a required field is missing
export const partial: TaskInsert = { namedTaskId: 1 };

// Fields of TypeScript functions: the function gets what it needs, and nothing can be filtered or sorted by it in SQL.
codeField<Task>()(['requestedAt'], ageSeconds);
// @ts-expect-error it needs requestedAt
codeField<Task>()(['taskId'], ageSeconds);
// @ts-expect-error no such field
codeField<Task>()(['nonsense'], ageSeconds);
export const read: Promise<{ taskId: string; ageSeconds: number }[]> = readTasks(db, ['taskId', 'ageSeconds']);
// @ts-expect-error what was needed only is not in the result
export const leaked: Promise<{ requestedAt: Date }[]> = readTasks(db, ['taskId', 'ageSeconds']);
// @ts-expect-error no column of the relation
db.selectFrom(tasks()).where('task.ageSeconds', '>', 1);
// @ts-expect-error no column of the relation
db.selectFrom(tasks()).orderBy('task.summary');
// @ts-expect-error not selectable in SQL
db.selectFrom(tasks()).select('task.ageSeconds');
// A relation of some fields has those.
db.selectFrom(tasks('t', ['taskId', 'state']))
  .where('t.state', '=', 'error')
  .select('t.taskId');
// @ts-expect-error not one of them
db.selectFrom(tasks('t', ['taskId', 'state'])).select('t.reason');
// @ts-expect-error no such field
tasks('t', ['nonsense']);
// @ts-expect-error not writable either
toTaskUpdate({ reason: 'r', ageSeconds: 1 });

// Typed JSON.
equal<NamedTask['configuration'], NamedTaskConfiguration | null>(true);
toNamedTaskUpdate({ configuration: { concurrent: true } });
// @ts-expect-error another type
toNamedTaskUpdate({ configuration: { concurrent: 'yes' } });
// @ts-expect-error a table takes its JSON text alone
export const raw: Updateable<TaskerNamedTasksTable> = { configuration: { concurrent: true } };
export const text: Updateable<TaskerNamedTasksTable> = { configuration: jsonText({ concurrent: true }) };

// Related models.
export const related: Promise<(Task & { steps: WorkflowStep[]; last: TaskTransitionRow | null; kind: NamedTask })[]> =
  withRelated(db, [task], {
    steps: taskRelations.workflowSteps,
    last: taskRelations.mostRecentTransition,
    kind: taskRelations.namedTask,
  });
// @ts-expect-error the key is not among the fields
withRelated(db, [{ state: 'error' }], { steps: taskRelations.workflowSteps });
// @ts-expect-error a field of the row has that name
withRelated(db, [task], { state: taskRelations.namedTask });
export const newState: Promise<TaskState> = transitionTask(db, task.taskId, 'error', {
  metadata: { error_message: 'm' },
});
// @ts-expect-error no such state
transitionTask(db, task.taskId, 'done');
// @ts-expect-error no such column of a transition
transitionTask(db, task.taskId, 'error', { error_message: 'm' });

// Queries.
export const rows: Promise<{ taskId: string; state: TaskState }[]> = db
  .selectFrom(tasks())
  .where('task.state', '=', 'error')
  .where(taskInState('error', 'pending'))
  .orderBy('task.requestedAt')
  .select(['task.taskId', 'task.state'])
  .execute();
export const joined = db
  .selectFrom(workflowSteps('s'))
  .leftJoin(tasks('t'), 't.taskId', 's.taskId')
  .select(['s.state as stepState', 't.state as taskState']);
export const outer: Promise<{ stepState: TaskState; taskState: TaskState | null }[]> = joined.execute();
// @ts-expect-error no such state
taskInState('done');

// State conditions: the compiler knows the aliases of the query.
joined.where(taskInState('error').of('t'));
db.selectFrom(tasks()).leftJoin(workflowSteps('s'), 's.taskId', 'task.taskId').where(taskInState('error'));
db.selectFrom(workflowSteps('s')).leftJoin(tasks(), 'task.taskId', 's.taskId').where(taskNotInState('error'));
db.selectFrom(tasks()).where((eb) => eb.or([taskInState('error')(eb), eb.not(taskNotInState('pending')(eb))]));
db.selectFrom(tasks()).select((eb) => eb.case().when(taskInState('error')(eb)).then(1).else(0).end().as('failed'));
db.selectFrom(tasks('task', ['taskId', 'state'])).where(taskInState('error'));
db.updateTable('tasker_tasks').set({ reason: 'r' }).where(taskInState('error').ofTable());
db.deleteFrom('tasker_tasks').where(taskNotInState('error').ofTable());
// @ts-expect-error the model has another alias
db.selectFrom(tasks('owner')).where(taskInState('error'));
// @ts-expect-error the same inside
db.selectFrom(tasks('owner')).where((eb) => eb.or([taskInState('error')(eb)]));
// @ts-expect-error the table is not the model
db.updateTable('tasker_tasks').set({ reason: 'r' }).where(taskInState('error'));
// @ts-expect-error the relation has no key
db.selectFrom(tasks('task', ['state'])).where(taskInState('error'));

// RETURNING: the whole model without names, of the table under the alias that the compiler finds in the statement.
export const whole: Promise<Task[]> = db.updateTable('tasker_tasks').returning(returningTask()).execute();
const plainUpdate = db.updateTable('tasker_tasks').set({ reason: 'r' });
const aliasedUpdate = db.updateTable('tasker_tasks as t').set({ reason: 'r' });
const aliasedDelete = db.deleteFrom('tasker_tasks as t');
export const aliased: Promise<{ reason: string | null }[]> = aliasedUpdate
  .returning(returningTask('reason').of('t'))
  .execute();
plainUpdate.from('tasker_named_tasks as n').returning(returningTask('state'));
db.insertInto('tasker_tasks').values(row).returning(returningTask('taskId')).returning('reason');
db.deleteFrom('tasker_tasks').using('tasker_named_tasks as n').returning(returningTask());
aliasedDelete.returning(returningTask().of('t'));
declare const camelCased: Kysely<{ taskerTasks: { taskId: string } }>;
camelCased.deleteFrom('taskerTasks').returning(returningTask('taskId'));
// @ts-expect-error the table has an alias
aliasedUpdate.returning(returningTask('reason'));
// @ts-expect-error it has another one
aliasedUpdate.returning(returningTask('reason').of('x'));
// @ts-expect-error the table has an alias
aliasedDelete.returning(returningTask());
// @ts-expect-error another table
db.deleteFrom('tasker_named_tasks').returning(returningTask());
// @ts-expect-error no such field
returningTask('nonsense');

// What is joined to a read leaves its rows: after a right or a full join some would be no tasks.
const joins: Promise<Task[]>[] = [
  readTasks(db, (query) => query.innerJoin(workflowSteps('s'), 's.taskId', 'task.taskId')),
  readTasks(db, (query) =>
    query.leftJoin(workflowSteps('s'), 's.taskId', 'task.taskId').where('s.state', '=', 'error'),
  ),
  readTasks(db, (query) => query.leftJoin(tasks('t'), 't.taskId', 'task.taskId').orderBy('t.state').limit(1)),
  readTasks(db, (query) =>
    query.leftJoinLateral(
      (eb) => eb.selectFrom(workflowSteps('s')).whereRef('s.taskId', '=', 'task.taskId').select('s.state').as('l'),
      (join) => join.onTrue(),
    ),
  ),
  // @ts-expect-error rows without a task
  readTasks(db, (query) => query.rightJoin(workflowSteps('s'), 's.taskId', 'task.taskId')),
  // @ts-expect-error the same
  readTasks(db, (query) => query.fullJoin(workflowSteps('s'), 's.taskId', 'task.taskId')),
  // @ts-expect-error the same behind another join
  readTasks(db, (query) =>
    query
      .innerJoin(workflowSteps('s'), 's.taskId', 'task.taskId')
      .rightJoin(tasks('other'), 'other.taskId', 's.taskId')
      .where('other.state', '=', 'error'),
  ),
];
// @ts-expect-error the same with fields
readTasks(db, ['taskId'], (query) => query.fullJoin(workflowSteps('s'), 's.taskId', 'task.taskId'));
export const firstOnly: Refine<Task, 'task'> = (query) => query.limit(1);
joins.push(readTasks(db, firstOnly), readTasks(db));
// @ts-expect-error no such state
db.selectFrom(tasks()).where('task.state', '=', 'done');
// @ts-expect-error no such field
db.selectFrom(tasks()).select('task.task_id');
// @ts-expect-error another alias
db.selectFrom(tasks('other')).select('task.taskId');

// Slices: the tables that they name, of any database or transaction, and no others.
equal<
  keyof TaskDB,
  | 'tasker_named_tasks'
  | 'tasker_task_annotations'
  | 'tasker_task_transitions'
  | 'tasker_tasks'
  | 'tasker_workflow_steps'
>(true);
export const sliced: Kysely<TaskDB> = taskDb(db);
export const slicedTransaction = (transaction: Transaction<DB>): Transaction<TaskDB> => taskDb(transaction);
export const slicedRows: Promise<{ task_id: string; name: string }[]> = taskDb(db)
  .selectFrom('tasker_tasks as t')
  .innerJoin('tasker_named_tasks as n', 'n.named_task_id', 't.named_task_id')
  .select(['t.task_id', 'n.name'])
  .execute();
stepsDb(db).updateTable('tasker_workflow_steps').set({ processed: true });
readTasks(taskDb(db));
// @ts-expect-error no neighbour of the task
taskDb(db).selectFrom('tasker_task_namespaces');
// @ts-expect-error outside of the slice
stepsDb(db).selectFrom('tasker_tasks');
// @ts-expect-error outside of the slice
stepsDb(db).selectFrom('tasker_workflow_steps as s').innerJoin('tasker_tasks as t', 't.task_id', 's.task_id');
// @ts-expect-error outside of the slice
stepsDb(db).insertInto('tasker_task_namespaces');
// @ts-expect-error no such column
stepsDb(db).selectFrom('tasker_named_steps').select('nonsense');
