import type { Description, Session } from '../../postgres/session.js';
import { isRefusal } from '../../postgres/sql-state.js';

/** Asks the server about statements that users wrote, behind the savepoint of a reading. */
export interface Asking {
  readonly session: Session;
  /** A statement that sets the search path under which they are parsed. */
  readonly searchPath: string;
}

/** The description of a statement, or the error with which the server refuses it. */
export type Answer = Description | { readonly error: unknown };

/** How many statements are parsed at once. Their locks are given back behind them, and an error ends them. */
const batch = 50;

/** Has the server describe statements, each parsed alone and by itself. An error that is no refusal is thrown. */
export async function describeEach(
  statements: readonly string[],
  { session, searchPath }: Asking,
): Promise<readonly Answer[]> {
  const answers: Answer[] = [];
  while (answers.length < statements.length) {
    await session.query(`rollback to savepoint rowsmith; ${searchPath}`);
    const { described, error } = await session.describe(statements.slice(answers.length, answers.length + batch));
    answers.push(...described);
    if (error === undefined) continue;
    answers.push({ error });
    await session.query('rollback to savepoint rowsmith');
  }
  return answers;
}

/** The error with which the server refuses a statement that creates something temporary; undefined if it takes it. */
export async function refusalOf(statement: string, { session, searchPath }: Asking): Promise<unknown> {
  try {
    await session.query(`${searchPath}; ${statement}; rollback to savepoint rowsmith`);
    return undefined;
  } catch (error) {
    if (!isRefusal(error)) throw error;
    await session.query('rollback to savepoint rowsmith');
    return error;
  }
}
