import { type Kysely, sql } from 'kysely';
import { evaluated, kindOf, writesOf } from './checks.js';
import type { AnyDatabase } from './drivers.js';
import type { MatrixType } from './schema.js';

/** What a driver returns and accepts for one type, in words: `Date, number`. */
export interface Seen {
  readonly type: string;
  /** The kinds of values outside arrays. */
  readonly read: string;
  /** The kinds of an array's elements. `text` if the array is one string; absent if there is no array. */
  readonly elements?: string;
  /** The kinds of values that the matrix wrote and found stored unchanged; absent if there are none. */
  readonly written?: string;
}

export async function seenOf(type: MatrixType, db: Kysely<AnyDatabase>): Promise<Seen> {
  const { forms, table, name, sample } = type;
  const stored = sql<boolean>`${sql.ref('scalar')} is not null`;
  const rows = await db
    .selectFrom(table)
    .select([...forms])
    .where(stored)
    .execute();
  const lists = rows.map((row) => row['list']).filter((list) => list !== null && list !== undefined);
  const written: unknown[] = [];
  for (const expression of sample ? writesOf(sample, 'scalar', []) : []) written.push(await evaluated(db, expression));
  const asText = lists.every((list) => typeof list === 'string');
  return {
    type: name,
    read: kinds(rows.map((row) => row['scalar'])),
    ...(lists.length === 0 ? {} : { elements: asText ? 'text' : kinds(lists.flat(2)) }),
    ...(written.length === 0 ? {} : { written: kinds(written) }),
  };
}

/** The kinds of JSON values. In an array of JSON values, no array is an element. */
const anyJson = ['boolean', 'number', 'object', 'string'];

function kinds(values: readonly unknown[]): string {
  const found = new Set(values.filter((value) => value !== null).map(kindOf));
  if (anyJson.every((kind) => found.has(kind))) return 'JSON';
  return [...found]
    .map((kind) => (kind === 'bytes' ? 'Uint8Array' : kind))
    .sort()
    .join(', ');
}
