/** Facts about the database that the query does not hold. Ids are the oids that the node tree holds. */
export interface NullabilityFacts {
  /** Whether a column is proven not null: of a table by its constraint or domain, of a view by its own query. */
  readonly columnNotNull: (relation: number, column: number) => boolean;
  /** Whether a column still holds no null in the row that a statement has written, whatever it has been given. */
  readonly keepsNotNull: (relation: number, column: number) => boolean;
  /** Whether a parameter of the statement is never null. */
  readonly parameterNotNull: (parameter: number) => boolean;
  /** When a function is not null; undefined where nothing is known of it. */
  readonly call: (routine: number) => CallKind | undefined;
  /** When an aggregate is not null. */
  readonly aggregate: (routine: number) => AggregateKind | undefined;
  /** Whether a window function numbers rows, which is never null. */
  readonly isRanking: (routine: number) => boolean;
  /** Whether the array that a function gives has no null element. */
  readonly givesElements: (routine: number) => boolean;
  /** Which columns of the rows that a set-returning function gives are never null. */
  readonly columnsOfSet: (routine: number) => SetKind | undefined;
  /** Whether a function gives null wherever one of its arguments is null. */
  readonly isStrict: (routine: number) => boolean;
  /** Whether a function is built in and always gives the same value for the same arguments. */
  readonly isSteady: (routine: number) => boolean;
}

/**
 * When a function is not null: where no argument is; whatever the arguments are; where the first is not; where the first
 * names a field that an infinite time has too; where no argument is and none has a type of the user's.
 */
export type CallKind = 'total' | 'null-proof' | 'of first' | 'of growing fields' | 'of built-in types';

/** When an aggregate is not null: always, over a row with values that are not null, or over any row. */
export type AggregateKind = 'counts' | 'of values' | 'of rows';

/** Which columns of a set are never null: the first, the first two, or the only one if no element of the array is. */
export type SetKind = 'first column' | 'two columns' | 'elements';
