import { createHash } from 'node:crypto';
import type { KeptDirectories } from './kept-directories.js';

/**
 * A list or folder of files is loaded from its first changed file on: a data directory is kept after the ones before.
 * Its name is made of every character of them, of where each ends, and of the version of PGlite. Nothing looks into a
 * statement: whatever a file does is in the data directory when it has ended, for each file is a session of its own.
 * The number has to go up when another rowsmith does something else with the same files, or starts the server in
 * another way.
 */
const format = 3;

/** A directory is kept where it spares so many characters: a tenth of a second. */
const leastCharacters = 40_000;

/** Where the loading of a list of files begins, and after how many files a data directory should be kept. */
export interface Plan {
  /** How many files have run already. */
  readonly already: number;
  /** The directory after those; undefined where there are none. */
  readonly from?: string;
  readonly keep?: { readonly after: number; readonly name: string };
}

/** The name of the directory after each file: the first one's, that of the first two, and so on. */
export function namesAfter(version: string, texts: readonly string[]): readonly string[] {
  const hash = createHash('sha256').update(`format ${format}, PGlite ${version}`);
  return texts.map(
    (text) => `pglite-after-${hash.update(`\n${text.length} ${text}`).copy().digest('hex').slice(0, 32)}.snapshot`,
  );
}

/**
 * The plan for a list of files. It starts on the longest of its beginnings that is kept, and keeps the files before
 * the first one that has changed since the list was loaded last, because that one will change again; where nothing is
 * known of an earlier time, all but the last. A single file is always loaded whole.
 */
export function planFor(
  names: readonly string[],
  texts: readonly string[],
  kept: ReadonlySet<string>,
  before: readonly string[],
): Plan {
  const already = names.findLastIndex((name) => kept.has(name)) + 1;
  const from = names[already - 1];
  const changed = before.length > 0 ? names.findIndex((name, index) => name !== before[index]) : -1;
  const after = Math.min(changed < 0 ? names.length : changed, names.length - 1);
  const spared = texts.slice(already, after).reduce((sum, { length }) => sum + length, 0);
  const name = names[after - 1];
  return {
    already,
    ...(from === undefined ? {} : { from }),
    ...(name === undefined || spared < leastCharacters ? {} : { keep: { after, name } }),
  };
}

/** The plan for these files, as a cache has it; the next one will know of this one. */
export async function plan(
  version: string,
  files: readonly { readonly path: string; readonly text: string }[],
  directories: KeptDirectories,
): Promise<Plan> {
  if (files.length < 2) return { already: 0 };
  const texts = files.map(({ text }) => text);
  const names = namesAfter(version, texts);
  const list = `pglite-files-${createHash('sha256')
    .update(files[0]?.path ?? '')
    .digest('hex')
    .slice(0, 16)}.json`;
  const [kept, before] = await Promise.all([directories.names(), directories.recall(list)]);
  if (before.join() !== names.join()) await directories.remember(list, names);
  return planFor(names, texts, kept, before);
}
