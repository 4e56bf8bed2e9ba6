import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { RowsmithError } from '../errors.js';
import type { Config } from './config.js';
import { validateConfig } from './validate.js';

/** A config and the folder that its paths are relative to. */
export interface LoadedConfig {
  readonly config: Config;
  readonly folder: string;
}

const fileNames = ['ts', 'mts', 'js', 'mjs', 'json'].map((extension) => `rowsmith.config.${extension}`);

/** Loads the named config file, or the one that the working directory has; undefined when it has none. */
export async function loadConfig(path: string | undefined, workingDirectory: string): Promise<LoadedConfig | undefined> {
  if (path !== undefined) {
    const file = resolve(workingDirectory, path);
    if (!existsSync(file)) throw new RowsmithError('config-not-found', `There is no config file ${path}.`, 'Check the path after --config.');
    return loadFile(file, workingDirectory);
  }
  const found = fileNames.map((name) => join(workingDirectory, name)).find((file) => existsSync(file));
  return found ? loadFile(found, workingDirectory) : loadFromPackage(workingDirectory);
}

async function loadFile(file: string, workingDirectory: string): Promise<LoadedConfig> {
  const shown = relative(workingDirectory, file) || file;
  let value: unknown;
  try {
    value = file.endsWith('.json') ? JSON.parse(await readFile(file, 'utf8')) : await importDefault(file);
  } catch (error) {
    if (error instanceof RowsmithError) throw error;
    // The parser of JSON quotes what stands around the mistake, and that may be a URL's password.
    const reason = error instanceof Error ? error.message.split('\n')[0]?.replace(/, ".*" is not valid JSON$/, '') : String(error);
    throw new RowsmithError('config-not-loadable', `${shown} cannot be loaded: ${reason}`, 'Run with --verbose to see where it failed.', { cause: error });
  }
  if (value === undefined) {
    throw new RowsmithError('config-not-loadable', `${shown} has no default export.`, 'Write: export default defineConfig({ … })');
  }
  return { config: validateConfig(value, shown), folder: dirname(file) };
}

/** Node strips the types of `.ts` files itself from 22.18 on; before that jiti does. */
async function importDefault(file: string): Promise<unknown> {
  const stripsTypes = Boolean((process.features as { readonly typescript?: unknown }).typescript);
  if (/\.m?ts$/.test(file) && !stripsTypes) {
    const { createJiti } = await import('jiti');
    // A config may stand where no "rowsmith" is installed, and means this one.
    const own = fileURLToPath(new URL('../index.js', import.meta.url));
    return createJiti(import.meta.url, { fsCache: false, ...(existsSync(own) ? { alias: { rowsmith: own } } : {}) }).import(file, { default: true });
  }
  const module = (await import(pathToFileURL(file).href)) as { readonly default?: unknown };
  return module.default;
}

/** The `rowsmith` key of package.json. */
async function loadFromPackage(folder: string): Promise<LoadedConfig | undefined> {
  const file = join(folder, 'package.json');
  if (!existsSync(file)) return undefined;
  const manifest = JSON.parse(await readFile(file, 'utf8')) as { readonly rowsmith?: unknown };
  if (manifest.rowsmith === undefined) return undefined;
  return { config: validateConfig(manifest.rowsmith, 'package.json (key "rowsmith")'), folder };
}
