import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Extension, messages, PGlite, protocol } from '@electric-sql/pglite';
import { printedTree } from '../../printed-tree.js';
import type { Described, ExtensionModule } from '../messages.js';
import { AnswerScanner } from './answer-scanner.js';
import { copyDirectory, dataDirectory, filesOf } from './data-directory.js';
import { filesEnding, holdFiles, limitFiles } from './held-files.js';
import { holdModules } from './held-modules.js';
import { unpackFiles } from './packed-files.js';

/** The parts of the package `@electric-sql/pglite` that are used here. */
type Package = Pick<typeof import('@electric-sql/pglite'), 'PGlite' | 'MemoryFS' | 'protocol'>;

/**
 * Settings of the server. Its only connection may create thousands of tables in one transaction, and locks several
 * objects for each: the lock table has room for `max_locks_per_transaction` times the maximum number of processes,
 * which is four here. Buffers are touched when the server starts, and only save copies within memory. Memory has no
 * torn pages for the WAL to repair, and no WAL segment is kept for reuse: a copy of 1,000 tables then has 73 MB instead
 * of 116.
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

/** Arguments of initdb. WAL segments are small, because each is filled with zeros before it is used. */
const initdbParameters = ['--wal-segsize=1'];

/** The running server. */
export interface Server {
  /** The data directory that had to be created, from before any SQL ran; absent if a kept one was used. */
  readonly made?: Buffer;
  /**
   * Runs statements as one message, discards their rows as they arrive, and returns the number of statements that were
   * answered.
   */
  load(sql: string): Promise<number>;
  /** Runs statements as one message and returns the rows of all of them. */
  query(sql: string): Promise<readonly unknown[]>;
  /**
   * Parses one statement without running it. Returns the types of its parameters, and its columns with the type
   * modifiers that `query` omits.
   */
  describe(sql: string): Promise<Described>;
  /** The data directory as it is now. */
  copy(): Promise<Buffer>;
}

export interface StartOptions {
  readonly extensions: readonly ExtensionModule[];
  /** The bytes of a kept data directory; empty if one has to be created. */
  readonly directory: Buffer;
  /**
   * Whether files and modules are restricted in the host's functions. Tests turn it off to show what the other layers
   * prevent.
   */
  readonly isHeld: boolean;
}

/** Starts PGlite on a data directory. What it may open and compile is restricted before any SQL runs. */
export async function startPglite(
  loaded: Promise<Package>,
  { extensions, directory, isHeld }: StartOptions,
): Promise<Server> {
  const modules = isHeld ? holdModules() : undefined;
  const { PGlite, MemoryFS, protocol } = await loaded;
  const kept = directory.length > 0 ? unpackFiles(directory) : undefined;
  const { fs, made } = dataDirectory(MemoryFS, kept, (pglite) => {
    const files = filesOf(pglite);
    limitFiles(files);
    if (!modules) return;
    modules.seal(filesEnding(files, '/pglite/lib', '.so'));
    holdFiles(files);
    // Without a stream to a program, `COPY … PROGRAM` is an error. PGlite's own reaction is an exception thrown through
    // the server, which does not survive that.
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

async function loadExtension({ name, url, digest }: ExtensionModule): Promise<readonly [string, Extension]> {
  if (digest !== undefined) return [name, bundled(name, new URL(url), digest)];
  const exports = (await import(url)) as Record<string, Extension>;
  const extension = exports[name];
  if (!extension) throw new Error(`${url} does not export ${name}.`);
  return [name, extension];
}

/** An extension of a package: only the files in its bundle. No code of the package runs. */
function bundled(name: string, bundlePath: URL, digest: string): Extension {
  if (createHash('sha256').update(readFileSync(bundlePath)).digest('base64') !== digest)
    throw new Error(`The bundle of the extension ${name} changed.`);
  return { name, setup: async (_pglite, emscriptenOpts) => ({ emscriptenOpts, bundlePath }) };
}

/**
 * The error for a server that broke down during a statement, because an exception was thrown through it. It then gives
 * empty answers without an error: an answer without a command tag means that the statement did not run.
 */
const brokenDown = () => new Error('the embedded Postgres broke down');

/**
 * Runs statements and discards their rows. The protocol's `Sync` ends what a message began, whether it succeeded or
 * failed.
 */
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

/** Describes a statement: the extended protocol parses it without running it. */
async function describe(pglite: PGlite, serialize: typeof protocol.serialize, sql: string): Promise<Described> {
  try {
    const parsed = await pglite.execProtocol(serialize.parse({ text: sql }));
    const [tree] = parsed.messages.flatMap((message) => printedTree(message as messages.NoticeMessage) ?? []).slice(-1);
    const { messages } = await pglite.execProtocol(serialize.describe({ type: 'S' }));
    const last = messages.findLast(({ name }) => name === 'rowDescription') as
      | messages.RowDescriptionMessage
      | undefined;
    const fields = (last?.fields ?? []).map(({ name, dataTypeID, dataTypeModifier, tableID, columnID }) => ({
      name,
      dataTypeID,
      dataTypeModifier,
      tableID,
      columnID,
    }));
    const taken = messages.findLast(({ name }) => name === 'parameterDescription') as
      | messages.ParameterDescriptionMessage
      | undefined;
    return { parameters: taken?.dataTypeIDs ?? [], fields, ...(tree === undefined ? {} : { tree }) };
  } finally {
    await pglite.execProtocol(serialize.sync());
  }
}
