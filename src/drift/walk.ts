import { lstat, readdir, realpath, stat } from 'node:fs/promises';
import { join, resolve, sep } from 'node:path';
import { RowsmithError } from '../errors.js';

/** Folders of build tools, in which nobody writes files by hand. */
const skipped = new Set(['node_modules', 'target', 'dist', '.git']);

export interface Walk {
  /** Whether folders that cannot be read are left out; else they are errors. */
  readonly skipsUnreadable?: boolean;
}

/**
 * Finds the files that a glob matches, sorted. Links are followed, and each folder is entered once, so that a circle of
 * links ends. A link that leads nowhere counts as a file: reading it gives the reason why it cannot be read.
 */
export async function matchFiles(pattern: string, folder: string, walk: Walk = {}): Promise<readonly string[]> {
  const { default: picomatch } = await import('picomatch');
  const absolute = resolve(folder, pattern).split(sep).join('/');
  const { base } = picomatch.scan(absolute);
  const matches = picomatch(absolute);
  if (base === absolute) return (await kindOf(absolute)) === 'none' ? [] : [absolute];
  return (await filesBelow(base, walk)).filter((path) => matches(path.split(sep).join('/'))).sort();
}

/** A test of absolute paths by globs that start from the folder. */
export async function matcherOf(patterns: readonly string[], folder: string): Promise<(path: string) => boolean> {
  if (patterns.length === 0) return () => false;
  const { default: picomatch } = await import('picomatch');
  const matches = picomatch(patterns.map((pattern) => resolve(folder, pattern).split(sep).join('/')));
  return (path) => matches(path.split(sep).join('/'));
}

/**
 * All files below a folder. Links are followed last, so that a file that is also reached without a link has its real
 * name.
 */
async function filesBelow(base: string, { skipsUnreadable }: Walk): Promise<readonly string[]> {
  const files: string[] = [];
  const visited = new Set<string>();
  const folders = [base];
  const links: string[] = [];
  for (let folder = folders.pop() ?? links.pop(); folder !== undefined; folder = folders.pop() ?? links.pop()) {
    const real = await realpath(folder).catch(() => undefined);
    if (real === undefined || visited.has(real)) continue;
    visited.add(real);
    const entries = await readdir(folder, { withFileTypes: true }).catch((error: NodeJS.ErrnoException) => {
      if (skipsUnreadable) return [];
      throw new RowsmithError(
        'models-not-readable',
        `The folder ${folder} cannot be read: ${error.code ?? error.message}`,
        'Check its permissions, or write a narrower glob.',
        { cause: error },
      );
    });
    for (const entry of entries.sort((a, b) => (a.name < b.name ? 1 : -1))) {
      const path = join(folder, entry.name);
      if (skipped.has(entry.name)) continue;
      if (entry.isDirectory()) folders.push(path);
      else if (!entry.isSymbolicLink()) files.push(path);
      else if ((await kindOf(path)) === 'folder') links.push(path);
      else files.push(path);
    }
  }
  return files;
}

async function kindOf(path: string): Promise<'file' | 'folder' | 'broken' | 'none'> {
  try {
    return (await stat(path)).isDirectory() ? 'folder' : 'file';
  } catch {
    return lstat(path).then(
      () => 'broken',
      (error: NodeJS.ErrnoException) => (error.code === 'ENOENT' || error.code === 'ENOTDIR' ? 'none' : 'broken'),
    );
  }
}
