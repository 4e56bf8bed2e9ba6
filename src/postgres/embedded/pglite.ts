import type { messages, PGlite, protocol, Results } from '@electric-sql/pglite';
import { cacheFolder } from '../../cache-folder.js';
import { importPeer } from '../../peer.js';
import { copyDirectory, dataFileSystem, emptyDirectory, initdbParameters, readDirectory } from './data-directory.js';
import { loadExtensions } from './extensions.js';
import { keepHead, useHead } from './kept-heads.js';

const peer = { names: ['@electric-sql/pglite'], user: 'SQL files' } as const;

/** The embedded Postgres. It is one connection to one database, in memory, and ends with this object. */
export interface Database {
  /** What of the SQL has run on it already: the name of the head that was asked for, where its copy was good. */
  readonly head?: string;
  /** Sends one or more statements as one message and gives the result of each. A statement holds the thread until it ends. */
  run(sql: string): Promise<readonly Result[]>;
  /** Runs statements the same way and gives the columns of the last result, with the type modifiers that `run` leaves out. */
  describe(sql: string): Promise<readonly Field[]>;
  /** Copies what has run so far, outside of a transaction, to keep it as the head of this name. */
  copy(name: string): Promise<void>;
  /** Writes that copy for later starts, where there is one. */
  keep(): Promise<void>;
  /** Ends it, in a thread of its own even in mid-statement. */
  close(): Promise<void>;
}

/** The rows that a statement gave. */
export type Result = Pick<Results, 'rows'>;

/** A column that it has. */
export type Field = Pick<messages.Field, 'dataTypeID' | 'dataTypeModifier'>;

/** Gives a database that knows the extensions: empty, or one on which the head (`heads.ts`) of this name has run. */
export type StartDatabase = (extensions: Iterable<string>, head?: string) => Promise<Database>;

/** The user that PGlite starts as, a superuser. */
export const embeddedUser = 'postgres';

/**
 * One connection, which may create thousands of tables in one transaction and locks several things for each: the table of
 * locks has room for `max_locks_per_transaction` times the number of processes that there may be, here four. Buffers are
 * touched when the server starts, and only save copies within memory. There is no torn page in memory that the WAL would mend, and no segment of it is kept to be
 * used again: a copy of 1,000 tables has 73 MB instead of 116.
 */
const serverParameters = [
  'max_connections=1',
  'autovacuum_worker_slots=1',
  'max_wal_senders=0',
  'max_locks_per_transaction=20000',
  'shared_buffers=16MB',
  'full_page_writes=off',
  'wal_recycle=off',
  'wal_init_zero=off',
].flatMap((setting) => ['-c', setting]);

/** PGlite is imported only here, and only when called: a live source does not pay for it. */
export const loadPglite = () => importPeer<typeof import('@electric-sql/pglite')>(peer, '@electric-sql/pglite');

export async function startPglite(extensions: Iterable<string>, cache: string = cacheFolder(), head?: string): Promise<Database> {
  const { PGlite, MemoryFS, protocol } = await loadPglite();
  const loaded = await loadExtensions(extensions);
  const start = (entries: ReturnType<typeof readDirectory>): Promise<PGlite> =>
    PGlite.create({
      fs: dataFileSystem(MemoryFS, cache, entries),
      extensions: loaded,
      initDbStartParams: initdbParameters,
      startParams: [...PGlite.defaultStartParams, ...serverParameters],
    });
  const empty = () => readDirectory(cache, emptyDirectory).catch(() => undefined);
  // Read while PGlite is being compiled. Whatever is wrong with a cache, without it the server starts.
  const kept = head === undefined ? undefined : useHead(cache, head);
  const onHead = kept && start(kept.then((entries) => entries ?? empty())).then(async (pglite) => ({ pglite, ...(head !== undefined && (await kept) ? { head } : {}) }), () => undefined);
  const { pglite, ...known } = (await onHead) ?? { pglite: await start(empty()).catch(() => start(Promise.resolve(undefined))) };
  isolate(pglite);
  limitFiles(pglite);
  let copied: { readonly name: string; readonly bytes: Uint8Array } | undefined;
  return {
    ...known,
    run: (sql) => run(pglite, sql),
    describe: (sql) => describe(pglite, protocol.serialize, sql),
    copy: async (name) => {
      await run(pglite, 'CHECKPOINT');
      copied = { name, bytes: await copyDirectory(name, pglite) };
    },
    keep: async () => copied && keepHead(cache, copied.name, copied.bytes),
    close: () => pglite.close(),
  };
}

/**
 * A server that broke down under a statement (an exception thrown through it) answers all that follow with nothing, and
 * no error: an answer without a command tag means that the statement did not run.
 */
async function run(pglite: PGlite, sql: string): Promise<readonly Results[]> {
  const results: readonly (Results & { readonly command?: string })[] = await pglite.exec(sql);
  if (results.at(-1)?.command === undefined) throw brokenDown();
  return results;
}

export const brokenDown = () => new Error('the embedded Postgres broke down');

/** One level below `exec`, which does the same with the messages it gets. */
async function describe(
  pglite: PGlite,
  serialize: typeof protocol.serialize,
  sql: string,
): Promise<readonly messages.Field[]> {
  try {
    const { messages } = await pglite.execProtocol(serialize.query(sql));
    const last = messages.findLast(({ name }) => name === 'rowDescription') as messages.RowDescriptionMessage | undefined;
    return last?.fields ?? [];
  } finally {
    await pglite.execProtocol(serialize.sync());
  }
}

/**
 * Closes what is left open between the embedded server and this machine. Its files live in memory and it has no network,
 * but Emscripten's terminal devices read this process's standard input, and `COPY … PROGRAM` throws through the server,
 * which it does not survive; without a stream to the program it reports an error.
 */
function isolate(pglite: PGlite): void {
  for (const device of ['tty', 'tty1', 'stdin', 'stdout', 'stderr', 'blob']) pglite.Module.FS.unlink(`/dev/${device}`);
  pglite.handleExternalCmd = () => 0;
}

/** Bytes by which SQL may let files grow, those of the write-ahead log included. They are memory of this process. */
const mostBytes = 4 * 1024 ** 3;

/** https://github.com/WebAssembly/WASI/blob/main/legacy/preview1/docs.md#errno */
const noSpace = 51;

/** The write of all files in memory, as far as it is used here. */
interface FileOperations {
  write(stream: { readonly node: { readonly usedBytes: number } }, buffer: Uint8Array, offset: number, length: number, position: number, ...more: unknown[]): number;
}

/** A statement that writes without end meets a full disk, which Postgres knows to report, before the machine is out of memory. */
function limitFiles(pglite: PGlite): void {
  const { FS } = pglite.Module as unknown as { readonly FS: { lookupPath(path: string): { readonly node: { readonly stream_ops: FileOperations } }; readonly ErrnoError: new (code: number) => Error } };
  const operations = FS.lookupPath('/pglite/data/PG_VERSION').node.stream_ops;
  const write = operations.write;
  let left = mostBytes;
  operations.write = (stream, buffer, offset, length, position, ...more) => {
    left -= Math.max(0, position + length - stream.node.usedBytes);
    if (left < 0) throw new FS.ErrnoError(noSpace);
    return write(stream, buffer, offset, length, position, ...more);
  };
}
