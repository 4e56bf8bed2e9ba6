import type { Config } from '../config/config.js';
import type { RefusedQuery } from '../drift/compare.js';
import type { SqlLiteral } from '../drift/declared.js';
import { RowsmithError } from '../errors.js';
import { counting, type OnProgress } from '../progress.js';
import { openSession, sourceOf } from './source.js';

/** Finds the statements that the schema refuses. Each is prepared, which runs nothing: the database only reads it. */
export async function refusedQueries(
  config: Config,
  folder: string,
  literals: readonly SqlLiteral[],
  onProgress: OnProgress,
): Promise<readonly RefusedQuery[]> {
  const source = sourceOf(config, folder);
  if ('catalog' in source) {
    throw new RowsmithError(
      'rule-needs-database',
      'The rule query-invalid needs a database or SQL files: a catalog file cannot judge a statement.',
      'Give another --source, or switch the rule off.',
    );
  }
  const session = await openSession(source, config, { folder, onNote: () => {}, onProgress });
  try {
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
      if (error instanceof RowsmithError) throw error;
      if (error !== undefined)
        refused.push({
          ...literal,
          error: error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error),
        });
      prepared();
    }
    return refused;
  } finally {
    await session.close();
  }
}

/**
 * Whether a text is one whole statement. With several, the second would not be prepared but run; with parts missing, a
 * statement would be refused for a reason that is not the schema's.
 */
function isOneStatement({ sql, dynamic }: SqlLiteral): boolean {
  return !dynamic && !withoutEnd(sql).includes(';');
}

function withoutEnd(sql: string): string {
  return sql.replace(/[;\s]+$/, '');
}
