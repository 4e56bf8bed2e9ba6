import type { MemoryFS, PGlite } from '@electric-sql/pglite';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { readCached, writeCached } from '../../../cache-folder.js';
import { decodeSnapshot, encodeSnapshot, type Entry } from './snapshot.js';

/** How initdb is called. WAL in small segments, because each is filled with zeros before it is used. */
export const initdbParameters = ['--wal-segsize=1'];

/** Where PGlite has its data directory. */
const root = '/pglite/data';

/** One data directory for all schemas, of the newest PGlite that was used. */
const fileName = 'pglite-data.snapshot';

/**
 * The file system, in memory, that PGlite is to start on. To make a data directory (initdb) takes most of a first start, and
 * it is the same for every schema, so that a copy from before any SQL ran is kept in `folder`. With `useCache` the
 * file system is filled from that copy, if it is whole and of this PGlite; otherwise PGlite makes the directory, and the copy
 * is written anew. The SQL sees memory only: it can neither read the machine's files nor write the copy.
 */
export function dataFileSystem(memory: typeof MemoryFS, folder: string, useCache: boolean): MemoryFS {
  const path = join(folder, fileName);
  // Read while PGlite is being compiled.
  const reading = useCache ? readEntries(path).catch(() => undefined) : Promise.resolve(undefined);
  return new (class extends memory {
    #isKept = false;

    /** PGlite calls it before it looks for a data directory. */
    override async initialSyncFs(): Promise<void> {
      const entries = await reading;
      if (!entries) return;
      this.#isKept = true;
      const fs = filesOf(this.pg);
      fs.mkdirTree(root, 0o700);
      for (const { path: below, mode, content } of entries) {
        if (content) fs.writeFile(root + below, content, { canOwn: true, mode });
        else fs.mkdir(root + below, mode);
      }
    }

    /** PGlite calls it between initdb and the start of the server, and then after each statement. */
    override async syncToFs(): Promise<void> {
      if (this.#isKept) return;
      this.#isKept = true;
      await writeCached(path, encodeSnapshot(await cacheKey(), entriesBelow(filesOf(this.pg), '')));
    }
  })();
}

async function readEntries(path: string): Promise<readonly Entry[] | undefined> {
  const [bytes, key] = await Promise.all([readCached(path), cacheKey()]);
  return bytes && decodeSnapshot(key, bytes);
}

/** The format of a data directory is PGlite's own affair, down to its version. */
async function cacheKey(): Promise<string> {
  const entry = createRequire(import.meta.url).resolve('@electric-sql/pglite');
  const manifest = await readFile(join(dirname(entry), '..', 'package.json'), 'utf8');
  const { version } = JSON.parse(manifest) as { readonly version: string };
  return ['format 1', `PGlite ${version}`, ...initdbParameters].join(', ');
}

function entriesBelow(fs: Files, directory: string): readonly Entry[] {
  const names = fs.readdir(root + directory).filter((name) => name !== '.' && name !== '..');
  return names.flatMap((name): readonly Entry[] => {
    const path = `${directory}/${name}`;
    const { mode } = fs.stat(root + path);
    const entry = { path, mode: mode & 0o777 };
    return fs.isDir(mode) ? [entry, ...entriesBelow(fs, path)] : [{ ...entry, content: fs.readFile(root + path) }];
  });
}

/** Emscripten's file system, as far as it is used here. */
interface Files {
  readdir(path: string): string[];
  stat(path: string): { readonly mode: number };
  isDir(mode: number): boolean;
  readFile(path: string): Uint8Array;
  mkdir(path: string, mode: number): void;
  mkdirTree(path: string, mode: number): void;
  writeFile(path: string, content: Uint8Array, options: { readonly canOwn: boolean; readonly mode: number }): void;
}

function filesOf(pglite: PGlite | undefined): Files {
  if (!pglite) throw new Error('PGlite asked for files before it gave its own');
  return pglite.Module.FS as unknown as Files;
}
