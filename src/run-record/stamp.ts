import { readdirSync, readFileSync, statSync } from 'node:fs';
import { digest } from '../digest.js';

/** A file as it was: size and time tell cheaply that it is the same, the digest of its text tells it surely. */
export interface Stamp {
  readonly path: string;
  readonly size: number;
  /** Milliseconds; of the inode, which no program can set back. */
  readonly changed: number;
  readonly digest: string;
}

const silent = { throwIfNoEntry: false } as const;

/** Undefined where there is no such file. `known` spares the reading where the digest is known. */
export function stampFile(path: string, known?: string): Stamp | undefined {
  const stats = statSync(path, silent);
  if (!stats?.isFile()) return undefined;
  return { path, size: stats.size, changed: stats.ctimeMs, digest: known ?? digest(readFileSync(path, 'utf8')) };
}

export const holds = ({ path, size, changed, digest: known }: Stamp) => isUnchanged(path, size, changed, known, 0);

/** Thousands of files are looked at in one run, and the digests of few: they stand in one text, each at its place, and nothing is made for a file. */
export function isUnchanged(path: string, size: number, changed: number, digests: string, at: number): boolean {
  const stats = statSync(path, silent);
  if (!stats?.isFile()) return false;
  return (stats.size === size && stats.ctimeMs === changed) || digests.startsWith(digest(readFileSync(path, 'utf8')), at);
}

/** When an inode was changed, in milliseconds; undefined where there is none. */
export const timeOf = (path: string) => statSync(path, silent)?.ctimeMs;

/** The names in a folder, as the file system lists them, with what no name can hold between them; `absent` where it cannot be read. */
export function listingOf(folder: string): string {
  try {
    return readdirSync(folder).join('/');
  } catch {
    return '/';
  }
}

/** Whether a folder holds what it did. */
export function isListed(folder: string, listing: string): boolean {
  const now = listingOf(folder);
  return now === listing || sorted(now) === sorted(listing);
}

const sorted = (listing: string) => listing.split('/').sort().join('/');
