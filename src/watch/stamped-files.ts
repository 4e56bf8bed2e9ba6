import { hash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

/** Files, folders and places where nothing is, as they were: each path with what was seen there. */
export type Stamps = ReadonlyMap<string, Stamp>;

interface Stamp {
  /** What a look without reading tells; absent where it could tell the same of something else. */
  readonly look?: string;
  readonly digest: string;
}

const absent = 'absent';

/** Milliseconds: file systems keep coarser times than the clock has, some of them count in twos of seconds. */
const grain = 3000;

export function stampPaths(paths: Iterable<string>): Stamps {
  return new Map([...paths].map((path) => [path, stampOf(path)]));
}

/** A file as somebody else has just read it. */
export function stampText(text: string): Stamp {
  return { digest: hash('sha256', text) };
}

/** Whether all of them are as they were. What was only touched is. */
export function stampsHold(stamps: Stamps): boolean {
  return [...stamps].every(
    ([path, { look, digest }]) => (look !== undefined && lookOf(path) === look) || digestOf(path) === digest,
  );
}

/** Where something would happen to them. */
export function foldersOf(stamps: Stamps): string[] {
  return [...stamps.keys()].flatMap((path) => (isFolder(path) ? [path, dirname(path)] : [dirname(path)]));
}

/** Looked at before it is read: a change in between makes the look another. */
function stampOf(path: string): Stamp {
  const look = lookOf(path);
  return { ...(look === undefined ? {} : { look }), digest: digestOf(path) };
}

function lookOf(path: string): string | undefined {
  const stats = statSync(path, { bigint: true, throwIfNoEntry: false });
  if (!stats) return absent;
  const { dev, ino, size, mtimeNs, ctimeNs, mtimeMs, ctimeMs } = stats;
  const isYoung = Math.max(Number(mtimeMs), Number(ctimeMs)) > Date.now() - grain;
  return isYoung ? undefined : [dev, ino, size, mtimeNs, ctimeNs].join(' ');
}

/** Of what a file holds, or of the names in a folder. */
function digestOf(path: string): string {
  try {
    return hash('sha256', isFolder(path) ? readdirSync(path).sort().join('\n') : readFileSync(path, 'utf8'));
  } catch {
    return absent;
  }
}

const isFolder = (path: string) => statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
