import type ts from '@typescript/typescript6';
import type { DeclaredType } from '../../declared-type.js';
import { entryOf } from '../../types/profile.js';
import { javascriptTypes } from '../../types/typescript.js';
import { enumValues } from './enums.js';
import { leave, once } from './once.js';
import { type Declaration, oneLine, type ResolvedTs, type Scope } from './shape.js';
import { elementsOf } from './tuples.js';

/** Types of libraries that read as their first argument: `Generated<number>` as `number`. */
const transparent = new Set([
  'Generated',
  'GeneratedAlways',
  'ColumnType',
  'Readonly',
  'NonNullable',
  'Opt',
  'CreationOptional',
  'ForeignKey',
  'Ref',
  'Relation',
  'Promise',
  'Hidden',
]);
const lists = new Set(['Array', 'ReadonlyArray']);
const objects = new Set(['Record', 'Map', 'Object', 'JsonObject', 'JSONObject', 'Partial', 'Pick', 'Omit']);
const anything = new Set(['Json', 'JsonValue', 'JSONValue', 'JsonPrimitive', 'InputJsonValue']);

/** Resolves a written type to the JavaScript value that it means, within the given files. */
export function resolveTsType(scope: Scope, node: ts.TypeNode | undefined): ResolvedTs {
  return written(resolve(scope, node), node);
}

/** A resolved type with its text. Parts of a type get none, since texts would be copied at every level. */
export function written(resolved: ResolvedTs, node: ts.Node | undefined): ResolvedTs {
  return { ...resolved, type: { ...resolved.type, text: node ? oneLine(node) : '' } };
}

function resolve(scope: Scope, node: ts.TypeNode | undefined): ResolvedTs {
  const { ts } = scope;
  if (!node) return plain('any');
  if (ts.isParenthesizedTypeNode(node)) return resolve(scope, node.type);
  if (ts.isTypeOperatorNode(node))
    return node.operator === ts.SyntaxKind.ReadonlyKeyword ? resolve(scope, node.type) : unknown(node);
  if (ts.isUnionTypeNode(node)) return unite(node.types.map((part) => resolve(scope, part)));
  if (ts.isIntersectionTypeNode(node)) return intersect(node.types.map((part) => resolve(scope, part)));
  if (ts.isArrayTypeNode(node)) return arrayOf(resolve(scope, node.elementType));
  if (ts.isTypeLiteralNode(node) || ts.isMappedTypeNode(node)) return plain('object');
  if (ts.isTupleTypeNode(node)) return tupleOf(elementsOf(scope, node).map((element) => resolve(scope, element)));
  if (ts.isTemplateLiteralTypeNode(node)) return plain('string');
  if (ts.isLiteralTypeNode(node)) return resolveLiteral(scope, node);
  if (ts.isTypeReferenceNode(node)) return resolveReference(scope, node);
  if (ts.isIndexedAccessTypeNode(node)) return resolveElement(scope, node);
  return resolveKeyword(scope, node);
}

export function plain(name: string): ResolvedTs {
  return {
    type: {
      ...(entryOf(javascriptTypes, name) ?? { category: 'unknown' }),
      text: '',
      name,
      nullable: false,
      dimensions: 0,
    },
  };
}

export function unknown(node: ts.Node): ResolvedTs {
  return { type: { category: 'unknown', text: '', name: oneLine(node), nullable: false, dimensions: 0 } };
}

export function arrayOf({ type, ...rest }: ResolvedTs): ResolvedTs {
  return { ...rest, type: { ...type, nullable: false, dimensions: type.dimensions + 1 } };
}

/** A tuple is an array of what its elements are together. */
const tupleOf = (elements: readonly ResolvedTs[]): ResolvedTs =>
  elements.length === 0 ? plain('object') : arrayOf(unite(elements));

/** Unites the members of a union. `null` and `undefined` make it nullable; the others are one type or alternatives. */
export function unite(parts: readonly ResolvedTs[]): ResolvedTs {
  const values = parts.filter(({ type }) => type.name !== 'null' && type.name !== 'undefined');
  const nullable = values.length < parts.length || values.some(({ type }) => type.nullable);
  const canBeNull = parts.some(({ type }) => type.name === 'null' || (type.nullable && !type.absentOnly));
  const absent = nullable && !canBeNull ? { absentOnly: true as const } : {};
  const [first] = values;
  if (!first) return { type: { ...plain('any').type, nullable: true } };
  const names = [...new Set(values.map(({ type }) => type.name))];
  const alternatives = names.length > 1 ? { alternatives: names.slice(1) } : {};
  const isMixed = values.some((one) => one.type.dimensions > 0 !== first.type.dimensions > 0);
  const orList = isMixed ? { orList: true as const } : {};
  const listed = values.every(({ type }) => type.values)
    ? { values: values.flatMap(({ type }) => type.values ?? []) }
    : {};
  return {
    ...first,
    type: { ...ofUnion(first.type), ...alternatives, ...orList, ...listed, nullable, ...absent } satisfies DeclaredType,
  };
}

/** The type of a union's first member, without what is true of that member only. */
function ofUnion({ absentOnly: _, values: __, ...type }: DeclaredType): DeclaredType {
  return type;
}

/** A type that may be left out: `name?: string`. It may then be null only where it says so. */
export function optional(type: DeclaredType): DeclaredType {
  return type.nullable ? type : { ...type, nullable: true, absentOnly: true };
}

/** Resolves an intersection. A branded primitive, `string & { readonly brand: 'x' }`, is the primitive. */
function intersect(parts: readonly ResolvedTs[]): ResolvedTs {
  return parts.find(({ type }) => type.category !== 'json' && type.category !== 'unknown') ?? plain('object');
}

function resolveLiteral({ ts }: Scope, { literal }: ts.LiteralTypeNode): ResolvedTs {
  if (literal.kind === ts.SyntaxKind.NullKeyword) return plain('null');
  if (ts.isStringLiteralLike(literal)) return oneOf([literal.text]);
  if (ts.isNumericLiteral(literal) || ts.isPrefixUnaryExpression(literal)) return plain('number');
  if (ts.isBigIntLiteral(literal)) return plain('bigint');
  return plain('boolean');
}

/** The type of a text that is one of the listed ones. */
export function oneOf(values: readonly string[]): ResolvedTs {
  const { type } = plain('string');
  return { type: { ...type, values } };
}

/** Resolves `(typeof states)[number]` to the elements of the constant list. */
function resolveElement({ ts, names }: Scope, node: ts.IndexedAccessTypeNode): ResolvedTs {
  const { objectType } = node;
  const query = ts.isParenthesizedTypeNode(objectType) ? objectType.type : objectType;
  const declared = ts.isTypeQueryNode(query) ? names.find(query.exprName.getText(), node) : undefined;
  const initializer = declared && ts.isVariableDeclaration(declared.node) ? declared.node.initializer : undefined;
  const list = initializer && ts.isAsExpression(initializer) ? initializer.expression : initializer;
  if (!list || !ts.isArrayLiteralExpression(list)) return unknown(node);
  const texts = list.elements.flatMap((element) => (ts.isStringLiteralLike(element) ? [element.text] : []));
  if (texts.length === list.elements.length) return oneOf(texts);
  return list.elements.every((element) => ts.isNumericLiteral(element)) ? plain('number') : unknown(node);
}

function resolveKeyword({ ts }: Scope, node: ts.TypeNode): ResolvedTs {
  switch (node.kind) {
    case ts.SyntaxKind.StringKeyword:
      return plain('string');
    case ts.SyntaxKind.NumberKeyword:
      return plain('number');
    case ts.SyntaxKind.BooleanKeyword:
      return plain('boolean');
    case ts.SyntaxKind.BigIntKeyword:
      return plain('bigint');
    case ts.SyntaxKind.ObjectKeyword:
      return plain('object');
    case ts.SyntaxKind.UndefinedKeyword:
    case ts.SyntaxKind.VoidKeyword:
      return plain('undefined');
    // Nothing reads it: `ColumnType<never, string, string>`.
    case ts.SyntaxKind.NeverKeyword:
    case ts.SyntaxKind.AnyKeyword:
    case ts.SyntaxKind.UnknownKeyword:
      return plain('any');
    default:
      return unknown(node);
  }
}

function resolveReference(scope: Scope, node: ts.TypeReferenceNode): ResolvedTs {
  const name = node.typeName.getText();
  const [argument] = node.typeArguments ?? [];
  const declaration = scope.names.find(name, node);
  // Generated code declares Kysely's types anew: `type Generated<T> = T extends ColumnType<…> ? … : …`.
  if (argument && transparent.has(name) && (!declaration || isConditional(scope, declaration)))
    return name === 'Generated' ? generated(resolve(scope, argument)) : resolve(scope, argument);
  const generic = declaration && resolveGeneric(scope, declaration, node.typeArguments);
  if (generic) return generic;
  if (declaration) return once(scope, 'type', declaration, () => resolveDeclared(scope, declaration)) ?? unknown(node);
  if (argument && lists.has(name)) return arrayOf(resolve(scope, argument));
  const value = name.split('.').at(-1) ?? name;
  if (argument && value === 'JSONColumnType') return jsonColumn(resolve(scope, argument));
  if (['Date', 'Buffer', 'Uint8Array'].includes(value)) return plain(value);
  if (objects.has(value)) return plain('object');
  return anything.has(value) ? plain('any') : unknown(node);
}

function generated(resolved: ResolvedTs): ResolvedTs {
  return { ...resolved, type: { ...resolved.type, generated: true } };
}

/**
 * Resolves an alias that puts its parameters together with other types: `Branded<Buffer>` of `type Branded<T> = T & {
 * brand: 1 }`. Undefined for any other type.
 */
function resolveGeneric(
  scope: Scope,
  declaration: Declaration,
  given: readonly ts.TypeNode[] | undefined,
): ResolvedTs | undefined {
  const { ts, visits } = scope;
  const { node } = declaration;
  if (!given || !ts.isTypeAliasDeclaration(node) || !node.typeParameters) return undefined;
  const { type: body } = node;
  if (!ts.isIntersectionTypeNode(body) && !ts.isUnionTypeNode(body)) return undefined;
  const names = node.typeParameters.map(({ name }) => name.text);
  const isParameter = (part: ts.TypeNode) => names.includes(part.getText());
  if (!body.types.some(isParameter) || visits.path.has(declaration)) return undefined;
  // Each argument is resolved once, and another part does not come back here, so that this ends.
  const values = given.map((argument) => resolve(scope, argument));
  visits.path.add(declaration);
  const parts = body.types.map((part) => {
    const value = values[names.indexOf(part.getText())];
    return value ?? resolve(scope, part);
  });
  visits.path.delete(declaration);
  if (visits.path.size === 0) leave(visits);
  return ts.isUnionTypeNode(body) ? unite(parts) : intersect(parts);
}

const isConditional = ({ ts }: Scope, { node }: Declaration) =>
  ts.isTypeAliasDeclaration(node) && ts.isConditionalTypeNode(node.type);

/** Kysely's column of JSON: an object of any shape, null where its type says so. */
function jsonColumn({ type }: ResolvedTs): ResolvedTs {
  return { type: { ...plain('object').type, nullable: type.nullable } };
}

function resolveDeclared(scope: Scope, { name, node }: Declaration): ResolvedTs {
  const { ts } = scope;
  if (ts.isTypeAliasDeclaration(node)) return named(resolve(scope, node.type), name);
  if (ts.isEnumDeclaration(node)) {
    const values = enumValues(scope, node);
    if (values === 'unknown') return unknown(node.name);
    return values === 'numbers' ? plain('number') : oneOf(values);
  }
  // A constant says nothing about a type of the same name, which no given file declares; nor does a class that a call
  // makes, `class TeamId extends uuidType<'TeamId'>() {}`.
  return ts.isVariableDeclaration(node) || isMadeByCall(scope, node)
    ? unknown(node.name ?? node)
    : { ...plain('object'), model: name };
}

function isMadeByCall({ ts }: Scope, node: Declaration['node']): boolean {
  const parents = ts.isClassDeclaration(node) ? (node.heritageClauses ?? []).flatMap(({ types }) => types) : [];
  return parents.some(({ expression }) => ts.isCallExpression(expression));
}

/** A resolved alias under its own name; where it stands for an object, the name is that of a model. */
function named({ type, model }: ResolvedTs, name: string): ResolvedTs {
  const isObject = type.name === 'object' && type.dimensions === 0;
  return { type, ...(model !== undefined || isObject ? { model: model ?? name } : {}) };
}
