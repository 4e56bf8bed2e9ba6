import { Worker } from 'node:worker_threads';
import { unpackError } from '../packed-error.js';
import { batchSize, type Batch, type Begin, type StageAnswer } from './batch.js';
import type { StageInput, Staged } from './stage.js';

/** How many batches there are: whoever renders faster than the thread writes waits for one. */
const batchCount = 4;

/** From a file of `dist/chunks`. Sources, as the tests run them, use the worker that was built, too. */
const program = new URL(import.meta.url.endsWith('.ts') ? '../../dist/output/stage-worker.js' : '../output/stage-worker.js', import.meta.url);

/** A thread that nobody uses yet; it keeps no process alive. */
let ahead: Worker | undefined;

/** Starts a thread for the next stage: that takes some 40 ms, in which there is something else to do here. Resolves when its program is loaded. */
export async function startAhead(): Promise<void> {
  if (ahead) return;
  const worker = new Worker(program);
  ahead = worker;
  worker.unref();
  await new Promise<void>((resolve) => {
    worker.once('message', () => resolve());
    for (const event of ['error', 'exit']) {
      worker.on(event, () => {
        // Whoever wanted to use it starts another.
        ahead = ahead === worker ? undefined : ahead;
        resolve();
      });
    }
  });
}

/** A stage in a thread of its own, which digests, compares and writes while this one renders. */
export class StageThread {
  readonly #worker: Worker;
  readonly #free = Array.from({ length: batchCount }, () => new ArrayBuffer(batchSize));
  readonly #encoder = new TextEncoder();
  #paths: string[] = [];
  #sizes: number[] = [];
  #filled = 0;
  #ended: unknown;
  #staged: Staged | undefined;
  /** Called with each answer. */
  #wake = () => {};

  constructor(input: StageInput) {
    void startAhead();
    this.#worker = ahead as Worker;
    ahead = undefined;
    this.#worker.ref();
    this.#worker.postMessage({ input } satisfies Begin);
    this.#worker.on('message', (answer: StageAnswer) => {
      if (answer === 'ready') return;
      if ('taken' in answer) this.#free.push(answer.taken ?? new ArrayBuffer(batchSize));
      if ('staged' in answer) this.#staged = answer.staged;
      if ('error' in answer) this.#ended ??= unpackError(answer.error);
      this.#wake();
    });
    this.#worker.on('error', (error) => this.#end(error));
    this.#worker.on('exit', () => this.#end(new Error('The thread that writes ended.')));
  }

  /** Resolves when the next file may come. */
  async add(path: string, text: string): Promise<void> {
    if (await this.#take(path, text)) return;
    if (this.#paths.length > 0) {
      // It may go into the next batch.
      this.#send();
      if (await this.#take(path, text)) return;
    }
    const { buffer, byteLength } = this.#encoder.encode(text);
    this.#free[0] = buffer;
    this.#put(path, byteLength);
  }

  async finish(): Promise<Staged> {
    if (this.#paths.length > 0) this.#send();
    this.#worker.postMessage('finish');
    await this.#until(() => this.#staged !== undefined);
    return this.#staged as Staged;
  }

  /** Resolves when it no longer writes. */
  async end(): Promise<void> {
    await this.#worker.terminate();
  }

  /** Whether the batch had room. */
  async #take(path: string, text: string): Promise<boolean> {
    await this.#until(() => this.#free.length > 0);
    const { read, written } = this.#encoder.encodeInto(text, new Uint8Array(this.#free[0] as ArrayBuffer, this.#filled));
    if (read < text.length) return false;
    this.#put(path, written);
    return true;
  }

  #put(path: string, size: number): void {
    this.#paths.push(path);
    this.#sizes.push(size);
    this.#filled += size;
  }

  #send(): void {
    const bytes = this.#free.shift() as ArrayBuffer;
    this.#worker.postMessage({ paths: this.#paths.join('\0'), sizes: this.#sizes, bytes } satisfies Batch, [bytes]);
    this.#paths = [];
    this.#sizes = [];
    this.#filled = 0;
  }

  async #until(holds: () => boolean): Promise<void> {
    while (!holds()) {
      if (this.#ended !== undefined) throw this.#ended;
      await new Promise<void>((resolve) => (this.#wake = resolve));
    }
  }

  #end(reason: unknown): void {
    this.#ended ??= reason;
    this.#wake();
  }
}
