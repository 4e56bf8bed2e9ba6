/**
 * The compiler's exact message about a relation that is given something meaningless, under every TypeScript that
 * rowsmith supports. The message is all that somebody sees who makes the mistake.
 */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { COMPILERS_IN_TURN, typecheck } from './support/compile.js';
import { repositoryPath } from './support/repository.js';

const mistakes: readonly (readonly [what: string, expression: string, says: readonly string[]])[] = [
  [
    'a limit on a single row',
    'namedTask.with({ limit: 1 })',
    [
      "error TS2353: Object literal may only specify known properties, and 'limit' does not exist in type 'OptionsOfOne<NamedTask, undefined, {}>'.",
    ],
  ],
  [
    'an order of a row that may be none',
    "mostRecentTransition.with({ orderBy: { id: 'asc' } })",
    [
      "error TS2353: Object literal may only specify known properties, and 'orderBy' does not exist in type 'OptionsOfOneOrNone<TaskTransition, \"taskTransition\", undefined, {}>'.",
    ],
  ],
  [
    'a filter of a row that is always there',
    "namedTask.with({ where: (eb) => eb('name', '=', 'x') })",
    [
      "error TS2353: Object literal may only specify known properties, and 'where' does not exist in type 'OptionsOfOne<NamedTask, undefined, {}>'.",
    ],
  ],
  [
    'a limit of a count',
    'workflowSteps.count({ limit: 1 })',
    [
      "error TS2353: Object literal may only specify known properties, and 'limit' does not exist in type 'OptionsOfCount<WorkflowStep, \"workflowStep\">'.",
    ],
  ],
  [
    'a field that is not there',
    "namedTask.with({ fields: ['nam'] })",
    ["error TS2820: Type '\"nam\"' is not assignable to type 'keyof NamedTask'. Did you mean '\"name\"'?"],
  ],
  [
    'a field that is not there, beside one that is',
    "workflowSteps.with({ fields: ['state', 'retrycount'] })",
    [
      "error TS2820: Type '\"retrycount\"' is not assignable to type 'keyof WorkflowStep'. Did you mean '\"retryCount\"'?",
    ],
  ],
  [
    'an order by a field that is not there',
    "workflowSteps.with({ orderBy: { proccessedAt: 'desc' } })",
    [
      "error TS2561: Object literal may only specify known properties, but 'proccessedAt' does not exist in type 'Order<WorkflowStep>'. Did you mean to write 'processedAt'?",
    ],
  ],
  [
    'a direction that is none',
    "workflowSteps.with({ orderBy: { processedAt: 'down' } })",
    ["error TS2322: Type '\"down\"' is not assignable to type 'Direction | undefined'."],
  ],
  [
    'a filter by a field that is not there',
    "workflowSteps.with({ where: (eb) => eb('stat', '=', 'error') })",
    [
      'error TS2345: Argument of type \'"stat"\' is not assignable to parameter of type \'ReferenceExpression<{ workflowStep: WorkflowStep; }, "workflowStep">\'.',
    ],
  ],
  [
    'a relation that is not there',
    'taskRelations.workflowStep',
    [
      'error TS2551: Property \'workflowStep\' does not exist on type \'{ readonly namedTask: Related<Task, "namedTaskId", NamedTask, "namedTask", "one", unknown>; ',
      "}'. Did you mean 'workflowSteps'?",
    ],
  ],
  [
    'a relation of another model, in a relation',
    'workflowSteps.with({ related: { kind: namedTask } })',
    ["Type 'WorkflowStep' is missing the following properties from type 'Task': namedTaskId, complete, "],
  ],
  [
    'a way through a relation of another model',
    'workflowSteps.through(namedTask)',
    ["Type 'WorkflowStep' is missing the following properties from type 'Task': namedTaskId, complete, "],
  ],
  [
    'rows without the field that tells what belongs to them',
    'withRelated(db, tasks.map(({ taskId }) => ({ taskId })), { namedTask })',
    [
      "Property 'namedTaskId' is missing in type '{ taskId: string; }' but required in type 'Pick<Task, \"namedTaskId\">'.",
    ],
  ],
  [
    'a name that is a field, in a relation',
    'workflowSteps.with({ related: { state: workflowStepRelations.task } })',
    [
      'Property \'\'is a field of the row\'\' is missing in type \'Related<WorkflowStep, "taskId", Task, "task", "one", TaskCode>\' but required in type \'CalledLikeAField<"state">\'.',
    ],
  ],
];

const onRows: typeof mistakes = [
  [
    'a name that is a field',
    '{ state: namedTask }',
    [
      'Property \'\'is a field of the row\'\' is missing in type \'Related<Task, "namedTaskId", NamedTask, "namedTask", "one", unknown>\' but required in type \'CalledLikeAField<"state">\'.',
    ],
  ],
  [
    'no relation',
    '{ namedTask: true }',
    ["error TS2322: Type 'boolean' is not assignable to type 'Reading<any, any, unknown>'."],
  ],
];

const folder = repositoryPath(`test/.rowsmith-messages-${process.pid}.tmp`);
beforeAll(() => mkdirSync(folder));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test.each(COMPILERS_IN_TURN)('TypeScript %s says in words what is wrong', (compiler) => {
  const head = `import type { Kysely } from 'kysely';
import type { DB } from '../../generated/db.js';
import { type Task, taskRelations, withRelated } from '../../generated/relations/task.js';
import { workflowStepRelations } from '../../generated/relations/workflow-step.js';
declare const db: Kysely<DB>;
declare const tasks: Task[];
const { namedTask, workflowSteps, mostRecentTransition } = taskRelations;
export const right = [mostRecentTransition, workflowStepRelations.task];
`;
  const all = [
    ...mistakes,
    ...onRows.map(([what, relations, says]) => [what, `withRelated(db, tasks, ${relations})`, says] as const),
  ];
  const lines = all.map(([, expression], index) => `export const wrong${index} = ${expression};`);
  writeFileSync(join(folder, 'mistakes.ts'), head + lines.join('\n'));
  const { output } = typecheck({ dir: folder, files: ['mistakes.ts'], compiler, resolution: 'nodenext' });
  const said = all.map(() => '');
  const first = head.split('\n').length;
  for (const error of output.split(/^0\/mistakes\.ts(?=\()/m).slice(1))
    said[Number.parseInt(error.slice(1), 10) - first] += error;
  for (const [index, [what, , says]] of all.entries())
    for (const text of says) expect([what, said[index]]).toEqual([what, expect.stringContaining(text)]);
});
