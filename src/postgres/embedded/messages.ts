import type { PackedError } from '../../packed-error.js';

/** What the process of the embedded Postgres is asked, one after the other. Nothing else passes to it. */
export type Question =
  /** Loads PGlite, so that it is ready when the server is to start. */
  | { readonly kind: 'prepare'; readonly pglite: string }
  /**
   * Starts the server: on the data directory whose bytes follow, or on a new one, a copy of which is the answer's
   * bytes. Asked once.
   */
  | { readonly kind: 'start'; readonly extensions: readonly ExtensionModule[]; readonly isHeld: boolean }
  /** Runs statements as one message, and answers how many ran: their rows stay there. */
  | { readonly kind: 'load'; readonly sql: string }
  /** Runs statements as one message, and answers the rows of all of them. */
  | { readonly kind: 'query'; readonly sql: string }
  /** Runs statements as one message, and answers the columns of the last result. */
  | { readonly kind: 'describe'; readonly sql: string }
  /** Copies the data directory as it is now, outside of a transaction. The copy stays there until it is asked for. */
  | { readonly kind: 'copy' }
  /** Gives that copy, as the answer's bytes. */
  | { readonly kind: 'give' };

export type Answer = { readonly value: unknown } | { readonly error: PackedError };

/** One of PGlite's extensions: the name that its module exports, and the module's file URL. */
export interface ExtensionModule {
  readonly name: string;
  readonly url: string;
}

/** A column that a statement gives. */
export interface Field {
  readonly dataTypeID: number;
  readonly dataTypeModifier: number;
}

/** What Postgres says when a statement fails: the fields of its message by their names there. */
export interface PostgresError extends Error {
  readonly severity: string;
  /** SQLSTATE. */
  readonly code: string;
  readonly detail?: string;
  readonly hint?: string;
  /** Where in the statement, in characters from 1 on. */
  readonly position?: string;
  readonly where?: string;
}

export function isPostgresError(error: unknown): error is PostgresError {
  return error instanceof Error && 'severity' in error && 'code' in error;
}
