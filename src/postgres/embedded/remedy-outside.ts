import type { RowsmithError } from '../../errors.js';

/** Throws the failure itself if a remedy failed inside the script's own transaction, where it cannot be applied. */
export function throwFailure(error: unknown): never {
  throw error instanceof NeedsRemedyOutside ? error.failure : error;
}

/** A remedy failed within a transaction, as creating a tablespace does. */
export class NeedsRemedyOutside extends Error {
  constructor(
    readonly statements: readonly string[],
    readonly failure: RowsmithError,
  ) {
    super(failure.message);
  }
}
