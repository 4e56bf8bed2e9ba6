import type { Node } from 'web-tree-sitter';
import type { SourceText } from '../../declared.js';
import { crateFolder } from './crates.js';
import { preambleOf } from './local-structs.js';

/**
 * Which nodes of a file are read: those outside of `#[cfg(test)]` and `#[test]`. What tests make is not what the
 * program reads and writes, such as tables of an older schema, and who runs the tests sees what fails in them.
 */
export function outsideTests(root: Node): (node: Node) => boolean {
  const ranges = root.descendantsOfType(['mod_item', 'function_item']).flatMap((item) => {
    if (!item || !preambleOf(item).some(({ text }) => isForTests.test(text))) return [];
    return [{ start: item.startIndex, end: item.endIndex }];
  });
  return ({ startIndex }) => !ranges.some(({ start, end }) => start <= startIndex && startIndex < end);
}

const isForTests = /^#\s*\[\s*(?:cfg\s*\(\s*(?:test\b|all\s*\(\s*test\b)|(?:\w+\s*::\s*)*test\b)/;

/** Module files that only tests have: `#[cfg(test)] mod tests;`. */
const testModule =
  /#\s*\[\s*cfg\s*\(\s*(?:test\b|all\s*\(\s*test\b)[^\]]*\]\s*(?:pub(?:\([^)]*\))?\s+)?mod\s+(\w+)\s*;/g;

/**
 * The files without those that are only for tests: the file or folder of a module that its parent compiles for tests,
 * and the folder `tests` beside the `src` of a crate.
 */
export function withoutTestFiles(files: readonly SourceText[]): readonly SourceText[] {
  const modules = files.flatMap(({ file, text }) =>
    [...text.matchAll(testModule)].map(([, name = '']) => `${moduleFolder(file)}${name}`),
  );
  const crates = new Set(files.filter(({ file }) => /(?:^|\/)src\//.test(file)).map(({ file }) => crateFolder(file)));
  const isForTests = ({ file }: SourceText) =>
    modules.some((module) => file === `${module}.rs` || file.startsWith(`${module}/`)) ||
    crates.has(/^((?:.*\/)?)tests\//.exec(file)?.[1] ?? '-');
  return files.filter((file) => !isForTests(file));
}

/** The folder that has the modules of a file: `src/db/` for `src/db.rs` and for `src/db/mod.rs`. */
function moduleFolder(file: string): string {
  const folder = file.replace(/\.rs$/, '/');
  return folder.replace(/(?<=^|\/)(?:lib|main|mod)\/$/, '');
}
