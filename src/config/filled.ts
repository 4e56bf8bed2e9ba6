/**
 * What fills a column that nothing is given for: the database itself, such as a trigger, or the functions that write, with
 * a value for a new row, and one for a row that is updated.
 *
 *     { created_by: { insert: { sql: "current_setting('app.user')" } }, updated_at: { insert: 'now', update: 'now' } }
 */
export type FilledConfig = 'database' | { readonly insert?: FilledValue; readonly update?: FilledValue };

/** The time, in the zone of its column, or the value of an expression. */
export type FilledValue = 'now' | { readonly sql: string };
