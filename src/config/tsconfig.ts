import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, isAbsolute, join, resolve } from 'node:path';
import { objectIn, readJsonObject } from './jsonc.js';

/** The options of the TypeScript compiler that import lines depend on, in lower case. */
export interface CompilerOptions {
  readonly module?: string;
  readonly moduleResolution?: string;
  readonly target?: string;
  readonly noEmit?: boolean;
  readonly allowImportingTsExtensions?: boolean;
  readonly rewriteRelativeImportExtensions?: boolean;
}

const names = [
  'module',
  'moduleResolution',
  'target',
  'noEmit',
  'allowImportingTsExtensions',
  'rewriteRelativeImportExtensions',
] as const;

/**
 * The compiler options of a tsconfig.json and of what it extends; if it only names other projects (`references`), those
 * of the first one.
 */
export function compilerOptions(file: string): CompilerOptions {
  const own = optionsOf(file, []);
  if (own.module !== undefined || own.moduleResolution !== undefined) return own;
  const references = readJsonObject(readFileSync(file, 'utf8'))?.['references'];
  const [first] = Array.isArray(references) ? (references as readonly { readonly path?: unknown }[]) : [];
  if (typeof first?.path !== 'string') return own;
  const path = resolve(dirname(file), first.path);
  const referenced = path.endsWith('.json') ? path : join(path, 'tsconfig.json');
  return existsSync(referenced) ? { ...own, ...optionsOf(referenced, []) } : own;
}

function optionsOf(file: string, from: readonly string[]): CompilerOptions {
  const value = from.includes(file) ? undefined : readJsonObject(readFileSync(file, 'utf8'));
  if (!value) return {};
  const extended = [value['extends'] ?? []].flat().filter((name) => typeof name === 'string');
  let options: CompilerOptions = {};
  for (const name of extended) {
    const base = extendedFile(name, file);
    if (base !== undefined) options = { ...options, ...optionsOf(base, [...from, file]) };
  }
  const given = objectIn(value, 'compilerOptions');
  const own = names.flatMap((name) => (given[name] === undefined ? [] : [[name, lowered(given[name])] as const]));
  return { ...options, ...Object.fromEntries(own) };
}

const lowered = (value: unknown) => (typeof value === 'string' ? value.toLowerCase() : value);

/** The file that `extends` names, by path or in a package. Undefined if it does not exist. */
function extendedFile(name: string, from: string): string | undefined {
  const endings = ['', '.json', '/tsconfig.json'];
  if (name.startsWith('.') || isAbsolute(name))
    return endings.map((ending) => `${resolve(dirname(from), name)}${ending}`).find(isFile);
  const require = createRequire(from);
  for (const ending of endings) {
    try {
      const found = require.resolve(`${name}${ending}`);
      if (found.endsWith('.json')) return found;
    } catch {
      // It may have another ending.
    }
  }
  return undefined;
}

const isFile = (path: string) => path.endsWith('.json') && existsSync(path);
