import type { Session } from '../postgres/session.js';

/**
 * The settings by which a server prints values and reads SQL, and what they are while rowsmith asks: those of a new database of PostgreSQL.
 * A role, a database or a server may have others, and the same schema would print otherwise: a laptop in another zone than CI has another
 * literal in each default of type timestamptz. pg_dump sets most of them too.
 *
 * `DateStyle` is the output's alone: whether SQL means a day or a month first stays as the role has it.
 */
const settings: readonly (readonly [name: string, value: string])[] = [
  // How values are printed.
  ['TimeZone', 'UTC'],
  ['DateStyle', 'ISO'],
  ['IntervalStyle', 'postgres'],
  ['bytea_output', 'hex'],
  ['extra_float_digits', '1'],
  ['lc_monetary', 'C'],
  // How names and strings are printed; with the second also how strings are read.
  ['quote_all_identifiers', 'off'],
  ['standard_conforming_strings', 'on'],
  // How SQL is read.
  ['array_nulls', 'on'],
  ['backslash_quote', 'safe_encoding'],
  ['transform_null_equals', 'off'],
  ['xmloption', 'content'],
  // With `on`, an expression that the server refuses would end the connection.
  ['exit_on_error', 'off'],
  // To compile the catalog query costs more than to run it.
  ['jit', 'off'],
];

/** Settings whose value for a role says nothing, since every reading sets them; of `DateStyle` all but the order of day and month. */
export const settled: readonly string[] = settings.map(([name]) => name);

const values = settings.map(([name, value]) => `('${name}', '${value}')`).join(', ');

/** Sets those that the server has, in one statement without rows; compatible servers lack some. */
const useSettings = `select from (values ${values}) s(name, value) where case when current_setting(s.name, true) is not null then set_config(s.name, s.value, true) end = ''`;

/**
 * Begins a transaction in which the server's answers depend on no setting of the server, the database or the role. The search path comes
 * first, and is empty: names then mean what pg_catalog has, and `pg_get_expr` and `format_type` qualify every other name.
 */
export function beginTransaction(session: Session): string {
  return `begin isolation level repeatable read; set local search_path = ''; ${session.limits()}; ${useSettings};`;
}
