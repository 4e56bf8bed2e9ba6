import type { RefusedQuery } from '../drift/compare.js';
import type { SqlLiteral } from '../drift/declared.js';
import { RowsmithError } from '../errors.js';
import type { Session } from '../postgres/session.js';
import { counting, type OnProgress } from '../progress.js';

/** Finds the statements that the schema refuses. Each is prepared, which runs nothing: the database only reads it. */
export async function refusedQueries(
  session: Session,
  literals: readonly SqlLiteral[],
  onProgress: OnProgress,
): Promise<readonly RefusedQuery[]> {
  const refused: RefusedQuery[] = [];
  const statements = literals.filter(isOneStatement);
  const prepared = counting('statements', statements.length, onProgress);
  for (const literal of statements) {
    // One message, because a prepared statement outlives a transaction, and a pooler may give the next message to
    // another connection.
    const error = await session
      .query(`${session.limits()}; PREPARE rowsmith_drift AS ${withoutEnd(literal.sql)}\n; DEALLOCATE rowsmith_drift`)
      .then(
        () => undefined,
        (reason: unknown) => reason,
      );
    if (error !== undefined) refused.push({ ...literal, error: databaseMessage(error) });
    prepared();
  }
  return refused;
}

/**
 * What the database says against a statement. Throws an error that is no judgement of it, such as a lost connection.
 */
export function databaseMessage(error: unknown): string {
  if (error instanceof RowsmithError) throw error;
  return error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
}

/**
 * Whether a text is one whole statement. With several, the second would not be prepared but run; with parts missing, a
 * statement would be refused for a reason that is not the schema's.
 */
function isOneStatement({ sql, dynamic }: SqlLiteral): boolean {
  return !dynamic && !withoutEnd(sql).includes(';');
}

/** A statement without the semicolon behind it. */
export function withoutEnd(sql: string): string {
  return sql.replace(/[;\s]+$/, '');
}
