/** Emscripten's file system, as far as it is used here. It lies in memory, all of it. */
export interface Files {
  readonly ErrnoError: new (code: number) => Error;
  readdir(path: string): string[];
  lookupPath(
    path: string,
    options?: { readonly follow?: boolean; readonly parent?: boolean },
  ): { readonly node: FileNode };
  getPath(node: FileNode): string;
  isDir(mode: number): boolean;
  mkdir(path: string, mode: number): void;
  mkdirTree(path: string, mode: number): void;
  writeFile(path: string, content: Uint8Array, options: { readonly canOwn: boolean; readonly mode: number }): void;
}

export interface FileNode {
  readonly mode: number;
  readonly usedBytes: number;
  /** Signed bytes where they come from the heap of WebAssembly. */
  readonly contents?: Uint8Array | Int8Array | null;
  readonly stream_ops: FileOperations;
}

/** The write of all files in memory, as far as it is used here. */
interface FileOperations {
  write(
    stream: { readonly node: { readonly usedBytes: number } },
    buffer: Uint8Array,
    offset: number,
    length: number,
    position: number,
    ...more: unknown[]
  ): number;
}

/** Where PGlite has its data directory. */
export const root = '/pglite/data';

/** What the server reads besides: time zones, dictionaries, extensions and their libraries; randomness. */
const readable = /^\/(pglite\/(share|lib|icu|bin)(\/|$)|dev\/(null|u?random)$|home\/postgres\/\.pgpass$)/;
/** What it writes outside of its data directory. */
const writable = /^\/dev\/(null|shm\/PostgreSQL\.\d+)$/;
/** The server's settings, which SQL could only have written for a later start. */
const settings = /^\/pglite\/data\/[^/]*\.conf/;

const isBelow = (path: string, folder: string) => path === folder || path.startsWith(`${folder}/`);

function mayWrite(path: string): boolean {
  return (isBelow(path, root) && !settings.test(path)) || writable.test(path);
}

function mayRead(path: string): boolean {
  return isBelow(path, root) || readable.test(path) || writable.test(path);
}

/** The functions that change something, and which of their arguments are paths. */
const changes: Readonly<Record<string, readonly number[]>> = {
  ...{
    mkdir: [0],
    mknod: [0],
    rename: [0, 1],
    rmdir: [0],
    unlink: [0],
    truncate: [0],
    chmod: [0],
    lchmod: [0],
    chown: [0],
    lchown: [0],
    utime: [0],
  },
  // Nothing of Postgres' own needs a link: one could lead out of the data directory.
  symlink: [],
};

/** https://github.com/WebAssembly/WASI/blob/main/legacy/preview1/docs.md#errno */
const accessDenied = 2;
const noSpace = 51;

/** Of Emscripten's flags of `open`: anything but plain reading. */
const writes = 0o3 | 0o100 | 0o1000 | 0o2000;

/**
 * Refuses, from now on, to open a file outside of the data directory, but for what the server needs to read, and to
 * change anything there.
 */
export function holdFiles(files: Files): void {
  const functions = files as unknown as Record<string, (...values: unknown[]) => unknown>;
  const refuse = () => new files.ErrnoError(accessDenied);
  const replace = (name: string, check: (values: readonly unknown[]) => boolean) => {
    const original = functions[name];
    if (!original) throw new Error(`PGlite's file system has no function "${name}", so it cannot be held.`);
    functions[name] = (...values) => {
      if (!check(values)) throw refuse();
      return original.apply(files, values);
    };
  };
  for (const [name, places] of Object.entries(changes)) {
    replace(name, (values) => places.length > 0 && places.every((place) => mayWrite(realPath(files, values[place]))));
  }
  replace('open', ([path, flags]) => {
    const isWriting = typeof flags !== 'number' || (flags & writes) !== 0;
    return isWriting ? mayWrite(realPath(files, path)) : mayRead(realPath(files, path));
  });
}

/** Where a path, or a file that is known already, lies; of one that is not there yet, where it would. */
function realPath(files: Files, path: unknown): string {
  if (typeof path !== 'string') return files.getPath(path as FileNode);
  try {
    return files.getPath(files.lookupPath(path, { follow: true }).node);
  } catch {
    const name = path.split('/').findLast((part) => part !== '') ?? '';
    // What is not there is nowhere above it either.
    if (name === '..' || name === '.') return path;
    return `${files.getPath(files.lookupPath(path, { parent: true }).node)}/${name}`.replace('//', '/');
  }
}

/** Bytes by which SQL may let files grow, those of the write-ahead log included. They are memory of this process. */
const mostBytes = 4 * 1024 ** 3;

/**
 * A statement that writes without end meets a full disk, which Postgres knows to report, before the machine is out of
 * memory.
 */
export function limitFiles(files: Files): void {
  const operations = files.lookupPath(`${root}/PG_VERSION`).node.stream_ops;
  const write = operations.write;
  let left = mostBytes;
  operations.write = (stream, buffer, offset, length, position, ...more) => {
    left -= Math.max(0, position + length - stream.node.usedBytes);
    if (left < 0) throw new files.ErrnoError(noSpace);
    return write(stream, buffer, offset, length, position, ...more);
  };
}

/** What is in use of the memory of a file; it grows in steps. */
export function contentOf({ contents, usedBytes }: FileNode): Uint8Array {
  return usedBytes > 0 && contents
    ? new Uint8Array(contents.buffer, contents.byteOffset, usedBytes)
    : new Uint8Array(0);
}

/** The files below a folder whose names end so. */
export function filesEnding(files: Files, folder: string, end: string): Uint8Array[] {
  const paths = files
    .readdir(folder)
    .filter((name) => name !== '.' && name !== '..')
    .map((name) => `${folder}/${name}`);
  return paths.flatMap((path) => {
    const { node } = files.lookupPath(path);
    if (files.isDir(node.mode)) return filesEnding(files, path, end);
    return path.endsWith(end) ? [contentOf(node)] : [];
  });
}
