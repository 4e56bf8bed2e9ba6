import type { Name } from './score.js';
import type { Vocabulary } from './vocabulary.js';

/** Shortest and longest beginning that may stand for a word; no name in PostgreSQL is longer. */
const shortestBeginning = 4;
const longestBeginning = 63;
/** Most words of a name that are compared. A name with more is single letters between underscores. */
const mostWords = 32;
/** Most pairs that are scored. Where more are alike, all names are alike, and none tells a rename. */
const mostPairs = 250_000;

/**
 * Pairs of names that share a word or a synonym, or where a word begins another: only these can have a score. They are
 * looked up by their words instead of comparing each name with each, so that 3,000 names beside 1,500 others take no
 * time. Empty where there are too many.
 */
export function relatedPairs(
  rows: readonly Name[],
  columns: readonly Name[],
  vocabulary: Vocabulary,
): readonly (readonly [number, number])[] {
  const index = new Map<string, Set<number>>();
  columns.forEach(({ words }, column) => {
    for (const key of words.length > mostWords ? [] : words.flatMap((word) => keysOfColumn(word, vocabulary))) {
      index.set(key, (index.get(key) ?? new Set()).add(column));
    }
  });
  const pairs: (readonly [number, number])[] = [];
  for (const [row, { words }] of rows.entries()) {
    if (words.length > mostWords) continue;
    const related = new Set<number>();
    for (const key of words.flatMap((word) => keysOfRow(word, vocabulary)))
      for (const column of index.get(key) ?? []) related.add(column);
    for (const column of [...related].sort((a, b) => a - b)) pairs.push([row, column]);
    if (pairs.length > mostPairs) return [];
  }
  return pairs;
}

/** Keys of a column's word: `descr` → `=descr`, `<desc`, and `#12` for a group of synonyms. */
function keysOfColumn(word: string, vocabulary: Vocabulary): readonly string[] {
  return [`=${word}`, ...beginnings(word).map((beginning) => `<${beginning}`), ...groups(word, vocabulary)];
}

/** Keys of columns that match a field's word: the word itself, its synonyms, words that it begins or that begin it. */
function keysOfRow(word: string, vocabulary: Vocabulary): readonly string[] {
  return [`=${word}`, `<${word}`, ...beginnings(word).map((beginning) => `=${beginning}`), ...groups(word, vocabulary)];
}

function groups(word: string, { groupsOf }: Vocabulary): readonly string[] {
  return [...groupsOf(word)].map((group) => `#${group}`);
}

function beginnings(word: string): readonly string[] {
  const longest = Math.min(longestBeginning, word.length - 1);
  return Array.from({ length: Math.max(0, longest - shortestBeginning + 1) }, (_, index) =>
    word.slice(0, shortestBeginning + index),
  );
}
