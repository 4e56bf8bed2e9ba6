/** What the functions for rows accept and refuse; compiled, never run. */
import type { Kysely, Transaction } from 'kysely';
import type { DB } from '../../generated/db.js';
import {
  deleteTask,
  findTask,
  insertTask,
  insertTasks,
  type Task,
  type TaskCode,
  type TaskInsert,
  updateTask,
  upsertTask,
} from '../../generated/models/task.js';
import { taskDb } from '../../generated/relations/task.js';
import { findItem, type ItemInsert, upsertItem } from '../cases/rows/expected/models/item.js';
import {
  findItemPart,
  insertItemPart,
  updateItemPart,
  upsertItemPart,
} from '../cases/rows/expected/models/item-part.js';
import * as logs from '../cases/rows/expected/models/log.js';
import * as loans from '../cases/state-machines/expected/models/loan-transition.js';
import { upsertRentalTransition } from '../cases/state-machines/expected/models/rental-transition.js';
import * as snapshots from '../cases/views/expected/models/account-snapshot.js';

declare const db: Kysely<DB>;
declare const transaction: Transaction<DB>;
declare const task: Task;
declare const item: ItemInsert;

// What each gives.
export const found: Promise<Task | undefined> = findTask(db, '3');
export const byKey: Promise<Task | undefined> = findTask(transaction, { identityHash: 'h' });
export const some: Promise<Pick<Task & TaskCode, 'state' | 'summary'> | undefined> = findTask(db, 3n, [
  'state',
  'summary',
]);
// @ts-expect-error a field that was not asked for
export const notAsked: Promise<{ reason: string | null } | undefined> = findTask(db, '3', ['state']);
export const created: Promise<Task> = insertTask(taskDb(db), { namedTaskId: 1, requestedAt: '', identityHash: 'h' });
export const many: Promise<Pick<Task & TaskCode, 'ageSeconds'>[]> = insertTasks(db, [] as TaskInsert[], ['ageSeconds']);
export const changed: Promise<Task | undefined> = updateTask(db, { taskId: 3 }, { reason: 'again' });
export const gone: Promise<boolean> = deleteTask(db, '3');
export const put: Promise<Task> = upsertTask(
  db,
  { namedTaskId: 1, requestedAt: '', identityHash: 'h' },
  { on: 'identityHash' },
);
// @ts-expect-error it may not be there
export const certain: Promise<Task> = updateTask(db, '3', {});

// Keys.
// @ts-expect-error no unique key
findTask(db, { reason: 'r' });
// @ts-expect-error another type
findTask(db, true);
// @ts-expect-error a key is never null
findItem(db, { email: null });
// @ts-expect-error nor left out
findItem(db, { region: 'r' });
// @ts-expect-error a field that is not there
findTask(db, '3', ['nope']);
// @ts-expect-error a key of two fields is told by both
findItemPart(db, '3');
findItemPart(db, { itemId: '3', partNo: 1 });
updateItemPart(db, { itemId: '3', partNo: 1 }, { maxRetries: 1 });
upsertItem(db, { ...item, email: 'e' }, { on: 'email' });
// @ts-expect-error a row without the key conflicts with none
upsertItem(db, { ...item, email: null }, { on: 'email' });
// @ts-expect-error nor one that leaves it out
upsertItem(db, { sku: 'A-1', title: 't' }, { on: 'email' });
// @ts-expect-error no unique key
upsertItem(db, item, { on: 'title' });
// @ts-expect-error the database generates that one
upsertItem(db, item, { on: 'itemId' });
upsertItemPart(db, { itemId: '3', partNo: 1 }, { on: ['itemId', 'partNo'] });
// @ts-expect-error half a key
upsertItemPart(db, { itemId: '3', partNo: 1 }, { on: 'itemId' });
// @ts-expect-error ON CONFLICT cannot name a key that is deferrable, which is the only one
export const { upsertLoanTransition } = loans;
// @ts-expect-error nor that one beside another
upsertRentalTransition(db, { rentalId: 1, sortKey: 1, toState: 'x' }, { on: 'id' });
upsertRentalTransition(db, { rentalId: 1, sortKey: 1, toState: 'x' }, { on: ['sortKey', 'rentalId'] });

// Values.
// @ts-expect-error computed
insertTask(db, { namedTaskId: 1, requestedAt: '', identityHash: 'h', state: 'error' });
// @ts-expect-error a whole row has computed fields
updateTask(db, '3', { ...task, reason: 'again' });
// @ts-expect-error computed
insertTasks(db, [{ namedTaskId: 1, requestedAt: '', identityHash: 'h', summary: 's' }]);
// @ts-expect-error NOT NULL
updateTask(db, '3', { identityHash: null });
// @ts-expect-error the column of maxRetries
insertItemPart(db, { itemId: '3', partNo: 1, retryLimit: 5 });

// Without key nothing is found, and nothing that cannot be written is written.
// @ts-expect-error
logs.findLog;
// @ts-expect-error
logs.updateLog;
// @ts-expect-error
logs.deleteLog;
// @ts-expect-error
logs.upsertLog;
logs.insertLogs(db, []);
// @ts-expect-error
snapshots.insertAccountSnapshot;
// @ts-expect-error
snapshots.findAccountSnapshot;
