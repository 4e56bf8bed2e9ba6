import type { IgnoreConfig } from './report.js';

/** How `rowsmith drift` compares hand-written models with the schema. */
export interface DriftConfig {
  /** The files of hand-written models, as globs. A glob that starts with `!` excludes files. */
  readonly models?: readonly string[];
  /** The severity of each rule, or `off`. A severity turns on a rule that is off by default. */
  readonly rules?: { readonly [rule: string]: 'error' | 'warning' | 'info' | 'off' };
  /** Findings to omit, each with a reason. */
  readonly ignores?: readonly IgnoreConfig[];
  /** What you know about renamed columns. */
  readonly renames?: {
    /** Pairs that are renames, even if their names do not suggest it. */
    readonly confirm?: readonly RenameConfig[];
    /** Pairs that are not renames. */
    readonly deny?: readonly RenameConfig[];
  };
  /** Words that mean the same in this schema, one list per meaning: `[['parcel', 'shipment']]`. */
  readonly synonyms?: readonly (readonly string[])[];
  /** The library that reads the rows, by language, if the models do not show it. */
  readonly profiles?: {
    /** The library of Rust models. */
    readonly rust?: 'sqlx' | 'diesel' | 'sea-orm';
  };
  /** What the driver's parsers turn types into, if no code of the project shows it: `{ int8: 'number' }`. */
  readonly parsers?: {
    readonly [type: string]: 'string' | 'number' | 'bigint' | 'boolean' | 'Date' | 'object' | 'any';
  };
  /** Files to exclude from `models`, as globs. */
  readonly exclude?: readonly string[];
  /** A file of known findings, which reports omit until they are fixed. */
  readonly baseline?: string;
  /** The lowest severity that makes the command exit with 1; defaults to `error`. */
  readonly failOn?: 'error' | 'warning' | 'info' | 'never';
}

/** A column, and a field of a model that is or is not that column under another name. */
export interface RenameConfig {
  /** The table. */
  readonly table: string;
  /** The column in the database. */
  readonly column: string;
  /** The field in the model. */
  readonly field: string;
}
