import type { Node } from 'web-tree-sitter';
import { addPreamble, isPreamble, noPreamble } from './preamble.js';
import type { RustField } from './syntax.js';
import { lineOf } from './syntax-errors.js';
import { readType } from './type-syntax.js';

/** The named fields of a struct that are of the program. */
export function readFields(body: Node, isRead: (node: Node) => boolean): readonly RustField[] {
  const fields: RustField[] = [];
  let pieces = noPreamble();
  for (const node of body.namedChildren) {
    if (!node) continue;
    if (isPreamble(node)) {
      addPreamble(pieces, node);
      continue;
    }
    const type = node.childForFieldName('type');
    if (node.type === 'field_declaration' && type && isRead(node)) {
      const name = nameOf(node);
      // Of a pair under `#[cfg(…)]` only one is compiled.
      if (!fields.some((field) => field.name === name))
        fields.push({ name, line: lineOf(node), attributes: pieces.attributes, type: readType(type) });
    }
    pieces = noPreamble();
  }
  return fields;
}

/** Name of an item; a raw name, `r#type`, is `type`. */
export function nameOf(node: Node): string {
  return (node.childForFieldName('name')?.text ?? '').replace(/^r#/, '');
}
