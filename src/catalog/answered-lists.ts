import type { RawCatalog } from './raw-catalog.js';
import type { RawColumn } from './raw-columns.js';

/**
 * The lists that the catalog query returns, by name. Facts that few columns have are in lists of their own: joining
 * them to all columns, or returning null for every other column, takes longer than everything else.
 */
export interface AnsweredLists extends Omit<RawCatalog, 'columns'> {
  readonly columns: readonly Pick<RawColumn, 'rel' | 'num' | 'name' | 'type' | 'notnull'>[];
  readonly details: readonly (ColumnNumber & ColumnDetails)[];
  readonly defaults: readonly (ColumnNumber & { expression: string })[];
  readonly comments: readonly (ColumnNumber & { comment: string })[];
  /**
   * Columns that are NOT NULL but may hold nulls: in rows older than the constraint, or in tables that inherit them.
   */
  readonly unproven: readonly ColumnNumber[];
}

/** A column, identified by the id of its relation and its number there. */
export type ColumnNumber = Pick<RawColumn, 'rel' | 'num'>;
type ColumnDetails = Pick<RawColumn, 'mod' | 'dims' | 'identity' | 'generated' | 'updatable' | 'nondeterministic'>;

/**
 * A row of the catalog query's answer: the name of a list, and the list as JSON, field by field.
 *
 *     { list: 'schemas', text: '{"name":["billing","public"],"comment":["Invoices",null]}' }
 */
export interface AnsweredList {
  readonly list: keyof AnsweredLists;
  readonly text: string;
}
