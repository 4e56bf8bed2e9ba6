import {
  existsSync,
  linkSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimes,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { RowsmithError } from '../errors.js';
import { nameBeside } from './beside.js';

/** Milliseconds to wait for another run that gives no sign of life, and between two checks of its lock. */
const patience = 30_000;
const pauseTime = 20;

/**
 * Milliseconds between two signs of life, which update the modification time of the lock file. A schema may take
 * minutes to render.
 */
const signEvery = 5000;

const folderLock = (out: string) => nameBeside(out, 'rowsmith-lock');

/** Whether a run is writing to an output folder, or died while writing. */
export function isLocked(out: string): boolean {
  return existsSync(folderLock(out));
}

/**
 * Takes the lock of an output folder, and returns the function that releases it. Without it, two runs that write there
 * at the same time could leave a mixture of their files. The lock is a file next to the folder,
 * `.generated.rowsmith-lock`, that contains the id of its process. The lock of a dead process blocks nobody.
 */
export async function takeLock(out: string, pause: () => Promise<void>): Promise<() => void> {
  const lock = folderLock(out);
  let sign: number | undefined;
  let deadline = Date.now() + patience;
  while (!take(lock)) {
    const holder = holderOf(lock);
    if (holder !== undefined && !isAlive(holder)) {
      discard(lock);
      continue;
    }
    const seen = statSync(lock, { throwIfNoEntry: false })?.mtimeMs;
    if (seen !== sign) deadline = Date.now() + patience;
    sign = seen;
    if (Date.now() > deadline) {
      const name = holder === undefined ? 'Another run' : `Another run, process ${holder},`;
      const hint = `Wait for it to finish. If there is none, delete ${lock}.`;
      throw new RowsmithError('output-busy', `${name} is writing ${out}.`, hint);
    }
    await sleep(pauseTime);
    await pause();
  }
  removeLeftovers(lock);
  const signs = setInterval(() => utimes(lock, new Date(), new Date(), () => {}), signEvery).unref();
  return () => {
    clearInterval(signs);
    rmSync(lock, { force: true });
  };
}

/**
 * Takes the lock; false if another run has it. A link appears together with its content, and only if there is no file
 * yet.
 */
function take(lock: string): boolean {
  const own = lockOf(lock, process.pid);
  try {
    writeFileSync(own, String(process.pid));
    linkSync(own, lock);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    rmSync(own, { force: true });
  }
}

function holderOf(lock: string): number | undefined {
  try {
    return Number(readFileSync(lock, 'utf8')) || undefined;
  } catch {
    return undefined;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Names of a process's file before it becomes the lock and after it was one; `processOf` reads them. */
const lockOf = (lock: string, pid: number) => `${lock}-${pid}`;
const deadLockOf = (lock: string, pid: number) => `${lock}-dead-${pid}`;

/** The process of such a file; undefined for any other file in the folder. */
function processOf(lock: string, name: string): number | undefined {
  if (!name.startsWith(`${basename(lock)}-`)) return undefined;
  return Number(/\d+$/.exec(name)?.[0]);
}

/** Removes the files of runs that were killed while they took or discarded the lock. */
function removeLeftovers(lock: string): void {
  for (const name of readdirSync(dirname(lock))) {
    const pid = processOf(lock, name);
    if (pid !== undefined && !isAlive(pid)) rmSync(join(dirname(lock), name), { force: true });
  }
}

/** Removes a lock whose process is dead. If several runs find it, one moves it away and the others find nothing. */
function discard(lock: string): void {
  const moved = deadLockOf(lock, process.pid);
  try {
    renameSync(lock, moved);
  } catch {
    return;
  }
  rmSync(moved, { force: true });
}
