import { type ErrorCode, RowsmithError } from './errors.js';

/** An error as it passes between threads, which would lose all but its message. */
export interface PackedError {
  readonly isOwn: boolean;
  readonly message: string;
  readonly fields: { readonly [field: string]: unknown };
}

/** What can pass between threads of an error: its message and those of its fields that are texts. */
export function packError(error: unknown): PackedError {
  if (!(error instanceof Error)) return { isOwn: false, message: String(error), fields: {} };
  const fields = Object.fromEntries(Object.entries(error).filter(([, value]) => typeof value === 'string'));
  return { isOwn: error instanceof RowsmithError, message: error.message, fields };
}

/** The error again, with what `isPostgresError` looks at. */
export function unpackError({ isOwn, message, fields }: PackedError): Error {
  if (isOwn) return new RowsmithError(fields['code'] as ErrorCode, message, fields['hint'] as string | undefined);
  return Object.assign(new Error(message), fields);
}
