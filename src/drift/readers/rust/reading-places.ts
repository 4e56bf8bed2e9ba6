import type { SourceText } from '../../declared.js';

/**
 * Places where the name of a type may say what rows are read into: what a function returns, a `let`, a turbofish, the
 * parameter of a closure, a macro of sqlx, an alias, `Task::from_row`, a trait whose code may read `Self`. A parameter
 * of a function, a constructed value and `impl From<Task>` say nothing of that kind.
 */
const readingPlaces = [
  /->\s*([^{;]+)/g,
  /\blet\s+[^=;]*?:\s*([^=;]+)=/g,
  /::\s*<([^;{}]*?)>\s*\(/g,
  /\|([^|\n]*:[^|\n]*)\|/g,
  /\bquery\w*!\s*[({[]([^"]*)/g,
  /\btype\s+\w+[^=;]*=\s*([^;]+)/g,
  /\b(\w+)::from_row\b/g,
  /\bimpl\b(?:<[^{;]*?>)?\s+(?!(?:\w+::)*(?:From|TryFrom|Into|TryInto|Display|Default|Debug|Hash|Ord|PartialOrd|PartialEq|FromStr)\b)[\w:]+[^{;]*?\bfor\s+(\w+)/g,
];

/** The names of types in these places. */
export function namesToRead(files: readonly SourceText[]): readonly string[] {
  return files.flatMap(({ text }) =>
    readingPlaces.flatMap((place) => [...text.matchAll(place)].flatMap(([, types = '']) => wordsOf(types))),
  );
}

/** The words of a text. */
export const wordsOf = (text: string): readonly string[] => text.match(/\w+/g) ?? [];
