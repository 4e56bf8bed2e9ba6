/**
 * What fills a column for which no value is given: the database itself, such as a trigger, or the write functions, with
 * one value for a new row and one for an updated row.
 *
 *     { created_by: { insert: { sql: "current_setting('app.user')" } }, updated_at: { insert: 'now', update: 'now' } }
 */
export type FilledConfig =
  | 'database'
  | {
      /** The value for a new row: `'now'` or an expression. */
      readonly insert?: FilledValue;
      /** The value for an updated row: `'now'` or an expression. */
      readonly update?: FilledValue;
    };

/** The time, in the column's time zone, or the value of an expression. */
export type FilledValue =
  | 'now'
  | {
      /** A SQL expression: `current_setting('app.user')`. */
      readonly sql: string;
    };
