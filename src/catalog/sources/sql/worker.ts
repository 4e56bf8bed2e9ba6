import module from 'node:module';
import { parentPort, workerData } from 'node:worker_threads';
import type { Answer, Question, WorkerInput } from './thread.js';

/** The thread of the embedded Postgres: answers the questions of `thread.ts`, one after the other. */
const port = parentPort;
// Each thread has a cache of its own of what Node compiled; what is imported from here on is kept in it.
const compiled = module as { readonly enableCompileCache?: () => void; readonly flushCompileCache?: () => void };
compiled.enableCompileCache?.();
const [{ startPglite }, { packError }] = await Promise.all([import('./pglite.js'), import('./packed-error.js')]);
if (!port) throw new Error('worker.js is started by thread.js');
const { extensions, cache } = workerData as WorkerInput;
const starting = startPglite(extensions, cache);

async function answer({ kind, sql }: Question): Promise<unknown> {
  const database = await starting;
  // A thread that is ended keeps nothing by itself.
  if (kind === 'start') compiled.flushCompileCache?.();
  if (kind === 'run') return (await database.run(sql)).map(({ rows }) => ({ rows }));
  if (kind === 'describe') return (await database.describe(sql)).map(({ dataTypeID, dataTypeModifier }) => ({ dataTypeID, dataTypeModifier }));
  return undefined;
}

port.on('message', (question: Question) => {
  void answer(question).then(
    (value) => port.postMessage({ value } satisfies Answer),
    (error: unknown) => port.postMessage({ error: packError(error) } satisfies Answer),
  );
});
