import type { ProfileName } from '../declared.js';

/** How a library reads columns, as data. */
export interface Profile {
  readonly name: ProfileName;
  /** For messages: `sqlx`, `the driver pg`. */
  readonly reads: string;
  /** The names of declared types that each Postgres type can be read into, the one to recommend first. */
  readonly accepts: Readonly<Record<string, readonly string[]>>;
  /** How a fix spells a recommended name that is not spelled as it is called. */
  readonly spellings: Readonly<Record<string, string>>;
  /** Where arrays are read otherwise than their elements alone: by the element's type, what is accepted. */
  readonly arrays?: Readonly<Record<string, readonly string[]>>;
  /** Element types whose arrays are parsed; those of other types stay text such as `{a,b}`, unless a library above parses them. */
  readonly parsedArrays?: ReadonlySet<string>;
  /** Reads JSON of whatever shape, and its value null is a value like any other. */
  readonly readsAnyJson?: true;
  readonly nullable: (type: string) => string;
  readonly array: (type: string) => string;
}

/** What a table says of a name that comes from a schema or from code, and may be one that every object has: `constructor`. */
export function entryOf<Value>(table: Readonly<Record<string, Value>>, name: string): Value | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined;
}
