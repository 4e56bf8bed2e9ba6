import type { DeclaredType } from '../declared-type.js';
import { declaredSql } from './declared-sql.js';
import { sqlTypeNamed } from './drizzle.js';
import { entryOf } from './profile.js';

/** Types of Postgres that Prisma gives its own types, where no `@db.` says another. */
const defaults: Readonly<Record<string, string>> = {
  BigInt: 'int8',
  Boolean: 'bool',
  Bytes: 'bytea',
  DateTime: 'timestamp',
  Decimal: 'numeric',
  Float: 'float8',
  Int: 'int4',
  Json: 'jsonb',
  String: 'text',
};

/** Types of Postgres by the attributes that name them: `@db.VarChar(255)`. */
const native: Readonly<Record<string, string>> = {
  BigInt: 'int8',
  Bit: 'bit',
  Boolean: 'bool',
  ByteA: 'bytea',
  Char: 'bpchar',
  Citext: 'citext',
  Date: 'date',
  Decimal: 'numeric',
  DoublePrecision: 'float8',
  Inet: 'inet',
  Int: 'int4',
  Integer: 'int4',
  Json: 'json',
  JsonB: 'jsonb',
  Money: 'money',
  Oid: 'oid',
  Real: 'float4',
  SmallInt: 'int2',
  Text: 'text',
  Time: 'time',
  Timestamp: 'timestamp',
  Timestamptz: 'timestamptz',
  Timetz: 'timetz',
  Uuid: 'uuid',
  VarBit: 'varbit',
  VarChar: 'varchar',
  Xml: 'xml',
};

const spellings: Readonly<Record<string, string>> = {
  bool: 'Boolean',
  bpchar: 'String @db.Char',
  bytea: 'Bytes',
  citext: 'String @db.Citext',
  date: 'DateTime @db.Date',
  float4: 'Float @db.Real',
  float8: 'Float',
  inet: 'String @db.Inet',
  int2: 'Int @db.SmallInt',
  int4: 'Int',
  int8: 'BigInt',
  json: 'Json @db.Json',
  jsonb: 'Json',
  money: 'Decimal @db.Money',
  numeric: 'Decimal',
  oid: 'Int @db.Oid',
  text: 'String',
  time: 'DateTime @db.Time',
  timestamp: 'DateTime @db.Timestamp',
  timestamptz: 'DateTime @db.Timestamptz',
  timetz: 'DateTime @db.Timetz',
  uuid: 'String @db.Uuid',
  varbit: 'String @db.VarBit',
  varchar: 'String @db.VarChar',
  xml: 'String @db.Xml',
};

const afterName = (sign: string) => (type: string) => type.replace(/^\w+(?:\([^)]*\))?/, `$&${sign}`);

/** The fields of Prisma's models, which declare types of Postgres. A list is never optional. */
export const prismaProfile = declaredSql(
  {
    name: 'prisma',
    reads: 'Prisma',
    readsWider: true,
    nullable: (type) => (type.includes('[]') ? type : afterName('?')(type)),
    array: afterName('[]'),
    spellings,
  },
  { citext: ['text'] },
);

/** The type of Postgres that a field's type and its `@db.` declare. */
export function prismaTypeOf(
  type: string,
  attribute: string | undefined,
): Pick<DeclaredType, 'name' | 'category' | 'width' | 'timezone'> {
  return sqlTypeNamed(entryOf(native, attribute ?? '') ?? entryOf(defaults, type) ?? '');
}
