import type { Node } from 'web-tree-sitter';
import type { SqlLiteral } from '../../declared.js';

/** A struct that a function declares for itself, and the body of the function. */
export interface LocalStruct {
  readonly node: Node;
  readonly body: Node;
}

/** The structs inside functions that a statement of the same function fills: `struct Count { n: i64 }`. */
export function localStructs(root: Node, literals: readonly SqlLiteral[]): readonly LocalStruct[] {
  const filled = new Set(literals.flatMap(({ into }) => into ?? []));
  if (filled.size === 0) return [];
  return root.descendantsOfType('struct_item').flatMap((node) => {
    const body = node?.parent;
    return node && body?.type === 'block' && filled.has(node.childForFieldName('name')?.text ?? '')
      ? [{ node, body }]
      : [];
  });
}

const preamble: ReadonlySet<string> = new Set(['attribute_item', 'line_comment', 'block_comment']);

/** Whether a node is an attribute or a comment before an item. */
export const isPreamble = ({ type }: Node): boolean => preamble.has(type);

/** The attributes and comments before an item, in the order of the text. */
export function preambleOf(item: Node): readonly Node[] {
  const found: Node[] = [];
  for (let node = item.previousNamedSibling; node && isPreamble(node); node = node.previousNamedSibling)
    found.unshift(node);
  return found;
}
