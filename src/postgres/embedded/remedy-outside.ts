import type { RowsmithError } from '../../errors.js';

/** In a transaction of the script's own, nothing can be done about it. */
export function throwFailure(error: unknown): never {
  throw error instanceof NeedsRemedyOutside ? error.failure : error;
}

/** A remedy failed within a transaction, as the making of a tablespace does. */
export class NeedsRemedyOutside extends Error {
  constructor(
    readonly statements: readonly string[],
    readonly failure: RowsmithError,
  ) {
    super(failure.message);
  }
}
