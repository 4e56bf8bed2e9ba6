import type { MemoryFS, PGlite } from '@electric-sql/pglite';
import { contentOf, type Files, root } from './held-files.js';
import { type Entry, encodeSnapshot } from './snapshot.js';

/** What a server leaves behind that is about itself. */
const ofTheProcess: ReadonlySet<string> = new Set(['/postmaster.pid', '/postmaster.opts']);

export interface DataDirectory {
  /**
   * What PGlite is to start on: a file system in memory, which holds what was kept, or else what it makes of itself.
   */
  readonly fs: MemoryFS;
  /** The copy of a directory that PGlite had to make, as it was before any SQL. */
  readonly made: () => Buffer | undefined;
}

/**
 * To make a data directory (initdb) takes most of a first start, and it is the same for every schema, so that a copy
 * from before any SQL ran is kept. `beforeStart` is called when everything is in its place and nothing has run yet.
 * The SQL sees memory only.
 */
export function dataDirectory(
  Memory: typeof MemoryFS,
  kept: readonly Entry[] | undefined,
  beforeStart: (pglite: PGlite) => void,
): DataDirectory {
  let made: Buffer | undefined;
  const fs = new (class extends Memory {
    /** PGlite calls it when its file system is there, and before it looks for a data directory. */
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

    /** PGlite calls it between initdb and the start of the server, and then after each statement. */
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

/** The data directory of a server as it is in memory just now. */
export function copyDirectory(pglite: PGlite | undefined): Buffer {
  return encodeSnapshot(entriesBelow(filesOf(pglite), ''));
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
