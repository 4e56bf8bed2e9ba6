import { types } from 'node:util';
import { RowsmithError } from '../../errors.js';
import { lockNotAvailable, sqlState } from '../sql-state.js';

/**
 * The error for a connection that could not be made. `target` names the server, the database and the user, and contains
 * no secret.
 */
export function connectionFailed(target: string, error: unknown): RowsmithError {
  if (error instanceof RowsmithError) return error;
  const { code, message } = rootCause(error);
  const known = code !== undefined && Object.hasOwn(explanations, code) ? explanations[code] : undefined;
  const [reason, hint] = known ??
    described.find(({ words }) => words.test(message))?.means ?? [message, 'Check the URL or the PG* variables.'];
  return new RowsmithError('connection-failed', `Cannot connect to ${target}: ${reason}`, hint, { cause: error });
}

/** The error for a connection that was made and has ended. */
export function connectionLost(error: unknown): RowsmithError {
  return new RowsmithError(
    'connection-lost',
    `The connection to the database was lost: ${rootCause(error).message}`,
    'Nothing was written. Run again.',
    { cause: error },
  );
}

/** The error for a database that did not answer in time. */
export function timedOut(seconds: number, cause?: unknown): RowsmithError {
  const locked = sqlState(cause) === lockNotAvailable;
  return new RowsmithError(
    'timed-out',
    locked
      ? `The schema could not be read within ${seconds} s: another session holds a lock.`
      : `The database did not answer within ${seconds} s.`,
    locked
      ? 'Is a migration running? Run again afterwards, or raise --timeout <seconds>.'
      : 'Raise the limit with --timeout <seconds>.',
    { cause },
  );
}

/**
 * Whether an error ended the connection, because the server ended the session or the socket broke. Errors of statements
 * have other SQLSTATEs and do not end the session.
 */
export function isLost(error: unknown): boolean {
  const state = sqlState(error);
  return state === undefined || /^(57P0|08|25P03)/.test(state);
}

/**
 * Whether pg_hba.conf refuses the login: it has no rule that admits this user in this way, or one that rejects it.
 * Another rule may apply to another encryption.
 */
export function isRefusedByHba(error: unknown): boolean {
  return sqlState(error) === '28000';
}

/**
 * The first cause of an error. Node tries every address of a host and throws one AggregateError, which has no message
 * of its own.
 */
function rootCause(error: unknown): { code?: string; message: string } {
  const first: unknown = isAggregate(error) ? error.errors[0] : error;
  return types.isNativeError(first)
    ? { message: first.message, ...('code' in first ? { code: String(first.code) } : {}) }
    : { message: String(first) };
}

/** Whether every address of the host failed. */
export function isAggregate(error: unknown): error is AggregateError {
  return types.isNativeError(error) && 'errors' in error;
}

type Explanation = readonly [reason: string, hint: string];

/** What a system error or an SQLSTATE means, and what can be done. */
const explanations: Record<string, Explanation> = {
  ECONNREFUSED: ['the connection was refused', 'Is the server running, and is the port right?'],
  ECONNRESET: ['the connection was closed', 'Is it a PostgreSQL server? Check any proxy in between.'],
  ENOENT: ['there is no such socket', 'Is the server running, and is the folder right?'],
  ENOTFOUND: ['the host is unknown', 'Check the host name.'],
  EAI_AGAIN: ['the host name cannot be resolved', 'Check the host name and the network.'],
  ETIMEDOUT: ['the server does not answer', 'Check the host, the port and the firewall.'],
  '28P01': ['the password is wrong', 'Check the password; special characters in a URL are written as %XX.'],
  '3D000': ['the database does not exist', 'Check the name at the end of the URL.'],
  SELF_SIGNED_CERT_IN_CHAIN: [
    "the root of the server's certificate is not trusted",
    'Set sslrootcert=<file> to the root certificate.',
  ],
  DEPTH_ZERO_SELF_SIGNED_CERT: [
    "the server's certificate is self-signed",
    'Set sslrootcert=<file> to that certificate.',
  ],
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: [
    "the root of the server's certificate is not trusted",
    'Set sslrootcert=<file> to the root certificate.',
  ],
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: [
    "the root of the server's certificate is not trusted",
    'Set sslrootcert=<file> to the root certificate.',
  ],
  CERT_HAS_EXPIRED: ["the server's certificate has expired", 'Renew it on the server.'],
  ERR_TLS_CERT_ALTNAME_INVALID: [
    "the server's certificate is for another host name",
    'Connect by a name in the certificate; sslmode=verify-ca does not check the name.',
  ],
};

/**
 * Explanations of errors by their text: those of `pg` have no code, and some codes of the server have several causes.
 */
const described: readonly { readonly words: RegExp; readonly means: Explanation }[] = [
  {
    words: /password must be a (non-empty )?string/,
    means: ['the server requires a password', 'Put it into the URL, into PGPASSWORD, or into ~/.pgpass.'],
  },
  {
    words: /does not support SSL/,
    means: ['the server has no TLS', 'Use sslmode=prefer or sslmode=disable to connect without it.'],
  },
  { words: /wrong version number/, means: ['the server does not start with TLS', 'Remove sslnegotiation.'] },
  { words: /timeout expired/, means: ['the server does not answer', 'Check the host, the port and the firewall.'] },
  {
    words: /bad decrypt|interrupted or cancelled/i,
    means: ['the client key cannot be read with sslpassword', 'Check sslpassword.'],
  },
  {
    words: /connection requires a valid client certificate|certificate required/,
    means: ['the server requires a client certificate', 'Set sslcert=<file> and sslkey=<file>.'],
  },
  {
    words: /no pg_hba.conf entry/,
    means: [
      'the server refuses this user, host or encryption',
      "Check the user, sslmode and the server's pg_hba.conf.",
    ],
  },
];
