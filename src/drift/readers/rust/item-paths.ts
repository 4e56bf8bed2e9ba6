import { append } from '../../group.js';
import { crateFolder, crateName } from './crates.js';
import type { PlacedImport, RustStruct } from './syntax.js';

/** Where an item stands: its file, and the modules around it there. */
export interface Place {
  readonly file: string;
  readonly modules: readonly string[];
}

/** An item with the name by which paths end in it. */
export interface NamedItem<Item> extends Place {
  readonly name: string;
  readonly item: Item;
}

/** The item that a path leads to, seen from a place: `crate::schema::billing::invoices`, `invoices`. */
export type ItemAt<Item> = (path: string, from: Place) => Item | undefined;

/** What names lead to that were looked up already, or are being looked up. */
type Seen = Map<string, string | undefined>;

/** Most imports that are followed for one path. */
const mostImports = 200;

/**
 * Follows paths to items as the compiler does, through modules and what they import:
 * `pub mod billing { pub use super::billing_schema::generated::*; }`.
 */
export function itemsByPath<Item>(items: readonly NamedItem<Item>[], imports: readonly PlacedImport[]): ItemAt<Item> {
  const declared = new Map(items.map((one) => [`${placeOf(one)}::${one.name}`, one.item]));
  const known = new Set([...declared.keys(), ...imports.map(placeOf)].flatMap(withModulesAround));
  const imported = new Map<string, (readonly string[])[]>();
  for (const one of imports) append(imported, `${placeOf(one)}::${one.name}`, one.path);
  const crates = new Map(items.map(({ file }) => [crateName(file), crateFolder(file)]));

  /** What a module calls by a name: an item of its own, one that it imports, or one of a module that it imports whole. */
  function find(module: string, name: string, seen: Seen): string | undefined {
    const own = `${module}::${name}`;
    if (known.has(own)) return own;
    if (seen.has(own) || seen.size >= mostImports) return seen.get(own);
    seen.set(own, undefined);
    const named = imported.get(own) ?? [];
    const whole = imported.get(`${module}::*`) ?? [];
    const paths = [...named, ...whole.map((path) => [...path.slice(0, -1), name])];
    const found = first(paths, (path) => follow(module, path, seen));
    seen.set(own, found);
    return found;
  }

  function follow(module: string, path: readonly string[], seen: Seen): string | undefined {
    const [start = '', ...rest] = path;
    let reached: string | undefined;
    if (start === 'crate') reached = module.replace(/::.*$/s, '');
    else if (start === 'self') reached = module;
    else if (start === 'super') reached = module.replace(/::[^:]*$/, '');
    else reached = find(module, start, seen) ?? crates.get(start);
    for (const part of rest) {
      if (reached === undefined) return undefined;
      reached = part === 'super' ? reached.replace(/::[^:]*$/, '') : find(reached, part, seen);
    }
    return reached;
  }

  return (path, from) => declared.get(follow(placeOf(from), path.split('::'), new Map()) ?? '');
}

/** Where a struct stands. */
export const placeOfStruct = ({ file, path }: Pick<RustStruct, 'file' | 'path'>): Place => ({
  file,
  modules: path.split('::').slice(0, -1),
});

/** The path of a module, with the folder of its crate as the root: `crates/db/::schema::billing`. */
function placeOf({ file, modules }: Place): string {
  const crate = crateFolder(file);
  const inside = file
    .slice(crate.length)
    .replace(/^src\//, '')
    .replace(/(?:(?:^|\/)(?:mod|lib|main))?\.rs$/, '');
  return [crate, ...inside.split('/').filter((part) => part !== ''), ...modules].join('::');
}

/** A path and those of the modules around it: `a::b::c` → `a::b::c`, `a::b`, `a`. */
function withModulesAround(path: string): readonly string[] {
  const parts = path.split('::');
  return parts.map((_, index) => parts.slice(0, index + 1).join('::'));
}

function first<Item, Found>(items: readonly Item[], find: (item: Item) => Found | undefined): Found | undefined {
  for (const item of items) {
    const found = find(item);
    if (found !== undefined) return found;
  }
  return undefined;
}
