import { createHash } from 'node:crypto';
import type { SqlFile } from './files.js';
import type { KeptDirectories } from './kept-directories.js';

/**
 * The version of the meaning of a kept directory's name. It is increased when another rowsmith treats the same files
 * differently or starts the server differently.
 *
 * A list or folder of files is loaded starting with its first changed file, on the data directory that was kept after
 * the files before it. The directory's name is a digest of every character of those files, of where each ends, and of
 * the version of PGlite. Statements are not examined: everything that a file does is in the data directory when the
 * file has ended, because each file is a session of its own.
 */
const format = 4;

/** The minimum number of characters for which a directory is kept: loading them takes a tenth of a second. */
const leastCharacters = 40_000;

/** The plan for loading a list of files: where to start, and after how many files to keep the data directory. */
export interface Plan {
  /** How many files have already run. */
  readonly already: number;
  /** The name of the data directory after those files; absent if there is none. */
  readonly from?: string;
  readonly keep?: { readonly after: number; readonly name: string };
}

/** The names of the data directory after the first file, after the first two, and so on. */
export function namesAfter(version: string, texts: readonly string[]): readonly string[] {
  const hash = createHash('sha256').update(`format ${format}, PGlite ${version}`);
  return texts.map(
    (text) => `pglite-after-${hash.update(`\n${text.length} ${text}`).copy().digest('hex').slice(0, 32)}.snapshot`,
  );
}

/**
 * Plans the loading of a list of files. Loading starts from the kept directory that covers the most leading files. The
 * new directory is kept before the first file that changed since the list was last loaded, because that file will
 * change again; if nothing is known about an earlier run, before the last file. A single file is always loaded
 * completely.
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

/** Plans the loading of these files from what a cache contains, and remembers the list for the next run. */
export async function plan(version: string, files: readonly SqlFile[], directories: KeptDirectories): Promise<Plan> {
  if (files.length < 2) return { already: 0 };
  // A file that continues another's session depends on state that no data directory contains.
  if (files.some(({ continues }) => continues)) return { already: 0 };
  const texts = files.map(({ text, inTransaction = false, isStub = false, searchPath = '' }) =>
    JSON.stringify([text, inTransaction, isStub, searchPath]),
  );
  const names = namesAfter(version, texts);
  const list = `pglite-files-${createHash('sha256')
    .update(files[0]?.path ?? '')
    .digest('hex')
    .slice(0, 16)}.json`;
  const [kept, before] = await Promise.all([directories.names(), directories.recall(list)]);
  if (before.join() !== names.join()) await directories.remember(list, names);
  return planFor(names, texts, kept, before);
}
