import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { repositoryPath } from './repository.js';

/** Milliseconds to wait for words. Far more than they take, because machines can be busy. */
const limit = 50_000;

/** The built command line as a process that keeps running. */
export class RunningCli {
  readonly #child: ChildProcess;
  readonly #ended: Promise<unknown>;
  #output = '';
  #heard = 0;

  constructor(args: readonly string[], cwd: string, environment: Readonly<Record<string, string>> = {}) {
    const env = { PATH: process.env['PATH'] ?? '', HOME: cwd, ...environment };
    this.#child = spawn(process.execPath, [repositoryPath('dist/cli/main.js'), ...args], {
      cwd,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#ended = once(this.#child, 'close');
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => {
        this.#output += text;
        this.#child.emit('said');
      });
    }
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  /** All output on both streams, in order of arrival. */
  get output(): string {
    return this.#output;
  }

  /** Waits for words after those that were waited for before, and returns all output up to them. */
  async says(words: string): Promise<string> {
    const expired = AbortSignal.timeout(limit);
    for (;;) {
      const at = this.#output.indexOf(words, this.#heard);
      if (at >= 0) {
        const said = this.#output.slice(this.#heard, at + words.length);
        this.#heard = at + words.length;
        return said;
      }
      const isOver = await Promise.race([
        once(this.#child, 'said', { signal: expired }).then(() => false),
        this.#ended.then(() => true),
      ]).catch(() => true);
      if (isOver && this.#output.indexOf(words, this.#heard) < 0)
        throw new Error(`Nobody said "${words}":\n${this.#output}`);
    }
  }

  /** Sends a signal, as Ctrl-C does, and returns the exit code. */
  async end(signal: NodeJS.Signals = 'SIGINT'): Promise<number | null> {
    this.#child.kill(signal);
    await this.#ended;
    return this.#child.exitCode;
  }
}
