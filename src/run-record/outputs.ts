import { readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { digest } from '../digest.js';
import { folderOf, isGenerated, type WrittenFile } from '../emit/output-file.js';
import { isLocked } from '../output/lock.js';

/** A record of an output folder: the files that it should hold. */
export interface OutputRecord {
  /** Absolute. */
  readonly out: string;
  /** The files in the order in which they were rendered, with the digest of each. */
  readonly files: readonly WrittenFile[];
  /** Folders below the output folder that may contain files that are no longer generated. */
  readonly folders: readonly string[];
}

/** The number of bytes at the start of a file that contain its notice. */
const head = 1024;

/**
 * Whether a folder holds exactly what it should: every file with its content, compared as `check` does, and no other
 * generated file.
 */
export function outputHolds({ out, files, folders }: OutputRecord): boolean {
  // The next run removes what a dead run left there.
  if (isLocked(out)) return false;
  const places = new Set([...folders.map((folder) => folder || '.'), ...files.map(({ path }) => folderOf(path))]);
  const left = new Set([...places].flatMap((folder) => namesIn(out, folder)));
  for (const { path, digest: wanted } of files) {
    if (!left.delete(path) || !isOurs(readFileSync(`${out}/${path}`), wanted)) return false;
  }
  const mayBeOurs = [...left].filter((path) => /\.(ts|json)$/.test(path));
  return !mayBeOurs.some((path) => hasNotice(readFileSync(join(out, path))));
}

/**
 * Whether a file is the one that was written. Without the notice it is somebody's own, even if the text is the same.
 */
const isOurs = (content: Buffer, wanted: string) => digest(content) === wanted && hasNotice(content);

const hasNotice = (content: Buffer) => isGenerated(content.toString('utf8', 0, head));

function namesIn(out: string, folder: string): string[] {
  try {
    const entries = readdirSync(join(out, folder), { withFileTypes: true });
    return entries
      .filter((entry) => entry.isFile() || entry.isSymbolicLink())
      .map(({ name }) => posix.join(folder, name));
  } catch {
    // The folder does not exist: every file that belongs in it is missing.
    return [];
  }
}
