import { setFlag } from './v8.js';

/**
 * Keeps V8's young generation as large as it is now, some MiB, instead of letting it double. What a run makes is kept until the files are
 * written, so collecting it less often saves nothing, and the room for it was a third of the peak: at 1,000 tables 183 MiB, and 135 so.
 * So small, it is collected by this thread alone: to share it with others took a tenth of the time of 5,000 tables. Nothing but the growth and
 * that depend on the flags, which V8 reads each time: https://nodejs.org/api/v8.html#v8setflagsfromstringflags
 */
export function keepYoungGeneration(): void {
  setFlag('semi-space-growth-factor', 1);
  setFlag('parallel-scavenge', false);
}
