import type { PackedError } from '../../packed-error.js';

/**
 * A request to the process of the embedded Postgres, which answers requests one after another and accepts nothing else.
 */
export type ServerRequest =
  /** Loads PGlite, so that the server can start quickly. */
  | { readonly kind: 'prepare'; readonly pglite: string }
  /**
   * Starts the server, once: on the data directory whose bytes follow, or on a new one, a copy of which is in the
   * reply's bytes.
   */
  | { readonly kind: 'start'; readonly extensions: readonly ExtensionModule[]; readonly isHeld: boolean }
  /** Runs statements as one message, and replies with the number that ran. Their rows are discarded there. */
  | { readonly kind: 'load'; readonly sql: string }
  /** Runs statements as one message, and replies with the rows of all of them. */
  | { readonly kind: 'query'; readonly sql: string }
  /** Parses one statement without running it, and replies with the types of its parameters and its columns. */
  | { readonly kind: 'describe'; readonly sql: string }
  /** Copies the data directory as it is now, outside a transaction. The copy is held there until it is requested. */
  | { readonly kind: 'copy' }
  /** Replies with that copy, as bytes. */
  | { readonly kind: 'give' };

/** The reply to a request: a value or an error. */
export type ServerReply = { readonly value: unknown } | { readonly error: PackedError };

/**
 * An extension: the name that PGlite's module exports, and the module's file URL. If there is a digest, it does not
 * come with PGlite: the URL is that of a package's bundle, which must have this digest.
 */
export interface ExtensionModule {
  readonly name: string;
  readonly url: string;
  readonly digest?: string;
}

/** A statement's parameters, by the oids of their types, and the columns of its result. */
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
  /** The table's oid and the column's number, if it is a column of a table; otherwise 0. */
  readonly tableID: number;
  readonly columnID: number;
}

/** The error of a failed statement: the fields of Postgres' message under their names there. */
export interface PostgresError extends Error {
  readonly severity: string;
  /** SQLSTATE. */
  readonly code: string;
  readonly detail?: string;
  readonly hint?: string;
  /** The position in the statement, in characters from 1. */
  readonly position?: string;
  readonly where?: string;
}

export function isPostgresError(error: unknown): error is PostgresError {
  return error instanceof Error && 'severity' in error && 'code' in error;
}
