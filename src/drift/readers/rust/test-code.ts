import type { Node } from 'web-tree-sitter';
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
