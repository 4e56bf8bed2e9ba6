import type { FilledValue } from '../config/filled.js';
import type { ModuleExport } from './module-export.js';
import type { TsType } from './ts-type.js';
import type { Zone } from './zones.js';

/** A column, and the model's field for it. */
export interface StoredField {
  readonly column: string;
  /** The model's name for it: `taskId`. */
  readonly name: string;
  /** The type of the column when it is read. */
  readonly select: TsType;
  /** The type of the model's field when a query reads it: another one where the alias has a default. */
  readonly fieldSelect: TsType;
  /** What an insert takes; absent where it takes nothing. */
  readonly insert?: { readonly type: TsType; readonly optional: boolean };
  /** What an update takes; absent where it takes nothing. */
  readonly update?: TsType;
  /** The type of a value that is written, and never null. */
  readonly value: TsType;
  /** The column's type in a CAST; empty for a type of the schema's own, which moves with its tables. */
  readonly sqlType: string;
  /** The zone in which a `Date` is read, where the column has none. */
  readonly zone?: Zone;
  /** A single JSON value: the model takes any JSON, and writes it through `jsonText`. */
  readonly json: boolean;
  /** The column keeps a state: what an insert takes in its place, and what to do instead of an update. */
  readonly state?: { readonly insert: TsType; readonly instead: string };
  /** What the functions that write put where nothing is given. */
  readonly filled?: { readonly insert?: FilledValue; readonly update?: FilledValue };
  /** The Standard Schema that the model's read function runs, and the type of what it makes of the value. */
  readonly validated?: { readonly by: ModuleExport; readonly output: TsType };
  /** What the field reads as when the column is null. */
  readonly default?: string | number | boolean;
  readonly comment?: string;
}

/** A column that the statements fill: with what, in an INSERT and in an UPDATE. */
export interface FilledColumn {
  readonly column: string;
  readonly insert?: FilledValue;
  readonly update?: FilledValue;
}
