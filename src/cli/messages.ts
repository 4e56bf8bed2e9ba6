import type { Progress } from '../index.js';
import { printableLine } from '../printable.js';
import { noProgress, type ProgressDisplay, progressDisplay } from './progress.js';
import { withoutSecrets } from './redact.js';

/** How much a command prints in addition to its result. */
export interface Verbosity {
  /** Print nothing. */
  readonly silent?: boolean | undefined;
  /** The result contains the notes, so they are not printed. */
  readonly json?: boolean | undefined;
}

/** The messages of a command in addition to its result: notes and progress, on stderr. */
export class Messages {
  readonly #display: ProgressDisplay;
  readonly #writesNotes: boolean;
  readonly #notes = new Set<string>();

  constructor({ silent = false, json = false }: Verbosity = {}) {
    this.#display = silent ? noProgress : progressDisplay(process.stderr);
    this.#writesNotes = !silent && !json;
  }

  /** All notes, without duplicates. */
  get notes(): readonly string[] {
    return [...this.#notes];
  }

  readonly note = (message: string): void => {
    const note = withoutSecrets(message);
    if (this.#notes.has(note)) return;
    this.#notes.add(note);
    if (this.#writesNotes) this.#write(`note: ${printableLine(note)}\n`);
  };

  readonly progress = (progress: Progress): void => this.#display.show(progress);

  /** Runs work that takes time. Progress is shown only during the work. */
  async during<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } finally {
      this.end();
    }
  }

  end(): void {
    this.#display.end();
  }

  #write(text: string): void {
    this.#display.hide();
    process.stderr.write(text);
  }
}
