import { createContext, Script } from 'node:vm';
import { RowsmithError } from '../errors.js';

/** What a run was doing when its time was over. */
type Doing = 'finding the models' | 'reading the models' | 'reading the schema' | 'comparing' | 'writing the report';

const script = new Script('work()');

/**
 * The time that a run has. Models are texts of others, and a parser has no bound that we could know. While it works no timer
 * of ours can fire; the one of Node's `vm` stops whatever runs, also a regular expression or WebAssembly, from a thread of its own.
 */
export class TimeLimit {
  readonly #end: number;

  /** @param since When it began, as `performance.now()` tells it. */
  constructor(
    readonly seconds: number,
    since = performance.now(),
  ) {
    this.#end = since + seconds * 1000;
  }

  /** Does what keeps the process busy. What it leaves behind when it is stopped is not to be used. */
  busy<Result>(doing: Doing, work: () => Result): Result {
    try {
      const options = { timeout: this.#milliseconds, displayErrors: false };
      return script.runInContext(createContext({ work }), options) as Result;
    } catch (error) {
      throw (error as NodeJS.ErrnoException).code === 'ERR_SCRIPT_EXECUTION_TIMEOUT' ? this.#over(doing) : error;
    }
  }

  /** Waits for what leaves the process free. */
  async waiting<Result>(doing: Doing, work: Promise<Result>): Promise<Result> {
    let timer: NodeJS.Timeout | undefined;
    const over = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(this.#over(doing)), this.#milliseconds);
    });
    return Promise.race([work, over]).finally(() => clearTimeout(timer));
  }

  /** What is left. Node's timers know 31 bits of it. */
  get #milliseconds(): number {
    return Math.min(2 ** 31 - 1, Math.max(1, Math.ceil(this.#end - performance.now())));
  }

  #over(doing: Doing): RowsmithError {
    const hint = 'Narrow --models to the files that hold models, or give it more time with --timeout <seconds>.';
    return new RowsmithError(
      'timed-out',
      `The models were not compared with the schema within ${this.seconds} s; it was still ${doing}.`,
      hint,
    );
  }
}
