import { quoteIdentifier } from '../../postgres/quote-identifier.js';

/** The session's own search path, for SQL that users wrote; behind a schema, where they mean the tables of one tenant. */
export function userSearchPath(first?: string): string {
  const own = 'set local search_path to default';
  if (first === undefined) return own;
  const name = quoteIdentifier(first).replaceAll("'", "''");
  return `${own}; select where set_config('search_path', '${name}, ' || current_setting('search_path'), true) = ''`;
}
