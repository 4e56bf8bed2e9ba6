import pluralize from 'pluralize';
import { snakeCase } from './readers/names.js';
import { abbreviations } from './renames/dictionary.js';

const known = new Map<string, readonly string[]>();

/** Words of a name, in lower case and singular, with abbreviations written out: `retryCfgs` → `retry`, `config`. */
export function wordsOf(name: string): readonly string[] {
  const found = known.get(name);
  if (found) return found;
  const words = snakeCase(name)
    .split(/[^\p{L}\p{N}]+/u)
    .flatMap((part) => part.match(/\p{N}+|[^\p{N}]+/gu) ?? [])
    .flatMap((word) => abbreviations.get(singular(word)) ?? [singular(word)]);
  known.set(name, words);
  return words;
}

/** Words that stay as they are: singular although they end in `s`, or without the plural that English gives them. */
const unchanged = new Set([
  'status',
  'address',
  'process',
  'access',
  'bonus',
  'class',
  'has',
  'is',
  'was',
  'previous',
  'gross',
  'alias',
  'basis',
  'data',
  'canvas',
  'bus',
  'plus',
  'pass',
  'news',
]);

export function singular(word: string): string {
  return unchanged.has(word) || word.length < 4 ? word : pluralize.singular(word);
}

/** Words as one name in PascalCase: `['named', 'task']` → `NamedTask`. */
export function pascalCase(words: readonly string[]): string {
  return words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
}

/** One spelling for every case style: `taskId`, `TaskID` and `task_id` are one name. */
export function plainName(name: string): string {
  return snakeCase(name).replace(/[^\p{L}\p{N}]+/gu, '');
}

/** Most bytes of a name in PostgreSQL, which cuts longer ones. https://www.postgresql.org/docs/current/limits.html */
const longestName = 63;

/** A name as PostgreSQL stores it. */
export function storedName(name: string): string {
  let stored = name;
  while (Buffer.byteLength(stored) > longestName) stored = stored.slice(0, -1);
  return stored;
}

const mostListed = 20;

/** Names for a sentence: the first 20 and how many more there are. */
export function listed<Item>(items: readonly Item[], nameOf: (item: Item) => string = String): string {
  const names = items.slice(0, mostListed).map(nameOf).join(', ');
  return items.length > mostListed ? `${names} and ${items.length - mostListed} more` : names;
}
