import { existsSync } from 'node:fs';
import { holds, isListed, listingOf, stampFile, type Stamp } from './stamp.js';

/** Files as they were, what folders held, and what was not there. */
export interface StampedFiles {
  readonly files: readonly Stamp[];
  readonly folders: readonly (readonly [path: string, listing: string])[];
  readonly absent: readonly string[];
}

/** Paths that something was made of. */
export interface NamedFiles {
  readonly files: readonly string[];
  /** Folders of which every file counts, and a new one too. */
  readonly folders: readonly string[];
  /** Files that would have counted if they existed. */
  readonly absent: readonly string[];
}

/** What several things were made of, each path once. */
export function namedByAny(parts: readonly NamedFiles[]): NamedFiles {
  const union = (key: keyof NamedFiles) => [...new Set(parts.flatMap((part) => part[key]))];
  return { files: union('files'), folders: union('folders'), absent: union('absent') };
}

/** A file that is not there, or no longer, is absent. */
export function stampFiles({ files, folders, absent }: NamedFiles): StampedFiles {
  const stamps = files.map((path) => [path, stampFile(path)] as const);
  return {
    files: stamps.flatMap(([, stamp]) => stamp ?? []),
    folders: folders.map(listed),
    absent: [...absent, ...stamps.flatMap(([path, stamp]) => (stamp ? [] : [path]))],
  };
}

/** Whether all of it still is as it was. */
export function filesHold({ files, folders, absent }: StampedFiles): boolean {
  return !absent.some((path) => existsSync(path)) && folders.every(([path, listing]) => isListed(path, listing)) && files.every(holds);
}

const listed = (path: string) => [path, listingOf(path)] as const;
