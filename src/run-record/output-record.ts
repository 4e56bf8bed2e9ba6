import { isAbsolute, join, relative } from 'node:path';
import { isListed, isUnchanged, listingOf, stampFile, timeOf } from './stamp.js';

/** The files of an output folder. */
export interface WrittenOutput {
  readonly out: string;
  /** Their paths are below it, with `/`. */
  readonly files: readonly { readonly path: string; readonly size: number; readonly digest: string; readonly changed?: number }[];
}

/**
 * A folder with files as they were left. There may be thousands: each is a place in every column, and a column one text, which is read
 * faster than as many objects.
 */
interface FolderRecord {
  readonly path: string;
  /** The time of its inode, which every entry that comes or goes moves; absent where that was so shortly before that one more would not be told by it. */
  readonly changed?: number;
  /** Whatever it held, with what no name can hold between. */
  readonly names: string;
  /** Size and time of each, as 64-bit floats in Base64; not a number for what is not the output's. */
  readonly stamps: string;
  /** 16 characters of each. */
  readonly digests: string;
}

export interface OutputRecord {
  readonly out: string;
  /** How many. */
  readonly files: number;
  readonly folders: readonly FolderRecord[];
}

/** Undefined where a file is not as it was written. */
export function recordOutput({ out, files }: WrittenOutput): OutputRecord | undefined {
  const byFolder = new Map<string, WrittenOutput['files'][number][]>();
  for (const file of files) {
    const folder = file.path.slice(0, Math.max(0, file.path.lastIndexOf('/')));
    const own = byFolder.get(folder);
    if (own) own.push(file);
    else byFolder.set(folder, [file]);
  }
  const folders = [...byFolder].flatMap(([path, own]) => recordFolder(join(out, path), own) ?? []);
  return folders.length < byFolder.size ? undefined : { out, files: files.length, folders };
}

const none = { size: NaN, changed: NaN, digest: ' '.repeat(16) };

function recordFolder(path: string, files: WrittenOutput['files']): FolderRecord | undefined {
  const written = new Map(files.map((file) => [file.path.slice(file.path.lastIndexOf('/') + 1), file]));
  const settled = settledTime(path);
  const names = listingOf(path);
  const listed = names.split('/');
  const numbers = new Float64Array(2 * listed.length);
  const digests = listed.map((name, index) => {
    const file = written.get(name);
    const stamp = file && stampOf(`${path}/${name}`, file);
    if (stamp?.size === file?.size) written.delete(name);
    const { size, changed, digest } = stamp ?? none;
    numbers.set([size, changed], 2 * index);
    return digest;
  });
  if (written.size > 0) return undefined;
  return { path, ...settled, names, stamps: Buffer.from(numbers.buffer).toString('base64'), digests: digests.join('') };
}

/** A file that is somebody else's by now has another time than it was written at. */
function stampOf(path: string, { size, digest, changed }: WrittenOutput['files'][number]) {
  return changed === undefined ? stampFile(path, digest) : { size, changed, digest };
}

/** Milliseconds: some file systems count in twos of seconds. */
const grain = 3000;

/** When a folder was changed, where that is long enough ago that the next change will have another time. Not every file system of Windows keeps it. */
function settledTime(path: string): { readonly changed?: number } {
  const changed = process.platform === 'win32' ? undefined : timeOf(path);
  return changed !== undefined && changed < Date.now() - grain ? { changed } : {};
}

/** Whether the folders hold what they did: a file more or less. */
export const foldersHold = ({ folders }: OutputRecord) => folders.every(({ path, changed, names }) => (changed !== undefined && timeOf(path) === changed) || isListed(path, names));

/** The same, of folders that were found as they were, which can now be told by their times; undefined where that changes nothing. */
export function settled(outputs: readonly OutputRecord[]): readonly OutputRecord[] | undefined {
  let settles = false;
  const settle = (folder: FolderRecord) => {
    const time = settledTime(folder.path);
    if (time.changed === folder.changed || !isListed(folder.path, folder.names)) return folder;
    settles = true;
    return { ...folder, ...time };
  };
  const next = outputs.map((output) => ({ ...output, folders: output.folders.map(settle) }));
  return settles ? next : undefined;
}

/** Whether every file is as it was left. */
export const outputHolds = ({ folders }: OutputRecord) => folders.every(filesHold);

function filesHold({ path, names, stamps, digests }: FolderRecord): boolean {
  const folder = seenFromHere(path);
  const bytes = Buffer.from(stamps, 'base64');
  const numbers = new Float64Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length));
  for (let index = 0, at = 0; at < names.length; index++) {
    const end = (names.indexOf('/', at) + 1 || names.length + 1) - 1;
    const size = numbers[2 * index] ?? NaN;
    const changed = numbers[2 * index + 1] ?? NaN;
    if (!Number.isNaN(size) && !isUnchanged(`${folder}/${names.slice(at, end)}`, size, changed, digests, 16 * index)) return false;
    at = end + 1;
  }
  return true;
}

/** A folder inside the working directory by its path from there: every part of a path is looked up for every file, a tenth of the time of thousands. */
function seenFromHere(folder: string): string {
  const path = relative(process.cwd(), folder);
  return path === '' || path.startsWith('..') || isAbsolute(path) ? folder : path;
}
