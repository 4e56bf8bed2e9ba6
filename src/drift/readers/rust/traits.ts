import type { ProfileName } from '../../declared-type.js';
import { derives } from './attributes.js';
import type { Attribute, RustStruct } from './syntax.js';

/** Traits that say that rows are read into a struct. `Identifiable` alone reads nothing. */
export const readingTraits: ReadonlySet<string> = new Set([
  'FromRow',
  'Queryable',
  'QueryableByName',
  'Selectable',
  'HasQuery',
  'FromQueryResult',
  'DerivePartialModel',
  'DeriveEntityModel',
]);

/** Traits of Diesel that have the struct's columns in queries. */
export const queryTraits: ReadonlySet<string> = new Set([
  'Queryable',
  'Selectable',
  'HasQuery',
  'Insertable',
  'AsChangeset',
]);

/** Traits of sqlx, Diesel, SeaORM and postgres that read a single value of a column. */
export const valueTraits: ReadonlySet<string> = new Set([
  'Type',
  'Decode',
  'FromSql',
  'FromSqlRow',
  'TryGetable',
  'ValueType',
]);

/** Derives that read a newtype as what it holds. */
const valueDerives = new Set(['Type', 'FromSql', 'DieselNewType', 'DeriveValueType']);

/** Whether an attribute has a newtype read as what it holds: `#[derive(DieselNewType)]`. */
export function isReadAsHeld(attributes: readonly Attribute[]): boolean {
  return derives(attributes).some((trait) => valueDerives.has(trait));
}

/** Traits of Diesel that structs derive. */
export const dieselTraits: ReadonlySet<string> = new Set([
  'Queryable',
  'QueryableByName',
  'Selectable',
  'HasQuery',
  'Insertable',
  'AsChangeset',
  'Identifiable',
  'Associations',
]);

const seaOrm = new Set(['DeriveEntityModel', 'DerivePartialModel', 'FromQueryResult', 'DeriveIntoActiveModel']);

/** The library that a struct's attributes are for. */
export function profileOf({ attributes }: RustStruct): ProfileName {
  const traits = derives(attributes);
  const has = (name: string) => attributes.some((attribute) => attribute.name === name);
  if (has('sea_orm') || traits.some((trait) => seaOrm.has(trait))) return 'sea-orm';
  return has('diesel') || traits.some((trait) => dieselTraits.has(trait)) ? 'diesel' : 'sqlx';
}
