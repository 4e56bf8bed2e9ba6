import type { SqlCandidate } from './find-sql.js';
import type { SchemaProposal } from './schema-proposal.js';

/** A question about something that cannot be seen. */
export interface Question {
  readonly text: string;
  /** The answers to choose from; any answer will do where this is absent. */
  readonly choices?: readonly Choice[];
  /** Whether an answer other than the choices is possible too. */
  readonly open?: true;
  /** The answer when nothing is typed. */
  readonly default: string;
}

/** An answer to choose. */
export interface Choice {
  readonly value: string;
  /** What it is, for people. */
  readonly what?: string;
}

/** Asks a question, and gives the answer. */
export type Ask = (question: Question) => Promise<string>;

/** Answers every question with its default, where nobody is there to ask. */
export const takeDefault: Ask = async (question) => question.default;

/**
 * Asks where the schema is, unless there is exactly one place: gives a candidate's path, the variable's name, or what
 * was typed. SQL that is likely the schema comes before a database, which is not always at hand.
 */
export async function askSource(
  ask: Ask,
  candidates: readonly SqlCandidate[],
  variable: string | undefined,
): Promise<string> {
  const sql = (likely: boolean): Choice[] =>
    candidates.filter((candidate) => candidate.likely === likely).map(({ path, what }) => ({ value: path, what }));
  const choices = [
    ...sql(true),
    ...(variable === undefined ? [] : [{ value: variable, what: 'a live database' }]),
    ...sql(false),
  ];
  const first = choices[0]?.value ?? '';
  if (choices.length === 1) return first;
  const text = 'Where is the schema: a SQL file, a folder of migrations, or a database URL?';
  return (await ask({ text, ...(choices.length > 0 ? { choices } : {}), open: true, default: first })).trim();
}

/** Asks for the initial state of each machine, by `Model.field`. A machine with an empty answer has none. */
export async function askInitialStates(ask: Ask, machines: SchemaProposal['machines']): Promise<Map<string, string>> {
  const initial = new Map<string, string>();
  for (const { table, model, field, states } of machines) {
    const text = `What is the ${field} of a row of ${table} without transitions? Leave it empty for null.`;
    const answer = (
      await ask({ text, ...(states ? { choices: states.map((value) => ({ value })) } : {}), default: '' })
    ).trim();
    if (answer !== '') initial.set(`${model}.${field}`, answer);
  }
  return initial;
}
