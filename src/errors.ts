/**
 * A failure that rowsmith can explain: a stable code for scripts, one line that says what is wrong, and a hint that
 * says what to do. Only the command line prints them. Any other exception is a bug and keeps its stack trace.
 *
 *     throw new RowsmithError('source-not-found', 'There is no SQL file or directory schema.sql.', 'Check the path.');
 */
export class RowsmithError extends Error {
  override readonly name = 'RowsmithError';

  constructor(
    readonly code: ErrorCode,
    message: string,
    readonly hint?: string,
    options?: { readonly cause?: unknown },
  ) {
    super(message, options);
  }
}

/** The stable codes of errors, for scripts. */
export type ErrorCode =
  | 'config-not-found'
  | 'config-not-loadable'
  | 'config-invalid'
  | 'project-unknown'
  | 'unknown-relation'
  | 'unknown-schema'
  | 'unknown-column'
  | 'unknown-function'
  | 'name-collision'
  | 'alias-shadows-column'
  | 'state-not-readable'
  | 'source-missing'
  | 'source-not-found'
  | 'sql-failed'
  | 'sql-not-supported'
  | 'catalog-not-readable'
  | 'connection-failed'
  | 'connection-lost'
  | 'timed-out'
  | 'server-not-readable'
  | 'expression-failed'
  | 'expression-volatile'
  | 'expression-not-inferred'
  | 'tables-not-writable'
  | 'template-unknown'
  | 'template-failed'
  | 'plugin-failed'
  | 'file-not-generated'
  | 'output-not-writable'
  | 'output-busy'
  | 'peer-missing'
  | 'nothing-to-generate'
  | 'usage-not-found'
  | 'usage-not-readable'
  | 'baseline-not-readable'
  | 'models-not-found'
  | 'models-not-readable'
  | 'query-refused'
  | 'queries-not-found'
  | 'rule-unknown'
  | 'rule-needs-database';

/** A hint with the candidate most similar to a misspelt `word`; undefined if none is similar. */
export function didYouMean(word: string, candidates: Iterable<string>): string | undefined {
  let best: string | undefined;
  let bestDistance = Math.max(2, Math.floor(word.length / 3)) + 1;
  for (const candidate of candidates) {
    const distance = editDistance(word.toLowerCase(), candidate.toLowerCase(), bestDistance);
    if (distance < bestDistance) {
      best = candidate;
      bestDistance = distance;
    }
  }
  return best === undefined ? undefined : `Did you mean "${best}"?`;
}

/** The Levenshtein distance of two words. Returns at once if their lengths differ by `limit` or more. */
function editDistance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) >= limit) return limit;
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const current = [i];
    for (let j = 1; j <= b.length; j++) {
      const substitution = (previous[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      current.push(Math.min(substitution, (previous[j] ?? 0) + 1, (current[j - 1] ?? 0) + 1));
    }
    previous = current;
  }
  return previous[b.length] ?? limit;
}
