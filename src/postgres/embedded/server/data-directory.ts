import type { MemoryFS, PGlite } from '@electric-sql/pglite';
import { contentOf, type Files, root } from './held-files.js';
import { type Entry, packFiles } from './packed-files.js';

/** Files about a server's own process, which are not part of the data. */
const ofTheProcess: ReadonlySet<string> = new Set(['/postmaster.pid', '/postmaster.opts']);

export interface DataDirectory {
  /**
   * The file system on which PGlite starts. It is in memory, and contains the kept directory or the one that PGlite
   * creates.
   */
  readonly fs: MemoryFS;
  /** A copy of the directory that PGlite had to create, from before any SQL ran. */
  readonly made: () => Buffer | undefined;
}

/**
 * Prepares the data directory on which PGlite starts. Creating one (initdb) takes most of a first start and gives the
 * same result for every schema, so a copy from before any SQL ran is kept. `beforeStart` is called when everything is
 * in place and nothing has run yet. The SQL can access only memory.
 */
export function dataDirectory(
  Memory: typeof MemoryFS,
  kept: readonly Entry[] | undefined,
  beforeStart: (pglite: PGlite) => void,
): DataDirectory {
  let made: Buffer | undefined;
  const fs = new (class extends Memory {
    /** PGlite calls this when its file system exists, before it looks for a data directory. */
    override async initialSyncFs(): Promise<void> {
      const pglite = this.pg as PGlite;
      const { Module } = pglite as unknown as { readonly Module: { callMain(args: string[]): number } };
      const callMain = Module.callMain;
      Module.callMain = (args) => {
        beforeStart(pglite);
        return callMain(args);
      };
      if (kept) fill(filesOf(pglite), kept);
    }

    /** PGlite calls this between initdb and the start of the server, and then after each statement. */
    override async syncToFs(): Promise<void> {
      if (!kept) made ??= copyDirectory(this.pg);
    }
  })();
  return { fs, made: () => made };
}

function fill(files: Files, entries: readonly Entry[]): void {
  files.mkdirTree(root, 0o700);
  for (const { path, mode, content } of entries) {
    if (content) files.writeFile(root + path, content, { canOwn: true, mode });
    else files.mkdir(root + path, mode);
  }
}

/** Copies a server's data directory as it is in memory now. */
export function copyDirectory(pglite: PGlite | undefined): Buffer {
  return packFiles(entriesBelow(filesOf(pglite), ''));
}

function entriesBelow(files: Files, directory: string): readonly Entry[] {
  const paths = files
    .readdir(root + directory)
    .filter((name) => name !== '.' && name !== '..')
    .map((name) => `${directory}/${name}`);
  return paths
    .filter((path) => !ofTheProcess.has(path))
    .flatMap((path): readonly Entry[] => {
      const { node } = files.lookupPath(root + path);
      const entry = { path, mode: node.mode & 0o777 };
      return files.isDir(node.mode) ? [entry, ...entriesBelow(files, path)] : [{ ...entry, content: contentOf(node) }];
    });
}

export function filesOf(pglite: PGlite | undefined): Files {
  if (!pglite) throw new Error('PGlite asked for files before it gave its own');
  return pglite.Module.FS as unknown as Files;
}
