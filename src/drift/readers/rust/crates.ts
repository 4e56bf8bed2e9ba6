import type { Node } from 'web-tree-sitter';

/** The folder of a file's crate: the part of its path before `src/`. */
export function crateFolder(file: string): string {
  return /^(?:.*\/)?(?=src\/)/.exec(file)?.[0] ?? '';
}

/** The name of a file's crate in code: `api_types` of `crates/api-types/src/tag.rs`; empty where no folder names it. */
export function crateName(file: string): string {
  return crateFolder(file).split('/').at(-2)?.replaceAll('-', '_') ?? '';
}

/** The first part of the path of each name that a file imports: `api_types` for the `Tag` of `use api_types::Tag`. */
export function importsOf(root: Node): ReadonlyMap<string, string> {
  const pairs = root.descendantsOfType('use_declaration').flatMap((use) => {
    const path = use?.childForFieldName('argument')?.text ?? '';
    const [, first] = /^(?:::)?(\w+)\s*::/.exec(path) ?? [];
    if (first === undefined) return [];
    return [...path.matchAll(/\b\w+\b(?!\s*::)/g)].map(([name]) => [name, first] as const);
  });
  return new Map(pairs);
}
