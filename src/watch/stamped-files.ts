import { hash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

/** Stamps of paths: the state of each, whether a file, a folder, or nothing. */
export type Stamps = ReadonlyMap<string, Stamp>;

interface Stamp {
  /** The data of the inode; absent if a later change could leave the same data. */
  readonly look?: string;
  readonly digest: string;
}

const absent = 'absent';

/**
 * Milliseconds for which a file counts as just changed. File times are coarser than the clock; some file systems count
 * in steps of two seconds.
 */
const grain = 3000;

/** Stamps paths as they are now. */
export function stampPaths(paths: Iterable<string>): Stamps {
  return new Map([...paths].map((path) => [path, stampOf(path)]));
}

/** The stamp of a file whose text was just read elsewhere. */
export function stampText(text: string): Stamp {
  return { digest: hash('sha256', text) };
}

/** Whether everything is unchanged. A file that was only touched is unchanged. */
export function stampsHold(stamps: Stamps): boolean {
  return [...stamps].every(
    ([path, { look, digest }]) => (look !== undefined && lookOf(path) === look) || digestOf(path) === digest,
  );
}

/** The folders in which a change to these paths would be visible. */
export function foldersOf(stamps: Stamps): string[] {
  return [...stamps.keys()].flatMap((path) => (isFolder(path) ? [path, dirname(path)] : [dirname(path)]));
}

/**
 * The stamp of a path. The inode is read before the content, so that a change in between yields different inode data.
 */
function stampOf(path: string): Stamp {
  const look = lookOf(path);
  return { ...(look === undefined ? {} : { look }), digest: digestOf(path) };
}

/** The inode data of a path; undefined if it was changed just now. */
function lookOf(path: string): string | undefined {
  const stats = statSync(path, { bigint: true, throwIfNoEntry: false });
  if (!stats) return absent;
  const { dev, ino, size, mtimeNs, ctimeNs, mtimeMs, ctimeMs } = stats;
  const isYoung = Math.max(Number(mtimeMs), Number(ctimeMs)) > Date.now() - grain;
  return isYoung ? undefined : [dev, ino, size, mtimeNs, ctimeNs].join(' ');
}

/** Digest of a file's content, or of the names in a folder. */
function digestOf(path: string): string {
  try {
    return hash('sha256', isFolder(path) ? readdirSync(path).sort().join('\n') : readFileSync(path, 'utf8'));
  } catch {
    return absent;
  }
}

const isFolder = (path: string) => statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
