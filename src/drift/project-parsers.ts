import { extname, resolve } from 'node:path';
import type { Declared, DeclaredParser, SourceText } from './declared.js';
import { readOne } from './files.js';
import type { Language } from './languages/language.js';
import { languages } from './languages/languages.js';
import { matchFiles } from './walk.js';

/**
 * Declarations with the parsers that the project gives its driver, wherever it does: the program's entry has
 * `types.setTypeParser(…)`, and no model is there. A file is parsed only where its text may hold one.
 */
export async function withProjectParsers(
  declared: Declared,
  given: readonly SourceText[],
  folder: string,
): Promise<Declared> {
  const known = new Set(given.map(({ file }) => resolve(folder, file)));
  const used = languages.filter(({ extensions }) => given.some(({ file }) => extensions.includes(extname(file))));
  const found = await Promise.all(used.map((language) => parsersOf(language, known, folder)));
  return { ...declared, parsers: [...(declared.parsers ?? []), ...found.flat()] };
}

async function parsersOf(
  { parsers, loadReader }: Language,
  known: ReadonlySet<string>,
  folder: string,
): Promise<readonly DeclaredParser[]> {
  if (!parsers || !loadReader) return [];
  const paths = await matchFiles(`**/*{${parsers.extensions.join(',')}}`, folder, { skipsUnreadable: true });
  const telling: SourceText[] = [];
  for (const path of paths.filter((one) => !known.has(one))) {
    const file = await readOne(path, path);
    if ('text' in file && parsers.text.test(file.text)) telling.push(file);
  }
  return telling.length === 0 ? [] : ((await loadReader()).parsersIn?.(telling) ?? []);
}
