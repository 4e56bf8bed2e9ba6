import type { Node } from 'web-tree-sitter';
import type { TypeSyntax } from './syntax.js';
import { readType } from './type-syntax.js';

/** Calls and operators that leave the rows of a query as they are, apart from how many are asked for. */
const keeping =
  /^(?:bind|bind_all|persistent|fetch|fetch_one|fetch_optional|fetch_all|map_err|inspect_err|ok_or|ok_or_else|transpose|context|with_context|instrument|boxed|into_stream|into_iter|collect|into_boxed|load|load_iter|get_result|get_results|first|optional|unwrap|expect|unwrap_or_default|unwrap_or_else|unwrap_or)$/;
/** Calls of Diesel that run a query, and may say what its rows are read into. */
const loading = /\.\s*(?:load|load_iter|get_results?|first)$/;
const passing: ReadonlySet<string> = new Set(['await_expression', 'try_expression', 'parenthesized_expression']);

/**
 * The type that the code expects of a query, where the query itself says none: that of the call which runs it,
 * `sql_query(…).load::<Task>(db)`, that of its `let`, `let task: Option<Task> = query_as(…).fetch_optional(db).await?`,
 * or what the function returns that it is the value of.
 */
export function expectedOf(call: Node): TypeSyntax | undefined {
  let value = call;
  for (let node = call.parent; node; node = node.parent) {
    if (node.type === 'generic_function' && loading.test(node.childForFieldName('function')?.text ?? ''))
      return rowOf(node.childForFieldName('type_arguments')?.namedChild(0) ?? null);
    if (passing.has(node.type) || isKept(node) || isWrapping(node) || isMatched(node, value)) {
      value = node;
      continue;
    }
    if (node.type === 'let_declaration')
      return rowOf(node.childForFieldName('type') ?? returnOf(node) ?? parameterOf(node));
    if (node.type === 'return_expression' || (node.type === 'block' && isLast(node, value))) {
      const owner = node.type === 'block' ? node.parent : functionAround(node);
      return owner?.type === 'function_item' ? rowOf(owner.childForFieldName('return_type')) : undefined;
    }
    return undefined;
  }
  return undefined;
}

/** What a function returns whose value is the variable of a `let`: `let tasks = query_as(…); Ok(tasks)`. */
function returnOf(declaration: Node): Node | null {
  const name = declaration.childForFieldName('pattern')?.text ?? '';
  const { parent: block } = declaration;
  const last = block?.lastNamedChild?.text.replace(/^(?:Ok|Some)\s*\(([\s\S]*)\)$/, '$1').trim();
  const isReturned = block?.parent?.type === 'function_item' && last === name;
  return isReturned ? (block.parent?.childForFieldName('return_type') ?? null) : null;
}

/** The type that a function of the file takes for the variable of a `let`: `let rows = query_as(…); Self::sum(rows)`. */
function parameterOf(declaration: Node): Node | null {
  const { parent: block } = declaration;
  const name = declaration.childForFieldName('pattern')?.text ?? '';
  const isOther = (one: Node | null) => one?.childForFieldName('pattern')?.text === name && one.id !== declaration.id;
  if (!block || block.descendantsOfType('let_declaration').some(isOther)) return null;
  for (const call of block.descendantsOfType('call_expression')) {
    const place =
      call
        ?.childForFieldName('arguments')
        ?.namedChildren.findIndex((given) => given?.text.replace(/^&/, '') === name) ?? -1;
    const called = /(?:^|\bself\s*\.\s*|::\s*)(\w+)$/.exec(call?.childForFieldName('function')?.text ?? '')?.[1];
    if (place < 0 || called === undefined) continue;
    const functions = rootOf(block).descendantsOfType('function_item');
    const taking = functions.find((one) => one?.childForFieldName('name')?.text === called);
    const parameters = taking?.childForFieldName('parameters')?.namedChildren ?? [];
    return parameters.filter((one) => one?.type === 'parameter')[place]?.childForFieldName('type') ?? null;
  }
  return null;
}

function rootOf(node: Node): Node {
  let root = node;
  while (root.parent) root = root.parent;
  return root;
}

/** Whether a node is a step of a chain of calls: `.bind(id)`, `.bind::<Text, _>(id)`. */
function isKept(node: Node): boolean {
  if (node.type === 'field_expression') return keeping.test(node.childForFieldName('field')?.text ?? '');
  const called = node.type === 'generic_function' ? node : node.childForFieldName('function');
  const method = called?.type === 'generic_function' ? called.childForFieldName('function') : called;
  return /^(?:call_expression|generic_function)$/.test(node.type) && method?.type === 'field_expression';
}

/** Whether a node is a part of `Ok(…)`. */
function isWrapping(node: Node): boolean {
  const call = node.type === 'arguments' ? node.parent : node;
  return call?.type === 'call_expression' && /^(?:Ok|Some)$/.test(call.childForFieldName('function')?.text ?? '');
}

/** Whether a `match` gives what is in its value: `match query_as(sql) { Ok(tasks) => tasks, Err(_) => return }`. */
function isMatched(node: Node, value: Node): boolean {
  if (node.type !== 'match_expression' || node.childForFieldName('value')?.id !== value.id) return false;
  const arms = node.childForFieldName('body')?.namedChildren ?? [];
  return arms.some((arm) => /^(?:Ok|Some)\s*\(\s*(\w+)\s*\)\s*=>\s*\1\s*,?$/.test(arm?.text ?? ''));
}

const isLast = (block: Node, value: Node): boolean => block.lastNamedChild?.id === value.id;

function functionAround(node: Node): Node | null {
  let around = node.parent;
  while (around && !/^(?:function_item|closure_expression|async_block)$/.test(around.type)) around = around.parent;
  return around;
}

/** The innermost type of `Result<Vec<Task>, Error>`. */
export function rowOf(type: Node | null): TypeSyntax | undefined {
  if (!type) return undefined;
  let row: TypeSyntax = readType(type);
  while (row.arguments[0] && /^(?:\w*Result|Option|Vec|VecDeque|HashSet|BTreeSet|BoxStream|\[\])$/.test(row.name))
    row = row.arguments[0];
  return row;
}

/**
 * The text that an argument names: of a constant, `const FIND: &str = "select 1"`, in the same function or the file, or
 * of a variable of the function that is never changed, `let sql = format!("select {columns}")`.
 */
export function textNamedBy(argument: Node, root: Node): Node | undefined {
  const name = argument.type === 'reference_expression' ? argument.childForFieldName('value') : argument;
  if (name?.type !== 'identifier') return undefined;
  const isAround = ({ parent }: Node) =>
    parent !== null && parent.startIndex <= name.startIndex && name.endIndex <= parent.endIndex;
  const declares = (item: Node | null) => {
    const isNamed = (item?.childForFieldName('name') ?? item?.childForFieldName('pattern'))?.text === name.text;
    return item && isNamed && isAround(item) && item.startIndex < name.startIndex ? [item] : [];
  };
  const variables = functionAround(name)?.descendantsOfType('let_declaration').flatMap(declares) ?? [];
  const constants = root.descendantsOfType(['const_item', 'static_item']).filter((item) => item && isAround(item));
  const item = variables.at(-1) ?? constants.findLast((one) => one?.childForFieldName('name')?.text === name.text);
  const value = item?.childForFieldName('value');
  if (!value || item?.namedChildren.some((child) => child?.type === 'mutable_specifier')) return undefined;
  const text = value.type === 'reference_expression' ? value.childForFieldName('value') : value;
  return text && texts.has(text.type) ? text : undefined;
}

const texts: ReadonlySet<string> = new Set(['string_literal', 'raw_string_literal', 'macro_invocation']);
