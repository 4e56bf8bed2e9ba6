import { RowsmithError } from '../errors.js';
import type { Session } from '../postgres/session.js';

/** A server that did not answer the catalog query: too old, compatible but not enough, or not allowed to answer. */
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

/** An answer that no PostgreSQL gives to the catalog query. */
export function answerNotReadable(what: string, cause?: unknown): RowsmithError {
  return new RowsmithError('server-not-readable', `The server's answer is no catalog: ${what}.`, unsupported, {
    cause,
  });
}

/** Makes something of a server's answer: where parts of it do not fit together, that is the server's failure, and no crash. */
export function makeOfAnswer<Made>(make: () => Made): Made {
  try {
    return make();
  } catch (error) {
    throw misfit(error);
  }
}

/** What is wrong with parts of an answer that something could not be made of. */
export function misfit(error: unknown): unknown {
  if (error instanceof RowsmithError || isSqlError(error)) return error;
  return answerNotReadable(
    `its parts do not fit together (${error instanceof Error ? error.message : String(error)})`,
    error,
  );
}

const unsupported =
  'rowsmith reads PostgreSQL 11 and newer, and servers that have its catalog. Others can be read as SQL files: --source schema.sql, written by pg_dump --schema-only.';

/** By SQLSTATE: https://www.postgresql.org/docs/current/errcodes-appendix.html. */
const hints: ReadonlyMap<string, string> = new Map([
  ['42501', 'Let the role read the tables of pg_catalog, as every role may by default.'],
  ['57014', 'Raise statement_timeout for the role.'],
]);

interface SqlError extends Error {
  readonly code: string;
}

/** Said by a server, with an SQLSTATE of five characters. A broken connection has the name of a system error. */
function isSqlError(error: unknown): error is SqlError {
  return error instanceof Error && 'severity' in error && 'code' in error && typeof error.code === 'string';
}

/** `PostgreSQL 10.23`, of what `version()` tells about compilers and platforms as well. */
function shortVersion(version: string): string {
  return version.replace(/ (on|\() ?.*$/s, '').trim();
}
