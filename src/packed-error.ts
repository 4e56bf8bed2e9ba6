import { type ErrorCode, RowsmithError } from './errors.js';

/**
 * An error as plain data, to be sent to another thread or process. Otherwise an error would lose everything but its
 * message.
 */
export interface PackedError {
  readonly isOwn: boolean;
  readonly message: string;
  readonly fields: { readonly [field: string]: unknown };
}

/** Packs an error: its message and those of its fields that are strings. */
export function packError(error: unknown): PackedError {
  if (!(error instanceof Error)) return { isOwn: false, message: String(error), fields: {} };
  const fields = Object.fromEntries(Object.entries(error).filter(([, value]) => typeof value === 'string'));
  return { isOwn: error instanceof RowsmithError, message: error.message, fields };
}

/** Restores an error from a packed one, with the fields that `isPostgresError` checks. */
export function unpackError({ isOwn, message, fields }: PackedError): Error {
  if (isOwn) return new RowsmithError(fields['code'] as ErrorCode, message, fields['hint'] as string | undefined);
  return Object.assign(new Error(message), fields);
}
