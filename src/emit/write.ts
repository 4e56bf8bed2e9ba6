import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Change } from './plan.js';
import { uninterrupted } from './uninterrupted.js';

/**
 * Makes the changes. Each file is written beside its place and renamed into it, so that a reader finds the old text or the
 * new one; files without a change are not touched and keep their time. Ctrl-C
 * waits until all are written.
 */
export async function applyChanges(out: string, changes: readonly Change[]): Promise<void> {
  await uninterrupted(() => makeChanges(out, changes));
}

async function makeChanges(out: string, changes: readonly Change[]): Promise<void> {
  for (const folder of new Set(changes.map(({ path }) => dirname(join(out, path))))) await mkdir(folder, { recursive: true });
  for (const change of changes) {
    const path = join(out, change.path);
    if (change.kind === 'orphaned') await rm(path);
    else await replaceFile(path, change.text);
  }
}

async function replaceFile(path: string, text: string): Promise<void> {
  const temporary = join(dirname(path), `.rowsmith-${process.pid}.tmp`);
  try {
    await writeFile(temporary, text);
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}
