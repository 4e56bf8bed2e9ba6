import { quoteIdentifier } from '../../postgres/quote-identifier.js';

/**
 * The statement that sets the search path for SQL that users wrote: the session's own, behind the schema `first` where
 * the SQL means the tables of one tenant.
 */
export function userSearchPath(first?: string): string {
  const own = 'set local search_path to default';
  if (first === undefined) return own;
  const name = quoteIdentifier(first).replaceAll("'", "''");
  const path = `pg_catalog.concat('${name}, ', pg_catalog.current_setting('search_path'))`;
  return `${own}; select where pg_catalog.set_config('search_path', ${path}, true) operator(pg_catalog.=) ''`;
}
