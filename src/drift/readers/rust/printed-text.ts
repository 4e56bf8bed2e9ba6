import type { Node } from 'web-tree-sitter';

/** Macros whose texts are for people. */
const printing =
  /^(?:\w+\s*::\s*)*(?:e?print(?:ln)?|trace|debug|info|warn|error|panic|bail|anyhow|todo|assert\w*|expect)$/;

/** Whether a text stands in one of them: `println!("deleted from tasks")`. */
export function isPrinted(node: Node): boolean {
  let around = node.parent;
  while (around?.type === 'token_tree') around = around.parent;
  return around?.type === 'macro_invocation' && printing.test(around.childForFieldName('macro')?.text ?? '');
}
