import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import { databaseVariables, environmentFiles } from '../config/environment.js';
import { parseJson } from '../config/jsonc.js';
import { RowsmithError } from '../errors.js';

/** A project, as far as it can be seen without reading its schema. */
export interface Project {
  /** The path of its folder, absolute. */
  readonly folder: string;
  readonly manifest?: Manifest;
  readonly typescript: boolean;
  /** Whether `.js` and `.ts` are ES modules here. */
  readonly modules: boolean;
  readonly packageManager: PackageManager;
  readonly databaseUrl?: DatabaseVariable;
}

/** The package.json of a project, as far as it matters here. */
export interface Manifest {
  readonly text: string;
  readonly value: { readonly [key: string]: unknown };
  readonly scripts: { readonly [name: string]: string };
  readonly dependencies: readonly string[];
}

/** A package manager, and how its commands begin. */
export interface PackageManager {
  readonly name: 'npm' | 'pnpm' | 'yarn' | 'bun';
  readonly install: string;
  readonly run: string;
  readonly execute: string;
}

/** A variable that holds a database's URL. In a file that sets it, only the names of variables are looked at. */
export interface DatabaseVariable {
  readonly name: string;
  /** The file that sets it; absent when it is set already. */
  readonly file?: string;
}

/** The files in which a variable is looked for, relative to the project: those that every run reads, and one more. */
const variableFiles = (folder: string): readonly string[] => [...readAlways(folder).toReversed(), '.env.development'];

/** The files whose variables every run of rowsmith reads, relative to the project. */
export const readAlways = (folder: string): readonly string[] =>
  environmentFiles(folder).map((file) => relative(folder, file).split(sep).join('/'));

/** The package managers, by their lock files. A workspace has its lock file at the top. */
const packageManagers: readonly (PackageManager & { readonly locks: readonly string[] })[] = [
  { name: 'pnpm', locks: ['pnpm-lock.yaml'], install: 'pnpm add', run: 'pnpm run', execute: 'pnpm exec' },
  { name: 'yarn', locks: ['yarn.lock'], install: 'yarn add', run: 'yarn run', execute: 'yarn' },
  { name: 'bun', locks: ['bun.lock', 'bun.lockb'], install: 'bun add', run: 'bun run', execute: 'bunx' },
  { name: 'npm', locks: ['package-lock.json'], install: 'npm install', run: 'npm run', execute: 'npx' },
];
const npm = { name: 'npm', install: 'npm install', run: 'npm run', execute: 'npx' } as const;

/** Looks at a project. */
export async function readProject(folder: string): Promise<Project> {
  const manifest = await readManifest(folder);
  const databaseUrl = await findVariable(folder, databaseVariables, variableFiles(folder));
  return {
    folder,
    ...(manifest ? { manifest } : {}),
    typescript: existsSync(join(folder, 'tsconfig.json')) || (manifest?.dependencies.includes('typescript') ?? false),
    modules: manifest?.value['type'] === 'module',
    packageManager: packageManagerOf(folder),
    ...(databaseUrl ? { databaseUrl } : {}),
  };
}

/** Finds where one of these variables is set: in the environment, or in one of these files. */
export async function findVariable(
  folder: string,
  names: readonly string[],
  files: readonly string[],
): Promise<DatabaseVariable | undefined> {
  const set = names.find((name) => process.env[name]);
  if (set !== undefined) return { name: set };
  for (const file of files) {
    const text = (await readIfThere(join(folder, file))) ?? '';
    const name = names.find((candidate) =>
      new RegExp(`^[ \\t]*(?:export[ \\t]+)?${candidate}[ \\t]*=[ \\t]*[^\\s#]`, 'm').test(text),
    );
    if (name !== undefined) return { name, file };
  }
  return undefined;
}

/** Reads a text file; undefined where there is none. */
export async function readIfThere(path: string): Promise<string | undefined> {
  return readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'EISDIR') return undefined;
    throw error;
  });
}

async function readManifest(folder: string): Promise<Manifest | undefined> {
  const text = await readIfThere(join(folder, 'package.json'));
  if (text === undefined) return undefined;
  const value = parseObject(text);
  const scripts = objectIn(value, 'scripts') as { readonly [name: string]: string };
  const dependencies = ['dependencies', 'devDependencies', 'peerDependencies'].flatMap((kind) =>
    Object.keys(objectIn(value, kind)),
  );
  return { text, value, scripts, dependencies };
}

function parseObject(text: string): { readonly [key: string]: unknown } {
  try {
    const value: unknown = parseJson(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value))
      return value as { readonly [key: string]: unknown };
  } catch {
    // Said below.
  }
  throw new RowsmithError(
    'config-not-loadable',
    'package.json is not a JSON object.',
    'Fix it first: rowsmith init adds scripts to it.',
  );
}

function objectIn(value: { readonly [key: string]: unknown }, key: string): object {
  const found = value[key];
  return typeof found === 'object' && found !== null ? found : {};
}

function packageManagerOf(folder: string): PackageManager {
  const found = packageManagers.find(({ locks }) => locks.some((lock) => existsSync(join(folder, lock))));
  if (found) return found;
  const parent = dirname(folder);
  return parent === folder || existsSync(join(folder, '.git')) ? npm : packageManagerOf(parent);
}
