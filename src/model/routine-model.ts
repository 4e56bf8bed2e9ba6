import type { QualifiedName } from '../catalog/catalog.js';
import type { TsType } from './ts-type.js';

/** A function or procedure of the database, and the function that calls it. */
export interface RoutineModel {
  readonly routine: QualifiedName;
  /** With its arguments, for people. */
  readonly signature: string;
  /** The caller's name: `searchTasks`. */
  readonly name: string;
  /** What the names of its types begin with: `SearchTasks`. */
  readonly typeName: string;
  /** How arguments are passed: by name, or by position where one of them has no name. */
  readonly notation: 'named' | 'positional';
  readonly parameters: readonly RoutineParameter[];
  readonly result: RoutineResult;
  readonly comment?: string;
}

export interface RoutineParameter {
  /** The database's name for it; absent where it has none. */
  readonly argument?: string;
  /** The caller's name for it. */
  readonly key: string;
  /** `out`: an output of a procedure, to which nothing is passed. */
  readonly mode: 'in' | 'variadic' | 'out';
  /** The type's name in a CAST. */
  readonly cast: string;
  /** The type of a value that can be passed. */
  readonly value: TsType;
  /** The type that an expression reads as which can be passed. */
  readonly read: TsType;
  /** It has a default, so that it may be left out. */
  readonly optional: boolean;
  /** A single JSON value: the caller takes any JSON and passes it as text. */
  readonly json: boolean;
}

export type RoutineResult =
  /** One value, as an expression. */
  | { readonly kind: 'value'; readonly type: TsType }
  /** A row or rows, as a relation. `scalar`: rows of one value, whose column has whatever name it is given. */
  | { readonly kind: 'rows'; readonly fields: readonly RoutineField[]; readonly scalar: boolean }
  /** It is run by itself: a procedure, perhaps with outputs, or a function that returns nothing. */
  | { readonly kind: 'done'; readonly statement: 'call' | 'select'; readonly fields: readonly RoutineField[] };

/** A column of what a routine gives, the caller's name for it, and its type. */
export interface RoutineField {
  readonly column: string;
  readonly name: string;
  readonly type: TsType;
}
