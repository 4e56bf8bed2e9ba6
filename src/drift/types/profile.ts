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
  readonly nullable: (type: string) => string;
  readonly array: (type: string) => string;
}
