/** What callers of database functions accept and refuse. */
import { type Kysely, sql } from 'kysely';
import type { DB } from '../cases/functions/expected/db.js';
import * as f from '../cases/functions/expected/functions.js';

declare const db: Kysely<DB>;

// Names and types of arguments.
f.fullName({ first: 'a' });
// @ts-expect-error it has no default
f.fullName({ lastName: 'b' });
// @ts-expect-error another type
f.fullName({ first: 1 });
// @ts-expect-error no such argument
f.fullName({ first: 'a', last_name: 'b' });
// @ts-expect-error an output is not passed
f.fullName({ first: 'a', result: 'b' });
// @ts-expect-error no arguments at all
f.fullName();
// @ts-expect-error not by position: they have names
f.fullName(['a']);
f.taskCounts();
f.nextPositive({ n: 1, s: 'small' });
// @ts-expect-error not among the values of the domain
f.nextPositive({ n: 1, s: 'medium' });
// @ts-expect-error a NOT NULL domain
f.nextPositive({ n: null });
// @ts-expect-error no label of the enum
f.echoMood({ m: 'glad' });

// By position, where one has no name.
f.mixed(['a', 1, 2]);
// @ts-expect-error too many
f.mixed(['a', 1, 2, 3]);
// @ts-expect-error too few
f.mixed([]);
// @ts-expect-error a strict function is not run for null
f.increment([null]);
f.total({ label: 'l', amounts: [1, '2', null] });
// @ts-expect-error a variadic argument is an array
f.total({ label: 'l', amounts: 1 });

// JSON: any value, and none else.
f.echoJson({ doc: [1, { a: [] }], plain: 'text' });
// @ts-expect-error no JSON
f.echoJson({ doc: () => 1 });
// @ts-expect-error no JSON
f.echoJson({ doc: 1n });

// Expressions of the argument's type, null or not.
f.fullName({ first: sql<string | null>`null` });
f.increment([sql<number | null>`null`]);
// @ts-expect-error another type
f.fullName({ first: sql<number>`1` });
// @ts-expect-error a bigint column, which reads as text, is no integer
db.selectFrom('tasks').select((eb) => f.areaInt4({ side: eb.ref('id') }).as('a'));

// What is given: null is always possible, and CHECKs of a table say nothing about rows that a function makes.
export const name: Promise<{ name: string | null }> = db
  .selectNoFrom(f.fullName({ first: 'a' }).as('name'))
  .executeTakeFirstOrThrow();
// @ts-expect-error it may be null
export const notNull: Promise<{ name: string }> = db
  .selectNoFrom(f.fullName({ first: 'a' }).as('name'))
  .executeTakeFirstOrThrow();
// @ts-expect-error though the domain is NOT NULL
export const positive: Promise<{ n: number }> = db
  .selectNoFrom(f.nextPositive({ n: 1 }).as('n'))
  .executeTakeFirstOrThrow();
const found = db.selectFrom(f.searchTasks({ q: 'a' }));
export const statuses: Promise<{ status: string | null }[]> = found.select('searchTasks.status').execute();
// @ts-expect-error not the union of the CHECK
export const union: Promise<{ status: 'open' | 'done' | null }[]> = found.select('searchTasks.status').execute();
// @ts-expect-error no such field
found.select('searchTasks.max_rows');
// @ts-expect-error under another alias
db.selectFrom(f.searchTasks({ q: 'a' }, 't')).select('searchTasks.title');

// What is run gives its outputs alone.
export const settled: Promise<{ runningTotal: string | null; at: Date | number | null }> = f.callSettle(db, {
  factor: 1,
  runningTotal: '1',
});
// @ts-expect-error an output that nothing is passed to
f.callSettle(db, { factor: 1, runningTotal: '1', at: 'now' });
// @ts-expect-error it gives nothing
export const touched: Promise<string> = f.callTouch(db, { taskId: '1' });
