import type { Node } from 'web-tree-sitter';
import { truthOf } from './conditions.js';
import { databaseNamedIn } from './other-databases.js';
import { isPreamble } from './preamble.js';

/**
 * Which nodes of a file are of the program for PostgreSQL: those outside of `#[cfg(test)]`, `#[test]`,
 * `#[cfg(feature = "mysql")]`, and of functions and implementations whose heads name another driver. What tests make is
 * not what the program reads and writes, such as tables of an older schema, and who runs the tests sees what fails.
 */
export function ofProgram(root: Node): (node: Node) => boolean {
  const conditional = root.descendantsOfType('attribute_item').flatMap((attribute) => {
    const item = attribute && isLeftOut(attribute.text) ? itemAfter(attribute) : undefined;
    return item ?? [];
  });
  const foreign = root
    .descendantsOfType(['impl_item', 'function_item'])
    .flatMap((item) => (item && databaseNamedIn([headOf(item)]) !== undefined ? [item] : []));
  const ranges = [...conditional, ...foreign].map(({ startIndex, endIndex }) => ({ startIndex, endIndex }));
  return ({ startIndex: at }) => !ranges.some(({ startIndex, endIndex }) => startIndex <= at && at < endIndex);
}

/** Whether an attribute leaves what follows out of the program: `#[test]`, `#[cfg(feature = "mysql")]`. */
export function isLeftOut(attribute: string): boolean {
  if (/^#\s*\[\s*(?:\w+\s*::\s*)*test\b/.test(attribute)) return true;
  const [, condition] = /^#\s*\[\s*cfg\s*\(([\s\S]*)\)\s*\]$/.exec(attribute) ?? [];
  return condition !== undefined && truthOf(condition) === false;
}

/** The item, field or statement that an attribute is for. */
function itemAfter(attribute: Node): Node | undefined {
  let node = attribute.nextNamedSibling;
  while (node && isPreamble(node)) node = node.nextNamedSibling;
  return node ?? undefined;
}

/** The text of an item before its body: `impl Store for Operations<SqliteConnection>`. */
function headOf(item: Node): string {
  const body = item.childForFieldName('body');
  return body ? item.text.slice(0, body.startIndex - item.startIndex) : item.text;
}
