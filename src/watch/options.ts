import type { LoadedConfig } from '../config/load.js';
import type { GenerateOptions, Regenerated } from '../pipeline/generate.js';

export interface WatchOptions {
  /** The config file; if absent, the one in the folder. */
  readonly config?: string;
  /** Where to look for the config; if absent, the working directory. */
  readonly folder?: string;
  /** A file of variables to read instead of `.env` and `.env.local`. */
  readonly envFile?: string;
  /** Makes the options of a run from the config each time it is loaded; if absent, the config is used as it is. */
  readonly configure?: (loaded: LoadedConfig) => GenerateOptions;
  /** Ends the watching. */
  readonly signal?: AbortSignal;
}

/** An event of watching. */
export type WatchEvent =
  /**
   * A run has generated: the first one, or one after a change. There is one result for each project of the config, or a
   * single one.
   */
  | { readonly kind: 'generated'; readonly results: readonly Regenerated[] }
  /** A run has failed, or the database does not answer. The files are unchanged, and watching continues. */
  | { readonly kind: 'failed'; readonly error: unknown }
  /** The database answers again, and nothing has changed meanwhile. */
  | { readonly kind: 'recovered' };
