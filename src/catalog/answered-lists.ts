import type { RawCatalog } from './raw-catalog.js';
import type { RawColumn } from './raw-columns.js';

/**
 * The lists that the catalog query answers, by name. What only few columns have stands in lists of its own: to join it
 * to all columns, or to say of each column that it has none, takes longer than everything else.
 */
export interface AnsweredLists extends Omit<RawCatalog, 'columns'> {
  readonly columns: readonly Pick<RawColumn, 'rel' | 'num' | 'name' | 'type' | 'notnull'>[];
  readonly details: readonly (ColumnNumber & ColumnDetails)[];
  readonly defaults: readonly (ColumnNumber & { expression: string })[];
  readonly comments: readonly (ColumnNumber & { comment: string })[];
  /** Columns that are NOT NULL, and may hold nulls: from before, or in tables that inherit them. */
  readonly unproven: readonly ColumnNumber[];
}

/** A column, by the id of its relation and its number there. */
export type ColumnNumber = Pick<RawColumn, 'rel' | 'num'>;
type ColumnDetails = Pick<RawColumn, 'mod' | 'dims' | 'identity' | 'generated' | 'updatable' | 'nondeterministic'>;

/**
 * A row of the catalog query's answer: a list's name, and the list as JSON, field by field.
 *
 *     { list: 'schemas', text: '{"name":["billing","public"],"comment":["Invoices",null]}' }
 */
export interface AnsweredList {
  readonly list: keyof AnsweredLists;
  readonly text: string;
}
