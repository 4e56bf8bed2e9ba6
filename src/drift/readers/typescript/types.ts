import type ts from '@typescript/typescript6';
import type { DeclaredType } from '../../declared.js';
import { entryOf } from '../../types/profile.js';
import { javascriptTypes } from '../../types/typescript.js';
import { enter, oneLine, type ResolvedTs, type Scope } from './shape.js';

/** Types of libraries that stand for their first argument when a row is read. */
const transparent = new Set(['Generated', 'GeneratedAlways', 'ColumnType', 'Readonly', 'NonNullable', 'Opt', 'Ref', 'Relation', 'Promise', 'Hidden']);
const lists = new Set(['Array', 'ReadonlyArray']);
const objects = new Set(['Record', 'Map', 'Object', 'JSONColumnType', 'JsonObject', 'JSONObject', 'Partial', 'Pick', 'Omit']);
const anything = new Set(['Json', 'JsonValue', 'JSONValue', 'JsonPrimitive', 'InputJsonValue']);

/** A type as written → the JavaScript value it says. Only the given files are looked at. */
export function resolveTsType(scope: Scope, node: ts.TypeNode | undefined, text = node ? oneLine(node) : ''): ResolvedTs {
  const { ts } = scope;
  if (!node) return plain('any', text);
  if (ts.isParenthesizedTypeNode(node)) return resolveTsType(scope, node.type, text);
  if (ts.isTypeOperatorNode(node)) return node.operator === ts.SyntaxKind.ReadonlyKeyword ? resolveTsType(scope, node.type, text) : unknown(text);
  if (ts.isUnionTypeNode(node)) return resolveUnion(scope, node, text);
  if (ts.isIntersectionTypeNode(node)) return resolveIntersection(scope, node, text);
  if (ts.isArrayTypeNode(node)) return arrayOf(resolveTsType(scope, node.elementType), text);
  if (ts.isTypeLiteralNode(node) || ts.isMappedTypeNode(node) || ts.isTupleTypeNode(node)) return plain('object', text);
  if (ts.isTemplateLiteralTypeNode(node)) return plain('string', text);
  if (ts.isLiteralTypeNode(node)) return resolveLiteral(scope, node, text);
  if (ts.isTypeReferenceNode(node)) return resolveReference(scope, node, text);
  if (ts.isIndexedAccessTypeNode(node)) return resolveElement(scope, node, text);
  return resolveKeyword(scope, node, text);
}

export function plain(name: string, text: string): ResolvedTs {
  return { type: { ...(entryOf(javascriptTypes, name) ?? { category: 'unknown' }), text, name, nullable: false, dimensions: 0 } };
}

export function unknown(text: string): ResolvedTs {
  return { type: { category: 'unknown', text, name: text, nullable: false, dimensions: 0 } };
}

export function arrayOf({ type, ...rest }: ResolvedTs, text: string): ResolvedTs {
  return { ...rest, type: { ...type, text, nullable: false, dimensions: type.dimensions + 1 } };
}

/** `null` and `undefined` make the union nullable; what is left may be one type or alternatives. */
export function unite(parts: readonly ResolvedTs[], text: string): ResolvedTs {
  const values = parts.filter(({ type }) => type.name !== 'null');
  const nullable = values.length < parts.length || values.some(({ type }) => type.nullable);
  const [first] = values;
  if (!first) return { type: { ...plain('any', text).type, nullable: true } };
  const names = [...new Set(values.map(({ type }) => type.name))];
  const alternatives = names.length > 1 ? { alternatives: names.slice(1) } : {};
  return { ...first, type: { ...first.type, ...alternatives, text, nullable } satisfies DeclaredType };
}

function resolveUnion(scope: Scope, node: ts.UnionTypeNode, text: string): ResolvedTs {
  return unite(node.types.map((part) => resolveTsType(scope, part)), text);
}

/** A branded primitive, `string & { readonly brand: 'x' }`, is the primitive. */
function resolveIntersection(scope: Scope, node: ts.IntersectionTypeNode, text: string): ResolvedTs {
  const parts = node.types.map((part) => resolveTsType(scope, part));
  const primitive = parts.find(({ type }) => type.category !== 'json' && type.category !== 'unknown');
  return primitive ? { ...primitive, type: { ...primitive.type, text } } : plain('object', text);
}

function resolveLiteral({ ts }: Scope, { literal }: ts.LiteralTypeNode, text: string): ResolvedTs {
  if (literal.kind === ts.SyntaxKind.NullKeyword) return plain('null', text);
  if (ts.isStringLiteralLike(literal)) return plain('string', text);
  if (ts.isNumericLiteral(literal) || ts.isPrefixUnaryExpression(literal)) return plain('number', text);
  if (ts.isBigIntLiteral(literal)) return plain('bigint', text);
  return plain('boolean', text);
}

/** `(typeof states)[number]`: what the elements of a constant list are. */
function resolveElement({ ts, declarations }: Scope, { objectType }: ts.IndexedAccessTypeNode, text: string): ResolvedTs {
  const query = ts.isParenthesizedTypeNode(objectType) ? objectType.type : objectType;
  const declared = ts.isTypeQueryNode(query) ? declarations.get(query.exprName.getText()) : undefined;
  const initializer = declared && ts.isVariableDeclaration(declared.node) ? declared.node.initializer : undefined;
  const list = initializer && ts.isAsExpression(initializer) ? initializer.expression : initializer;
  if (!list || !ts.isArrayLiteralExpression(list)) return unknown(text);
  if (list.elements.every((element) => ts.isStringLiteralLike(element))) return plain('string', text);
  return list.elements.every((element) => ts.isNumericLiteral(element)) ? plain('number', text) : unknown(text);
}

function resolveKeyword({ ts }: Scope, node: ts.TypeNode, text: string): ResolvedTs {
  switch (node.kind) {
    case ts.SyntaxKind.StringKeyword:
      return plain('string', text);
    case ts.SyntaxKind.NumberKeyword:
      return plain('number', text);
    case ts.SyntaxKind.BooleanKeyword:
      return plain('boolean', text);
    case ts.SyntaxKind.BigIntKeyword:
      return plain('bigint', text);
    case ts.SyntaxKind.ObjectKeyword:
      return plain('object', text);
    case ts.SyntaxKind.UndefinedKeyword:
    case ts.SyntaxKind.VoidKeyword:
      return plain('null', text);
    case ts.SyntaxKind.AnyKeyword:
    case ts.SyntaxKind.UnknownKeyword:
      return plain('any', text);
    default:
      return unknown(text);
  }
}

function resolveReference(scope: Scope, node: ts.TypeReferenceNode, text: string): ResolvedTs {
  const { ts, declarations } = scope;
  const name = node.typeName.getText();
  const [argument] = node.typeArguments ?? [];
  const declaration = declarations.get(name);
  if (declaration) {
    const inner = enter(scope, name);
    if (!inner) return unknown(text);
    if (ts.isTypeAliasDeclaration(declaration.node)) return named(resolveTsType(inner, declaration.node.type), name, text);
    if (ts.isEnumDeclaration(declaration.node)) return plain(isStringEnum(scope, declaration.node) ? 'string' : 'number', text);
    return { ...plain('object', text), model: name };
  }
  if (argument && lists.has(name)) return arrayOf(resolveTsType(scope, argument), text);
  if (argument && transparent.has(name)) {
    const inner = resolveTsType(scope, argument);
    return { ...inner, type: { ...inner.type, text } };
  }
  const value = name.split('.').at(-1) ?? name;
  if (['Date', 'Buffer', 'Uint8Array'].includes(value)) return plain(value, text);
  if (objects.has(value)) return plain('object', text);
  return anything.has(value) ? plain('any', text) : unknown(text);
}

/** An alias keeps its name as written; where it stands for an object, the name is a model's. */
function named({ type, model }: ResolvedTs, name: string, text: string): ResolvedTs {
  const isObject = type.name === 'object' && type.dimensions === 0;
  return { type: { ...type, text }, ...(model !== undefined || isObject ? { model: model ?? name } : {}) };
}

function isStringEnum({ ts }: Scope, node: ts.EnumDeclaration): boolean {
  return node.members.length > 0 && node.members.every(({ initializer }) => initializer !== undefined && ts.isStringLiteralLike(initializer));
}
