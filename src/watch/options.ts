import type { LoadedConfig } from '../config/load.js';
import type { GenerateOptions, Regenerated } from '../pipeline/generate.js';

export interface WatchOptions {
  /** The config file; the one that the folder has when absent. */
  readonly config?: string;
  /** Where the config is looked for; the working directory when absent. */
  readonly folder?: string;
  /** What to generate with a config, each time that it was loaded; just what it says when absent. */
  readonly configure?: (loaded: LoadedConfig) => GenerateOptions;
  /** Ends the watching. */
  readonly signal?: AbortSignal;
}

export type WatchEvent =
  /** The first run, and each after something changed; a result for each project of the config, or one. */
  | { readonly kind: 'generated'; readonly results: readonly Regenerated[] }
  /** What a run ended with, or a database that cannot be asked. The files are as they were, and the watching goes on. */
  | { readonly kind: 'failed'; readonly error: unknown }
  /** The database can be asked again, and nothing changed meanwhile. */
  | { readonly kind: 'recovered' };
