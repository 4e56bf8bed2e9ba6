import { existsSync } from 'node:fs';
import { holds, listingOf, stampFile, type Stamp } from './stamp.js';

/** Files as they were, what folders held, and what was not there. */
export interface StampedFiles {
  readonly files: readonly Stamp[];
  readonly folders: readonly (readonly [path: string, listing: string])[];
  readonly absent: readonly string[];
}

/** A file that is not there, or no longer, is absent. */
export function stampFiles({ files, folders, absent }: { readonly files: readonly string[]; readonly folders: readonly string[]; readonly absent: readonly string[] }): StampedFiles {
  const stamps = files.map((path) => [path, stampFile(path)] as const);
  return {
    files: stamps.flatMap(([, stamp]) => stamp ?? []),
    folders: folders.map(listed),
    absent: [...absent, ...stamps.flatMap(([path, stamp]) => (stamp ? [] : [path]))],
  };
}

/** Whether all of it still is as it was. */
export function filesHold({ files, folders, absent }: StampedFiles): boolean {
  return !absent.some((path) => existsSync(path)) && folders.every(([path, listing]) => listingOf(path) === listing) && files.every(holds);
}

export const listed = (path: string) => [path, listingOf(path)] as const;
