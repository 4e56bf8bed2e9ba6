import type { Extension, messages, PGlite, protocol } from '@electric-sql/pglite';
import type { ExtensionModule, Field } from '../messages.js';
import { AnswerScanner } from './answer-scanner.js';
import { copyDirectory, dataDirectory, filesOf } from './data-directory.js';
import { filesEnding, holdFiles, limitFiles } from './held-files.js';
import { holdModules } from './held-modules.js';
import { decodeSnapshot } from './snapshot.js';

/** What is used of the package `@electric-sql/pglite`. */
type Package = Pick<typeof import('@electric-sql/pglite'), 'PGlite' | 'MemoryFS' | 'protocol'>;

/**
 * One connection, which may create thousands of tables in one transaction and locks several things for each: the
 * table of locks has room for `max_locks_per_transaction` times the number of processes that there may be, here four.
 * Buffers are touched when the server starts, and only save copies within memory. There is no torn page in memory
 * that the WAL would mend, and no segment of it is kept to be used again: a copy of 1,000 tables has 73 MB instead of
 * 116.
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

/** How initdb is called. WAL in small segments, because each is filled with zeros before it is used. */
const initdbParameters = ['--wal-segsize=1'];

/** The running server. */
export interface Server {
  /** The data directory that had to be made, as it was before any SQL. */
  readonly made?: Buffer;
  /** Runs statements as one message, lets go of their rows as they come, and says how many statements were answered. */
  load(sql: string): Promise<number>;
  /** Runs statements as one message and gives the rows of all of them. */
  query(sql: string): Promise<readonly unknown[]>;
  /**
   * Runs statements as one message and gives the columns of the last result, with the type modifiers that `query`
   * leaves out.
   */
  describe(sql: string): Promise<readonly Field[]>;
  /** The data directory as it is now. */
  copy(): Promise<Buffer>;
}

export interface StartOptions {
  readonly extensions: readonly ExtensionModule[];
  /** The bytes of a kept data directory; none where one has to be made. */
  readonly directory: Buffer;
  /** Without it nothing is held at the host's functions: tests show so what the other layers hold. */
  readonly isHeld: boolean;
}

export async function startPglite(
  loaded: Promise<Package>,
  { extensions, directory, isHeld }: StartOptions,
): Promise<Server> {
  const modules = isHeld ? holdModules() : undefined;
  const { PGlite, MemoryFS, protocol } = await loaded;
  const kept = directory.length > 0 ? decodeSnapshot(directory) : undefined;
  const { fs, made } = dataDirectory(MemoryFS, kept, (pglite) => {
    const files = filesOf(pglite);
    limitFiles(files);
    if (!modules) return;
    modules.seal(filesEnding(files, '/pglite/lib', '.so'));
    holdFiles(files);
    // Without a stream to a program, `COPY … PROGRAM` is an error; PGlite's own answer is thrown through the server,
    // which it does not survive.
    pglite.handleExternalCmd = () => 0;
  });
  const pglite = await PGlite.create({
    fs,
    extensions: Object.fromEntries(await Promise.all(extensions.map(loadExtension))),
    initDbStartParams: initdbParameters,
    startParams: [...PGlite.defaultStartParams, ...serverParameters],
  });
  const empty = made();
  return {
    ...(empty ? { made: empty } : {}),
    load: (sql) => load(pglite, protocol.serialize, sql),
    query: (sql) => query(pglite, sql),
    describe: (sql) => describe(pglite, protocol.serialize, sql),
    copy: async () => {
      await query(pglite, 'CHECKPOINT');
      return copyDirectory(pglite);
    },
  };
}

async function loadExtension({ name, url }: ExtensionModule): Promise<readonly [string, Extension]> {
  const exports = (await import(url)) as Record<string, Extension>;
  const extension = exports[name];
  if (!extension) throw new Error(`${url} does not export ${name}.`);
  return [name, extension];
}

/**
 * A server that broke down under a statement (an exception thrown through it) answers all that follow with nothing, and
 * no error: an answer without a command tag means that the statement did not run.
 */
const brokenDown = () => new Error('the embedded Postgres broke down');

/** The protocol's `Sync` ends what a message began, whatever became of it. */
async function load(pglite: PGlite, serialize: typeof protocol.serialize, sql: string): Promise<number> {
  const scanner = new AnswerScanner();
  try {
    await pglite.execProtocolRawStream(serialize.query(sql), {
      syncToFs: false,
      onRawData: (bytes) => scanner.take(bytes),
    });
  } finally {
    await pglite.execProtocol(serialize.sync(), { syncToFs: false, throwOnError: false });
  }
  if (scanner.error) throw scanner.error;
  if (scanner.answered === 0) throw brokenDown();
  return scanner.answered;
}

async function query(pglite: PGlite, sql: string): Promise<readonly unknown[]> {
  const results: readonly { readonly rows: unknown[]; readonly command?: string }[] = await pglite.exec(sql);
  if (results.at(-1)?.command === undefined) throw brokenDown();
  return results.flatMap(({ rows }) => rows);
}

/** One level below `exec`, which does the same with the messages it gets. */
async function describe(pglite: PGlite, serialize: typeof protocol.serialize, sql: string): Promise<readonly Field[]> {
  try {
    const { messages } = await pglite.execProtocol(serialize.query(sql));
    const last = messages.findLast(({ name }) => name === 'rowDescription') as
      | messages.RowDescriptionMessage
      | undefined;
    return (last?.fields ?? []).map(({ dataTypeID, dataTypeModifier }) => ({ dataTypeID, dataTypeModifier }));
  } finally {
    await pglite.execProtocol(serialize.sync());
  }
}
