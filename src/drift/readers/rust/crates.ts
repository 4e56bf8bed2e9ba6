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

/** The modules of each name that a file imports: `api_types`, `tags` for the `Tag` of `use api_types::tags::Tag`. */
export function importsOf(root: Node): ReadonlyMap<string, readonly string[]> {
  return new Map(importsIn(root));
}

/** The modules of which a file imports all names: `tags` of `use api_types::tags::*`. */
export function globsOf(root: Node): readonly string[] {
  return importsIn(root).flatMap(([name, modules]) => (name === '*' ? [modules.at(-1) ?? ''] : []));
}

function importsIn(root: Node): readonly (readonly [string, readonly string[]])[] {
  return root
    .descendantsOfType('use_declaration')
    .flatMap((use) => importedIn(use?.childForFieldName('argument')?.text ?? '', []));
}

/** The names of a path, `a::{b, c::d as e}`, each with its modules. */
function importedIn(path: string, before: readonly string[]): readonly (readonly [string, readonly string[]])[] {
  const [, start = '', list] = /^([^{]*?)(?:\{([\s\S]*)\})?$/.exec(path.trim()) ?? [];
  const [written = '', alias] = start.split(/\s+as\s+/);
  const parts = written.split('::').flatMap((part) => (part.trim() === '' ? [] : [part.trim()]));
  if (list !== undefined) return partsOf(list).flatMap((part) => importedIn(part, [...before, ...parts]));
  const name = alias?.trim() ?? parts.at(-1);
  const modules = [...before, ...parts.slice(0, -1)];
  return name === undefined || modules.length === 0 ? [] : [[name, modules]];
}
