import { existsSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { extname, isAbsolute, relative, resolve, sep } from 'node:path';
import { RowsmithError } from '../errors.js';
import type { SourceText, Unread } from './declared.js';
import { readableExtensions } from './readers/read.js';
import { matcherOf, matchFiles } from './walk.js';

/**
 * Bounds on the models, in bytes of a file and in files. Hand-written models are far below both, so whatever is above
 * is a mistake in the glob.
 */
const largestFile = 4 * 1024 * 1024;
const mostFiles = 20_000;

export interface ModelFiles {
  readonly files: readonly SourceText[];
  /** Files that exist but cannot be read. */
  readonly unread: readonly Unread[];
}

/**
 * Reads the files that the globs match, without those of `exclude` and of globs that begin with `!`. A glob that
 * matches nothing is an error: its models would seem to have no drift.
 */
export async function readModelFiles(
  globs: readonly string[],
  folder: string,
  exclude: readonly string[] = [],
): Promise<ModelFiles> {
  const paths = new Set<string>();
  const isExcluded = await matcherOf(
    [...globs.filter(isNegative).map((glob) => glob.slice(1)), ...exclude].map(asPattern),
    folder,
  );
  for (const pattern of globs.filter((glob) => !isNegative(glob))) {
    const found = (await matchFiles(asPattern(pattern), folder)).filter((path) => !isExcluded(path));
    const readable = found.filter((path) => readableExtensions.includes(extname(path)) && !isEmitted(path));
    if (readable.length === 0) throw nothingFound(pattern, found.length);
    for (const path of readable) paths.add(path);
    if (paths.size > mostFiles)
      throw new RowsmithError(
        'models-not-readable',
        `${pattern} matches more than ${mostFiles} files.`,
        'Narrow the glob to files that contain models.',
      );
  }
  const read = await inBatches([...paths].sort(), (path) => readOne(path, shown(folder, path)));
  return {
    files: read.flatMap((one) => ('text' in one ? [one] : [])),
    unread: read.flatMap((one) => ('reason' in one ? [one] : [])),
  };
}

/** Whether a pattern takes files out of those that the others match, as `!src/old.rs` does. */
export function isNegative(pattern: string): boolean {
  return pattern.startsWith('!');
}

/** Whether a file is a declaration file that a compiler wrote: the code that it declares stands beside it. */
function isEmitted(path: string): boolean {
  const [, code, module = ''] = /^(.*)\.d\.([mc]?)ts$/.exec(path) ?? [];
  return code !== undefined && ['ts', 'js', 'tsx', 'jsx'].some((end) => existsSync(`${code}.${module}${end}`));
}

/** The glob of a path. A folder stands for all models in it. */
function asPattern(pattern: string): string {
  const slashed = sep === '\\' ? pattern.replaceAll('\\', '/') : pattern;
  const isFolder = !/[*?{}[\]]/.test(slashed) && extname(slashed) === '';
  return isFolder ? `${slashed.replace(/\/+$/, '')}/**/*{${readableExtensions.join(',')}}` : slashed;
}

function nothingFound(pattern: string, others: number): RowsmithError {
  const problem = others > 0 ? `matches ${others} files, none in a language that rowsmith reads` : 'matches no file';
  return new RowsmithError(
    'models-not-found',
    `--models ${pattern} ${problem}.`,
    `Quote the glob so that the shell does not expand it. rowsmith reads: ${readableExtensions.join(', ')}.`,
  );
}

/** Reads one file; where it cannot be read, says why. `file` is its path for reports. */
export async function readOne(path: string, file: string): Promise<SourceText | Unread> {
  const unread = (reason: string): Unread => ({ name: file, file, line: 1, reason, broken: true });
  try {
    const stats = await stat(path);
    const { size } = stats;
    // Reading a pipe or a device may never end.
    if (!stats.isFile() && !stats.isDirectory()) return unread('it is a pipe or a device, not a file');
    if (size > largestFile) return unread(`it has ${Math.round(size / 1024 / 1024)} MB; the limit is 4 MB`);
    return { file, text: new TextDecoder('utf-8', { fatal: true }).decode(await readFile(path)) };
  } catch (error) {
    return unread(explain(error));
  }
}

function explain(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === 'ERR_ENCODING_INVALID_ENCODED_DATA') return 'it is not valid UTF-8';
  if (code === 'ELOOP') return 'it is a circular link';
  if (code === 'EISDIR') return 'it is a folder';
  return code === 'ENOENT' ? 'it is a broken link' : (code ?? message);
}

/** Runs on all items, on no more at a time than files may be open on any system. */
export async function inBatches<In, Out>(
  items: readonly In[],
  run: (item: In) => Promise<Out>,
): Promise<readonly Out[]> {
  const results: Out[] = [];
  for (let start = 0; start < items.length; start += 64)
    results.push(...(await Promise.all(items.slice(start, start + 64).map(run))));
  return results;
}

/** Path for reports: relative to the folder, with `/`; the whole path of a file outside of it. */
export function shown(folder: string, path: string): string {
  const short = relative(folder, resolve(path));
  return (isAbsolute(short) || short.startsWith('..') ? path : short).split(sep).join('/');
}
