import type ts from '@typescript/typescript6';
import { enter, lineOf, oneLine, type Member, type ResolvedTs, type Scope } from './shape.js';
import { arrayOf, plain, unite, unknown } from './types.js';

/** What a schema's constructor accepts, by the name after `z.`; nested names (`z.iso.datetime`, `z.coerce.date`) count by their last. */
const constructors: Readonly<Record<string, string>> = {
  string: 'string', uuid: 'string', guid: 'string', email: 'string', url: 'string', cuid: 'string', ulid: 'string', nanoid: 'string', datetime: 'string', time: 'string', enum: 'string',
  nativeEnum: 'string', number: 'number', int: 'number', int32: 'number', uint32: 'number', float32: 'number', float64: 'number', bigint: 'bigint', int64: 'bigint', boolean: 'boolean',
  date: 'Date', any: 'any', unknown: 'any', json: 'any', record: 'object', object: 'object', strictObject: 'object', looseObject: 'object', map: 'object', tuple: 'object', null: 'null', undefined: 'null',
};

const objects = new Set(['object', 'strictObject', 'looseObject', 'interface']);
/** Methods that change what comes out in a way that only running them tells. */
const opaque = new Set(['transform', 'pipe', 'preprocess', 'overwrite']);

interface Call {
  readonly name: string;
  readonly arguments: readonly ts.Expression[];
}

/** `z.string().max(3).nullable()` → `string`, `max`, `nullable`, and what the chain stands on. */
function chainOf({ ts }: Scope, expression: ts.Expression): { readonly base: ts.Expression; readonly calls: readonly Call[] } {
  const calls: Call[] = [];
  let node = expression;
  while (ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression)) {
    calls.unshift({ name: node.expression.name.text, arguments: node.arguments });
    node = node.expression.expression;
  }
  return { base: node, calls };
}

/** Whether a variable's value is a zod object, or is made from one. */
export function isZodObject(scope: Scope, expression: ts.Expression | undefined): boolean {
  if (!expression) return false;
  const { base, calls: [first] } = chainOf(scope, expression);
  const name = base.getText();
  if (first && name === 'z') return objects.has(first.name);
  const declared = scope.declarations.get(name);
  const inner = declared ? enter(scope, name) : undefined;
  return Boolean(inner && declared && scope.ts.isVariableDeclaration(declared.node) && isZodObject(inner, declared.node.initializer));
}

/** The keys of a zod object; undefined where one of the calls cannot be read. */
export function zodMembers(scope: Scope, expression: ts.Expression | undefined): readonly Member[] | undefined {
  if (!expression) return undefined;
  const { base, calls } = chainOf(scope, expression);
  const [first, ...others] = calls;
  const fromZ = base.getText() === 'z' && first !== undefined && objects.has(first.name);
  let members = fromZ ? objectMembers(scope, first.arguments[0]) : referredMembers(scope, base);
  for (const call of fromZ ? others : calls) members = members && applyMethod(scope, members, call);
  return members;
}

function referredMembers(scope: Scope, base: ts.Expression): readonly Member[] | undefined {
  const declared = scope.declarations.get(base.getText());
  const inner = declared && enter(scope, declared.name);
  return inner && scope.ts.isVariableDeclaration(declared.node) ? zodMembers(inner, declared.node.initializer) : undefined;
}

function objectMembers(scope: Scope, literal: ts.Expression | undefined): readonly Member[] | undefined {
  const { ts } = scope;
  if (!literal || !ts.isObjectLiteralExpression(literal)) return undefined;
  const members: Member[] = [];
  for (const property of literal.properties) {
    if (!ts.isPropertyAssignment(property) || ts.isComputedPropertyName(property.name)) return undefined;
    const { type, model } = zodType(scope, property.initializer);
    members.push({ name: property.name.getText().replace(/^['"]|['"]$/g, ''), line: lineOf(scope, property), type, ...(model === undefined ? {} : { model }) });
  }
  return members;
}

function applyMethod(scope: Scope, members: readonly Member[], { name, arguments: [argument] }: Call): readonly Member[] | undefined {
  switch (name) {
    case 'extend':
    case 'safeExtend':
    case 'augment':
    case 'merge': {
      const more = argument && (name === 'merge' ? zodMembers(scope, argument) : objectMembers(scope, argument));
      return more && [...members.filter((member) => !more.some((other) => other.name === member.name)), ...more];
    }
    case 'omit':
      return members.filter((member) => !keysOf(scope, argument).includes(member.name));
    case 'pick':
      return members.filter((member) => keysOf(scope, argument).includes(member.name));
    case 'partial':
      return members.map((member) => ({ ...member, type: { ...member.type, nullable: true } }));
    default:
      return opaque.has(name) ? undefined : members;
  }
}

function keysOf({ ts }: Scope, argument: ts.Expression | undefined): readonly string[] {
  return argument && ts.isObjectLiteralExpression(argument) ? argument.properties.map((property) => property.name?.getText().replace(/^['"]|['"]$/g, '') ?? '') : [];
}

function zodType(scope: Scope, expression: ts.Expression): ResolvedTs {
  const { ts } = scope;
  const text = oneLine(expression);
  const { base, calls } = chainOf(scope, expression);
  const [first, ...others] = calls;
  if (first && /^z(\.\w+)*$/.test(base.getText())) return modified(scope, constructed(scope, first, text), others, text);
  const declared = scope.declarations.get(base.getText());
  const inner = declared && enter(scope, declared.name);
  if (!inner || !ts.isVariableDeclaration(declared.node) || !declared.node.initializer) return unknown(text);
  const resolved = zodType(inner, declared.node.initializer);
  return modified(scope, isZodObject(inner, declared.node.initializer) ? { ...resolved, model: declared.name } : resolved, calls, text);
}

function constructed(scope: Scope, { name, arguments: [argument] }: Call, text: string): ResolvedTs {
  const { ts } = scope;
  const inner = () => (argument ? zodType(scope, argument) : unknown(text));
  if (name === 'array' || name === 'set') return arrayOf(inner(), text);
  if (name === 'nullable' || name === 'optional' || name === 'nullish') return nullable(inner());
  if (name === 'union' && argument && ts.isArrayLiteralExpression(argument)) return unite(argument.elements.map((element) => zodType(scope, element)), text);
  if (name === 'literal') return literal(scope, argument, text);
  if (name === 'instanceof' && argument) return plain(argument.getText(), text);
  const value = Object.hasOwn(constructors, name) ? constructors[name] : undefined;
  // `z.iso.date()` is a string, `z.date()` and `z.coerce.date()` are dates.
  return value === undefined ? unknown(text) : plain(/^z\.iso\./.test(text) ? 'string' : value, text);
}

function literal({ ts }: Scope, argument: ts.Expression | undefined, text: string): ResolvedTs {
  if (!argument) return unknown(text);
  if (argument.kind === ts.SyntaxKind.NullKeyword) return plain('null', text);
  if (argument.kind === ts.SyntaxKind.TrueKeyword || argument.kind === ts.SyntaxKind.FalseKeyword) return plain('boolean', text);
  return ts.isStringLiteralLike(argument) ? plain('string', text) : ts.isNumericLiteral(argument) ? plain('number', text) : unknown(text);
}

function modified(scope: Scope, type: ResolvedTs, calls: readonly Call[], text: string): ResolvedTs {
  return calls.reduce((current, { name, arguments: [argument] }) => {
    if (name === 'nullable' || name === 'nullish' || name === 'optional') return nullable(current);
    if (name === 'array') return arrayOf(current, text);
    if (name === 'or' && argument) return unite([current, zodType(scope, argument)], text);
    return opaque.has(name) ? unknown(text) : current;
  }, { ...type, type: { ...type.type, text } });
}

function nullable({ type, ...rest }: ResolvedTs): ResolvedTs {
  return { ...rest, type: { ...type, nullable: true } };
}
