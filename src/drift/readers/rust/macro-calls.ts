import type { Node } from 'web-tree-sitter';
import type { MacroCall } from './syntax.js';
import { lineOf } from './syntax-errors.js';

/** What is known of the call of a macro, whose expansion is not. */
export function macroCall(node: Node, file: string): MacroCall {
  const macro = node.childForFieldName('macro')?.text ?? '';
  const inside = node.text.slice(macro.length + 1);
  const made = [...inside.matchAll(/\b(?:struct|enum)\s+(?:r#)?([A-Za-z_]\w*)/g)].map(([, name = '']) => name);
  const argument = made[0] ?? /[A-Za-z_]\w*/.exec(inside)?.[0];
  const structs = [...inside.matchAll(/\bstruct\s+(?:r#)?([A-Za-z_]\w*)\s*(?:<[^{;(]*)?\{/g)].map(
    ([, name = '']) => name,
  );
  return {
    macro,
    structs,
    made,
    text: inside,
    file,
    line: lineOf(node),
    ...(argument === undefined ? {} : { argument }),
  };
}
