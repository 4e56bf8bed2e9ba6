import { readDatabaseFingerprint } from '../catalog/database-fingerprint.js';
import type { Config } from '../config/config.js';
import { environmentSource, hasPgVariables } from '../pipeline/source.js';

/** What a database said when it was asked last. */
export type FingerprintResult = { readonly fingerprint: string | undefined } | { readonly error: unknown };

/** Milliseconds between two questions, at least. */
const shortestPause = 1000;

/** A question may take a large schema's server half a second: it is kept busy for no more than a part of the time. */
const pausePerCost = 20;

/** Asks a database for its fingerprint, and knows when it is time to ask again. */
export class WatchedDatabase {
  #next = 0;

  constructor(private readonly url: string | undefined) {}

  /** Undefined while it is not yet time. */
  async askIfDue(): Promise<FingerprintResult | undefined> {
    return Date.now() < this.#next ? undefined : this.ask();
  }

  async ask(): Promise<FingerprintResult> {
    const started = Date.now();
    const result = await readDatabaseFingerprint(this.url).then(
      (fingerprint): FingerprintResult => ({ fingerprint }),
      (error: unknown): FingerprintResult => ({ error }),
    );
    const now = Date.now();
    this.#next = now + Math.max(shortestPause, (now - started) * pausePerCost);
    return result;
  }
}

/** The database that a config reads, if it reads one and says which. */
export function databaseOf({ source = environmentSource() }: Config): WatchedDatabase | undefined {
  return 'url' in source && (source.url !== undefined || hasPgVariables())
    ? new WatchedDatabase(source.url)
    : undefined;
}
