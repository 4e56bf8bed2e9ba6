import type { IgnoreConfig } from './report.js';

/** How `rowsmith drift` compares hand-written models with the schema. */
export interface DriftConfig {
  /** Files of the models, as globs. */
  readonly models?: readonly string[];
  /** Severities by rule id, or `off`. A rule that is off by default is switched on by its severity. */
  readonly rules?: { readonly [rule: string]: 'error' | 'warning' | 'info' | 'off' };
  readonly ignores?: readonly IgnoreConfig[];
  readonly renames?: {
    /** Pairs that are renames, whatever their names say. */
    readonly confirm?: readonly RenameConfig[];
    /** Pairs that are none. */
    readonly deny?: readonly RenameConfig[];
  };
  /** Words that mean the same in this schema, a list for each meaning: `[['parcel', 'shipment']]`. */
  readonly synonyms?: readonly (readonly string[])[];
  /** Which library reads the rows, where the models do not tell. */
  readonly profiles?: { readonly rust?: 'sqlx' | 'diesel' | 'sea-orm' };
  /** What the driver's parsers make of types, where the given files do not show it: `{ int8: 'number' }`. */
  readonly parsers?: {
    readonly [type: string]: 'string' | 'number' | 'bigint' | 'boolean' | 'Date' | 'object' | 'any';
  };
  /** Globs of files to leave out of `models`. */
  readonly exclude?: readonly string[];
  /** A file of findings to leave out of the report until they are mended. */
  readonly baseline?: string;
  /** The least severity that exits with 1; `error` when absent. */
  readonly failOn?: 'error' | 'warning' | 'info' | 'never';
}

/** A pair of a column and the field that it is, or is not, called in a model. */
export interface RenameConfig {
  readonly table: string;
  readonly column: string;
  readonly field: string;
}
