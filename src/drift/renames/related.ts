import type { Name } from './score.js';
import type { Vocabulary } from './vocabulary.js';

/** The shortest beginning that stands for a word, and the longest: no name in PostgreSQL is longer. */
const shortestBeginning = 4;
const longestBeginning = 63;
/** A name of more words has letters between underscores, and no meaning. */
const mostWords = 32;
/** Where more pairs are alike, all names are, and none tells a rename. */
const mostPairs = 250_000;

/**
 * The pairs of names that have a word in common, a synonym, or a word that begins another: no other pair can have a score. They are
 * found by their words and not by comparing each with each, so that 3,000 names beside 1,500 others take no time. Too many are none.
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

/** `descr` → `=descr`, `<desc`, and `#12` for a group of synonyms. */
function keysOfColumn(word: string, vocabulary: Vocabulary): readonly string[] {
  return [`=${word}`, ...beginnings(word).map((beginning) => `<${beginning}`), ...groups(word, vocabulary)];
}

/** What a column has that is the word, is begun by it, begins it, or is its synonym. */
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
