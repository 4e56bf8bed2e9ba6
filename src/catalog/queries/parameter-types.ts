import type { Description } from '../../postgres/session.js';
import { sqlState } from '../../postgres/sql-state.js';
import { type Answer, type Asking, describeEach } from '../infer/describe.js';
import type { QueryProblem } from './problem.js';
import type { QueryText } from './query-text.js';
import { isCast, parameterNames, type SentText, sentText } from './sent-text.js';

/** A query, what it takes and gives, and the types of its parameters by name, as oids. */
export interface DescribedQuery extends Description {
  readonly query: QueryText;
  readonly types: ReadonlyMap<string, number>;
}

/** Whether an error is of a parameter whose type cannot be told. */
const isUndetermined = (error: unknown) => ['42P18', '42P08'].includes(sqlState(error) ?? '');

/**
 * Describes queries, or says what is wrong with them. The server tells the type of a parameter by the place where it
 * stands first. Where that tells nothing, as in `$1 is null or nick = $1`, each place gets a number of its own, and
 * those that tell nothing have the type of the others.
 */
export async function describeQueries(
  queries: readonly QueryText[],
  asking: Asking,
): Promise<readonly (DescribedQuery | QueryProblem)[]> {
  const sent = queries.map((query) => {
    const names = parameterNames(query);
    return sentText(query, (use) => declaredCast(query, use, names.indexOf(query.uses[use]?.name ?? '') + 1));
  });
  const answers = await describeEach(
    sent.map(({ sql }) => sql),
    asking,
  );
  const told: (DescribedQuery | QueryProblem)[] = [];
  for (const [index, query] of queries.entries()) {
    const answer = answers[index] as Answer;
    if (!('error' in answer)) told.push({ ...answer, query, types: typesByName(query, answer) });
    else if (isUndetermined(answer.error)) told.push(await describeByUse(query, asking));
    else told.push(refusal(query, sent[index] as SentText, answer.error));
  }
  return told;
}

const typesByName = (query: QueryText, { parameters }: Description) =>
  new Map(parameterNames(query).map((name, index) => [name, parameters[index] ?? 0]));

async function describeByUse(query: QueryText, asking: Asking): Promise<DescribedQuery | QueryProblem> {
  const undetermined = new Set<number>();
  for (;;) {
    const sent = sentText(query, (use) =>
      undetermined.has(use) ? `cast($${use + 1} as text)` : declaredCast(query, use, use + 1),
    );
    const [answer] = (await describeEach([sent.sql], asking)) as [Answer];
    if (!('error' in answer)) return typed(query, answer, undetermined);
    const use = undeterminedUse(answer.error);
    if (use === undefined || query.uses[use] === undefined || undetermined.has(use))
      return refusal(query, sent, answer.error);
    undetermined.add(use);
  }
}

/** A parameter by its number, as the type that its file says. */
function declaredCast({ uses, declared }: QueryText, use: number, number: number): string {
  const type = declared.find(({ name }) => name === uses[use]?.name)?.type;
  return type === undefined ? `$${number}` : `cast($${number} as ${type})`;
}

const refusal = (query: QueryText, sent: SentText, error: unknown): QueryProblem => ({
  file: query.file,
  at: placeOfError(error, sent, query),
  message: messageOf(error),
});

/** The number of a parameter stands in the message, in whatever language that is. */
function undeterminedUse(error: unknown): number | undefined {
  const number = /\$(\d+)/.exec((error as Error).message)?.[1];
  return isUndetermined(error) && number !== undefined ? Number(number) - 1 : undefined;
}

/** The place in the file that an error of the server points at. */
function placeOfError(error: unknown, sent: SentText, { start }: QueryText): number {
  const position = Number((error as { readonly position?: string }).position);
  return position > 0 ? sent.offsetOf(position) : start;
}

export const messageOf = (error: unknown): string => (error as Error).message.split('\n')[0] ?? '';

function typed(
  query: QueryText,
  description: Description,
  undetermined: ReadonlySet<number>,
): DescribedQuery | QueryProblem {
  const types = new Map<string, number>();
  for (const name of parameterNames(query)) {
    const places = query.uses.map((use, index) => ({ ...use, type: description.parameters[index] ?? 0, index }));
    const own = places.filter((use) => use.name === name);
    const telling = own.filter(({ index }) => !undetermined.has(index));
    const [first] = telling;
    const at = own[0]?.at ?? query.start;
    if (!first)
      return {
        file: query.file,
        at,
        message: `the type of :${name} cannot be told: write :${name}::text, or whichever type it has`,
      };
    const other = telling.find(({ type }) => type !== first.type);
    if (other)
      return {
        file: query.file,
        at: other.at,
        message: `:${name} has another type here than before: write :${name}::text, or whichever type it has, in both places`,
      };
    types.set(name, first.type);
  }
  return { ...description, query, types };
}

/** How a query is spelled: whether each name has one number, or each use, and the types that it is cast to. */
export interface Spelling {
  readonly numbers: 'of names' | 'of uses';
  readonly casts: ReadonlyMap<string, string>;
}

/** Spells a query whose parameters are known. */
export function spelledQuery(query: QueryText, { numbers, casts }: Spelling): SentText {
  const names = parameterNames(query);
  return sentText(query, (use) => {
    const name = query.uses[use]?.name ?? '';
    const number = `$${numbers === 'of uses' ? use + 1 : names.indexOf(name) + 1}`;
    return isCast(query, name) ? `cast(${number} as ${casts.get(name)})` : number;
  });
}
