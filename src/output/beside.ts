import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { folderOf } from '../emit/output-file.js';
import { newFiles, newFolder } from './temporary-names.js';

/** Where files wait until all are written. */
export interface Beside {
  readonly folder: string;
  /** It becomes the output folder as a whole. */
  readonly isNew: boolean;
}

/**
 * A new output folder is filled beside its place and moved there as a whole. Into one that exists, files are written before the first is
 * replaced, so that a disk that is full leaves the old ones, and then each is renamed into its place, so that a reader finds the old text
 * or the new one; files without a change are not touched and keep their time. Synchronous, because thousands of small files cost half
 * the time that way.
 */
export function besideOf(out: string): Beside {
  return existsSync(out) ? { folder: newFiles(out), isNew: false } : { folder: newFolder(out), isNew: true };
}

/** Writes one file after the other. */
export function writerBeside({ folder, isNew }: Beside): (path: string, content: string | Buffer) => void {
  const made = new Set<string>();
  let count = 0;
  return (path, content) => {
    const place = isNew ? path : String(count++);
    const parent = folderOf(place);
    if (!made.has(parent)) mkdirSync(join(folder, parent), { recursive: true });
    made.add(parent);
    writeFileSync(`${folder}/${place}`, content);
  };
}

/** Moves what was written to where it belongs: `written` in the order of writing. */
export function takePlaces(out: string, { folder, isNew }: Beside, written: readonly string[], orphaned: readonly string[]): void {
  if (isNew) return renameSync(folder, out);
  for (const parent of new Set(written.map(folderOf))) mkdirSync(join(out, parent), { recursive: true });
  written.forEach((path, index) => renameSync(join(folder, String(index)), join(out, path)));
  for (const path of orphaned) rmSync(join(out, path));
}

/** Removes what did not take its place. */
export function discard({ folder }: Beside): void {
  // A thread that is being ended may still finish a file.
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
}
