import { qualifiers, weights } from './dictionary.js';
import type { Vocabulary } from './vocabulary.js';

/** One side of a possible rename. */
export interface Name {
  readonly words: readonly string[];
  /** The name as written, which shows a plural: `attempts`. */
  readonly text: string;
}

export interface Score {
  /** The score, from 0 to 1. */
  readonly value: number;
  /** The matched words: `retry = retry, limit ~ maximum`. */
  readonly reason: string;
}

const none: Score = { value: 0, reason: '' };
const synonymQuality = 0.82;
const countWords: ReadonlySet<string> = new Set(['count', 'number', 'total']);

/** A pair of words that are equal or alike, or that the dictionary pairs. */
interface Match {
  readonly a: string;
  readonly b: string;
  readonly quality: number;
}

/**
 * Score of two names: twice the weight of the words that they share, divided by the weight of all words. Names whose
 * other words are opposites (`first`, `last`), or ids of different things, score 0.
 * @param about The words of the table's own name: `task_name` in `tasks` is `name`.
 */
export function scoreNames(column: Name, field: Name, about: ReadonlySet<string>, vocabulary: Vocabulary): Score {
  const counts = countsThings(column, field);
  const weightOf = (word: string) => {
    if (about.has(word)) return 0.15;
    return counts && countWords.has(word) ? 0.1 : (weights.get(word) ?? 1);
  };
  const matches = matchWords(column.words, field.words, vocabulary);
  const [restA, restB] = [
    without(
      column.words,
      matches.map(({ a }) => a),
    ),
    without(
      field.words,
      matches.map(({ b }) => b),
    ),
  ];
  if (restA.some((a) => restB.some((b) => vocabulary.opposed(a, b)))) return none;
  if ([...restA, ...restB].some((word) => qualifiers.has(word))) return none;
  if (differentIds(column.words, field.words, about)) return none;
  if (
    !matches.some(({ a, b }) => Math.min(weightOf(a), weightOf(b)) >= 0.5) &&
    restA.length + restB.length > 0 &&
    !onlyAbout(restA, restB, about)
  )
    return none;
  const total = [...column.words, ...field.words].reduce((sum, word) => sum + weightOf(word), 0);
  const shared = matches.reduce((sum, { a, b, quality }) => sum + quality * (weightOf(a) + weightOf(b)), 0);
  return total === 0 ? none : { value: shared / total, reason: matches.map(describe).join(', ') };
}

/** Whether one name is a plural and the other a count, as `attempts` and `retry_count`. */
function countsThings(a: Name, b: Name): boolean {
  const plural = ({ text, words }: Name) => words.length === 1 && text.toLowerCase() !== words[0] && /s$/i.test(text);
  return plural(a) || plural(b);
}

/** Matches the words of two names: equal ones first, then synonyms, then misspellings; each word once. */
function matchWords(as: readonly string[], bs: readonly string[], vocabulary: Vocabulary): readonly Match[] {
  const matches: Match[] = [];
  const tests: readonly [number, (a: string, b: string) => boolean][] = [
    [1, (a, b) => a === b],
    [synonymQuality, vocabulary.synonymous],
    [0.9, isShortFor],
  ];
  for (const [quality, test] of tests) {
    for (const a of without(
      as,
      matches.map((match) => match.a),
    )) {
      const b = without(
        bs,
        matches.map((match) => match.b),
      ).find((candidate) => test(a, candidate));
      if (b !== undefined) matches.push({ a, b, quality });
    }
  }
  return matches;
}

/** Whether a word is the beginning of another, of at least four letters: `descr` of `description`. */
function isShortFor(a: string, b: string): boolean {
  const [short, long] = a.length < b.length ? [a, b] : [b, a];
  return short.length >= 4 && short.length < long.length && long.startsWith(short);
}

/**
 * Whether two names are ids of different things, as `user_id` and `account_id`. Ids are the same thing only where all
 * words beside the table's own name are the same.
 */
function differentIds(as: readonly string[], bs: readonly string[], about: ReadonlySet<string>): boolean {
  if (as.at(-1) !== 'id' || bs.at(-1) !== 'id') return false;
  const rest = [...without(as, bs), ...without(bs, as)];
  return rest.some((word) => !about.has(word));
}

function onlyAbout(restA: readonly string[], restB: readonly string[], about: ReadonlySet<string>): boolean {
  return [...restA, ...restB].every((word) => about.has(word));
}

function without(words: readonly string[], taken: readonly string[]): readonly string[] {
  const left = [...words];
  for (const word of taken) {
    const index = left.indexOf(word);
    if (index >= 0) left.splice(index, 1);
  }
  return left;
}

function describe({ a, b, quality }: Match): string {
  return quality === 1 ? `"${a}" in both` : `"${a}" ~ "${b}"`;
}
