import type { Node } from 'web-tree-sitter';
import { partsOf } from './parts.js';

/** The folder of a file's crate: the part of its path before `src/`. */
export function crateFolder(file: string): string {
  return /^(?:.*\/)?(?=src\/)/.exec(file)?.[0] ?? '';
}

/** The name of a file's crate in code: `api_types` of `crates/api-types/src/tag.rs`; empty where no folder names it. */
export function crateName(file: string): string {
  return crateFolder(file).split('/').at(-2)?.replaceAll('-', '_') ?? '';
}

/** A name that a file imports, with its whole path: `Label`, `['tags', 'Tag']` of `use tags::Tag as Label`. */
export interface ImportedName {
  readonly name: string;
  readonly path: readonly string[];
}

/** The modules of each name that a file imports: `api_types`, `tags` for the `Tag` of `use api_types::tags::Tag`. */
export function importsOf(imports: readonly ImportedName[]): ReadonlyMap<string, readonly string[]> {
  return new Map(imports.map(({ name, path }) => [name, path.slice(0, -1)]));
}

/** The modules of which a file imports all names: `tags` of `use api_types::tags::*`. */
export function globsOf(imports: readonly ImportedName[]): readonly string[] {
  return imports.flatMap(({ name, path }) => (name === '*' ? [path.at(-2) ?? ''] : []));
}

/** The names that all `use` of a file import. */
export function importsIn(root: Node): readonly ImportedName[] {
  return root.descendantsOfType('use_declaration').flatMap((use) => (use ? importedBy(use) : []));
}

/** The names that one `use` imports. */
export function importedBy(use: Node): readonly ImportedName[] {
  return importedIn(use.childForFieldName('argument')?.text ?? '', []);
}

/** The names of a path, `a::{b, c::d as e, f::{self}}`, each with its modules. */
function importedIn(path: string, before: readonly string[]): readonly ImportedName[] {
  const [, start = '', list] = /^([^{]*?)(?:\{([\s\S]*)\})?$/.exec(path.trim()) ?? [];
  const [written = '', alias] = start.split(/\s+as\s+/);
  const parts = written.split('::').flatMap((part) => (part.trim() === '' ? [] : [part.trim().replace(/^r#/, '')]));
  if (list !== undefined) return partsOf(list).flatMap((part) => importedIn(part, [...before, ...parts]));
  const whole = [...before, ...parts];
  const named = whole.at(-1) === 'self' ? whole.slice(0, -1) : whole;
  const name = alias?.trim() ?? named.at(-1);
  return name === undefined || named.length < 2 ? [] : [{ name, path: named }];
}
