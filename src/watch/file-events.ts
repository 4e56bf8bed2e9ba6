import { type FSWatcher, watch } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Milliseconds of quiet that end a burst of events. Editors save in several steps, and version control writes many
 * files.
 */
const quiet = 30;

/** The maximum number of such pauses in a burst. After them, a burst that has not ended is acted on. */
const longestBurst = 20;

/**
 * File events: wakes the caller when something may have happened in some folders. False alarms are harmless, because
 * the caller checks the files. It also checks them periodically without any event, so a folder that cannot be watched
 * delays a change but hides none.
 */
export class FileEvents {
  readonly #watchers: FSWatcher[] = [];
  #happened = false;
  #resume: () => void = () => {};

  /**
   * Watches these folders from now on. Folders are watched instead of files, because if an editor replaces a file, a
   * watcher stays with the old one.
   */
  follow(folders: Iterable<string>): void {
    this.#leave();
    for (const folder of new Set(folders)) {
      try {
        this.#watchers.push(watch(folder, () => this.wake()).on('error', () => {}));
      } catch {
        // It does not exist, or there are no watchers left.
      }
    }
  }

  /** Ends the waiting, as an event does. */
  wake(): void {
    this.#happened = true;
    this.#resume();
  }

  /** Waits until a burst of events has ended, at most for the given number of milliseconds. */
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
