import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { RowsmithError } from '../errors.js';
import { parseEnvFile } from './env-file.js';
import { readJsonObject } from './jsonc.js';

/** Names of variables that hold a database's URL, the most common first. */
export const databaseVariables = ['DATABASE_URL', 'POSTGRES_URL', 'PG_URL', 'DB_URL'] as const;

/** The files that are always read; if several set a variable, the last one wins. */
const fileNames = ['.env', '.env.local'];

/**
 * Names that are never taken from a file, even if the config reads them: they control how programs run and which
 * servers are trusted, and a file in a cloned repository must not do that.
 */
const never = /^(PG[A-Z0-9]*|NODE_.*|NPM_.*|.*(SSL|TLS).*|LD_.*|DYLD_.*|PATH|HOME|SHELL|IFS|ROWSMITH_.*)$/i;

/** What a config's text says about variables. */
export interface AskedVariables {
  /** The variables that it reads: names after `process.env`. */
  readonly names: readonly string[];
  /** Whether it has `env: false`, so that no file is read. */
  readonly refuses: boolean;
}

/** Finds the variables that the text of a config reads. Comments do not count. */
export function askedVariables(text: string): AskedVariables {
  const code = text.replace(commentOrString, (_, kept?: string) => kept ?? '');
  const direct = [...code.matchAll(/\benv(?:\?\.|\.)(\w+)|\benv(?:\?\.)?\[\s*['"`](\w+)['"`]\s*\]/g)].map(
    ([, plain, quoted]) => plain ?? quoted ?? '',
  );
  const taken = [...code.matchAll(/\{([^{}]*)\}\s*=\s*(?:process|import\.meta)\.env\b/g)].flatMap(([, list = '']) =>
    list.split(',').flatMap((item) => /^\s*(\w+)/.exec(item)?.[1] ?? []),
  );
  return { names: [...new Set([...direct, ...taken])], refuses: /["']?\benv["']?\s*:\s*false\b/.test(code) };
}

const commentOrString = /((['"`])(?:\\[\s\S]|(?!\2)[\s\S])*\2)|\/\/[^\n]*|\/\*[\s\S]*?\*\//g;

/**
 * The `.env` files that rowsmith looks for: at the root of the workspace, then in the folder of the nearest
 * package.json.
 */
export function environmentFiles(folder: string): readonly string[] {
  const place = above(folder, (candidate) => existsSync(join(candidate, 'package.json'))) ?? folder;
  const root = above(place, isWorkspace);
  const places = root === undefined || root === place ? [place] : [root, place];
  return places.flatMap((where) => fileNames.map((name) => join(where, name)));
}

/** The nearest folder that fits: this one or one above it, within its repository. */
function above(folder: string, holds: (folder: string) => boolean): string | undefined {
  if (holds(folder)) return folder;
  const parent = dirname(folder);
  return parent === folder || existsSync(join(folder, '.git')) ? undefined : above(parent, holds);
}

/** Whether a folder is the root of a workspace of several packages. */
export function isWorkspace(folder: string): boolean {
  if (existsSync(join(folder, 'pnpm-workspace.yaml'))) return true;
  const manifest = textOf(join(folder, 'package.json'));
  return manifest !== undefined && readJsonObject(manifest)?.['workspaces'] !== undefined;
}

/** The values from these files, except those that may never come from a file. */
export function readEnvironment(files: readonly string[]): ReadonlyMap<string, string> {
  let values: ReadonlyMap<string, string> = new Map();
  for (const file of files) {
    const text = textOf(file);
    if (text !== undefined) values = parseEnvFile(text, { set: process.env, before: values });
  }
  return new Map([...values].filter(([name]) => !never.test(name)));
}

/** The variables that were set here, so that reading the files again in the same process may change them. */
const ours = new Map<string, string>();

/**
 * Sets the variables that name a database, and those that the config reads, from the `.env` files of a folder, or from
 * the given file. Variables that are already set keep their values; no other variable is set, and no value is printed.
 */
export function setEnvironment(folder: string, asked: AskedVariables, given: string | undefined): void {
  const file = given === undefined ? undefined : resolve(given);
  if (file !== undefined && !existsSync(file))
    throw new RowsmithError('config-not-found', `There is no file ${given}.`, 'Check the path after --env-file.');
  for (const [name, value] of ours) if (process.env[name] === value) delete process.env[name];
  ours.clear();
  if (file === undefined && asked.refuses) return;
  const values = readEnvironment(file === undefined ? environmentFiles(folder) : [file]);
  const isWanted = (name: string) => asked.names.includes(name) || databaseVariables.some((known) => known === name);
  for (const [name, value] of values) {
    if (process.env[name] !== undefined || !isWanted(name)) continue;
    process.env[name] = value;
    ours.set(name, value);
  }
}

function textOf(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'EISDIR' || code === 'ENOTDIR') return undefined;
    throw error;
  }
}
