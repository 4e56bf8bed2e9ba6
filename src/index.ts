import type { Config } from './config/config.js';
import type { GenerateOptions, GenerateResult } from './pipeline/generate.js';

export type { Catalog } from './catalog/catalog.js';
export type { AliasConfig, ComputedConfig, Config, KyselyCodegenConfig, ModelConfig, ModelsConfig, Override, ParsersConfig, Pattern, Source, StateConfig, TypesConfig } from './config/config.js';
export type { LoadedConfig } from './config/load.js';
export type { OutputFile } from './emit/output-file.js';
export type { Change } from './emit/plan.js';
export { RowsmithError, type ErrorCode } from './errors.js';
export type { GenerateOptions, GenerateResult } from './pipeline/generate.js';

/** Types a config file: `export default defineConfig({ … })`. */
export function defineConfig(config: Config): Config {
  return config;
}

/** Renders everything and makes the output folder hold it. Throws a `RowsmithError` before anything is written. */
export async function generate(options: GenerateOptions): Promise<GenerateResult> {
  return (await import('./pipeline/generate.js')).generate(options);
}

/** Renders everything and tells how the output folder differs, writing nothing. */
export async function check(options: GenerateOptions): Promise<GenerateResult> {
  return (await import('./pipeline/generate.js')).check(options);
}

/** Loads a config file: the one named, or the one that the folder has. */
export async function loadConfig(path: string | undefined, folder: string = process.cwd()) {
  return (await import('./config/load.js')).loadConfig(path, folder);
}
