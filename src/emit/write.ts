import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { RowsmithError } from '../errors.js';
import { withOutputLock } from './output-lock.js';
import type { OutputFile } from './output-file.js';
import { planChanges, type Change } from './plan.js';
import { newFiles, newFolder } from './temporary-names.js';

/** Makes the output folder hold the files; tells what differed. `folders` are those that may hold orphans. */
export async function writeOutput(out: string, files: readonly OutputFile[], folders: readonly string[]): Promise<Change[]> {
  try {
    mkdirSync(dirname(out), { recursive: true });
    return await withOutputLock(out, () => {
      removeLeftovers(out);
      const changes = planChanges(out, files, folders);
      if (changes.length > 0) applyChanges(out, changes);
      return changes;
    });
  } catch (error) {
    throw isSystemError(error) ? notWritable(out, error) : error;
  }
}

/**
 * A new output folder is filled beside its place and moved there as a whole. Into one that exists, files are written before the first is
 * replaced, so that a disk that is full leaves the old ones, and then each is renamed into its place, so that a reader finds the old text
 * or the new one; files without a change are not touched and keep their time. Synchronous, because thousands of small files cost half
 * the time that way.
 */
export function applyChanges(out: string, changes: readonly Change[]): void {
  if (existsSync(out)) replaceFiles(out, changes);
  else createFolder(out, changes);
}

/** Of a run that was killed. Nobody else writes here now. */
function removeLeftovers(out: string): void {
  for (const left of [newFolder(out), newFiles(out)]) rmSync(left, { recursive: true, force: true });
}

function createFolder(out: string, changes: readonly Change[]): void {
  const temporary = newFolder(out);
  try {
    makeFolders(temporary, changes);
    for (const change of changes) if (change.kind !== 'orphaned') writeFileSync(join(temporary, change.path), change.text);
    renameSync(temporary, out);
  } catch (error) {
    rmSync(temporary, { recursive: true, force: true });
    throw error;
  }
}

function replaceFiles(out: string, changes: readonly Change[]): void {
  const temporary = newFiles(out);
  const written = changes.flatMap((change, index) => (change.kind === 'orphaned' ? [] : [{ from: join(temporary, String(index)), to: join(out, change.path), text: change.text }]));
  try {
    mkdirSync(temporary);
    for (const { from, text } of written) writeFileSync(from, text);
    makeFolders(out, changes);
    for (const { from, to } of written) renameSync(from, to);
    for (const change of changes) if (change.kind === 'orphaned') rmSync(join(out, change.path));
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
}

function makeFolders(root: string, changes: readonly Change[]): void {
  for (const folder of new Set(changes.map(({ path }) => dirname(join(root, path))))) mkdirSync(folder, { recursive: true });
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

function notWritable(out: string, error: NodeJS.ErrnoException): RowsmithError {
  return new RowsmithError('output-not-writable', `The output folder ${out} cannot be written: ${error.message}`, hints[error.code ?? ''] ?? 'Check the path in "out", or after --out.', { cause: error });
}
