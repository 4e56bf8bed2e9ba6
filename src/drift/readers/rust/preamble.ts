import type { Node } from 'web-tree-sitter';
import { readAttribute } from './attributes.js';
import type { Attribute } from './syntax.js';

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

/** Attributes and doc comments before an item. */
export interface Preamble {
  readonly attributes: Attribute[];
  readonly doc: string[];
}

export const noPreamble = (): Preamble => ({ attributes: [], doc: [] });

export function addPreamble({ attributes, doc }: Preamble, node: Node): void {
  const text = node.childForFieldName('doc')?.text;
  if (node.type === 'attribute_item') for (const attribute of readAttribute(node)) attributes.push(attribute);
  else if (text !== undefined) doc.push(text.trim());
}
