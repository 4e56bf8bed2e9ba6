import { getHeapStatistics } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { setFlag } from './v8.js';

/** Bytes of heap from which on a collection is worth its milliseconds. */
const large = 48 * 1024 * 1024;

/**
 * Has V8 collect what the reading of a large schema left before files are rendered. Two thirds of the heap are answers and lists that
 * nobody needs any more; V8 itself would first let it double, and mark all of it in other threads meanwhile. The function is no global
 * of Node's, but of contexts made after the flag: https://nodejs.org/api/v8.html#v8setflagsfromstringflags
 */
export function collectWhatWasRead(): void {
  if (getHeapStatistics().used_heap_size < large) return;
  setFlag('expose-gc', true);
  runInNewContext('globalThis.gc?.()');
  setFlag('expose-gc', false);
}
