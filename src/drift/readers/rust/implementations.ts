import type { Node } from 'web-tree-sitter';
import { readType } from './type-syntax.js';

/** The name of the type that an `impl` is for, without its parameters: `Tasks` of `impl<'a> Tasks<'a>`. */
export function implementedType(implementation: Node): string | undefined {
  const type = implementation.childForFieldName('type');
  return type ? readType(type).name : undefined;
}

/** The type of the `impl` that a node stands in. */
export function implementedAround(node: Node): string | undefined {
  let around = node.parent;
  while (around && around.type !== 'impl_item') around = around.parent;
  return around ? implementedType(around) : undefined;
}
