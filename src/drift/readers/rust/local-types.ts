import type { Node } from 'web-tree-sitter';
import { groupBy } from '../../group.js';
import type { TypeSyntax } from './syntax.js';
import { readType } from './type-syntax.js';

/** Finds what a type means at a node: the target of an alias of the same file, else the type itself. */
export type Meaning = (type: TypeSyntax, node: Node) => TypeSyntax;

/**
 * What the types of a file's code mean. The item of the innermost block counts, as of Rust: in a function with
 * `type Found = (i64, String);`, `Found` is that tuple, whatever `Found` is elsewhere.
 */
export function meaningsIn(root: Node): Meaning {
  const items = root.descendantsOfType(['type_item', 'struct_item', 'enum_item']);
  const byName = groupBy(
    items.flatMap((item) => (item && isInScope(item) ? [item] : [])),
    (item) => item.childForFieldName('name')?.text ?? '',
  );
  return (type, node) => {
    const around = (byName.get(type.text) ?? []).filter(({ parent }) => parent && contains(parent, node));
    const [innermost] = around.sort((a, b) => (b.parent?.startIndex ?? 0) - (a.parent?.startIndex ?? 0));
    const target = innermost?.type === 'type_item' ? innermost.childForFieldName('type') : undefined;
    return target ? readType(target) : type;
  };
}

/** Whether code may name an item without a path: no `type Item = …` of a trait. */
function isInScope({ parent }: Node): boolean {
  return parent?.type !== 'declaration_list' || parent.parent?.type === 'mod_item';
}

function contains(outer: Node, inner: Node): boolean {
  return outer.startIndex <= inner.startIndex && inner.endIndex <= outer.endIndex;
}
