import { wordsOf } from '../words.js';
import { heads, opposites, synonyms } from './dictionary.js';

/** The dictionary with a project's own synonyms, as fast lookups. */
export interface Vocabulary {
  /** Numbers of the groups of synonyms that a word belongs to. */
  readonly groupsOf: (word: string) => ReadonlySet<number>;
  /** Whether two different words may stand for each other. */
  readonly synonymous: (a: string, b: string) => boolean;
  /** Whether the two words name different things on one axis. */
  readonly opposed: (a: string, b: string) => boolean;
}

const none: ReadonlySet<number> = new Set();

export function createVocabulary(own: readonly (readonly string[])[]): Vocabulary {
  const groups = groupsByWord([...synonyms, ...own.map((group) => group.map((word) => wordsOf(word).join(' ')))]);
  const axes = groupsByWord(opposites);
  const share = (map: ReadonlyMap<string, ReadonlySet<number>>, a: string, b: string) =>
    [...(map.get(a) ?? [])].some((group) => map.get(b)?.has(group));
  const synonymous = (a: string, b: string) => share(groups, a, b);
  return {
    groupsOf: (word) => groups.get(word) ?? none,
    synonymous,
    opposed: (a, b) =>
      a !== b &&
      !synonymous(a, b) &&
      (share(axes, a, b) || (heads.has(a) && heads.has(b)) || (isNumber(a) && isNumber(b))),
  };
}

function isNumber(word: string): boolean {
  return /^\p{N}+$/u.test(word);
}

function groupsByWord(groups: readonly (readonly string[])[]): ReadonlyMap<string, ReadonlySet<number>> {
  const found = new Map<string, Set<number>>();
  groups.forEach((group, index) => group.forEach((word) => found.set(word, (found.get(word) ?? new Set()).add(index))));
  return found;
}
