import { mkdirSync, rmdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { RowsmithError } from '../errors.js';
import { Beside, removeUnfinished } from './beside.js';
import { takeLock } from './lock.js';
import { type Change, type Pause, type Plan, planFolder, type Target, type Tell } from './plan.js';
import { uninterrupted } from './uninterrupted.js';

/** An output folder that is ready: all differing files are written in its temporary place. */
interface Ready {
  readonly out: string;
  readonly beside: Beside;
  readonly plan: Plan;
}

/**
 * Writes output folders. Their files are rendered meanwhile, and the plans say what differed. No folder is changed
 * before everything for all of them is rendered and written in temporary places. No other run can write there
 * meanwhile.
 */
export async function writeOutputs(targets: readonly Target[]): Promise<readonly Plan[]> {
  return uninterrupted(async (pause) => {
    // Run at the end, in reverse order, even if the process ends meanwhile.
    const cleanups: (() => void)[] = [];
    const undo = () => {
      for (const cleanup of cleanups.splice(0).reverse()) cleanup();
    };
    process.on('exit', undo);
    try {
      // All runs lock folders in this order, so that two runs over the same folders never wait for each other.
      for (const out of targets.map((target) => target.out).sort()) await claim(out, pause, cleanups);
      const ready: Ready[] = [];
      for (const target of targets) ready.push(await writeBeside(target, pause, cleanups));
      for (const { out, beside, plan } of ready) await telling(out, () => beside.takePlaces(orphansOf(plan)));
      return ready.map(({ plan }) => plan);
    } finally {
      process.off('exit', undo);
      undo();
    }
  });
}

/** Claims a folder: creates its parent, and takes the lock that prevents other runs from writing there. */
async function claim(out: string, pause: Pause, cleanups: (() => void)[]): Promise<void> {
  await telling(out, async () => {
    const made = mkdirSync(dirname(out), { recursive: true });
    if (made !== undefined) cleanups.push(() => removeEmpty(dirname(out), made));
    cleanups.push(await takeLock(out, pause));
    removeUnfinished(out);
  });
}

/** Writes every differing file to the temporary place as soon as it is rendered. */
async function writeBeside(target: Target, pause: Pause, cleanups: (() => void)[]): Promise<Ready> {
  const { out } = target;
  return telling(out, async () => {
    const beside = new Beside(out);
    cleanups.push(() => beside.discard());
    const write: Tell<Change> = (change, bytes) => {
      if (bytes) beside.write(change.path, bytes);
      return change;
    };
    return { out, beside, plan: await planFolder(target, write, pause) };
  });
}

const orphansOf = ({ changes }: Plan) => changes.filter(({ kind }) => kind === 'orphaned').map(({ path }) => path);

/** Removes empty folders, from the innermost up to the outermost that was created. */
function removeEmpty(innermost: string, outermost: string): void {
  try {
    for (let folder = innermost; folder.length >= outermost.length; folder = dirname(folder)) rmdirSync(folder);
  } catch {
    // One of them is not empty.
  }
}

/** Hints for system errors on writing: https://man7.org/linux/man-pages/man3/errno.3.html. */
const hints: Readonly<Record<string, string>> = {
  ENOSPC: 'The disk is full. The existing files are unchanged: free some space and run again.',
  EDQUOT: 'The quota is used up. The existing files are unchanged: free some space and run again.',
  EFBIG: 'The system does not allow files of that size (ulimit -f).',
  EROFS: 'The file system is read-only.',
  EACCES: 'Check the permissions of the folder and its parents.',
  EPERM: 'Check the permissions of the folder and its parents.',
  ENAMETOOLONG: 'Files are named after models and slices: give this one a shorter name in the config.',
  ENOTDIR: 'A part of the path is a file.',
};

const isSystemError = (error: unknown): error is NodeJS.ErrnoException => error instanceof Error && 'syscall' in error;

/** Runs work that writes to an output folder. If a system error occurs, throws it with the folder's name and a hint. */
async function telling<Result>(out: string, work: () => Result | Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (!isSystemError(error)) throw error;
    throw new RowsmithError(
      'output-not-writable',
      `The output folder ${out} cannot be written: ${error.message}`,
      hints[error.code ?? ''] ?? 'Check the path in "out", or after --out.',
      { cause: error },
    );
  }
}
