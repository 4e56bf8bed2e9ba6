import type { Node } from 'web-tree-sitter';
import type { SqlLiteral } from '../../declared-statement.js';
import { describable } from './describable.js';
import { textNamedBy } from './expected-type.js';
import { formattedText, holesIn, strings, textOf } from './formatted-text.js';
import { implementedAround, implementedType } from './implementations.js';

/** The statement that a builder makes, as far as the code tells. */
interface Built {
  readonly literal: SqlLiteral;
  /** The strings that it begins with. */
  readonly nodes: readonly Node[];
}

/** A part that is only known at run time. */
const unknown = '{}';
const making = /\bQueryBuilder\s*(?:::\s*<[^()]*>\s*)?::\s*(?:new|with_arguments)$/;

/** Functions of a `QueryBuilder` that run its statement. */
export const running = /\.build_query_(?:as|scalar)$/;

/**
 * The statement of the `QueryBuilder` that a call of `build_query_as` runs: what it is made with, and what is pushed to
 * it in the same function, up to where its end is only known at run time. The builder is a variable, or a field that the
 * code of its type makes in one place.
 */
export function builtStatement(call: Node, root: Node, file: string): Built {
  const builder = receiverOf(call);
  const made = builder?.type === 'identifier' ? madeAs(builder) : builder && madeForField(builder, root);
  const first = made?.childForFieldName('arguments')?.firstNamedChild;
  const nodes = first?.descendantsOfType(strings).filter((node) => node !== null) ?? [];
  const text = made && first ? pieceOf(first, root) + pushedTo(made, call, root) : '';
  const sql = describable(text);
  const line = (nodes[0] ?? call).startPosition.row + 1;
  const known = sql === undefined ? { sql: text, ...holesIn(text) } : { sql };
  return { literal: { file, line, ...known, dynamic: true, adapted: true }, nodes };
}

/** The expression that a chain of calls starts from: `query` of `query.push("a").build_query_as()`, `self.query`. */
function receiverOf(call: Node): Node | undefined {
  const called = call.childForFieldName('function');
  const method = called?.type === 'generic_function' ? called.childForFieldName('function') : called;
  const receiver = method?.type === 'field_expression' ? method.childForFieldName('value') : undefined;
  return receiver?.type === 'call_expression' ? receiverOf(receiver) : (receiver ?? undefined);
}

/** The call that makes the builder of a variable: `QueryBuilder::new("select 1")`. */
function madeAs(variable: Node): Node | undefined {
  for (let around = variable.parent; around; around = around.parent) {
    if (around.type !== 'block') continue;
    const declared = around.namedChildren.findLast(
      (one) => one?.type === 'let_declaration' && one.startIndex < variable.startIndex && nameOf(one) === variable.text,
    );
    if (declared) return makersIn(declared)[0];
  }
  return undefined;
}

const nameOf = (declaration: Node): string | undefined => declaration.childForFieldName('pattern')?.text;

/** The call that makes the builder of a field, `self.query`, where the code of the type makes only one. */
function madeForField(field: Node, root: Node): Node | undefined {
  const type = implementedAround(field);
  if (type === undefined || field.childForFieldName('value')?.text !== 'self') return undefined;
  const own = root.descendantsOfType('impl_item').filter((one) => one && implementedType(one) === type);
  const made = own.flatMap((one) => (one ? makersIn(one) : []));
  return made.length === 1 ? made[0] : undefined;
}

function makersIn(node: Node): readonly Node[] {
  return node
    .descendantsOfType('call_expression')
    .flatMap((call) => (call && making.test(call.childForFieldName('function')?.text ?? '') ? [call] : []));
}

/** The text that is pushed to a builder between the call that makes it and the one that runs it. */
function pushedTo(made: Node, run: Node, root: Node): string {
  const declared = made.parent?.type === 'let_declaration' ? made.parent : undefined;
  const block = declared?.parent;
  const name = declared && nameOf(declared);
  if (!block || name === undefined) return unknown;
  return block
    .descendantsOfType('identifier')
    .flatMap((node) => {
      const isAfter = node && node.startIndex >= declared.endIndex && node.text === name;
      // A builder that the running call itself begins with may have parts pushed to it in that chain.
      const isBefore = node && node.startIndex <= run.startIndex;
      return isAfter && (isBefore || run.startIndex < declared.startIndex) ? [useOf(node, block, root)] : [];
    })
    .join('');
}

/** The text that a use of a builder adds to its statement: `query.push(" and a = ").push_bind(a)`. */
function useOf(builder: Node, block: Node, root: Node): string {
  if (isConditional(builder, block)) return unknown;
  let text = '';
  let value: Node = builder;
  for (let method = value.parent; method?.type === 'field_expression'; method = value.parent) {
    const call = method.parent?.type === 'generic_function' ? method.parent.parent : method.parent;
    if (call?.type !== 'call_expression') return text + unknown;
    const name = method.childForFieldName('field')?.text ?? '';
    if (/^build/.test(name)) return text;
    const argument = call.childForFieldName('arguments')?.firstNamedChild;
    if (name === 'push_bind') text += ' NULL ';
    else text += name === 'push' && argument ? pieceOf(argument, root) : unknown;
    value = call;
  }
  return value === builder ? unknown : text;
}

/** Whether a node stands in a block of its own inside another: of an `if`, a loop, a closure. */
function isConditional(node: Node, block: Node): boolean {
  for (let around = node.parent; around && around.id !== block.id; around = around.parent)
    if (/^(?:block|closure_expression|match_arm|if_expression)$/.test(around.type)) return true;
  return false;
}

function pieceOf(argument: Node, root: Node): string {
  const value = argument.type === 'reference_expression' ? (argument.childForFieldName('value') ?? argument) : argument;
  const given = textNamedBy(value, root) ?? value;
  if (strings.includes(given.type)) return textOf(given);
  const [format] = given.type === 'macro_invocation' ? given.descendantsOfType(strings) : [];
  return formattedText(given, root) ?? (format ? textOf(format) : unknown);
}
