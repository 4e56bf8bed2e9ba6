import type { RawCatalog } from './raw-catalog.js';
import type { RawColumn } from './raw-columns.js';

/** The lists of the answer. What few columns have are lists of their own: to join all columns with it, or to say of each that it has none, takes longer than anything else. */
export interface AnsweredLists extends Omit<RawCatalog, 'columns'> {
  readonly columns: readonly Pick<RawColumn, 'rel' | 'num' | 'name' | 'type' | 'notnull'>[];
  readonly details: readonly (ColumnNumber & ColumnDetails)[];
  readonly defaults: readonly (ColumnNumber & { expression: string })[];
  readonly comments: readonly (ColumnNumber & { comment: string })[];
  /** Columns that are NOT NULL, and may hold nulls: from before, or in tables that inherit them. */
  readonly unproven: readonly ColumnNumber[];
}

export type ColumnNumber = Pick<RawColumn, 'rel' | 'num'>;
type ColumnDetails = Pick<RawColumn, 'mod' | 'dims' | 'identity' | 'generated' | 'updatable' | 'nondeterministic'>;

/** A row of the catalog query's answer. */
export interface AnsweredList {
  readonly list: keyof AnsweredLists;
  /** JSON. */
  readonly catalog: string;
}
