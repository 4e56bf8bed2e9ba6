import type { Session } from '../postgres/session.js';

/**
 * The settings by which a server prints values and reads SQL, with their values while rowsmith asks: those of a new
 * database of PostgreSQL. A role, a database or a server may have others, and would then print the same schema in
 * another way. A laptop in another time zone than CI, for example, prints another literal for each default of type
 * timestamptz. pg_dump sets most of them too.
 *
 * `DateStyle` is set for the output alone: whether SQL means a day or a month first stays as the role has it.
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

/**
 * Names of the settings that every reading sets, so that a role's own value makes no difference; of `DateStyle`, all
 * but the order of day and month.
 */
export const settled: readonly string[] = settings.map(([name]) => name);

const values = settings.map(([name, value]) => `('${name}', '${value}')`).join(', ');

/** A statement without rows that sets those settings that the server has. Compatible servers lack some. */
const useSettings = `select from (values ${values}) s(name, value)
where case when current_setting(s.name, true) is not null then set_config(s.name, s.value, true) end = ''`;

/**
 * The statements that begin a transaction in which the server's answers depend on no setting of the server, the
 * database or the role. The search path comes first, and is empty: names then mean what pg_catalog has, and
 * `pg_get_expr` and `format_type` qualify every other name.
 */
export function beginTransaction(session: Session): string {
  return `begin isolation level repeatable read; set local search_path = ''; ${session.limits()}; ${useSettings};`;
}
