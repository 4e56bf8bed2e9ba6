import type { Node } from 'web-tree-sitter';
import type { SqlLiteral } from '../../declared-statement.js';

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
