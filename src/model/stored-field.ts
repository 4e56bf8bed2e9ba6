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
  /** The type of the model's field when a query reads it; differs from `select` if the alias has a default. */
  readonly fieldSelect: TsType;
  /** What an insert takes; absent if it takes nothing. */
  readonly insert?: { readonly type: TsType; readonly optional: boolean };
  /** What an update takes; absent if it takes nothing. */
  readonly update?: TsType;
  /** The type of a written value that is not null. */
  readonly value: TsType;
  /** The column's type in a CAST; empty for a type that the schema itself declares, which moves with its tables. */
  readonly sqlType: string;
  /** The zone in which a `Date` is read, if the column has none. */
  readonly zone?: Zone;
  /** A single JSON value: the model takes any JSON, and writes it through `jsonText`. */
  readonly json: boolean;
  /** The column holds a state: what an insert takes for it, and what to do instead of an update. */
  readonly state?: { readonly insert: TsType; readonly instead: string };
  /** What the write functions store if no value is given. */
  readonly filled?: { readonly insert?: FilledValue; readonly update?: FilledValue };
  /** The Standard Schema that the model's read function runs, and the type of its output. */
  readonly validated?: { readonly by: ModuleExport; readonly output: TsType };
  /** What the field reads as if the column is null. */
  readonly default?: string | number | boolean;
  readonly comment?: string;
}

/** A column that the statements fill: with what, in an INSERT and in an UPDATE. */
export interface FilledColumn {
  readonly column: string;
  readonly insert?: FilledValue;
  readonly update?: FilledValue;
}
