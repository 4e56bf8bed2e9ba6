import { Worker } from 'node:worker_threads';
import { cacheFolder } from '../../../cache-folder.js';
import { unpackError, type PackedError } from './packed-error.js';
import { brokenDown, type Database, type Field, type Result } from './pglite.js';

export interface WorkerInput {
  readonly extensions: readonly string[];
  readonly cache: string;
}

export interface Question {
  readonly kind: 'start' | 'run' | 'describe';
  readonly sql: string;
}

export type Answer = { readonly value: unknown } | { readonly error: PackedError };

/** From a file of `dist/chunks`. Sources, as the tests run them, use the worker that was built, too. */
const program = new URL(import.meta.url.endsWith('.ts') ? '../../../../dist/catalog/sources/sql/worker.js' : '../catalog/sources/sql/worker.js', import.meta.url);

/**
 * Starts the embedded Postgres in a thread of its own. It answers as fast as in this one, and a statement without an end can be ended:
 * with its thread.
 */
export async function startInThread(extensions: Iterable<string>, cache: string = cacheFolder()): Promise<Database> {
  const worker = new Worker(program, { workerData: { extensions: [...extensions], cache } satisfies WorkerInput });
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
  const ask = (kind: Question['kind'], sql: string): Promise<unknown> =>
    new Promise((resolve, reject) => {
      if (ended !== undefined) return reject(ended);
      waiting.push({ resolve, reject });
      worker.postMessage({ kind, sql } satisfies Question);
    });
  const close = async () => void (await worker.terminate());
  try {
    await ask('start', '');
  } catch (error) {
    await close();
    throw error;
  }
  return {
    run: async (sql) => (await ask('run', sql)) as readonly Result[],
    describe: async (sql) => (await ask('describe', sql)) as readonly Field[],
    close,
  };
}
