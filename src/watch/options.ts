import type { LoadedConfig } from '../config/load.js';
import type { GenerateOptions, Regenerated } from '../pipeline/generate.js';

export interface WatchOptions {
  /** The config file; the one that the folder has when absent. */
  readonly config?: string;
  /** Where the config is looked for; the working directory when absent. */
  readonly folder?: string;
  /** A file of variables to read in place of `.env` and `.env.local`. */
  readonly envFile?: string;
  /** Makes the options of a run from a config, each time that one was loaded; the config alone counts when absent. */
  readonly configure?: (loaded: LoadedConfig) => GenerateOptions;
  /** Ends the watching. */
  readonly signal?: AbortSignal;
}

/** An event of watching. */
export type WatchEvent =
  /**
   * A run has generated: the first, or one after something changed. There is a result for each project of the config,
   * or one.
   */
  | { readonly kind: 'generated'; readonly results: readonly Regenerated[] }
  /** A run has failed, or a database cannot be asked. The files are as they were, and the watching goes on. */
  | { readonly kind: 'failed'; readonly error: unknown }
  /** The database can be asked again, and nothing has changed meanwhile. */
  | { readonly kind: 'recovered' };
