import { type ChildProcess, spawn } from 'node:child_process';
import type { Duplex } from 'node:stream';
import { RowsmithError } from '../../errors.js';
import { unpackError } from '../../packed-error.js';
import { encodeFrame, type Frame, FrameReader } from './frames.js';
import type { Described, ExtensionModule, ServerReply, ServerRequest } from './messages.js';
import type { ServerFiles } from './packages.js';
import { allLayers, commandFor, environmentFor, type Layers } from './server-limits.js';

/**
 * A database of the embedded Postgres: one connection, in the memory of a separate process, which ends with this
 * object.
 */
export interface Database {
  /**
   * Runs one or more statements as one message, discards their rows, and returns the number of statements that were
   * answered.
   */
  load(sql: string): Promise<number>;
  /** Runs statements as one message and returns the rows of all of them. */
  query(sql: string): Promise<readonly unknown[]>;
  /** Parses one statement without running it, and returns the types of its parameters and its columns. */
  describe(sql: string): Promise<Described>;
  /** Copies the data directory as it is now, outside a transaction. */
  copy(): Promise<void>;
  /** Returns the bytes of that copy. */
  give(): Promise<Buffer>;
  /** Ends the process, even in the middle of a statement. */
  close(): Promise<void>;
}

export interface ServerOptions {
  /** Seconds that the process may work. */
  readonly timeout: number;
  /** Characters of SQL that it will run, as far as known. */
  readonly characters: number;
  readonly layers?: Layers;
}

/** A process for one embedded Postgres that has not started yet. It prepares itself in the meantime. */
export interface ServerProcess {
  /**
   * Starts the server, once, on a data directory. Without one, the server creates one and its bytes are returned. If
   * starting fails, the process has ended.
   */
  start(
    extensions: readonly ExtensionModule[],
    directory?: Buffer,
  ): Promise<{ readonly database: Database; readonly made?: Buffer }>;
  end(): Promise<void>;
}

/** The user as which PGlite starts, a superuser. */
export const embeddedUser = 'postgres';

export const brokenDown = () => new Error('the embedded Postgres broke down');

/** The number of characters of SQL below which optimizing the embedded Postgres takes V8 longer than it saves. */
const little = 150_000;

/** Seconds of processor time for starting, which do not count as the SQL's. */
const forStart = 1;

/** Starts a process for an embedded Postgres. */
export function openServer(
  files: ServerFiles,
  { timeout, characters, layers = allLayers }: ServerOptions,
): ServerProcess {
  const options = { isOptimized: characters >= little, seconds: timeout + forStart, layers };
  const [command, args] = commandFor(files.program, files.readable, options);
  const child = spawn(command, args, {
    ...environmentFor(files.program, options),
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
    windowsHide: true,
  });
  const ask = asking(child, timeout);
  const close = async () => {
    child.kill('SIGKILL');
  };
  const prepared = ask({ kind: 'prepare', pglite: files.pglite });
  // `start` throws the failure.
  prepared.catch(() => undefined);
  return {
    end: close,
    async start(extensions, directory) {
      try {
        await prepared;
        const { bytes } = await ask({ kind: 'start', extensions, isHeld: layers.host }, directory);
        return { database: databaseOf(ask, close), ...(bytes.length > 0 ? { made: bytes } : {}) };
      } catch (error) {
        await close();
        throw error;
      }
    },
  };
}

type Ask = (request: ServerRequest, bytes?: Uint8Array) => Promise<{ readonly value: unknown; readonly bytes: Buffer }>;

function databaseOf(ask: Ask, close: () => Promise<void>): Database {
  return {
    load: async (sql) => (await ask({ kind: 'load', sql })).value as number,
    query: async (sql) => (await ask({ kind: 'query', sql })).value as readonly unknown[],
    describe: async (sql) => (await ask({ kind: 'describe', sql })).value as Described,
    async copy() {
      await ask({ kind: 'copy' });
    },
    give: async () => (await ask({ kind: 'give' })).bytes,
    close,
  };
}

interface Waiting {
  readonly resolve: (reply: { readonly value: unknown; readonly bytes: Buffer }) => void;
  readonly reject: (error: unknown) => void;
}

/** Creates the function that sends requests to a process. Replies arrive in the order of the requests. */
function asking(child: ChildProcess, timeout: number): Ask {
  const pipe = child.stdio[3] as Duplex;
  const waiting: Waiting[] = [];
  let ended: unknown;
  const end = (error: unknown) => {
    ended ??= error;
    waiting.splice(0).forEach(({ reject }) => reject(ended));
  };
  const frames = new FrameReader();
  pipe.on('data', (piece: Buffer) => {
    try {
      for (const frame of frames.take(piece)) answer(waiting.shift(), frame);
    } catch {
      // The process sends what our program never sends: SQL has taken it over.
      child.kill('SIGKILL');
    }
  });
  // The exit of the process has the reason.
  pipe.on('error', () => undefined);
  child.on('error', end);
  child.on('exit', (code, signal) => end(whyEnded(code, signal, timeout)));
  return (request, bytes) =>
    new Promise((resolve, reject) => {
      if (ended !== undefined) return reject(ended);
      waiting.push({ resolve, reject });
      for (const part of encodeFrame(request, bytes)) pipe.write(part);
    });
}

function answer(waiting: Waiting | undefined, { message, bytes }: Frame): void {
  const reply = message as ServerReply;
  if ('error' in reply) waiting?.reject(unpackError(reply.error));
  else waiting?.resolve({ value: reply.value, bytes });
}

/** The exit code and signals of a Node process whose heap is full. */
const outOfHeap: ReadonlySet<unknown> = new Set([134, 'SIGABRT', 'SIGTRAP']);

function whyEnded(code: number | null, signal: NodeJS.Signals | null, timeout: number): Error {
  if (outOfHeap.has(code) || outOfHeap.has(signal)) return outOfMemory();
  return signal === 'SIGXCPU' ? timedOut(timeout) : brokenDown();
}

function outOfMemory(): RowsmithError {
  return new RowsmithError(
    'sql-failed',
    'The embedded Postgres is out of memory.',
    'A statement produces more than fits. A schema needs no rows: remove the data.',
  );
}

export function timedOut(seconds: number): RowsmithError {
  return new RowsmithError(
    'timed-out',
    `The SQL was not loaded and read within ${seconds} s.`,
    'Look for a statement that does not end, or raise the limit with --timeout <seconds>.',
  );
}
