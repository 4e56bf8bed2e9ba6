import type { Progress, Stage } from '../index.js';
import { type Palette, palette } from '../report/terminal.js';
import { hasColour } from './terminal.js';

/** A display of the progress of runs that take long. */
export interface ProgressDisplay {
  show(progress: Progress): void;
  /** Clears the line for other text. The display continues after it. */
  hide(): void;
  end(): void;
}

/** Milliseconds before progress is shown. */
const patience = 500;

/** Milliseconds between two frames. */
const frameTime = 80;

const words: { readonly [S in Stage]: string } = {
  models: 'Reading models',
  connect: 'Connecting to the database',
  start: 'Starting the embedded Postgres',
  load: 'Loading SQL',
  read: 'Reading the catalog',
  statements: 'Preparing statements',
  compare: 'Comparing',
  usage: 'Reading code',
  layout: 'Laying out diagrams',
  render: 'Rendering',
};

const inWords = ({ stage, side }: Progress) => (side === undefined ? words[stage] : `${words[stage]} (--${side})`);

/**
 * The display for a stream: a spinner on a terminal, lines in a CI service's log, nothing if a program reads the
 * stream.
 */
export function progressDisplay(stream: NodeJS.WriteStream): ProgressDisplay {
  if (stream.isTTY && process.env['TERM'] !== 'dumb') return new Spinner(stream, palette(hasColour(stream)));
  return process.env['CI'] ? new Lines(stream) : noProgress;
}

export const noProgress: ProgressDisplay = { show() {}, hide() {}, end() {} };

class Spinner implements ProgressDisplay {
  #progress: Progress | undefined;
  #began = 0;
  #frame = 0;
  #drawn = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly stream: NodeJS.WriteStream,
    private readonly paint: Palette,
  ) {}

  show(progress: Progress): void {
    const now = Date.now();
    if (!this.#progress) this.#began = now;
    const isNew = !this.#progress || inWords(this.#progress) !== inWords(progress);
    this.#progress = progress;
    this.#timer ??= setInterval(() => this.#draw(), frameTime).unref();
    // Work blocks the thread, so timers are late; a frame can be drawn between two steps.
    if (isNew || now - this.#drawn >= frameTime) this.#draw();
  }

  hide(): void {
    if (this.#drawn > 0) this.stream.write('\r\u001b[K');
    this.#drawn = 0;
  }

  end(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
    this.hide();
    this.#progress = undefined;
  }

  #draw(): void {
    const now = Date.now();
    if (!this.#progress || now - this.#began < patience) return;
    const spinner = '⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏'[this.#frame++ % 10] ?? '';
    this.stream.write(
      `\r\u001b[K${this.paint.severity('info', spinner)} ${inWords(this.#progress)}${this.#bar(this.#progress)}`,
    );
    this.#drawn = now;
  }

  #bar({ done, total }: Progress): string {
    if (done === undefined || !total) return '';
    const filled = Math.round((done / total) * barWidth);
    const full = this.paint.severity('info', '━'.repeat(filled));
    const empty = this.paint.dim('━'.repeat(barWidth - filled));
    return ` ${full}${empty} ${done}/${total}`;
  }
}

const barWidth = 24;

/** Writes a line for each stage that took long, after it has ended. */
class Lines implements ProgressDisplay {
  #current: { readonly words: string; readonly began: number } | undefined;

  constructor(private readonly stream: NodeJS.WriteStream) {}

  show(progress: Progress): void {
    const words = inWords(progress);
    if (words === this.#current?.words) return;
    this.end();
    this.#current = { words, began: Date.now() };
  }

  hide(): void {}

  end(): void {
    if (!this.#current) return;
    const { words, began } = this.#current;
    const time = Date.now() - began;
    if (time >= patience) this.stream.write(`${words}: ${(time / 1000).toFixed(1)} s\n`);
    this.#current = undefined;
  }
}
