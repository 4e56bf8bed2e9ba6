import { readFileSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

/** What a config was made of: all of it the same again gives the same config. */
export interface ConfigOrigin {
  readonly files: readonly string[];
  /** Files that would have come before them, or would have been found at all. */
  readonly absent: readonly string[];
  /** The variables of the environment that it asked for. */
  readonly environment: readonly string[];
}

/** This package, which no config is made of: another version of it is another tool. */
const own = new Set(['rowsmith', 'rowsmith/plugin', 'rowsmith/zod']);

/** Modules of Node that give the same answer every time. */
const pure = new Set(['path', 'url', 'util'].flatMap((name) => [name, `node:${name}`]));

export interface ModuleFiles {
  readonly files: readonly string[];
  /** False where nobody can tell: a module that is named by an expression or is not there, and a package, or module of Node's, which may read anything. */
  readonly complete: boolean;
}

/**
 * The files that a module is made of: itself, and what it imports by a relative path. Found in its text, where more may look like an
 * import than is one.
 */
export function moduleFiles(entry: string): ModuleFiles {
  const found = new Set<string>();
  let complete = true;
  const pending = [entry];
  for (let file = pending.pop(); file !== undefined; file = pending.pop()) {
    if (found.has(file)) continue;
    found.add(file);
    if (file.endsWith('.json')) continue;
    for (const specifier of specifiers(readFileSync(file, 'utf8'))) {
      if (specifier !== undefined && (pure.has(specifier) || own.has(specifier))) continue;
      const target = specifier?.startsWith('.') ? sourceFile(resolve(dirname(file), specifier)) : undefined;
      if (target === undefined) complete = false;
      else pending.push(target);
    }
  }
  return { files: [...found], complete };
}

/** `from '…'`, `import '…'`, `import('…')` and `require('…')`; undefined for a call with anything else. */
function specifiers(text: string): (string | undefined)[] {
  const statements = [...text.matchAll(/\b(?:from|import)\s*(['"])([^'"\n]+)\1/g)].map(([, , specifier]) => specifier);
  const calls = [...text.matchAll(/\b(?:import|require)\s*\(\s*(?:(['"])([^'"\n]+)\1\s*[,)])?/g)].map(([, , specifier]) => specifier);
  return [...statements, ...calls];
}

/** As bundlers and TypeScript name files: with their extension, with that of the compiled file, or with none. */
function sourceFile(path: string): string | undefined {
  const bare = path.replace(/\.([mc]?)js$/, '');
  const candidates = [path, ...['.ts', '.mts', '.cts', '.js', '.mjs', '.cjs', '.json', '/index.ts', '/index.js'].map((ending) => bare + ending)];
  return candidates.find((candidate) => statSync(candidate, { throwIfNoEntry: false })?.isFile());
}

/** Runs `load` and tells which variables of the environment it asked for; undefined where it looked at all of them. */
export async function watchingEnvironment<Loaded>(load: () => Promise<Loaded>): Promise<{ loaded: Loaded; environment: readonly string[] | undefined }> {
  const { env } = process;
  const asked = new Set<string>();
  let all = false;
  process.env = new Proxy(env, {
    get: (target, name) => (typeof name === 'string' && asked.add(name), Reflect.get(target, name)),
    has: (target, name) => (typeof name === 'string' && asked.add(name), Reflect.has(target, name)),
    ownKeys: (target) => ((all = true), Reflect.ownKeys(target)),
  });
  try {
    const loaded = await load();
    return { loaded, environment: all ? undefined : [...asked].sort() };
  } finally {
    process.env = env;
  }
}
