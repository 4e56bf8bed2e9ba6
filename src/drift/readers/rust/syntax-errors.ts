import type { Node } from 'web-tree-sitter';
import type { Unread } from '../../declared.js';

const reason = 'the text is not valid Rust';

/**
 * Syntax errors of a file: one for a damaged item, or for the file, where it has several. Such a file may hold another
 * language's text, or a grammar's examples. An item that can hide no model is left out: a function without a struct, an
 * alias, whose type is then unknown.
 */
export function syntaxErrors(root: Node, file: string, isRead: (node: Node) => boolean): readonly Unread[] {
  if (!root.hasError) return [];
  const damaged = damagedIn(root, isRead);
  const isNone = damaged.some(({ type, text }) => type === 'ERROR' && text.length * 2 >= root.text.length);
  if (root.type === 'ERROR' || isNone || (damaged.length === 0 && !root.namedChildren.some((item) => item?.hasError)))
    return [broken(file, file, 1, reason)];
  const hiding = damaged.filter(mayHide);
  const [first] = hiding;
  if (!first) return [];
  if (hiding.length > 1) return [broken(file, file, lineOf(first), `${reason} in ${hiding.length} places`)];
  return [broken(first.childForFieldName('name')?.text ?? file, file, lineOf(first), reason)];
}

/** The damaged items, of modules those inside. */
function damagedIn(list: Node, isRead: (node: Node) => boolean): readonly Node[] {
  return list.namedChildren.flatMap((item): readonly Node[] => {
    if (!item?.hasError || !isRead(item)) return [];
    const body = item.type === 'mod_item' ? item.childForFieldName('body') : undefined;
    const inside = body?.hasError ? damagedIn(body, isRead) : [];
    return inside.length > 0 ? inside : [item];
  });
}

/** Comments and strings, in which the word `struct` declares nothing. */
const words = /\/\/[^\n]*|\/\*[\s\S]*?\*\/|"(?:[^"\\]|\\.)*"/g;

/**
 * Whether a damaged item may hide a model: it declares a struct or a `table!`, or has swallowed one because a brace is
 * missing.
 */
function mayHide({ type, text }: Node): boolean {
  return type !== 'macro_definition' && /\bstruct\b|\btable\s*!/.test(text.replace(words, ''));
}

export function broken(name: string, file: string, line: number, why: string): Unread {
  return { name, file, line, reason: why, broken: true };
}

/** Line of the name of an item, not of an attribute above it. */
export function lineOf(node: Node): number {
  return (node.childForFieldName('name') ?? node).startPosition.row + 1;
}
