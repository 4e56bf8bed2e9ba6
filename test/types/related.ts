/**
 * What readings of relations must accept, and the types that they give; compiled by every TypeScript that rowsmith
 * supports, never run. What is refused, and how, is in `test/compiler-messages.test.ts`.
 */
import type { Kysely, Transaction } from 'kysely';
import type { DB } from '../../generated/db.js';
import { type NamedStep, namedStepRelations } from '../../generated/relations/named-step.js';
import { type NamedTask, namedTaskRelations } from '../../generated/relations/named-task.js';
import { namedTasksNamedStepRelations } from '../../generated/relations/named-tasks-named-step.js';
import {
  type Task,
  type TaskCode,
  type TaskState,
  taskDb,
  taskInState,
  taskRelations,
  withRelated,
} from '../../generated/relations/task.js';
import type { TaskTransition } from '../../generated/relations/task-transition.js';
import {
  type WorkflowStep,
  workflowStepInState,
  workflowStepRelations,
} from '../../generated/relations/workflow-step.js';
import type { WorkflowStepTransition } from '../../generated/relations/workflow-step-transition.js';

type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
const equal = <A, B>(same: Equal<A, B>): boolean => same;
type Row<T extends (...args: never) => Promise<readonly unknown[]>> = Awaited<ReturnType<T>>[number];

declare const db: Kysely<DB>;
declare const transaction: Transaction<DB>;
declare const tasks: Task[];
const { workflowSteps, namedTask, mostRecentTransition, taskTransitions } = taskRelations;

// Plain relations: nullability as the keys prove it.
const plain = () => withRelated(db, tasks, { workflowSteps, namedTask, mostRecentTransition });
equal<Row<typeof plain>['workflowSteps'], WorkflowStep[]>(true);
equal<Row<typeof plain>['namedTask'], NamedTask>(true);
equal<Row<typeof plain>['mostRecentTransition'], TaskTransition | null>(true);
equal<Row<typeof plain>['state'], TaskState>(true);

// Fields of any kind, at any depth.
const nested = () =>
  withRelated(taskDb(transaction), tasks, {
    steps: workflowSteps.with({
      fields: ['workflowStepId', 'state'],
      where: (eb) => eb.and([eb('workflowStep.retryCount', '>', 1), eb('state', '=', 'error')]),
      orderBy: { processedAt: 'desc nulls last', workflowStepId: 'asc' },
      limit: 3,
      related: {
        newest: workflowStepRelations.mostRecentTransition,
        task: workflowStepRelations.task.with({
          fields: ['summary'],
          related: {
            named: namedTask.with({ fields: ['name'], related: { tasks: namedTaskRelations.tasks.count() } }),
          },
        }),
      },
    }),
  });
type Step = Row<typeof nested>['steps'][number];
equal<Step['newest'], WorkflowStepTransition | null>(true);
equal<Step['state'], TaskState>(true);
equal<Step['task']['summary'], TaskCode['summary']>(true);
equal<Step['task']['named']['name'], string>(true);
equal<Step['task']['named']['tasks'], number>(true);
equal<keyof Step, 'workflowStepId' | 'state' | 'newest' | 'task'>(true);
equal<keyof Step['task'], 'summary' | 'named'>(true);

// Filters: states, and whatever else gives a condition.
workflowSteps.with({ where: workflowStepInState('error') });
workflowSteps.count({ where: (eb) => eb.or([workflowStepInState('error')(eb), eb('retryCount', 'is', null)]) });
namedTaskRelations.tasks.with({ where: taskInState('error') });
const perhaps = () =>
  withRelated(db, tasks, { newest: mostRecentTransition.with({ where: (eb) => eb('toState', '=', 'error') }) });
equal<Row<typeof perhaps>['newest'], TaskTransition | null>(true);

// Through: each kind of relation.
const through = () =>
  withRelated(db, [] as { readonly namedTaskId: number }[], {
    steps: namedTaskRelations.namedTasksNamedSteps.through(namedTasksNamedStepRelations.namedStep),
    some: namedTaskRelations.namedTasksNamedSteps
      .through(namedTasksNamedStepRelations.namedStep)
      .with({ fields: ['name'], related: { links: namedStepRelations.namedTasksNamedSteps.count() } }),
  });
equal<Row<typeof through>['steps'], NamedStep[]>(true);
equal<keyof Row<typeof through>['some'][number], 'name' | 'links'>(true);
const single = () =>
  withRelated(db, [] as WorkflowStep[], {
    named: workflowStepRelations.task.through(namedTask),
    newest: workflowStepRelations.task.through(mostRecentTransition),
    all: workflowStepRelations.task.through(taskTransitions),
  });
equal<Row<typeof single>['named'], NamedTask>(true);
equal<Row<typeof single>['newest'], TaskTransition | null>(true);
equal<Row<typeof single>['all'], TaskTransition[]>(true);

// A part of the row is enough, and all relations are readings.
withRelated(db, [{ taskId: '1' }], { workflowSteps });
withRelated(db, tasks, taskRelations);
