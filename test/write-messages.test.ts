/**
 * What the compiler says about a wrong write: in its own plain words, at the line with the mistake. Whoever changes a
 * type sees here what users will read.
 */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { COMPILERS_IN_TURN, typecheck } from './support/compile.js';
import { repositoryPath } from './support/repository.js';

/** A statement, and what the compiler says about it: the error's code and text. */
const mistakes: readonly (readonly [statement: string, says: string])[] = [
  [
    `insertTask(db, { namedTaskId: 1, requestedAt: now })`,
    `error TS2345: Argument of type '{ namedTaskId: number; requestedAt: Date; }' is not assignable to parameter of type 'TaskInsert'.\n  Property 'identityHash' is missing in type '{ namedTaskId: number; requestedAt: Date; }' but required in type 'TaskInsert'.`,
  ],
  [
    `insertTask(db, { namedTaskId: 1 }, ['taskId'])`,
    `error TS2345: Argument of type '{ namedTaskId: number; }' is not assignable to parameter of type 'TaskInsert'.\n  Type '{ namedTaskId: number; }' is missing the following properties from type 'TaskInsert': requestedAt, identityHash`,
  ],
  [
    `insertTask(db, { ...row, titel: 'x' })`,
    `error TS2353: Object literal may only specify known properties, and 'titel' does not exist in type 'TaskInsert'.`,
  ],
  [
    `insertTask(db, { ...row, initator: 'me' })`,
    `error TS2561: Object literal may only specify known properties, but 'initator' does not exist in type 'TaskInsert'. Did you mean to write 'initiator'?`,
  ],
  [
    `insertTasks(db, [row, { ...row, state: 'error' }])`,
    `error TS2322: Type 'string' is not assignable to type 'NotWritable<"insert a row into tasker_task_transitions">'.`,
  ],
  [
    `updateTask(db, '3', { summary: 'x' })`,
    `error TS2322: Type 'string' is not assignable to type 'NotWritable<"it is computed from taskId, state, mostRecentErrorMessage">'.`,
  ],
  [
    `updateTask(db, '3', task)`,
    `error TS2345: Argument of type 'Task' is not assignable to parameter of type 'TaskUpdate'.\n  Types of property 'state' are incompatible.\n    Type 'string' is not assignable to type 'NotWritable<"insert a row into tasker_task_transitions">'.\n      Type 'string' is not assignable to type 'NotWritable<"insert a row into tasker_task_transitions">'.`,
  ],
  [
    `updateWorkflowStep(db, '3', { attempts: 1 })`,
    `error TS2322: Type 'number' is not assignable to type 'NotWritable<"write retryCount">'.`,
  ],
  [
    `updateTask(db, '3', { task_id: 1 })`,
    `error TS2561: Object literal may only specify known properties, but 'task_id' does not exist in type 'TaskUpdate'. Did you mean to write 'taskId'?`,
  ],
  [
    `toTaskUpdate({ stepCount: 1 })`,
    `error TS2322: Type 'number' is not assignable to type 'NotWritable<"write the columns it is computed from">'.`,
  ],
  [`toTaskInsert({ ...row, identityHash: null })`, `error TS2322: Type 'null' is not assignable to type 'string'.`],
  [
    `upsertTask(db, { namedTaskId: 1, identityHash: 'h' }, { on: 'identityHash' })`,
    `error TS2345: Argument of type '{ namedTaskId: number; identityHash: string; }' is not assignable to parameter of type 'TaskInsert & Keyed<"identityHash">'.\n  Property 'requestedAt' is missing in type '{ namedTaskId: number; identityHash: string; }' but required in type 'TaskInsert'.`,
  ],
  [
    `updateOrder(orders, '3', { status: 'paid' })`,
    `error TS2322: Type 'string' is not assignable to type 'NotWritable<"call transitionOrder">'.`,
  ],
  [
    `toOrderUpdate({ status: 'paid' })`,
    `error TS2322: Type 'string' is not assignable to type 'NotWritable<"call transitionOrder">'.`,
  ],
  [
    `insertOrder(orders, { orderNo: 'A-1', status: 'paid' })`,
    `error TS2322: Type '"paid"' is not assignable to type '"draft"'.`,
  ],
  [
    `insertOrders(orders, [{ orderNo: 'A-1', status: 'paid' }])`,
    `error TS2322: Type '"paid"' is not assignable to type '"draft"'.`,
  ],
  [
    `upsertOrder(orders, { orderNo: 'A-1', status: 'paid' }, { on: 'orderNo' })`,
    `error TS2322: Type '"paid"' is not assignable to type '"draft"'.`,
  ],
  [
    `updateEvent({ status: 'seen' })`,
    `error TS2322: Type 'string' is not assignable to type 'NotWritable<"it is a state, and without a unique key no function changes it">'.`,
  ],
  [`findTask(db, { identityHash: null })`, `error TS2322: Type 'null' is not assignable to type 'string'.`],
];

/** TypeScript 7 does not mention that the value that lacks something is an argument. */
const inSeven = (says: string) =>
  says
    .replace(
      /^error TS2345: Argument of type [^\n]* parameter of type 'TaskInsert'\.\n {2}(?=Property)/,
      'error TS2741: ',
    )
    .replace(
      /^error TS2345: Argument of type [^\n]* parameter of type 'TaskInsert'\.\n {2}(?=Type .* is missing)/,
      'error TS2739: ',
    );

const head = `import type { Kysely } from 'kysely';
import type { DB } from '${repositoryPath('generated/db.js')}';
import { findTask, insertTask, insertTasks, type Task, type TaskInsert, toTaskInsert, toTaskUpdate, updateTask, upsertTask } from '${repositoryPath('generated/models/task.js')}';
import { updateWorkflowStep } from '${repositoryPath('generated/models/workflow-step.js')}';
import type { DB as OrdersDB } from '${repositoryPath('test/cases/column-states/expected/db.js')}';
import { toEventUpdate as updateEvent } from '${repositoryPath('test/cases/column-states/expected/models/event.js')}';
import { insertOrder, insertOrders, toOrderUpdate, updateOrder, upsertOrder } from '${repositoryPath('test/cases/column-states/expected/models/order.js')}';
declare const orders: Kysely<OrdersDB>;
declare const db: Kysely<DB>;
declare const row: TaskInsert;
declare const task: Task;
declare const now: Date;
`;

let folder: string;
beforeAll(() => {
  folder = repositoryPath(`test/.rowsmith-messages-${process.pid}.tmp`);
  mkdirSync(folder);
  writeFileSync(
    join(folder, 'mistakes.ts'),
    `${head}${mistakes.map(([statement]) => `void ${statement};\n`).join('')}`,
  );
});
afterAll(() => rmSync(folder, { recursive: true }));

test.each(COMPILERS_IN_TURN)('TypeScript %s says what is wrong with a write, and where', (compiler) => {
  const { output } = typecheck({ dir: folder, compiler, resolution: 'nodenext' });
  const first = head.split('\n').length;
  const errors = output.split(/\n(?=\S)/).map((text) => /^\S*mistakes\.ts\((\d+),\d+\): ([\s\S]*)$/.exec(text));
  const said = mistakes.map(([statement], index) => [
    statement,
    errors.flatMap((found) => (Number(found?.[1]) === first + index ? [found?.[2]] : [])).join('\n'),
  ]);
  expect(said).toEqual(mistakes.map(([statement, says]) => [statement, compiler === '7' ? inSeven(says) : says]));
});
