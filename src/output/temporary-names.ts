import { basename, dirname, join } from 'node:path';

/** What stands beside an output folder, or in it, while a run writes. All of it begins with a dot and holds the tool's name. */
const beside = (out: string, name: string) => join(dirname(out), `.${basename(out)}.${name}`);

/** Where a new output folder is filled. */
export const newFolder = (out: string): string => beside(out, 'rowsmith-new');

/** Where the new files of a folder that exists are written: inside of it, since what is beside it may be another disk. */
export const newFiles = (out: string): string => join(out, '.rowsmith-new.tmp');

/** Held by the run that writes. */
export const lockFile = (out: string): string => beside(out, 'rowsmith-lock');

/** A file of one process on its way to be the lock, or away from it; `processOf` reads them. */
export const lockOf = (lock: string, pid: number): string => `${lock}-${pid}`;
export const deadLockOf = (lock: string, pid: number): string => `${lock}-dead-${pid}`;

/** The process of such a file; undefined for any other name in the folder. */
export function processOf(lock: string, name: string): number | undefined {
  if (!name.startsWith(`${basename(lock)}-`)) return undefined;
  return Number(/\d+$/.exec(name)?.[0]);
}
