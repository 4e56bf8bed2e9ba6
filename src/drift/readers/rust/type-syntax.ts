import type { Node } from 'web-tree-sitter';
import type { TypeSyntax } from './syntax.js';

/** Deepest types inside types that are read; deeper ones stay text. */
const deepest = 32;

/** Reads a node of a type as a tree of names. */
export function readType(node: Node, depth = 0): TypeSyntax {
  const text = node.text.replace(/\s+/g, ' ');
  const inner = (child: Node | null): readonly TypeSyntax[] =>
    child && depth < deepest ? [readType(child, depth + 1)] : [];
  switch (node.type) {
    case 'generic_type': {
      const parameters =
        node.childForFieldName('type_arguments')?.namedChildren.filter((child) => child !== null) ?? [];
      const types = parameters.filter(isType).flatMap(inner);
      return { text, name: lastName(node.childForFieldName('type')?.text ?? text), arguments: types };
    }
    case 'reference_type': {
      const [type] = inner(node.childForFieldName('type'));
      return type ? { ...type, text } : leaf(text);
    }
    case 'array_type':
      return { text, name: '[]', arguments: inner(node.childForFieldName('element')) };
    case 'tuple_type':
      return { text, name: '()', arguments: node.namedChildren.filter(isType).flatMap(inner) };
    case 'unit_type':
      return { text, name: '()', arguments: [] };
    default:
      return leaf(text);
  }
}

const others: ReadonlySet<string> = new Set(['lifetime', 'line_comment', 'block_comment']);

function isType(node: Node | null): boolean {
  return node !== null && !others.has(node.type);
}

/** A type that an attribute writes as text: `i64`, `Vec<u8>`. */
export function typeOfText(text: string): TypeSyntax {
  const [, name = text, inner] = /^([\w:]+)<(.*)>$/s.exec(text.trim()) ?? [];
  return { text, name: lastName(name), arguments: inner === undefined ? [] : [typeOfText(inner)] };
}

function leaf(text: string): TypeSyntax {
  return { text, name: lastName(text), arguments: [] };
}

function lastName(path: string): string {
  return path.split('::').at(-1)?.trim().replace(/^r#/, '') ?? path;
}
