import type { MemoryFS, PGlite } from '@electric-sql/pglite';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { readCached, writeCached } from '../../cache-folder.js';
import { decodeSnapshot, encodeSnapshot, type Entry } from './snapshot.js';

/** How initdb is called. WAL in small segments, because each is filled with zeros before it is used. */
export const initdbParameters = ['--wal-segsize=1'];

/** Where PGlite has its data directory. */
const root = '/pglite/data';

/** One empty data directory for all schemas, of the newest PGlite that was used. */
export const emptyDirectory = 'pglite-data.snapshot';

/** What a server leaves behind that is about itself. */
const ofTheProcess: ReadonlySet<string> = new Set(['/postmaster.pid', '/postmaster.opts']);

/** The data directory of this name in the cache; undefined unless it is there, whole, and of this PGlite. */
export async function readDirectory(folder: string, name: string): Promise<readonly Entry[] | undefined> {
  const [bytes, key] = await Promise.all([readCached(join(folder, name)), cacheKey(name)]);
  return bytes && decodeSnapshot(key, bytes);
}

/** The data directory of a server, as it is in memory just now, to be put into the cache under this name. */
export async function copyDirectory(name: string, pglite: PGlite | undefined): Promise<Buffer> {
  const key = await cacheKey(name);
  return encodeSnapshot(key, entriesBelow(filesOf(pglite), ''), name !== emptyDirectory);
}

/**
 * The file system, in memory, that PGlite is to start on. To make a data directory (initdb) takes most of a first start, and
 * it is the same for every schema, so that a copy from before any SQL ran is kept in `folder`. Where `entries` come to something, the
 * file system is filled from them; otherwise PGlite makes the directory, and the copy is written anew. The SQL sees
 * memory only: it can neither read the machine's files nor write the copy.
 */
export function dataFileSystem(memory: typeof MemoryFS, folder: string, entries: Promise<readonly Entry[] | undefined>): MemoryFS {
  return new (class extends memory {
    #isKept = false;

    /** PGlite calls it before it looks for a data directory. */
    override async initialSyncFs(): Promise<void> {
      const kept = await entries;
      if (!kept) return;
      this.#isKept = true;
      const fs = filesOf(this.pg);
      fs.mkdirTree(root, 0o700);
      for (const { path: below, mode, content } of kept) {
        if (content) fs.writeFile(root + below, content, { canOwn: true, mode });
        else fs.mkdir(root + below, mode);
      }
    }

    /** PGlite calls it between initdb and the start of the server, and then after each statement. */
    override async syncToFs(): Promise<void> {
      if (this.#isKept) return;
      this.#isKept = true;
      await writeCached(join(folder, emptyDirectory), await copyDirectory(emptyDirectory, this.pg));
    }
  })();
}

/** The format of a data directory is PGlite's own affair, down to its version. A copy counts under the name that it was made for. */
async function cacheKey(name: string): Promise<string> {
  const entry = createRequire(import.meta.url).resolve('@electric-sql/pglite');
  const manifest = await readFile(join(dirname(entry), '..', 'package.json'), 'utf8');
  const { version } = JSON.parse(manifest) as { readonly version: string };
  return ['format 2', name, `PGlite ${version}`, ...initdbParameters].join(', ');
}

function entriesBelow(fs: Files, directory: string): readonly Entry[] {
  const paths = fs.readdir(root + directory).filter((name) => name !== '.' && name !== '..').map((name) => `${directory}/${name}`);
  return paths.filter((path) => !ofTheProcess.has(path)).flatMap((path): readonly Entry[] => {
    const { node } = fs.lookupPath(root + path);
    const entry = { path, mode: node.mode & 0o777 };
    return fs.isDir(node.mode) ? [entry, ...entriesBelow(fs, path)] : [{ ...entry, content: contentOf(node) }];
  });
}

/** What is in use of the memory of a file; it grows in steps. */
function contentOf({ contents, usedBytes }: FileNode): Uint8Array {
  return usedBytes > 0 && contents ? new Uint8Array(contents.buffer, contents.byteOffset, usedBytes) : new Uint8Array(0);
}

interface FileNode {
  readonly mode: number;
  readonly usedBytes: number;
  /** Signed bytes where they come from the heap of WebAssembly. */
  readonly contents?: Uint8Array | Int8Array | null;
}

/** Emscripten's file system, as far as it is used here. */
interface Files {
  readdir(path: string): string[];
  lookupPath(path: string): { readonly node: FileNode };
  isDir(mode: number): boolean;
  mkdir(path: string, mode: number): void;
  mkdirTree(path: string, mode: number): void;
  writeFile(path: string, content: Uint8Array, options: { readonly canOwn: boolean; readonly mode: number }): void;
}

function filesOf(pglite: PGlite | undefined): Files {
  if (!pglite) throw new Error('PGlite asked for files before it gave its own');
  return pglite.Module.FS as unknown as Files;
}
