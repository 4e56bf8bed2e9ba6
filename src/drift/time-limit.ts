import { createContext, Script } from 'node:vm';
import { RowsmithError } from '../errors.js';

/** What a run is doing, for the message that its time is over. */
type Doing = 'finding the models' | 'reading the models' | 'reading the schema' | 'comparing' | 'writing the report';

const script = new Script('work()');

/**
 * The time that a run has. Parsers have no known bound, and no timer fires while they work. The timeout of Node's `vm`
 * has a thread of its own, and stops whatever runs, a regular expression or WebAssembly too.
 */
export class TimeLimit {
  readonly #end: number;

  /** @param since Start of the run by `performance.now()`. */
  constructor(
    readonly seconds: number,
    since = performance.now(),
  ) {
    this.#end = since + seconds * 1000;
  }

  /** Runs work that keeps the process busy. Nothing that stopped work has made may be used. */
  busy<Result>(doing: Doing, work: () => Result): Result {
    try {
      const options = { timeout: this.#milliseconds, displayErrors: false };
      return script.runInContext(createContext({ work }), options) as Result;
    } catch (error) {
      throw (error as NodeJS.ErrnoException).code === 'ERR_SCRIPT_EXECUTION_TIMEOUT' ? this.#over(doing) : error;
    }
  }

  /** Waits for work that leaves the process free. */
  async waiting<Result>(doing: Doing, work: Promise<Result>): Promise<Result> {
    let timer: NodeJS.Timeout | undefined;
    const over = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(this.#over(doing)), this.#milliseconds);
    });
    return Promise.race([work, over]).finally(() => clearTimeout(timer));
  }

  /** Milliseconds that are left, at most the 31 bits that Node's timers take. */
  get #milliseconds(): number {
    return Math.min(2 ** 31 - 1, Math.max(1, Math.ceil(this.#end - performance.now())));
  }

  #over(doing: Doing): RowsmithError {
    const hint = 'Narrow --models to files that contain models, or raise the limit with --timeout <seconds>.';
    return new RowsmithError(
      'timed-out',
      `The models were not compared with the schema within ${this.seconds} s; it was still ${doing}.`,
      hint,
    );
  }
}
