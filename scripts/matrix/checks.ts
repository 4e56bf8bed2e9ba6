import { Decimal } from 'decimal.js';
import { type Kysely, sql } from 'kysely';
import { Temporal } from 'temporal-polyfill';
import { jsonText } from '../../generated/runtime/write.js';
import type { AnyDatabase } from './drivers.js';
import { toExpression } from './literal.js';
import type { Sample } from './samples.js';
import type { Form, MatrixType } from './schema.js';
import { otherThanGiven } from './stored.js';

/**
 * One claim about one type, as TypeScript that must compile. `failed` is set if it is found wrong without a compiler.
 */
export interface Check {
  readonly type: string;
  readonly form: Form;
  /**
   * `read`: the value fits the type. `exact`: every member of the type occurs. `write`, `refuse`: what can be written.
   */
  readonly kind: 'row' | 'read' | 'exact' | 'write' | 'refuse';
  readonly lines: readonly string[];
  readonly failed?: string;
}

/** How the generator spells the types under test: `Selectable<DB['m_1']>['scalar']`. */
export interface Spelling {
  readonly selected: (table: string, form: Form) => string;
  readonly inserted: (table: string, form: Form) => string;
}

/** Reads every stored value through the driver, and writes every documented form. */
export async function checksOf(type: MatrixType, db: Kysely<AnyDatabase>, spelling: Spelling): Promise<Check[]> {
  if (!type.sample)
    return [
      {
        type: type.name,
        form: 'scalar',
        kind: 'row',
        lines: [],
        failed: 'pg_type has it, the samples have no entry for it',
      },
    ];
  const { sample } = type;
  const rows = await db
    .selectFrom(type.table)
    .select([...type.forms])
    .orderBy(sql.ref('id'))
    .execute();
  const checks: Check[] = [];
  for (const form of type.forms) {
    const values = rows.map((row) => row[form]);
    const add = (kind: Check['kind'], lines: readonly string[], failed?: string) =>
      checks.push({ type: type.name, form, kind, lines, ...(failed === undefined ? {} : { failed }) });
    const declared = spelling.selected(type.table, form);
    for (const expression of new Set(values.map(toExpression)))
      add('read', [`{ const value: ${declared} = ${expression}; void value; }`]);
    add('exact', [`{ const known: Known<${declared}> = true; void known; }`]);
    if (form !== 'grid' && values.some((value) => value !== null))
      add('exact', [`{ const exact: Exact<${declared}, ${kindsOf(values)}> = true; void exact; }`]);
    const inserted = spelling.inserted(type.table, form);
    for (const expression of writesOf(sample, form, values)) {
      add(
        'write',
        [`{ const value: ${inserted} = ${expression}; void value; }`],
        await failureOf(db, type, form, expression),
      );
    }
    if (form === 'scalar')
      for (const expression of sample.refuses ?? [])
        add('refuse', ['// @ts-expect-error', `{ const value: ${inserted} = ${expression}; void value; }`]);
  }
  return checks;
}

/** The kinds of the values that were read, including elements of arrays, as a union of literals. */
function kindsOf(values: readonly unknown[]): string {
  const kinds = new Set(values.flat(2).map(kindOf));
  return [...kinds].map((kind) => `'${kind}'`).join(' | ');
}

export function kindOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  if (value instanceof Uint8Array) return 'bytes';
  return value instanceof Date || Object.prototype.toString.call(value) === '[object Date]' ? 'Date' : typeof value;
}

/** `kindOf` as TypeScript types. */
export const helpers = `
type IsAny<T> = 0 extends 1 & T ? true : false;
/** Whether a type is neither any nor unknown. */
type Known<T> = IsAny<T> extends true ? never : unknown extends T ? never : true;
type Kind<T> = T extends null ? 'null' : T extends string ? 'string' : T extends number ? 'number' : T extends bigint ? 'bigint' : T extends boolean ? 'boolean'
  : T extends Date ? 'Date' : T extends Uint8Array ? 'bytes' : T extends readonly unknown[] ? 'array' : 'object';
type Flat<T> = T extends readonly (infer Element)[] ? (Element extends readonly (infer Inner)[] ? Inner : Element) : T;
/**
 * No member of the type is of a kind that never came. NULL can come wherever it is allowed, and arrays may be empty.
 */
type Exact<T, Came> = [Exclude<Kind<Flat<T>>, Came | 'null' | 'array'>] extends [never] ? true : never;
declare const interval: Extract<Value['interval'], object>;
`;

/** TypeScript expressions that may be written to a form of a type. */
export function writesOf(sample: Sample, form: Form, values: readonly unknown[]): string[] {
  if (sample.query !== undefined || sample.noValue !== undefined) return [];
  const scalars = sample.writes ?? sample.values.map((value) => JSON.stringify(value));
  if (form === 'scalar') return [...scalars];
  if (sample.listWrites && sample.listWrites.length > 0) {
    // An empty grid has no rows: PostgreSQL 15 refuses a grid with one empty row.
    const inGrid = (list: string) => (form === 'grid' && list.startsWith('[') && list !== '[]' ? `[${list}]` : list);
    return sample.listWrites.map(inGrid);
  }
  const hole = sample.notNull ? (scalars[0] ?? 'null') : 'null';
  const asText = values.some((value) => typeof value === 'string') ? ["'{}'"] : [];
  return form === 'list'
    ? [`[${[...scalars, hole].join(', ')}]`, '[]', ...asText]
    : [`[[${scalars[0]}, ${hole}], [${hole}, ${scalars.at(-1)}]]`, ...asText];
}

/** Writes a value through Kysely. Returns the error of the driver or the database, or what was stored instead. */
async function failureOf(
  db: Kysely<AnyDatabase>,
  type: MatrixType,
  form: Form,
  expression: string,
): Promise<string | undefined> {
  try {
    const value = await evaluated(db, expression);
    const { id } = await db
      .insertInto(type.table)
      .values({ ...beside(type, form), [form]: value })
      .returning('id')
      .executeTakeFirstOrThrow();
    return await otherThanGiven(db, { type, form, id }, value);
  } catch (error) {
    return `refused: ${error instanceof Error ? error.message : String(error)}`;
  }
}

/** The value of an expression in the samples. */
export async function evaluated(db: Kysely<AnyDatabase>, expression: string): Promise<unknown> {
  return new Function('jsonText', 'interval', 'Temporal', 'Decimal', `return (${expression})`)(
    jsonText,
    await readInterval(db, expression),
    Temporal,
    Decimal,
  );
}

/** Values for the other columns of a row, because a column that rejects null needs a value too. */
export const beside = ({ sample }: MatrixType, form: Form) =>
  sample?.notNull && form !== 'scalar' ? { scalar: sample.values[0] } : {};

/** An interval as the driver returns it, to be written back. */
async function readInterval(db: Kysely<AnyDatabase>, expression: string): Promise<unknown> {
  if (!/\binterval\b/.test(expression)) return undefined;
  const { rows } = await sql<{ value: unknown }>`select '1 year 2 days 00:00:03.5'::interval as value`.execute(db);
  return rows[0]?.value;
}
