import type { Node } from 'web-tree-sitter';

/** The folder of a file's crate, as paths show it: what stands before `src/`. */
export function crateFolder(file: string): string {
  return /^(?:.*\/)?(?=src\/)/.exec(file)?.[0] ?? '';
}

/** The name of a file's crate in code: `api_types` of `crates/api-types/src/tag.rs`; empty where no folder names it. */
export function crateName(file: string): string {
  return crateFolder(file).split('/').at(-2)?.replaceAll('-', '_') ?? '';
}

/** Where the names that a file imports come from, as the first part of their paths: `api_types` for `Tag`. */
export function importsOf(root: Node): ReadonlyMap<string, string> {
  const pairs = root.descendantsOfType('use_declaration').flatMap((use) => {
    const path = use?.childForFieldName('argument')?.text ?? '';
    const [, first] = /^(?:::)?(\w+)\s*::/.exec(path) ?? [];
    if (first === undefined) return [];
    return [...path.matchAll(/\b\w+\b(?!\s*::)/g)].map(([name]) => [name, first] as const);
  });
  return new Map(pairs);
}
