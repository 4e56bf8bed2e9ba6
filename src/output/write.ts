import { mkdirSync, rmdirSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { RowsmithError } from '../errors.js';
import { besideOf, discard, takePlaces, type Beside } from './beside.js';
import { takeLock } from './lock.js';
import type { Change } from './plan.js';
import type { Staged } from './stage.js';
import { stageFiles, type Pause, type Stream } from './stage-files.js';
import { newFiles, newFolder } from './temporary-names.js';
import { uninterrupted } from './uninterrupted.js';

/** What an output folder should hold. */
export interface Target extends Stream {
  readonly out: string;
  /** Below the output folder, where files may stand that are no longer produced. */
  readonly folders: readonly string[];
}

/** A folder of which everything that differs is written beside. */
interface Ready extends Staged {
  readonly out: string;
  readonly beside: Beside;
}

/**
 * Makes output folders hold their files, which are rendered meanwhile; tells what differed. Nothing of any folder is touched before
 * everything for all of them is rendered and written beside. Nobody else writes there meanwhile.
 */
export async function writeOutputs(targets: readonly Target[]): Promise<readonly Staged[]> {
  return uninterrupted(async (pause) => {
    // What is to be undone, last things first, also when the process is ended meanwhile.
    const held: (() => void)[] = [];
    const undo = () => held.splice(0).reverse().forEach((one) => one());
    process.on('exit', undo);
    try {
      // In an order that two runs over the same folders share, so that none waits for another that waits for it.
      for (const out of targets.map((target) => target.out).sort()) await claim(out, pause, held);
      const ready: Ready[] = [];
      for (const target of targets) ready.push(await stageTarget(target, pause, held));
      for (const { out, beside, changes } of ready) await telling(out, () => takePlaces(out, beside, pathsOf(changes, 'missing', 'stale'), pathsOf(changes, 'orphaned')));
      return ready.map(({ files, changes }) => ({ files, changes }));
    } finally {
      process.off('exit', undo);
      undo();
    }
  });
}

const pathsOf = (changes: readonly Change[], ...kinds: readonly Change['kind'][]) => changes.flatMap(({ kind, path }) => (kinds.includes(kind) ? [path] : []));

/** Makes room beside a folder and keeps others from writing there. */
async function claim(out: string, pause: Pause, held: (() => void)[]): Promise<void> {
  await telling(out, async () => {
    const made = mkdirSync(dirname(out), { recursive: true });
    if (made !== undefined) held.push(() => removeEmpty(dirname(out), made));
    held.push(await takeLock(out, pause));
    // Of a run that was killed.
    for (const left of [newFolder(out), newFiles(out)]) rmSync(left, { recursive: true, force: true });
  });
}

async function stageTarget({ out, folders, ...stream }: Target, pause: Pause, held: (() => void)[]): Promise<Ready> {
  return telling(out, async () => {
    const beside = besideOf(out);
    held.push(() => discard(beside));
    return { out, beside, ...(await stageFiles({ out, folders, beside }, stream, pause, held)) };
  });
}

/** Removes folders, from the innermost to the outermost that was made, as far as nothing is in them. */
function removeEmpty(innermost: string, outermost: string): void {
  try {
    for (let folder = innermost; folder.length >= outermost.length; folder = dirname(folder)) rmdirSync(folder);
  } catch {
    // Something is.
  }
}

/** What system errors mean for who wants to write: https://man7.org/linux/man-pages/man3/errno.3.html. */
const hints: Readonly<Record<string, string>> = {
  ENOSPC: 'The disk is full. What was there is still there: run again when there is room.',
  EDQUOT: 'The quota is used up. What was there is still there: run again when there is room.',
  EFBIG: 'The system allows no file of that size (ulimit -f).',
  EROFS: 'The file system is read-only.',
  EACCES: 'Check the permissions of the folder and of those above it.',
  EPERM: 'Check the permissions of the folder and of those above it.',
  ENAMETOOLONG: 'A file is called like its model: give the model, or the slice, a shorter name in the config.',
  ENOTDIR: 'A part of the path is a file.',
};

const isSystemError = (error: unknown): error is NodeJS.ErrnoException => error instanceof Error && 'syscall' in error;

/** What the system does not allow is told with its folder. */
async function telling<Result>(out: string, work: () => Result | Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (!isSystemError(error)) throw error;
    throw new RowsmithError('output-not-writable', `The output folder ${out} cannot be written: ${error.message}`, hints[error.code ?? ''] ?? 'Check the path in "out", or after --out.', { cause: error });
  }
}
