/**
 * Connection parameters under libpq's names:
 * https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-PARAMKEYWORDS.
 */
export type Parameters = { readonly [name: string]: string | undefined };
