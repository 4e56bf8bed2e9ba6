import module from 'node:module';
import { parentPort, workerData } from 'node:worker_threads';
import type { Database } from './pglite.js';
import type { Answer, Question, WorkerInput } from './thread.js';

/** The thread of the embedded Postgres: answers the questions of `thread.ts`, one after the other. */
const port = parentPort;
// Each thread has a cache of its own of what Node compiled; what is imported from here on is kept in it.
const compiled = module as { readonly enableCompileCache?: () => void; readonly flushCompileCache?: () => void };
compiled.enableCompileCache?.();
const [{ loadPglite, startPglite }, { packError }] = await Promise.all([import('./pglite.js'), import('../../packed-error.js')]);
if (!port) throw new Error('worker.js is started by thread.js');
const { cache } = workerData as WorkerInput;
let starting: Promise<Database> | undefined;

async function answer(question: Question): Promise<unknown> {
  if (question.kind === 'load') return void (await loadPglite());
  if (question.kind === 'start') starting = startPglite(question.extensions, cache, question.head);
  const database = await starting;
  if (!database) throw new Error('The embedded Postgres was not started.');
  switch (question.kind) {
    case 'start':
      // A thread that is ended keeps nothing by itself.
      compiled.flushCompileCache?.();
      return database.head;
    case 'copy':
      return database.copy(question.name);
    case 'keep':
      return database.keep();
    case 'run':
      return (await database.run(question.sql)).map(({ rows }) => ({ rows }));
    case 'describe':
      return (await database.describe(question.sql)).map(({ dataTypeID, dataTypeModifier }) => ({ dataTypeID, dataTypeModifier }));
  }
}

port.on('message', (question: Question) => {
  void answer(question).then(
    (value) => port.postMessage({ value } satisfies Answer),
    (error: unknown) => port.postMessage({ error: packError(error) } satisfies Answer),
  );
});
