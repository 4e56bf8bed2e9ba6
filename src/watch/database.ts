import { readDatabaseFingerprint } from '../catalog/database-fingerprint.js';
import type { Config } from '../config/config.js';
import { hasPgVariables, sourceOf } from '../pipeline/source.js';

/** The result of querying a database for its fingerprint. */
export type FingerprintResult = { readonly fingerprint: string | undefined } | { readonly error: unknown };

/** The minimum number of milliseconds between two queries. */
const shortestPause = 1000;

/**
 * How many times longer than a query the pause after it is. A query may take the server of a large schema half a
 * second, and should keep it busy only for a small part of the time.
 */
const pausePerCost = 20;

/** A live database that is watched: it is queried for its fingerprint, with a pause between queries. */
export class WatchedDatabase {
  #next = 0;

  constructor(private readonly url: string | undefined) {}

  /** Queries the database; undefined if it is not yet time. */
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

/** The live database that a config reads; undefined if it reads none, or does not say which. */
export function databaseOf(config: Config, folder: string): WatchedDatabase | undefined {
  const source = sourceOf(config, folder);
  return 'url' in source && (source.url !== undefined || hasPgVariables())
    ? new WatchedDatabase(source.url)
    : undefined;
}
