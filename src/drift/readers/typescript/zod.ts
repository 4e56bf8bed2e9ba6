import type ts from '@typescript/typescript6';
import { counted, once } from './once.js';
import { override } from './override.js';
import { type Declaration, lineOf, type Member, type ResolvedTs, type Scope } from './shape.js';
import { arrayOf, optional, plain, unite, unknown, written } from './types.js';

/**
 * JavaScript types of schemas by the constructor's name: `string` for `z.string`. Of a nested name, `z.iso.datetime`,
 * the last part counts.
 */
const constructors: Readonly<Record<string, string>> = {
  string: 'string',
  uuid: 'string',
  guid: 'string',
  email: 'string',
  url: 'string',
  cuid: 'string',
  ulid: 'string',
  nanoid: 'string',
  datetime: 'string',
  time: 'string',
  enum: 'string',
  nativeEnum: 'string',
  number: 'number',
  int: 'number',
  int32: 'number',
  uint32: 'number',
  float32: 'number',
  float64: 'number',
  bigint: 'bigint',
  int64: 'bigint',
  boolean: 'boolean',
  date: 'Date',
  any: 'any',
  unknown: 'any',
  json: 'any',
  record: 'object',
  object: 'object',
  strictObject: 'object',
  looseObject: 'object',
  map: 'object',
  tuple: 'object',
  null: 'null',
  undefined: 'null',
};

const { type: number } = plain('number');
const toNumber = { int8: 'number', numeric: 'number', bool: 'number', timestamp: 'number', timestamptz: 'number' };

/** What `z.coerce` takes: `String` and `Boolean` anything, `Number` what the driver gives for numbers, and null as 0. */
const coerced: Readonly<Record<string, ResolvedTs>> = {
  string: plain('any'),
  boolean: plain('any'),
  number: { type: { ...number, nullIsEmpty: true, makes: toNumber } },
};

const objects = new Set(['object', 'strictObject', 'looseObject', 'interface']);
/** Methods whose result is known only by running them. */
const opaque = new Set(['transform', 'pipe', 'preprocess', 'overwrite']);

interface Call {
  readonly name: string;
  readonly arguments: readonly ts.Expression[];
  /** The expression up to this call. */
  readonly at: ts.Expression;
}

/**
 * Splits a chain of calls: `z.string().max(3).nullable()` → `string`, `max`, `nullable`, and the expression it begins
 * with.
 */
function chainOf(
  { ts }: Scope,
  expression: ts.Expression,
): { readonly base: ts.Expression; readonly calls: readonly Call[] } {
  const calls: Call[] = [];
  let node = expression;
  while (ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression)) {
    calls.push({ name: node.expression.name.text, arguments: node.arguments, at: node });
    node = node.expression.expression;
  }
  return { base: node, calls: calls.reverse() };
}

/** Whether a variable's value is a zod object, or is made from one. */
export function isZodObject(scope: Scope, expression: ts.Expression | undefined): boolean {
  if (!expression) return false;
  const {
    base,
    calls: [first],
  } = chainOf(scope, expression);
  const name = base.getText();
  if (first && name === 'z') return objects.has(first.name);
  const declared = scope.names.find(name, base);
  const value = declared && initializerOf(scope, declared);
  return (
    declared !== undefined &&
    value !== undefined &&
    (once(scope, 'isZodObject', declared, () => isZodObject(scope, value)) ?? false)
  );
}

function initializerOf({ ts }: Scope, { node }: Declaration): ts.Expression | undefined {
  return ts.isVariableDeclaration(node) ? node.initializer : undefined;
}

/** Fields of a zod object; undefined where one of the calls cannot be read. */
export function zodMembers(scope: Scope, expression: ts.Expression | undefined): readonly Member[] | undefined {
  if (!expression) return undefined;
  const { base, calls } = chainOf(scope, expression);
  const [first, ...others] = calls;
  const fromZ = base.getText() === 'z' && first !== undefined && objects.has(first.name);
  let members = fromZ ? objectMembers(scope, first.arguments[0]) : referredMembers(scope, base);
  for (const call of fromZ ? others : calls) members = members && counted(scope, applyMethod(scope, members, call));
  return members;
}

function referredMembers(scope: Scope, base: ts.Expression): readonly Member[] | undefined {
  const declared = scope.names.find(base.getText(), base);
  const value = declared && initializerOf(scope, declared);
  return declared && value && once(scope, 'members', declared, () => zodMembers(scope, value));
}

function objectMembers(scope: Scope, literal: ts.Expression | undefined): readonly Member[] | undefined {
  const { ts } = scope;
  if (!literal || !ts.isObjectLiteralExpression(literal)) return undefined;
  const members: Member[] = [];
  for (const property of literal.properties) {
    if (!ts.isPropertyAssignment(property) || ts.isComputedPropertyName(property.name)) return undefined;
    const { type, model } = written(zodType(scope, property.initializer), property.initializer);
    const isOptional = chainOf(scope, property.initializer).calls.some(({ name }) =>
      /^(?:optional|nullish)$/.test(name),
    );
    members.push({
      name: property.name.getText().replace(/^['"]|['"]$/g, ''),
      line: lineOf(scope, property),
      type,
      ...(isOptional ? { mayLack: true as const } : {}),
      ...(model === undefined ? {} : { model }),
    });
  }
  return members;
}

function applyMethod(
  scope: Scope,
  members: readonly Member[],
  { name, arguments: [argument] }: Call,
): readonly Member[] | undefined {
  switch (name) {
    case 'extend':
    case 'safeExtend':
    case 'augment':
    case 'merge': {
      const more = argument && (name === 'merge' ? zodMembers(scope, argument) : objectMembers(scope, argument));
      return more && override([members, more]);
    }
    case 'omit':
    case 'pick': {
      const keys = keysOf(scope, argument);
      return members.filter((member) => keys.has(member.name) === (name === 'pick'));
    }
    case 'partial':
      return members.map((member) => ({ ...member, type: optional(member.type), mayLack: true as const }));
    default:
      return opaque.has(name) ? undefined : members;
  }
}

function keysOf({ ts }: Scope, argument: ts.Expression | undefined): ReadonlySet<string> {
  const properties = argument && ts.isObjectLiteralExpression(argument) ? [...argument.properties] : [];
  return new Set(properties.map((property) => property.name?.getText().replace(/^['"]|['"]$/g, '') ?? ''));
}

/** Type of the values of a schema, without its text. */
function zodType(scope: Scope, expression: ts.Expression): ResolvedTs {
  const { base, calls } = chainOf(scope, expression);
  const [first, ...others] = calls;
  if (first && /^z(\.\w+)*$/.test(base.getText()))
    return modified(scope, constructed(scope, first, expression), others);
  const declared = scope.names.find(base.getText(), base);
  const value = declared && initializerOf(scope, declared);
  const resolved =
    declared && value && once(scope, 'zodType', declared, () => declaredZodType(scope, declared.name, value));
  // Who imports a schema from elsewhere may still let null in: `IdSchema.nullable()`.
  return modified(scope, resolved ?? unknown(expression), calls);
}

function declaredZodType(scope: Scope, name: string, value: ts.Expression): ResolvedTs {
  const resolved = zodType(scope, value);
  return isZodObject(scope, value) ? { ...resolved, model: name } : resolved;
}

function constructed(scope: Scope, { name, arguments: [argument] }: Call, expression: ts.Expression): ResolvedTs {
  const { ts } = scope;
  const inner = () => (argument ? zodType(scope, argument) : unknown(expression));
  if (name === 'array' || name === 'set') return arrayOf(inner());
  if (name === 'nullable' || name === 'nullish') return nullable(inner());
  if (name === 'optional') return leftOut(inner());
  if (name === 'union' && argument && ts.isArrayLiteralExpression(argument))
    return unite(argument.elements.map((element) => zodType(scope, element)));
  if (name === 'literal') return literal(scope, argument, expression);
  if (name === 'instanceof' && argument) return plain(argument.getText());
  const value = Object.hasOwn(constructors, name) ? constructors[name] : undefined;
  if (value === undefined) return unknown(expression);
  if (/^z\.coerce\./.test(expression.getText()) && Object.hasOwn(coerced, name)) return coerced[name] ?? plain(value);
  // `z.iso.date()` is a string, `z.date()` and `z.coerce.date()` are dates.
  return plain(/^z\.iso\./.test(expression.getText()) ? 'string' : value);
}

function literal({ ts }: Scope, argument: ts.Expression | undefined, expression: ts.Expression): ResolvedTs {
  if (!argument) return unknown(expression);
  if (argument.kind === ts.SyntaxKind.NullKeyword) return plain('null');
  if (argument.kind === ts.SyntaxKind.TrueKeyword || argument.kind === ts.SyntaxKind.FalseKeyword)
    return plain('boolean');
  if (ts.isStringLiteralLike(argument)) return plain('string');
  return ts.isNumericLiteral(argument) ? plain('number') : unknown(expression);
}

function modified(scope: Scope, type: ResolvedTs, calls: readonly Call[]): ResolvedTs {
  return calls.reduce((current, { name, arguments: [argument], at }) => {
    if (name === 'nullable' || name === 'nullish') return nullable(current);
    if (name === 'optional') return leftOut(current);
    if (name === 'array') return arrayOf(current);
    if (name === 'or' && argument) return unite([current, zodType(scope, argument)]);
    return opaque.has(name) ? unknown(at) : current;
  }, type);
}

function leftOut(resolved: ResolvedTs): ResolvedTs {
  return { ...resolved, type: optional(resolved.type) };
}

function nullable({ type: { absentOnly: _, ...type }, ...rest }: ResolvedTs): ResolvedTs {
  return { ...rest, type: { ...type, nullable: true } };
}
