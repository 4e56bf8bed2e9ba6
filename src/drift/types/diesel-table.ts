import type { DeclaredType } from '../declared-type.js';
import { customType, declaredSql } from './declared-sql.js';
import { dieselProfile } from './diesel.js';
import { pgTypes } from './pg.js';
import { entryOf } from './profile.js';

/** Types of Postgres by the names that Diesel has for them; the first name of a type is that of `print-schema`. */
const names: Readonly<Record<string, string>> = {
  Bool: 'bool',
  Int2: 'int2',
  SmallInt: 'int2',
  Int4: 'int4',
  Integer: 'int4',
  Int8: 'int8',
  BigInt: 'int8',
  SmallSerial: 'int2',
  Serial: 'int4',
  BigSerial: 'int8',
  Oid: 'oid',
  Float4: 'float4',
  Float: 'float4',
  Float8: 'float8',
  Double: 'float8',
  Numeric: 'numeric',
  Decimal: 'numeric',
  Money: 'money',
  Text: 'text',
  Varchar: 'varchar',
  Bpchar: 'bpchar',
  Char: 'bpchar',
  CChar: 'char',
  Citext: 'citext',
  Bytea: 'bytea',
  Binary: 'bytea',
  Json: 'json',
  Jsonb: 'jsonb',
  Uuid: 'uuid',
  Timestamp: 'timestamp',
  Timestamptz: 'timestamptz',
  Date: 'date',
  Time: 'time',
  Interval: 'interval',
  Inet: 'inet',
  Cidr: 'cidr',
  MacAddr: 'macaddr',
  MacAddr8: 'macaddr8',
  Int4range: 'int4range',
  Int8range: 'int8range',
  Numrange: 'numrange',
  Tsrange: 'tsrange',
  Tstzrange: 'tstzrange',
  Daterange: 'daterange',
  Tsvector: 'tsvector',
  Ltree: 'ltree',
};

/** The same by their names in lower case: Diesel exports `BigInt` as `Bigint` too, and `SmallSerial` as `Smallserial`. */
const inAnyCase = new Map(Object.entries(names).map(([name, type]) => [name.toLowerCase(), type]));
const typeNamed = (written: string): string | undefined => inAnyCase.get(written.toLowerCase());

const spellings: Record<string, string> = {};
for (const [name, type] of Object.entries(names)) spellings[type] ??= name;

const texts = ['text', 'varchar', 'bpchar', 'citext', 'name'];

/** The SQL types of Diesel's `table!`. All texts are one to it. */
export const dieselTableProfile = declaredSql(
  {
    name: 'diesel-table',
    reads: "Diesel's table!",
    nullable: (type) => `Nullable<${type}>`,
    array: (type) => `Array<Nullable<${type}>>`,
    spellings,
  },
  Object.fromEntries(texts.map((type) => [type, texts])),
);

/** Ranges by the types of their bounds: Diesel's `Range<Integer>` is an int4range. */
const ranges: Readonly<Record<string, string>> = {
  int4: 'int4range',
  int8: 'int8range',
  numeric: 'numrange',
  date: 'daterange',
  timestamp: 'tsrange',
  timestamptz: 'tstzrange',
};

function postgresName(written: string): string | undefined {
  const bounds = /^Range<(.*)>$/.exec(written)?.[1];
  return bounds === undefined ? typeNamed(written) : entryOf(ranges, typeNamed(bounds) ?? '');
}

/**
 * What a SQL type of Diesel declares: `Int8` is an int8. What a type of the project's own holds is unknown: often, but
 * not always, an enum.
 */
export function sqlTypeOf(written: string): Pick<DeclaredType, 'name' | 'category' | 'width' | 'timezone'> {
  const name = postgresName(written) ?? customType;
  return { ...(entryOf(pgTypes, name) ?? { category: 'unknown' as const }), name };
}

/**
 * The Rust type that a column of a SQL type is read into: `Text` is read into a `String`. A type of its own is an enum.
 */
export function rustTypeOf(written: string): string {
  return rustTypeOfColumn(typeNamed(written.split('::').at(-1) ?? written) ?? '');
}

/** The Rust type that a column of a type of Postgres is read into: `int4` is read into an `i32`. */
export function rustTypeOfColumn(name: string): string {
  return entryOf(dieselProfile.accepts, name)?.[0] ?? 'enum';
}
