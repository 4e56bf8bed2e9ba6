import { RowsmithError } from '../errors.js';
import type { Session } from '../postgres/session.js';

/**
 * The error for a server that refuses the catalog query, because it is too old, not compatible enough, or denies
 * permission.
 */
export async function serverNotReadable(session: Session, cause: unknown): Promise<unknown> {
  if (!isSqlError(cause)) return cause;
  const [row] = await session.query<{ version: string }>('rollback; select version() as version').catch(() => []);
  const server = row === undefined ? 'the server' : shortVersion(row.version);
  return new RowsmithError(
    'server-not-readable',
    `The catalog of ${server} cannot be read: ${cause.message}.`,
    hints.get(cause.code) ?? unsupported,
    { cause },
  );
}

/** The error for an answer to the catalog query that no PostgreSQL gives. */
export function answerNotReadable(what: string, cause?: unknown): RowsmithError {
  return new RowsmithError('server-not-readable', `The server's answer is not a catalog: ${what}.`, unsupported, {
    cause,
  });
}

/**
 * Runs `make` on a server's answer. If parts of the answer do not fit together, it throws an error about the server,
 * not a crash of ours.
 */
export function makeOfAnswer<Made>(make: () => Made): Made {
  try {
    return make();
  } catch (error) {
    throw misfit(error);
  }
}

/** The error for parts of an answer that do not fit together. */
export function misfit(error: unknown): unknown {
  if (error instanceof RowsmithError || isSqlError(error)) return error;
  return answerNotReadable(
    `its parts do not fit together (${error instanceof Error ? error.message : String(error)})`,
    error,
  );
}

const unsupported =
  'rowsmith reads PostgreSQL 11 and newer, and servers that have its catalog. Others can be read as SQL files: --source schema.sql, written by pg_dump --schema-only.';

/** Hints by SQLSTATE: https://www.postgresql.org/docs/current/errcodes-appendix.html. */
const hints: ReadonlyMap<string, string> = new Map([
  ['42501', 'Let the role read the tables of pg_catalog, as every role may by default.'],
  ['57014', 'Raise statement_timeout for the role.'],
]);

interface SqlError extends Error {
  readonly code: string;
}

/**
 * Whether a server sent this error, with an SQLSTATE of five characters. A broken connection has the name of a system
 * error instead.
 */
function isSqlError(error: unknown): error is SqlError {
  return error instanceof Error && 'severity' in error && 'code' in error && typeof error.code === 'string';
}

/** The start of what `version()` returns, without compiler and platform: `PostgreSQL 10.23`. */
function shortVersion(version: string): string {
  return version.replace(/ (on|\() ?.*$/s, '').trim();
}
