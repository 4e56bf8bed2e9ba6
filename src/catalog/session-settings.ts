import type { Session } from '../postgres/session.js';

/**
 * The settings that affect how a server prints values and reads SQL, with the values that rowsmith uses: those of a new
 * PostgreSQL database. A role, a database or a server may have others and would then print the same schema differently.
 * For example, a laptop in another time zone than CI would print a different literal for each default of type
 * timestamptz. pg_dump sets most of them too.
 *
 * `DateStyle` is set only for the output. The role's own setting decides whether SQL has the day or the month first.
 */
const settings: readonly (readonly [name: string, value: string])[] = [
  // How values are printed.
  ['TimeZone', 'UTC'],
  ['DateStyle', 'ISO'],
  ['IntervalStyle', 'postgres'],
  ['bytea_output', 'hex'],
  ['extra_float_digits', '1'],
  ['lc_monetary', 'C'],
  // How names and strings are printed. The second one also affects how strings are read.
  ['quote_all_identifiers', 'off'],
  ['standard_conforming_strings', 'on'],
  // How SQL is read.
  ['array_nulls', 'on'],
  ['backslash_quote', 'safe_encoding'],
  ['transform_null_equals', 'off'],
  ['xmloption', 'content'],
  // With `on`, an expression that the server refuses would close the connection.
  ['exit_on_error', 'off'],
  // Compiling the catalog query costs more than running it.
  ['jit', 'off'],
];

/**
 * Names of the settings that every reading sets, so that a role's own values make no difference; for `DateStyle`, this
 * does not include the order of day and month.
 */
export const settled: readonly string[] = settings.map(([name]) => name);

const values = settings.map(([name, value]) => `('${name}', '${value}')`).join(', ');

/**
 * A statement that returns no rows and sets those of the settings that the server has. Compatible servers lack some.
 */
const useSettings = `select from (values ${values}) s(name, value)
where case when current_setting(s.name, true) is not null then set_config(s.name, s.value, true) end = ''`;

/**
 * The statements that begin a transaction in which the server's answers do not depend on settings of the server, the
 * database or the role. The search path is emptied first: names then refer to pg_catalog, and `pg_get_expr` and
 * `format_type` qualify every other name.
 */
export function beginTransaction(session: Session): string {
  return `begin isolation level repeatable read; set local search_path = ''; ${session.limits()}; ${useSettings};`;
}
