import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { QueryText } from '../../../src/catalog/queries/query-text.js';
import { readQueries } from '../../../src/catalog/queries/read-queries.js';

const fileBeside = (name: string) => readFileSync(fileURLToPath(new URL(name, import.meta.url)), 'utf8');

/** The schema of the statements. */
export const schoolSchema = fileBeside('school.sql');

/**
 * A statement, and of each of its columns whether it can be null: a row shows that it can, or a proof that it cannot.
 */
export interface Judged {
  readonly query: QueryText;
  readonly canBeNull: ReadonlyMap<string, boolean>;
}

/**
 * The statements of `statements.sql`. Above each stands what is true of its columns: `id!` is never null, `nick?` can
 * be.
 */
export function judgedStatements(): readonly Judged[] {
  const { queries, problems } = readQueries({ path: 'statements.sql', text: fileBeside('statements.sql') });
  if (problems.length > 0) throw new Error(problems.map(({ message }) => message).join('\n'));
  return queries.map((query) => {
    const line = query.doc.find((text) => text.startsWith('columns: '));
    if (line === undefined) throw new Error(`Nothing is said of the columns of ${query.name}.`);
    const marks = line.split(' ').slice(1);
    return { query, canBeNull: new Map(marks.map((mark) => [mark.slice(0, -1), mark.endsWith('?')])) };
  });
}
