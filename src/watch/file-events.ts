import { type FSWatcher, watch } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Milliseconds of quiet that end a burst of events. Editors save in several steps, and version control writes many
 * files.
 */
const quiet = 30;

/** How many such pauses a burst may last. One that does not end is acted on all the same. */
const longestBurst = 20;

/**
 * Events of files: tells when something may have happened in some folders. It need not be right. The caller looks at
 * the files, and does so now and then without any event, so that a folder that cannot be watched costs time and misses
 * nothing.
 */
export class FileEvents {
  readonly #watchers: FSWatcher[] = [];
  #happened = false;
  #resume: () => void = () => {};

  /**
   * Watches these folders from now on. They are folders, not files, because an editor that replaces a file would leave
   * the watcher with the old one.
   */
  follow(folders: Iterable<string>): void {
    this.#leave();
    for (const folder of new Set(folders)) {
      try {
        this.#watchers.push(watch(folder, () => this.wake()).on('error', () => {}));
      } catch {
        // It is not there, or there are no watchers left.
      }
    }
  }

  /** Ends the waiting, as an event does. */
  wake(): void {
    this.#happened = true;
    this.#resume();
  }

  /** Waits until a burst of events has ended, at most for so many milliseconds. */
  async wait(milliseconds: number): Promise<void> {
    const timer = new AbortController();
    if (!this.#happened)
      await Promise.race([
        new Promise<void>((resolve) => {
          this.#resume = resolve;
        }),
        sleep(milliseconds, undefined, timer).catch(() => {}),
      ]);
    timer.abort();
    for (let left = longestBurst; this.#happened && left > 0; left--) {
      this.#happened = false;
      await sleep(quiet);
    }
  }

  close(): void {
    this.#leave();
    this.wake();
  }

  #leave(): void {
    for (const watcher of this.#watchers.splice(0)) watcher.close();
  }
}
