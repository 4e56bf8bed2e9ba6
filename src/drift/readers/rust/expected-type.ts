import type { Node } from 'web-tree-sitter';
import type { TypeSyntax } from './syntax.js';
import { readType } from './type-syntax.js';

/** Calls and operators that leave the rows of a query as they are, apart from how many are asked for. */
const keeping =
  /^(?:bind|bind_all|persistent|fetch|fetch_one|fetch_optional|fetch_all|map_err|context|with_context|instrument|boxed|into_stream)$/;
const passing: ReadonlySet<string> = new Set(['await_expression', 'try_expression', 'parenthesized_expression']);

/**
 * The type that the code expects of a query, where the query itself says none: that of its `let`, `let task:
 * Option<Task> = query_as(…).fetch_optional(db).await?`, or what the function returns that it is the value of.
 */
export function expectedOf(call: Node): TypeSyntax | undefined {
  let value = call;
  for (let node = call.parent; node; node = node.parent) {
    if (passing.has(node.type) || isKept(node)) {
      value = node;
      continue;
    }
    if (node.type === 'let_declaration') return rowOf(node.childForFieldName('type'));
    if (node.type === 'return_expression' || (node.type === 'block' && isLast(node, value))) {
      const owner = node.type === 'block' ? node.parent : functionAround(node);
      return owner?.type === 'function_item' ? rowOf(owner.childForFieldName('return_type')) : undefined;
    }
    return undefined;
  }
  return undefined;
}

/** Whether a node is a step of a chain of calls: `.bind(id)`. */
function isKept(node: Node): boolean {
  if (node.type === 'field_expression') return keeping.test(node.childForFieldName('field')?.text ?? '');
  return node.type === 'call_expression' && node.childForFieldName('function')?.type === 'field_expression';
}

const isLast = (block: Node, value: Node): boolean => block.lastNamedChild?.id === value.id;

function functionAround(node: Node): Node | null {
  let around = node.parent;
  while (around && !/^(?:function_item|closure_expression|async_block)$/.test(around.type)) around = around.parent;
  return around;
}

/** The innermost type of `Result<Vec<Task>, Error>`. */
function rowOf(type: Node | null): TypeSyntax | undefined {
  if (!type) return undefined;
  let row: TypeSyntax = readType(type);
  while (row.arguments[0] && /^(?:\w*Result|Option|Vec|BoxStream)$/.test(row.name)) row = row.arguments[0];
  return row;
}

/** The text of a constant that an argument names: `const FIND: &str = "select 1"`, in the same function or the file. */
export function constantOf(argument: Node, root: Node): Node | undefined {
  if (argument.type !== 'identifier') return undefined;
  const constants = root
    .descendantsOfType('const_item')
    .flatMap((item) => (item?.childForFieldName('name')?.text === argument.text ? [item] : []));
  const isAround = ({ parent }: Node) =>
    parent !== null && parent.startIndex <= argument.startIndex && argument.endIndex <= parent.endIndex;
  return constants.filter(isAround).at(-1)?.childForFieldName('value') ?? undefined;
}
