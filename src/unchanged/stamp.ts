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

/** Undefined where there is no such file. `known` spares the reading where the digest is known. */
export function stampFile(path: string, known?: string): Stamp | undefined {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (!stats?.isFile()) return undefined;
  return { path, size: stats.size, changed: stats.ctimeMs, digest: known ?? digest(readFileSync(path, 'utf8')) };
}

export function holds({ path, size, changed, digest: known }: Stamp): boolean {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (!stats?.isFile()) return false;
  return (stats.size === size && stats.ctimeMs === changed) || digest(readFileSync(path, 'utf8')) === known;
}

/** What a folder holds, by name; `absent` where it cannot be read. */
export function listingOf(folder: string): string {
  try {
    return digest(readdirSync(folder).sort().join('\n'));
  } catch {
    return 'absent';
  }
}
