/**
 * The SQLSTATE of an error that a server sent; undefined for any other error.
 * https://www.postgresql.org/docs/current/errcodes-appendix.html
 */
export function sqlState(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && 'severity' in error ? String(error.code) : undefined;
}

/**
 * Whether the server refuses a statement and would do so again: the error is its own, not caused by another session.
 */
export const isRefusal = (error: unknown): boolean => sqlState(error) !== undefined && !isPassing(error);

/** SQLSTATE of a statement that did not get a lock in time. */
export const lockNotAvailable = '55P03';

/**
 * Whether another session caused the error, so that a retry may succeed: a lock that was not granted in time, a
 * deadlock, a replica that had to continue with recovery (40001), or an object that was dropped while the server
 * printed it (an internal error, which only its text identifies).
 */
export function isPassing(error: unknown): boolean {
  const state = sqlState(error);
  if (state === 'XX000')
    return /cache lookup failed|could not open relation|could not find/.test((error as Error).message);
  return state === lockNotAvailable || state === '40P01' || state === '40001';
}
