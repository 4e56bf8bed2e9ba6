import type { DeclaredType } from '../declared-type.js';
import { customType, declaredSql } from './declared-sql.js';
import { pgTypes } from './pg.js';
import { entryOf } from './profile.js';

/** Types of Postgres by the functions of Drizzle that declare columns of them. */
export const drizzleTypes: Readonly<Record<string, string>> = {
  bigint: 'int8',
  bigserial: 'int8',
  bit: 'bit',
  boolean: 'bool',
  bytea: 'bytea',
  char: 'bpchar',
  cidr: 'cidr',
  date: 'date',
  decimal: 'numeric',
  doublePrecision: 'float8',
  inet: 'inet',
  integer: 'int4',
  interval: 'interval',
  json: 'json',
  jsonb: 'jsonb',
  line: 'line',
  macaddr: 'macaddr',
  macaddr8: 'macaddr8',
  numeric: 'numeric',
  point: 'point',
  real: 'float4',
  serial: 'int4',
  smallint: 'int2',
  smallserial: 'int2',
  text: 'text',
  time: 'time',
  timestamp: 'timestamp',
  uuid: 'uuid',
  varchar: 'varchar',
};

/** Types whose function takes options. */
const spellings: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    Object.entries(drizzleTypes)
      .filter(([name]) => !/serial|decimal/.test(name))
      .map(([name, type]) => [type, `${name}()`]),
  ),
  int8: "bigint({ mode: 'bigint' })",
  timestamptz: 'timestamp({ withTimezone: true })',
  timetz: 'time({ withTimezone: true })',
};

/** The columns of Drizzle's `pgTable`, which declare types of Postgres. */
export const drizzleProfile = declaredSql({
  name: 'drizzle',
  reads: 'Drizzle',
  nullable: (type) => type,
  required: (type) => `${type}.notNull()`,
  array: (type) => `${type}.array()`,
  spellings,
});

/** Names of types in SQL that are not those of the catalog. */
const sqlNames: Readonly<Record<string, string>> = {
  bigint: 'int8',
  boolean: 'bool',
  'character varying': 'varchar',
  char: 'bpchar',
  character: 'bpchar',
  decimal: 'numeric',
  'double precision': 'float8',
  int: 'int4',
  integer: 'int4',
  real: 'float4',
  smallint: 'int2',
  'timestamp with time zone': 'timestamptz',
  'timestamp without time zone': 'timestamp',
  'time with time zone': 'timetz',
  'time without time zone': 'time',
  'bit varying': 'varbit',
};

/** What a type of Postgres is as a declared one, by its name in SQL: `citext`, `double precision`. */
export function sqlTypeNamed(written: string): Pick<DeclaredType, 'name' | 'category' | 'width' | 'timezone'> {
  const name = written.trim().toLowerCase();
  if (name === 'enum') return { name, category: 'enum' };
  if (name === '') return { name: 'any', category: 'any' };
  const known = entryOf(sqlNames, name) ?? name;
  const facts = entryOf(pgTypes, known);
  return facts ? { ...facts, name: known } : { name: customType, category: 'unknown' };
}
