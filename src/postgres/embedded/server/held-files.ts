/** The parts of Emscripten's file system that are used here. It is entirely in memory. */
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

/** A file in Emscripten's file system. */
export interface FileNode {
  readonly mode: number;
  readonly usedBytes: number;
  /** The bytes. They are signed if they come from WebAssembly's heap. */
  readonly contents?: Uint8Array | Int8Array | null;
  readonly stream_ops: FileOperations;
}

/** The operations of all files in memory, as far as they are used here. */
interface FileOperations {
  write(...given: WriteArguments): number;
}

type WriteArguments = [
  stream: { readonly node: { readonly usedBytes: number } },
  buffer: Uint8Array,
  offset: number,
  length: number,
  position: number,
  ...more: unknown[],
];

/** The path of PGlite's data directory. */
export const root = '/pglite/data';

/** Other paths that the server reads: time zones, dictionaries, extensions and their libraries, and randomness. */
const readable = /^\/(pglite\/(share|lib|icu|bin)(\/|$)|dev\/(null|u?random)$|home\/postgres\/\.pgpass$)/;
/** Paths that it writes outside its data directory. */
const writable = /^\/dev\/(null|shm\/PostgreSQL\.\d+)$/;
/** Files with the server's settings. SQL could only write them for a later start. */
const settings = /^\/pglite\/data\/[^/]*\.conf/;

const isBelow = (path: string, folder: string) => path === folder || path.startsWith(`${folder}/`);

function mayWrite(path: string): boolean {
  return (isBelow(path, root) && !settings.test(path)) || writable.test(path);
}

function mayRead(path: string): boolean {
  return isBelow(path, root) || readable.test(path) || writable.test(path);
}

/** Functions that modify files, and the positions of their path arguments. */
const changes: Readonly<Record<string, readonly number[]>> = {
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
  // Postgres itself needs no link here, and a link could lead out of the data directory.
  symlink: [],
};

/** https://github.com/WebAssembly/WASI/blob/main/legacy/preview1/docs.md#errno */
const accessDenied = 2;
const noSpace = 51;

/** Flags of Emscripten's `open` that mean more than plain reading. */
const writes = 0o3 | 0o100 | 0o1000 | 0o2000;

/**
 * Restricts access to files: from now on, only files of the data directory and those that the server needs to read can
 * be opened, and nothing can be changed outside the data directory.
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

/** The real path of a path or of an open file. If the file does not exist yet, the path that it would have. */
function realPath(files: Files, path: unknown): string {
  if (typeof path !== 'string') return files.getPath(path as FileNode);
  try {
    return files.getPath(files.lookupPath(path, { follow: true }).node);
  } catch {
    const name = path.split('/').findLast((part) => part !== '') ?? '';
    // If the path does not exist, its parent is not known either.
    if (name === '..' || name === '.') return path;
    return `${files.getPath(files.lookupPath(path, { parent: true }).node)}/${name}`.replace('//', '/');
  }
}

/**
 * The maximum number of bytes by which SQL may let files grow, including the write-ahead log. They occupy this
 * process's memory.
 */
const mostBytes = 4 * 1024 ** 3;

/**
 * Limits the growth of files: a statement that writes endlessly gets a full disk, which Postgres can report, before the
 * machine runs out of memory.
 */
export function limitFiles(files: Files): void {
  const operations = files.lookupPath(`${root}/PG_VERSION`).node.stream_ops;
  const write = operations.write;
  let left = mostBytes;
  operations.write = (...given) => {
    const [stream, , , length, position] = given;
    left -= Math.max(0, position + length - stream.node.usedBytes);
    if (left < 0) throw new files.ErrnoError(noSpace);
    return write(...given);
  };
}

/** The content of a file. A file's memory grows in steps, so part of it may be unused. */
export function contentOf({ contents, usedBytes }: FileNode): Uint8Array {
  return usedBytes > 0 && contents
    ? new Uint8Array(contents.buffer, contents.byteOffset, usedBytes)
    : new Uint8Array(0);
}

/** The contents of the files below a folder whose names end with `end`. */
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
