import type { QueryKind } from '../catalog/catalog.js';
import type { RoutineField } from './routine-model.js';
import type { TsType } from './ts-type.js';

/** A SQL file of queries. */
export interface QueryFileModel {
  /** Its path from the config's folder, `queries/tickets.sql`, and the same without the extension. */
  readonly source: string;
  readonly path: string;
  readonly queries: readonly QueryModel[];
}

/** A query of a SQL file, and the functions that run it. */
export interface QueryModel {
  /** The function's name, and the prefix of the names of its types: `openTickets`, `OpenTickets`. */
  readonly name: string;
  readonly typeName: string;
  readonly kind: QueryKind;
  /** The line of its file that names it. */
  readonly line: number;
  /** The SQL before, between and after the parameters, and the index of the parameter after each part. */
  readonly parts: readonly string[];
  readonly uses: readonly number[];
  readonly parameters: readonly QueryParameterModel[];
  readonly fields: readonly QueryField[];
  /** Where another query can use it; absent if it cannot. */
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
  /** Null may be passed, and the parameter may be omitted. */
  readonly nullable: boolean;
  /** A single JSON value: the caller passes any JSON, which is sent as text. */
  readonly json: boolean;
  /** The comment on the column that it is of. */
  readonly comment?: string;
}

/** A field of a row, with the comment on the column that it is. */
export interface QueryField extends RoutineField {
  readonly comment?: string;
}
