import type { Script, Statement } from './script.js';
import { controlsTransaction, inTransactionAfter } from './transaction.js';

/** Marks with which a file tells its tool not to run it in a transaction. They come before its first statement. */
const marks = [
  /^\s*--\s*\+goose\s+no\s+transaction\s*$/im,
  /^--\s*migrate:up\b.*\btransaction:\s*false\b/m,
  /^\s*--\s*\+migrate\s+up\b.*\bnotransaction\b/im,
  /^\s*--\s*no-?transaction\b/im,
  /^\s*--\s*atlas:txmode\s+none\b/im,
  /^\s*--+\s*(tern:\s*)?disable-tx\b/im,
];

/** Whether a migration file must not be run in a transaction. */
export const wantsNoTransaction = (text: string): boolean => marks.some((mark) => mark.test(text));

/**
 * Statements that Postgres refuses within a transaction. A tool that begins a transaction for each file would fail at
 * them, or omits the transaction because of them, as Flyway does.
 */
const refusedInside =
  /^(vacuum|alter system|(create|drop) (database|tablespace)|reindex (database|system)|(create|drop|alter) subscription)\b/;

function mustStandAlone({ leading, text }: Statement): boolean {
  const start = leading.join(' ');
  return refusedInside.test(start) || (/^(create|drop|reindex|alter)\b/.test(start) && /\bconcurrently\b/i.test(text));
}

/**
 * The statements of a script inside a transaction, as migration tools run a file. Returned unchanged if the script
 * begins one itself or has a statement that no transaction allows. One that it never commits ends with the tool's own.
 */
export function inOneTransaction({ statements }: Script): readonly Statement[] {
  const [first] = statements;
  const last = statements.at(-1);
  if (!first || !last) return statements;
  const commit = { text: 'COMMIT', line: last.line, leading: ['commit'] };
  if (!statements.some((statement) => mustStandAlone(statement) || controls(statement)))
    return [{ text: 'BEGIN', line: first.line, leading: ['begin'] }, ...statements, commit];
  const isOpen = statements.reduce((open, { leading }) => inTransactionAfter(leading, open), false);
  return isOpen ? [...statements, commit] : statements;
}

const controls = ({ leading }: Statement) =>
  controlsTransaction(leading) && !['savepoint', 'release'].includes(leading[0] ?? '');
