import type { SqlCandidate } from './find-sql.js';
import type { SchemaProposal } from './schema-proposal.js';

/** Something that cannot be seen. */
export interface Question {
  readonly text: string;
  /** What may be answered; anything, where it is absent. */
  readonly choices?: readonly Choice[];
  /** Whether something else than the choices may be answered too. */
  readonly open?: true;
  /** The answer of who says nothing. */
  readonly default: string;
}

export interface Choice {
  readonly value: string;
  /** What it is, for people. */
  readonly what?: string;
}

export type Ask = (question: Question) => Promise<string>;

/** The answers where nobody is there to ask. */
export const takeDefault: Ask = async (question) => question.default;

/**
 * Where the schema is, when there is not exactly one place: a candidate's path, the variable's name, or what somebody types.
 * SQL that is likely the schema comes before a database, which is not always at hand.
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

/** The initial state of each machine, by `Model.field`; none for an empty answer. */
export async function askInitialStates(ask: Ask, machines: SchemaProposal['machines']): Promise<Map<string, string>> {
  const initial = new Map<string, string>();
  for (const { table, model, field, states } of machines) {
    const text = `The ${field} of a row of ${table} without transitions? Nothing: null.`;
    const answer = (
      await ask({ text, ...(states ? { choices: states.map((value) => ({ value })) } : {}), default: '' })
    ).trim();
    if (answer !== '') initial.set(`${model}.${field}`, answer);
  }
  return initial;
}
