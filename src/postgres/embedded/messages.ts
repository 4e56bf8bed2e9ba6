import type { PackedError } from '../../packed-error.js';

/** A request to the process of the embedded Postgres. It answers them one after the other, and takes nothing else. */
export type ServerRequest =
  /** Loads PGlite, so that it is ready when the server is to start. */
  | { readonly kind: 'prepare'; readonly pglite: string }
  /**
   * Starts the server, once: on the data directory whose bytes follow, or on a new one, of which the reply's bytes are
   * a copy.
   */
  | { readonly kind: 'start'; readonly extensions: readonly ExtensionModule[]; readonly isHeld: boolean }
  /** Runs statements as one message, and replies how many ran. Their rows stay there. */
  | { readonly kind: 'load'; readonly sql: string }
  /** Runs statements as one message, and replies the rows of all of them. */
  | { readonly kind: 'query'; readonly sql: string }
  /** Parses one statement, which is not run, and replies the types of its parameters and its columns. */
  | { readonly kind: 'describe'; readonly sql: string }
  /** Copies the data directory as it is now, outside a transaction. The copy stays there until it is asked for. */
  | { readonly kind: 'copy' }
  /** Gives that copy, as the reply's bytes. */
  | { readonly kind: 'give' };

/** The reply to a request: a value, or the error. */
export type ServerReply = { readonly value: unknown } | { readonly error: PackedError };

/**
 * An extension: the name that PGlite's module exports, and the module's file URL. With a digest it is no module of
 * PGlite's: the URL is of the bundle that a package brings, which must have this digest.
 */
export interface ExtensionModule {
  readonly name: string;
  readonly url: string;
  readonly digest?: string;
}

/** What a statement takes and gives, as `Description` has it. */
export interface Described {
  readonly parameters: readonly number[];
  readonly fields: readonly Field[];
  readonly tree?: string;
}

/** A column of a statement's result. */
export interface Field {
  readonly dataTypeID: number;
  readonly dataTypeModifier: number;
  readonly name: string;
  /** The table's oid and the column's number, where it is a column of a table; 0 where it is not. */
  readonly tableID: number;
  readonly columnID: number;
}

/** The error of a failed statement: the fields of Postgres' message, by their names there. */
export interface PostgresError extends Error {
  readonly severity: string;
  /** SQLSTATE. */
  readonly code: string;
  readonly detail?: string;
  readonly hint?: string;
  /** The place in the statement, in characters from 1 on. */
  readonly position?: string;
  readonly where?: string;
}

export function isPostgresError(error: unknown): error is PostgresError {
  return error instanceof Error && 'severity' in error && 'code' in error;
}
