import { basename, dirname, join } from 'node:path';
import { isListed, isUnchanged, listingOf, stampFile } from './stamp.js';

/** The files of an output folder. */
export interface WrittenOutput {
  readonly out: string;
  readonly files: readonly { readonly path: string; readonly text: string; readonly digest: string }[];
}

/**
 * The files of one folder as they were left. There may be thousands: each is a place in every column, and a column one text, which is
 * read faster than as many objects.
 */
interface FolderRecord {
  readonly path: string;
  /** Whatever it held. */
  readonly listing: string;
  /** The files' names, with what no name can hold between them. */
  readonly names: string;
  /** Size and time of each file, as 64-bit floats in Base64. */
  readonly stamps: string;
  /** 16 characters of each file. */
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
    const folder = dirname(join(out, file.path));
    const own = byFolder.get(folder);
    if (own) own.push(file);
    else byFolder.set(folder, [file]);
  }
  const folders = [...byFolder].flatMap(([path, own]) => recordFolder(path, own) ?? []);
  return folders.length < byFolder.size ? undefined : { out, files: files.length, folders };
}

function recordFolder(path: string, files: WrittenOutput['files']): FolderRecord | undefined {
  const names = files.map((file) => basename(file.path));
  const stamps = files.flatMap(({ text, digest }, index) => {
    const stamp = stampFile(`${path}/${names[index]}`, digest);
    return stamp?.size === Buffer.byteLength(text) ? [stamp] : [];
  });
  if (stamps.length < files.length) return undefined;
  const numbers = Float64Array.from(stamps.flatMap(({ size, changed }) => [size, changed]));
  return {
    path,
    listing: listingOf(path),
    names: names.join('/'),
    stamps: Buffer.from(numbers.buffer).toString('base64'),
    digests: stamps.map(({ digest }) => digest).join(''),
  };
}

/** Whether the folders hold what they did: a file more or less. */
export const foldersHold = ({ folders }: OutputRecord) => folders.every(({ path, listing }) => isListed(path, listing));

/** Whether every file is as it was left. */
export const outputHolds = ({ folders }: OutputRecord) => folders.every(filesHold);

function filesHold({ path, names, stamps, digests }: FolderRecord): boolean {
  const bytes = Buffer.from(stamps, 'base64');
  const numbers = new Float64Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length));
  return names.split('/').every((name, index) => {
    const [size = NaN, changed = NaN] = [numbers[2 * index], numbers[2 * index + 1]];
    return isUnchanged(`${path}/${name}`, size, changed, () => digests.slice(16 * index, 16 * index + 16));
  });
}
