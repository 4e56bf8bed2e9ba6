import type ts from '@typescript/typescript6';
import { columnsOf, isColumn } from './columns.js';
import { textOf } from './constants.js';
import { counted, once } from './once.js';
import { override } from './override.js';
import { type Declaration, lineOf, type Member, type Scope } from './shape.js';
import { optional, resolveTsType } from './types.js';
import { zodMembers } from './zod.js';

/** The properties of a declaration, inherited ones first; undefined where they cannot be read. */
export function membersOf(scope: Scope, declaration: Declaration): readonly Member[] | undefined {
  return once(scope, 'members', declaration, () => counted(scope, declaredMembers(scope, declaration)));
}

function declaredMembers(scope: Scope, { node }: Declaration): readonly Member[] | undefined {
  const { ts } = scope;
  if (ts.isEnumDeclaration(node)) return undefined;
  if (ts.isTypeAliasDeclaration(node)) return membersOfType(scope, node.type);
  if (ts.isVariableDeclaration(node)) return zodMembers(scope, node.initializer);
  const inherited = (node.heritageClauses ?? [])
    .filter(({ token }) => token === ts.SyntaxKind.ExtendsKeyword)
    .flatMap(({ types }) => types.flatMap((type) => membersOfParent(scope, type)));
  const own = ts.isClassDeclaration(node) ? classMembers(scope, node) : signatures(scope, node.members);
  const accessors = new Set(node.members.filter((one) => ts.isAccessor(one)).map(({ name }) => name?.getText()));
  // Two parents may both bring a member of a third, so each counts once; an accessor replaces the property it inherits.
  const taken = [...new Set(inherited)].filter(({ name }) => !accessors.has(name));
  return override([taken, own]);
}

/** Members of a parent; empty for one that no given file declares. */
function membersOfParent(scope: Scope, type: ts.ExpressionWithTypeArguments): readonly Member[] {
  return membersOfName(scope, type.expression, type.typeArguments ?? []) ?? [];
}

/** The fields of a written type; undefined where they cannot be read. */
export function membersOfType(scope: Scope, node: ts.TypeNode): readonly Member[] | undefined {
  return counted(scope, writtenMembers(scope, node));
}

function writtenMembers(scope: Scope, node: ts.TypeNode): readonly Member[] | undefined {
  const { ts } = scope;
  if (ts.isParenthesizedTypeNode(node)) return writtenMembers(scope, node.type);
  if (ts.isTypeLiteralNode(node)) return signatures(scope, node.members);
  if (ts.isTypeReferenceNode(node)) return membersOfName(scope, node.typeName, node.typeArguments ?? []);
  if (ts.isMappedTypeNode(node)) return node.nameType ? undefined : mappedMembers(scope, node);
  if (!ts.isIntersectionTypeNode(node)) return undefined;
  const parts = node.types.map((part) => membersOfType(scope, part));
  if (node.types.some((part, index) => parts[index] === undefined && isKeyed(scope, part))) return undefined;
  return parts.every((part) => part === undefined) ? undefined : override(parts.map((part) => part ?? []));
}

/** Fields of `Record<'a' | 'b', T>` and `{ [K in 'a' | 'b']: T }`; undefined where the keys are not written out. */
function keyedMembers(
  scope: Scope,
  keys: ts.TypeNode | undefined,
  value: ts.TypeNode | undefined,
): readonly Member[] | undefined {
  const names = keys && literalKeys(scope, keys);
  if (!names) return undefined;
  const { type, model } = resolveTsType(scope, value);
  const line = lineOf(scope, keys);
  return names.map((name) => ({ name, line, type, ...(model === undefined ? {} : { model }) }));
}

function mappedMembers(scope: Scope, node: ts.MappedTypeNode): readonly Member[] | undefined {
  const members = keyedMembers(scope, node.typeParameter.constraint, node.type);
  const line = lineOf(scope, node);
  return members?.map((member) => ({
    ...member,
    line,
    type: node.questionToken ? optional(member.type) : member.type,
  }));
}

/**
 * Names in a union of string literals, also behind aliases. Empty for `string`, which names nothing; undefined for any
 * other type.
 */
function literalKeys(scope: Scope, node: ts.TypeNode): readonly string[] | undefined {
  const { ts } = scope;
  if (ts.isParenthesizedTypeNode(node)) return literalKeys(scope, node.type);
  if (
    node.kind === ts.SyntaxKind.StringKeyword ||
    node.kind === ts.SyntaxKind.NumberKeyword ||
    node.kind === ts.SyntaxKind.SymbolKeyword
  )
    return [];
  if (ts.isLiteralTypeNode(node)) return ts.isStringLiteralLike(node.literal) ? [node.literal.text] : undefined;
  if (ts.isUnionTypeNode(node)) {
    const parts = node.types.map((part) => literalKeys(scope, part));
    return parts.some((part) => part === undefined) ? undefined : [...new Set(parts.flatMap((part) => part ?? []))];
  }
  if (!ts.isTypeReferenceNode(node)) return undefined;
  const declaration = scope.names.find(node.typeName.getText(), node);
  if (!declaration || !ts.isTypeAliasDeclaration(declaration.node)) return undefined;
  const { type } = declaration.node;
  return once(scope, 'keys', declaration, () => literalKeys(scope, type));
}

/** Whether a type is `Record` or a mapped type, whose fields are named by its keys. */
export function isKeyed(scope: Scope, node: ts.TypeNode): boolean {
  const { ts } = scope;
  if (ts.isParenthesizedTypeNode(node)) return isKeyed(scope, node.type);
  if (ts.isIntersectionTypeNode(node)) return node.types.some((part) => isKeyed(scope, part));
  if (ts.isMappedTypeNode(node)) return true;
  if (!ts.isTypeReferenceNode(node)) return false;
  const name = node.typeName.getText();
  const declaration = scope.names.find(name, node);
  if (declaration) {
    const alias = ts.isTypeAliasDeclaration(declaration.node) ? declaration.node : undefined;
    return alias !== undefined && (once(scope, 'isKeyed', declaration, () => isKeyed(scope, alias.type)) ?? false);
  }
  return name === 'Record' || (node.typeArguments ?? []).slice(0, 1).some((argument) => isKeyed(scope, argument));
}

function membersOfName(
  scope: Scope,
  named: ts.EntityName | ts.Expression,
  [first, second]: readonly ts.TypeNode[],
): readonly Member[] | undefined {
  const name = named.getText();
  const declaration = scope.names.find(name, named);
  if (declaration) return membersOf(scope, declaration);
  if (name === 'Record' && first) return keyedMembers(scope, first, second);
  const members = first ? membersOfType(scope, first) : undefined;
  if (!members) return undefined;
  const keys = new Set(second ? keysOf(scope, second) : []);
  switch (name) {
    case 'Omit':
      return members.filter((member) => !keys.has(member.name));
    case 'Pick':
      return members.filter((member) => keys.has(member.name));
    case 'Partial':
      return members.map((member) => ({ ...member, type: optional(member.type), mayLack: true as const }));
    case 'Required':
    case 'Readonly':
    case 'Simplify':
      return members;
    default:
      return undefined;
  }
}

/** The names of fields that a type lists, as far as they are known: `'id' | 'name'`, `keyof Base`. */
function keysOf(scope: Scope, node: ts.TypeNode): readonly string[] {
  const { ts } = scope;
  if (ts.isUnionTypeNode(node)) return node.types.flatMap((type) => keysOf(scope, type));
  if (ts.isTypeOperatorNode(node) && node.operator === ts.SyntaxKind.KeyOfKeyword)
    return membersOfType(scope, node.type)?.map(({ name }) => name) ?? [];
  return literalKeys(scope, node) ?? [];
}

/** Members of an interface without methods and functions, which are behaviour and not data. */
function signatures(scope: Scope, members: ts.NodeArray<ts.TypeElement>): readonly Member[] {
  const { ts } = scope;
  return members.flatMap((member) => {
    if (!ts.isPropertySignature(member) || (member.type && ts.isFunctionTypeNode(member.type))) return [];
    return property(scope, member.name, member.type, member.questionToken !== undefined);
  });
}

function classMembers(scope: Scope, node: ts.ClassDeclaration): readonly Member[] {
  const { ts } = scope;
  return node.members.flatMap((member) => {
    if (ts.isConstructorDeclaration(member)) {
      return member.parameters
        .filter((parameter) => ts.isParameterPropertyDeclaration(parameter, member))
        .flatMap((parameter) => classProperty(scope, parameter, parameter.type));
    }
    if (isStatic(scope, member)) return [];
    if (ts.isPropertyDeclaration(member))
      return isFunction(scope, member) ? [] : classProperty(scope, member, member.type);
    // An accessor is a column only where a decorator says so; what it gives is not the column's value.
    if (!ts.isAccessor(member) || !isColumn(scope, member)) return [];
    const type = ts.isSetAccessorDeclaration(member) ? member.parameters[0]?.type : undefined;
    return classProperty(scope, member, type);
  });
}

function isFunction({ ts }: Scope, { type, initializer }: ts.PropertyDeclaration): boolean {
  if (type && ts.isFunctionTypeNode(type)) return true;
  return initializer !== undefined && (ts.isArrowFunction(initializer) || ts.isFunctionExpression(initializer));
}

function isStatic({ ts }: Scope, member: ts.ClassElement): boolean {
  const modifiers = ts.canHaveModifiers(member) ? (ts.getModifiers(member) ?? []) : [];
  return modifiers.some(({ kind }) => kind === ts.SyntaxKind.StaticKeyword);
}

function classProperty(
  scope: Scope,
  node: ts.PropertyDeclaration | ts.ParameterDeclaration | ts.AccessorDeclaration,
  type: ts.TypeNode | undefined,
): readonly Member[] {
  const isOptional = 'questionToken' in node && node.questionToken !== undefined;
  return property(scope, node.name, type, isOptional).flatMap((member) => columnsOf(scope, member, node, membersOf));
}

function property(
  scope: Scope,
  name: ts.PropertyName | ts.BindingName,
  written: ts.TypeNode | undefined,
  isOptional: boolean,
): readonly Member[] {
  const text = nameOf(scope, name);
  if (text === undefined) return [];
  const { type, model } = resolveTsType(scope, written);
  return [
    {
      name: text,
      file: name.getSourceFile().fileName,
      line: lineOf(scope, name),
      type: isOptional ? optional(type) : type,
      ...(isOptional ? { mayLack: true as const } : {}),
      ...(model === undefined ? {} : { model }),
    },
  ];
}

/** A property's name, which a constant or a member of an enum may be: `[Columns.CreatedAt]`. */
function nameOf(scope: Scope, name: ts.PropertyName | ts.BindingName): string | undefined {
  const { ts } = scope;
  if (ts.isComputedPropertyName(name)) return textOf(scope, name.expression);
  return ts.isIdentifier(name) || ts.isStringLiteralLike(name) ? name.text : undefined;
}
