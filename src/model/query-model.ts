import type { QueryKind } from '../catalog/catalog.js';
import type { RoutineField } from './routine-model.js';
import type { TsType } from './ts-type.js';

/** A SQL file of queries. */
export interface QueryFileModel {
  /** Its path from the config's folder, `queries/tickets.sql`, and without its ending. */
  readonly source: string;
  readonly path: string;
  readonly queries: readonly QueryModel[];
}

/** A query of a SQL file, and the functions that run it. */
export interface QueryModel {
  /** The function's name, and what the names of its types begin with: `openTickets`, `OpenTickets`. */
  readonly name: string;
  readonly typeName: string;
  readonly kind: QueryKind;
  /** The line of its file that names it. */
  readonly line: number;
  /** The SQL before, between and behind the parameters, and the parameter that stands behind each, by its index. */
  readonly parts: readonly string[];
  readonly uses: readonly number[];
  readonly parameters: readonly QueryParameterModel[];
  readonly fields: readonly QueryField[];
  /** Where it can stand in another query; absent where it cannot. */
  readonly standsIn?: 'from' | 'with';
  readonly comment?: string;
}

export interface QueryParameterModel {
  /** Its name in the text. */
  readonly name: string;
  /** The caller's name for it. */
  readonly key: string;
  /** The type of a value that is not null. */
  readonly value: TsType;
  /** Null may be given, and it may be left out. */
  readonly nullable: boolean;
  /** A single JSON value: the caller gives any JSON, which is sent as text. */
  readonly json: boolean;
  /** The comment on the column that it is of. */
  readonly comment?: string;
}

/** A field of a row, with the comment on the column that it is. */
export interface QueryField extends RoutineField {
  readonly comment?: string;
}
