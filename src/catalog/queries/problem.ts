import { RowsmithError } from '../../errors.js';
import type { SqlText } from './query-text.js';

/** Something that is wrong with a query, and where: an offset in its file. */
export interface QueryProblem {
  readonly file: SqlText;
  readonly at: number;
  readonly message: string;
}

/** The problems behind an error, for callers that continue without the refused queries. */
class Problems extends Error {
  constructor(readonly list: readonly QueryProblem[]) {
    super('queries were refused');
  }
}

/** The problems that an error tells; undefined where it is about something else. */
export function problemsOf(error: unknown): readonly QueryProblem[] | undefined {
  return error instanceof RowsmithError && error.cause instanceof Problems ? error.cause.list : undefined;
}

/** The error that tells all problems of a run. */
export function queriesRefused(problems: readonly QueryProblem[]): RowsmithError {
  const sorted = [...problems].sort((a, b) => (a.file.path === b.file.path ? a.at - b.at : byText(a, b)));
  const count = sorted.length === 1 ? 'A query' : `${sorted.length} places in queries`;
  return new RowsmithError('query-refused', `${count} cannot be used.`, sorted.map(shown).join('\n'), {
    cause: new Problems(sorted),
  });
}

const byText = (a: QueryProblem, b: QueryProblem) => (a.file.path < b.file.path ? -1 : 1);

/**
 * A problem with its place, the line and a caret:
 *
 *     queries/tickets.sql:4:8: column "nam" does not exist
 *     select nam from ticket
 *            ^
 */
function shown({ file, at, message }: QueryProblem): string {
  const { line, column, text } = placeOf(file, at);
  const indent = [...text]
    .slice(0, column - 1)
    .join('')
    .replace(/[^\t]/gu, ' ');
  return `${file.path}:${line}:${column}: ${message}\n${text}\n${indent}^`;
}

/** A place as editors count it, from 1, and the text of its line. */
export function placeOf({ text }: SqlText, at: number) {
  const before = text.slice(0, at);
  const start = before.lastIndexOf('\n') + 1;
  const end = text.indexOf('\n', at);
  const line = before.split('\n').length;
  return { line, column: [...text.slice(start, at)].length + 1, text: text.slice(start, end < 0 ? text.length : end) };
}
