import { setFlag } from './v8.js';

/** Below so many columns, what V8 would compile is not called often enough to make up for it. */
const worthCompiling = 5000;

/**
 * Tells V8 how to work on a schema that will be rendered. What is loaded by then it took from caches, which it does under its own flags only.
 *
 * - Its young generation stays as large as it is, some MiB, instead of doubling. What a run makes is kept until the files are written, so
 *   collecting it less often saves nothing, and the room for it was a third of the peak: at 1,000 tables 183 MiB, and 135 so. So small, it is
 *   collected by this thread alone: to share it with others took a tenth of the time of 5,000 tables.
 * - What TurboFan compiles, in other threads, is used for less than a second, and the processors have the server, and the thread that writes, to run:
 *   a sixth of the processor time of 1,000 tables. Maglev is as good for so short, and of few columns worth nothing either.
 *
 * V8 reads these flags each time that it decides: https://nodejs.org/api/v8.html#v8setflagsfromstringflags
 */
export function workFor(columns: number): void {
  setFlag('semi-space-growth-factor', 1);
  setFlag('parallel-scavenge', false);
  setFlag('turbofan', false);
  setFlag('maglev', columns >= worthCompiling);
}
