import { Worker } from 'node:worker_threads';
import { cacheFolder } from '../../cache-folder.js';
import { packageFile } from '../../package-file.js';
import { unpackError, type PackedError } from '../../packed-error.js';
import { brokenDown, type Database, type Field, type Result, type StartDatabase } from './pglite.js';

export interface WorkerInput {
  readonly cache: string;
}

export type Question =
  | { readonly kind: 'load' }
  | { readonly kind: 'start'; readonly extensions: readonly string[]; readonly head?: string }
  | { readonly kind: 'copy'; readonly name: string }
  | { readonly kind: 'keep' }
  | { readonly kind: 'run' | 'describe'; readonly sql: string };

export type Answer = { readonly value: unknown } | { readonly error: PackedError };

/** Sources, as the tests run them, use the worker that was built, too. */
const program = 'dist/postgres/embedded/worker.js';

/** A thread for one embedded Postgres, which is not started yet. It makes itself ready meanwhile. */
export interface Thread {
  /** Settles when PGlite is loaded, or cannot be. */
  readonly ready: Promise<void>;
  /** Called once. */
  readonly start: StartDatabase;
  end(): Promise<void>;
}

/**
 * Makes a thread for an embedded Postgres. It answers as fast there as in this one, and a statement without an end can be ended: with its
 * thread.
 */
export function openThread(cache: string = cacheFolder()): Thread {
  const worker = new Worker(packageFile(program), { workerData: { cache } satisfies WorkerInput });
  const waiting: { readonly resolve: (value: unknown) => void; readonly reject: (error: unknown) => void }[] = [];
  const end = (error: unknown) => waiting.splice(0).forEach(({ reject }) => reject(error));
  let ended: unknown;
  worker.on('message', (answer: Answer) => {
    const asked = waiting.shift();
    if ('error' in answer) asked?.reject(unpackError(answer.error));
    else asked?.resolve(answer.value);
  });
  worker.on('error', (error) => end((ended = error)));
  worker.on('exit', () => end((ended ??= brokenDown())));
  const ask = (question: Question): Promise<unknown> =>
    new Promise((resolve, reject) => {
      if (ended !== undefined) return reject(ended);
      waiting.push({ resolve, reject });
      worker.postMessage(question);
    });
  const close = async () => void (await worker.terminate());
  const start = async (extensions: Iterable<string>, asked?: string): Promise<Database> => {
    let head: string | undefined;
    try {
      head = (await ask({ kind: 'start', extensions: [...extensions], ...(asked === undefined ? {} : { head: asked }) })) as string | undefined;
    } catch (error) {
      await close();
      throw error;
    }
    return {
      ...(head === undefined ? {} : { head }),
      copy: async (name) => void (await ask({ kind: 'copy', name })),
      keep: async () => void (await ask({ kind: 'keep' })),
      run: async (sql) => (await ask({ kind: 'run', sql })) as readonly Result[],
      describe: async (sql) => (await ask({ kind: 'describe', sql })) as readonly Field[],
      close,
    };
  };
  // Who starts it hears what is wrong.
  const ready = ask({ kind: 'load' }).then(() => {}, () => {});
  return { ready, start, end: close };
}

/** An embedded Postgres in a thread of its own. */
export async function startInThread(extensions: Iterable<string>, cache?: string): Promise<Database> {
  return openThread(cache).start(extensions);
}
