import type { ProfileName } from '../declared-type.js';

/** How a library reads columns, as data. `accepts: { int8: ['i64'] }`: a bigint can be read into an `i64`. */
export interface Profile {
  readonly name: ProfileName;
  /** Name of the library, for messages: `sqlx`, `the driver pg`. */
  readonly reads: string;
  /** Names of the declared types that each Postgres type can be read into; the first is recommended. */
  readonly accepts: Readonly<Record<string, readonly string[]>>;
  /** Spelling in a fix of each recommended type that is not spelled like its name. */
  readonly spellings: Readonly<Record<string, string>>;
  /** Accepted types of array elements, by the element's type, where these differ from those outside of arrays. */
  readonly arrays?: Readonly<Record<string, readonly string[]>>;
  /** Element types whose arrays are parsed. Arrays of other types stay texts such as `{a,b}`. */
  readonly parsedArrays?: ReadonlySet<string>;
  /** Whether JSON of any shape is read, with JSON's own null as a value like any other. */
  readonly readsAnyJson?: true;
  /** Whether a number is read into a narrower type as long as it fits. */
  readonly readsWider?: true;
  /** Whether a default counts as a value that each row has, since null in spite of it is no failure of the library. */
  readonly countsOnDefaults?: boolean;
  /** Whether null is read into a field that does not allow it, without an error. */
  readonly nullPasses?: true;
  readonly nullable: (type: string) => string;
  /** Spelling of a type that is never null, where that has to be said. */
  readonly required?: (type: string) => string;
  readonly array: (type: string) => string;
}

/**
 * Entry of a table by a name from a schema or from code, also for names that every object has, such as `constructor`.
 */
export function entryOf<Value>(table: Readonly<Record<string, Value>>, name: string): Value | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined;
}
