import type { QualifiedName } from '../catalog/catalog.js';
import type { TsType } from './ts-type.js';

/** A function or procedure of the database, and the function that calls it. */
export interface RoutineModel {
  readonly routine: QualifiedName;
  /** With its arguments, for people. */
  readonly signature: string;
  /** The caller's name: `searchTasks`. */
  readonly name: string;
  /** The prefix of the names of its types: `SearchTasks`. */
  readonly typeName: string;
  /** How arguments are passed: by name, or by position if one of them has no name. */
  readonly notation: 'named' | 'positional';
  readonly parameters: readonly RoutineParameter[];
  readonly result: RoutineResult;
  readonly comment?: string;
}

export interface RoutineParameter {
  /** The database's name for it; absent if it has none. */
  readonly argument?: string;
  /** The caller's name for it. */
  readonly key: string;
  /** `out`: an output of a procedure, to which nothing is passed. */
  readonly mode: 'in' | 'variadic' | 'out';
  /** The type's name in a CAST. */
  readonly cast: string;
  /** The type of a value that can be passed. */
  readonly value: TsType;
  /** The type of an expression that can be passed. */
  readonly read: TsType;
  /** It has a default, so it may be omitted. */
  readonly optional: boolean;
  /** A single JSON value: the caller takes any JSON and passes it as text. */
  readonly json: boolean;
}

export type RoutineResult =
  /** One value, as an expression. */
  | { readonly kind: 'value'; readonly type: TsType }
  /**
   * One or more rows, as a relation. `scalar`: rows of one value, whose column takes any name that the query gives it.
   */
  | { readonly kind: 'rows'; readonly fields: readonly RoutineField[]; readonly scalar: boolean }
  /** A statement of its own: a procedure, possibly with outputs, or a function that returns nothing. */
  | { readonly kind: 'done'; readonly statement: 'call' | 'select'; readonly fields: readonly RoutineField[] };

/** A column that a routine returns, the caller's name for it, and its type. */
export interface RoutineField {
  readonly column: string;
  readonly name: string;
  readonly type: TsType;
}
