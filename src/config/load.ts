import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { RowsmithError } from '../errors.js';
import { packageFile } from '../package-file.js';
import type { Config } from './config.js';
import { askedVariables, setEnvironment } from './environment.js';
import { parseJson } from './jsonc.js';
import { reasonAndLine } from './load-failure.js';
import { neededImports } from './needed-imports.js';
import { validateConfig } from './validate.js';

/** A config and the folder that its paths are relative to. */
export interface LoadedConfig {
  readonly config: Config;
  readonly folder: string;
  /** What was chosen for a folder without a config, as a text for people. */
  readonly chosen?: string;
}

/** Names of config files, in the order in which rowsmith looks for them. */
export const configFileNames = ['ts', 'mts', 'js', 'mjs', 'json'].map((extension) => `rowsmith.config.${extension}`);

export interface LoadOptions {
  /** Whether to evaluate modules again that this process has already loaded. */
  readonly fresh?: boolean;
  /** Called with each module and its text before it runs, if modules are evaluated again. */
  readonly onModule?: OnModule;
  /** A file of variables to read instead of `.env` and `.env.local`. */
  readonly envFile?: string;
}

type OnModule = (path: string, text: string) => void;

/**
 * Loads the named config file, or the one in the working directory; undefined if there is none. Before it runs, unset
 * variables that name a database are set from `.env` files (environment.ts).
 */
export async function loadConfig(
  path: string | undefined,
  workingDirectory: string,
  options: LoadOptions = {},
): Promise<LoadedConfig | undefined> {
  if (path !== undefined) {
    const file = resolve(workingDirectory, path);
    if (!existsSync(file))
      throw new RowsmithError('config-not-found', `There is no config file ${path}.`, 'Check the path after --config.');
    return loadFile(file, workingDirectory, options);
  }
  const found = configFiles(workingDirectory).find((file) => existsSync(file));
  return found === undefined ? loadFromPackage(workingDirectory, options) : loadFile(found, workingDirectory, options);
}

/** The config file and all candidates before it, whether or not they exist. */
export function configFilesFor(path: string | undefined, workingDirectory: string): readonly string[] {
  const candidates =
    path === undefined
      ? [...configFiles(workingDirectory), join(workingDirectory, 'package.json')]
      : [resolve(workingDirectory, path)];
  const used = candidates.findIndex((file) => existsSync(file));
  return used < 0 ? candidates : candidates.slice(0, used + 1);
}

/** The config for a folder that has none: empty, except for the style of imports that its project needs. */
export function noConfig(folder: string, { envFile }: LoadOptions = {}): LoadedConfig {
  setEnvironment(folder, { names: [], refuses: false }, envFile);
  const { style, because } = neededImports(folder);
  if (because === undefined) return { config: {}, folder };
  return { config: { imports: style }, folder, chosen: `imports '${style}', since ${because}` };
}

/** The paths at which rowsmith looks for a config file, in order. */
const configFiles = (folder: string): string[] => configFileNames.map((name) => join(folder, name));

async function loadFile(file: string, workingDirectory: string, options: LoadOptions): Promise<LoadedConfig> {
  const shown = relative(workingDirectory, file) || file;
  const text = await readFile(file, 'utf8');
  setEnvironment(dirname(file), askedVariables(text), options.envFile);
  let value: unknown;
  try {
    value = file.endsWith('.json') ? parseJson(text) : await (await importer(file, options))(file);
  } catch (error) {
    throw await notLoadable(error, file, shown, text);
  }
  if (value === undefined) {
    throw new RowsmithError(
      'config-not-loadable',
      `${shown} has no default export.`,
      'Write: export default defineConfig({ … })',
    );
  }
  return { config: validateConfig(value, shown), folder: dirname(file) };
}

type Import = (file: string) => Promise<unknown>;

/** Imports a module, and returns its default export. */
export async function importDefault(file: string): Promise<unknown> {
  return (await importer(file))(file);
}

/**
 * The function that imports a file. Since 22.18, Node strips the types of `.ts` files itself; before, jiti does. Node
 * never reloads a module; jiti can.
 */
async function importer(file: string, { fresh = false, onModule = () => {} }: LoadOptions = {}): Promise<Import> {
  const stripsTypes = Boolean((process.features as { readonly typescript?: unknown }).typescript);
  if (!fresh && (!/\.[cm]?ts$/.test(file) || stripsTypes))
    return async (module) => ((await import(pathToFileURL(module).href)) as { readonly default?: unknown }).default;
  const { createJiti } = await import('jiti');
  const options = { fsCache: false, moduleCache: !fresh, alias: await ownModules() };
  const compiler = createJiti(import.meta.url, options);
  const jiti = createJiti(import.meta.url, {
    ...options,
    transform(module) {
      if (module.filename !== undefined) onModule(module.filename, module.source);
      return { code: compiler.transform(module) };
    },
  });
  return (module) => jiti.import(module, { default: true });
}

/**
 * The modules that a config imports as `rowsmith` and `rowsmith/zod`, even if rowsmith is not installed there: those of
 * this package, as its package.json exports them.
 */
async function ownModules(): Promise<Record<string, string>> {
  const { exports } = JSON.parse(await readFile(packageFile('package.json'), 'utf8')) as PackageJson;
  const modules = Object.entries(exports).flatMap(([name, entry]) =>
    typeof entry === 'string' ? [] : [[`rowsmith${name.slice(1)}`, packageFile(entry.default)] as const],
  );
  // jiti uses the first name that is a prefix of a specifier.
  return Object.fromEntries(modules.sort(([a], [b]) => b.length - a.length));
}

interface PackageJson {
  readonly exports: Readonly<Record<string, string | { readonly default: string }>>;
}

/** The error for a config that cannot be read, with the line and the reason. */
async function notLoadable(error: unknown, file: string, shown: string, text: string): Promise<RowsmithError> {
  if (error instanceof RowsmithError) return error;
  const { reason, line } = await reasonAndLine(error, file, text);
  return new RowsmithError(
    'config-not-loadable',
    `${shown}${line === undefined ? '' : `:${line}`} cannot be loaded: ${reason}`,
    'Run with --verbose to see where it failed.',
    { cause: error },
  );
}

/** Loads the config from the `rowsmith` key of package.json. */
async function loadFromPackage(folder: string, { envFile }: LoadOptions): Promise<LoadedConfig | undefined> {
  const file = join(folder, 'package.json');
  if (!existsSync(file)) return undefined;
  const text = await readFile(file, 'utf8');
  let manifest: { readonly rowsmith?: unknown };
  try {
    manifest = parseJson(text) as typeof manifest;
  } catch (error) {
    throw await notLoadable(error, file, 'package.json', text);
  }
  if (manifest.rowsmith === undefined) return undefined;
  setEnvironment(folder, askedVariables(JSON.stringify(manifest.rowsmith)), envFile);
  return { config: validateConfig(manifest.rowsmith, 'package.json (key "rowsmith")'), folder };
}
