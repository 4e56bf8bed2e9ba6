import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { RowsmithError } from '../errors.js';
import { packageFile } from '../package-file.js';
import type { Config } from './config.js';
import { moduleFiles, watchingEnvironment, type ConfigOrigin } from './origin.js';
import { validateConfig } from './validate.js';

/** A config and the folder that its paths are relative to. */
export interface LoadedConfig {
  readonly config: Config;
  readonly folder: string;
  /** Absent where nobody can tell what it was made of. */
  readonly origin?: ConfigOrigin;
}

/** Where a config may stand, in the order in which they are looked for. */
export const configFileNames = ['ts', 'mts', 'js', 'mjs', 'json'].map((extension) => `rowsmith.config.${extension}`);

export interface LoadOptions {
  /** Evaluate modules anew that this process has loaded before. */
  readonly fresh?: boolean;
}

/** Loads the named config file, or the one that the working directory has; undefined when it has none. */
export async function loadConfig(path: string | undefined, workingDirectory: string, { fresh = false }: LoadOptions = {}): Promise<LoadedConfig | undefined> {
  if (path !== undefined) {
    const file = resolve(workingDirectory, path);
    if (!existsSync(file)) throw new RowsmithError('config-not-found', `There is no config file ${path}.`, 'Check the path after --config.');
    return loadFile(file, workingDirectory, [], fresh);
  }
  const candidates = configFiles(workingDirectory);
  const found = candidates.findIndex((file) => existsSync(file));
  return found < 0 ? loadFromPackage(workingDirectory) : loadFile(candidates[found] as string, workingDirectory, candidates.slice(0, found), fresh);
}

/** Every file that has a say in the config, be it there or not, and whether or not it can be loaded. */
export function configFilesFor(path: string | undefined, workingDirectory: string): readonly string[] {
  const candidates = path === undefined ? [...configFiles(workingDirectory), join(workingDirectory, 'package.json')] : [resolve(workingDirectory, path)];
  const used = candidates.findIndex((file) => existsSync(file));
  return used < 0 ? candidates : [...candidates.slice(0, used), ...moduleFiles(candidates[used] as string).files];
}

/** What stands for a config in a folder that has none. */
export function noConfig(folder: string): LoadedConfig {
  const manifest = join(folder, 'package.json');
  const [files, absent] = existsSync(manifest) ? [[manifest], []] : [[], [manifest]];
  return { config: {}, folder, origin: { files, absent: [...configFiles(folder), ...absent], environment: [] } };
}

/** Where a config file is looked for, in that order. */
const configFiles = (folder: string): string[] => configFileNames.map((name) => join(folder, name));

async function loadFile(file: string, workingDirectory: string, absent: readonly string[], fresh: boolean): Promise<LoadedConfig> {
  const shown = relative(workingDirectory, file) || file;
  let value: unknown;
  let environment: readonly string[] | undefined = [];
  try {
    if (file.endsWith('.json')) value = JSON.parse(await readFile(file, 'utf8'));
    else {
      const importModule = await importer(file, fresh);
      ({ loaded: value, environment } = await watchingEnvironment(() => importModule(file)));
    }
  } catch (error) {
    if (error instanceof RowsmithError) throw error;
    // The parser of JSON quotes what stands around the mistake, and that may be a URL's password.
    const reason = error instanceof Error ? error.message.split('\n')[0]?.replace(/, ".*" is not valid JSON$/, '') : String(error);
    throw new RowsmithError('config-not-loadable', `${shown} cannot be loaded: ${reason}`, 'Run with --verbose to see where it failed.', { cause: error });
  }
  if (value === undefined) {
    throw new RowsmithError('config-not-loadable', `${shown} has no default export.`, 'Write: export default defineConfig({ … })');
  }
  const { files, complete } = moduleFiles(file);
  return { config: validateConfig(value, shown), folder: dirname(file), ...(complete && environment ? { origin: { files, absent, environment } } : {}) };
}

type Import = (file: string) => Promise<unknown>;

/** The default export of a module. */
export async function importDefault(file: string): Promise<unknown> {
  return (await importer(file))(file);
}

/**
 * Node strips the types of `.ts` files itself from 22.18 on; before that jiti does. Node never forgets a module; jiti
 * can.
 */
async function importer(file: string, fresh = false): Promise<Import> {
  const stripsTypes = Boolean((process.features as { readonly typescript?: unknown }).typescript);
  if (!fresh && (!/\.[cm]?ts$/.test(file) || stripsTypes)) return async (module) => ((await import(pathToFileURL(module).href)) as { readonly default?: unknown }).default;
  const { createJiti } = await import('jiti');
  const jiti = createJiti(import.meta.url, { fsCache: false, moduleCache: !fresh, alias: await ownModules() });
  // Its compiler looks at the whole environment while it loads, which is no concern of the config's.
  jiti.transform({ source: '', ts: true });
  return (module) => jiti.import(module, { default: true });
}

/**
 * What a config means by `rowsmith` and `rowsmith/zod`, also where none is installed: this one's modules, as
 * package.json exports them.
 */
async function ownModules(): Promise<Record<string, string>> {
  const { exports } = JSON.parse(await readFile(packageFile('package.json'), 'utf8')) as PackageJson;
  const modules = Object.entries(exports).flatMap(([name, entry]) => (typeof entry === 'string' ? [] : [[`rowsmith${name.slice(1)}`, packageFile(entry.default)] as const]));
  // jiti takes the first name that a specifier begins with.
  return Object.fromEntries(modules.sort(([a], [b]) => b.length - a.length));
}

interface PackageJson {
  readonly exports: Readonly<Record<string, string | { readonly default: string }>>;
}

/** The `rowsmith` key of package.json. */
async function loadFromPackage(folder: string): Promise<LoadedConfig | undefined> {
  const file = join(folder, 'package.json');
  if (!existsSync(file)) return undefined;
  const manifest = JSON.parse(await readFile(file, 'utf8')) as { readonly rowsmith?: unknown };
  if (manifest.rowsmith === undefined) return undefined;
  return { config: validateConfig(manifest.rowsmith, 'package.json (key "rowsmith")'), folder, origin: { files: [file], absent: configFiles(folder), environment: [] } };
}
