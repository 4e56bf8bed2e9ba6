import { type Kysely, sql } from 'kysely';
import type { AnyDatabase } from './drivers.js';
import type { Form, MatrixType } from './schema.js';

/**
 * What a written row contains, if it differs from the given value; undefined if it is the same, or if that cannot be
 * determined.
 */
export async function otherThanGiven(
  db: Kysely<AnyDatabase>,
  { type, form, id }: { readonly type: MatrixType; readonly form: Form; readonly id: unknown },
  given: unknown,
): Promise<string | undefined> {
  const meant = isJson(type) ? jsonOf(given) : textOf(type, form, given);
  if (meant === undefined) return undefined;
  const column = sql.ref(form);
  const sides = isJson(type)
    ? sql`to_jsonb(${column})::text as stored, ${sql.lit(meant)}::jsonb::text as meant`
    : sql`${column}::text as stored, cast(${sql.lit(meant)} as ${sql.raw(type.sqlType)})::text as meant`;
  const query = sql<{ stored: string; meant: string }>`select ${sides} from ${sql.table(type.table)} where id = ${id}`;
  const [row] = (await query.execute(db)).rows;
  return row && row.stored !== row.meant ? `stored as ${row.stored}, not ${row.meant}` : undefined;
}

const isJson = ({ name }: MatrixType) => ['json', 'jsonb', 'd_jsonb'].includes(name);

/**
 * The JSON of a value; undefined for null, which is written as SQL's NULL, and for text, which Postgres reads as JSON
 * or as an array.
 */
function jsonOf(given: unknown): string | undefined {
  return given === null || typeof given === 'string' ? undefined : JSON.stringify(given);
}

/**
 * The text of a value for Postgres, whatever the driver sends; undefined if there are several, or if it depends on a
 * time zone.
 */
function textOf(type: MatrixType, form: Form, given: unknown): string | undefined {
  if (form !== 'scalar') return undefined;
  if (given instanceof Uint8Array) return `\\x${Buffer.from(given).toString('hex')}`;
  if (given instanceof Date) return type.name.endsWith('timestamptz') ? given.toISOString() : undefined;
  return typeof given === 'object' ? undefined : String(given);
}
