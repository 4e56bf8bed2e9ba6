/**
 * Puts a text in single quotes: `it's` becomes `'it''s'`. Backslashes have no special meaning, as in the standard.
 * https://www.postgresql.org/docs/current/sql-syntax-lexical.html#SQL-SYNTAX-STRINGS
 */
export function quoteLiteral(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
