import type ts from '@typescript/typescript6';
import { type DecoratorFact, decoratorFacts } from './decorators.js';
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
  // Two parents may both bring a member of a third, so each counts once.
  return override([[...new Set(inherited)], own]);
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
  const keys = new Set(second ? stringLiterals(scope, second) : []);
  switch (name) {
    case 'Omit':
      return members.filter((member) => !keys.has(member.name));
    case 'Pick':
      return members.filter((member) => keys.has(member.name));
    case 'Partial':
      return members.map((member) => ({ ...member, type: optional(member.type) }));
    case 'Required':
    case 'Readonly':
    case 'Simplify':
      return members;
    default:
      return undefined;
  }
}

function stringLiterals(scope: Scope, node: ts.TypeNode): readonly string[] {
  const { ts } = scope;
  if (ts.isUnionTypeNode(node)) return node.types.flatMap((type) => stringLiterals(scope, type));
  return ts.isLiteralTypeNode(node) && ts.isStringLiteralLike(node.literal) ? [node.literal.text] : [];
}

/** Members of an interface without methods and functions, which are behaviour and not data. */
function signatures(scope: Scope, members: ts.NodeArray<ts.TypeElement>): readonly Member[] {
  const { ts } = scope;
  return members.flatMap((member) => {
    if (!ts.isPropertySignature(member) || (member.type && ts.isFunctionTypeNode(member.type))) return [];
    return property(scope, member, member.questionToken !== undefined);
  });
}

function classMembers(scope: Scope, node: ts.ClassDeclaration): readonly Member[] {
  const { ts } = scope;
  // A base class has no `@Entity` of its own.
  const isEntity = [node, ...node.members].some((part) =>
    decoratorFacts(scope, part).some(({ name }) => name === 'Entity' || columnDecorators.test(name)),
  );
  return node.members.flatMap((member) => {
    if (ts.isConstructorDeclaration(member)) {
      return member.parameters
        .filter((parameter) => ts.isParameterPropertyDeclaration(parameter, member))
        .flatMap((parameter) => property(scope, parameter, parameter.questionToken !== undefined));
    }
    const isStatic =
      ts.canHaveModifiers(member) &&
      (ts.getModifiers(member) ?? []).some(({ kind }) => kind === ts.SyntaxKind.StaticKeyword);
    if (!ts.isPropertyDeclaration(member) || isStatic || ts.isPrivateIdentifier(member.name)) return [];
    return property(scope, member, member.questionToken !== undefined, isEntity);
  });
}

function property(
  scope: Scope,
  node: ts.PropertySignature | ts.PropertyDeclaration | ts.ParameterDeclaration,
  isOptional: boolean,
  isEntity = false,
): readonly Member[] {
  const { ts } = scope;
  const { name } = node;
  if (!ts.isIdentifier(name) && !ts.isStringLiteralLike(name)) return [];
  const { type, model } = resolveTsType(scope, node.type);
  const member: Member = {
    name: name.text,
    line: lineOf(scope, name),
    type: isOptional ? optional(type) : type,
    ...(isOptional ? { mayLack: true as const } : {}),
    ...(model === undefined ? {} : { model }),
  };
  const embedded = embeddedMembers(scope, member, node);
  return embedded ?? [withDecorators(scope, member, node, isEntity)];
}

const columnDecorators =
  /^(Column|PrimaryColumn|PrimaryGeneratedColumn|CreateDateColumn|UpdateDateColumn|DeleteDateColumn|VersionColumn|ObjectIdColumn|ViewColumn|Property|PrimaryKey|SerializedPrimaryKey|Enum|Formula)$/;
/** Columns whose values TypeORM makes. */
const filledColumns = new Set(['CreateDateColumn', 'UpdateDateColumn', 'VersionColumn']);
const owningRelations = new Set(['ManyToOne', 'OneToOne']);

/** Members of an embedded object, `@Column(() => Name) name: Name`: columns of their own, with a prefix. */
function embeddedMembers(scope: Scope, { name, line }: Member, node: ts.Node): readonly Member[] | undefined {
  const decorator = decoratorFacts(scope, node).find((fact) => fact.name === 'Column' && fact.embeds !== undefined);
  const declared = decorator && scope.names.find(decorator.embeds ?? '', node);
  const members = declared && membersOf(scope, declared);
  if (!decorator || !members) return undefined;
  const prefix = decorator.given.has('prefix') ? (decorator.options['prefix'] ?? '') : name;
  return members.map((member) => {
    const inner = member.column?.name ?? member.name;
    const column = prefix === '' ? inner : `${prefix}${inner.charAt(0).toUpperCase()}${inner.slice(1)}`;
    return {
      ...member,
      name: `${name}.${member.name}`,
      line,
      column: { name: column, by: `@${decorator.name}`, guessed: true },
    };
  });
}

/**
 * The type of a column's values: a transformer makes anything of them, `simple-array` reads a list from a text, and
 * `nullable: true` lets null in, whether the property's type says so or not.
 */
function storedType(type: Member['type'], { first, options, given, flags }: DecoratorFact): Member['type'] {
  const sql = first ?? options['type'] ?? '';
  const isConverted = given.has('transformer') || given.has('customType') || /^simple-/.test(sql);
  if (isConverted) return { ...type, category: 'any', name: 'any', dimensions: 0 };
  const hidesNull = flags.has('nullable') && !type.nullable && type.category !== 'any';
  return hidesNull ? { ...type, nullable: true, hidesNull: true } : type;
}

/**
 * A property with what its TypeORM or MikroORM decorator says. A property of an entity without a decorator is no
 * column.
 */
function withDecorators(scope: Scope, member: Member, node: ts.Node, isEntity: boolean): Member {
  const decorators = decoratorFacts(scope, node);
  const relation = decorators.find(({ name }) => owningRelations.has(name));
  const join = decorators.find(({ name }) => name === 'JoinColumn');
  const column = decorators.find(({ name }) => columnDecorators.test(name) || scope.columnMakers.has(name));
  if (relation && (relation.name === 'ManyToOne' || join)) {
    const named = join?.options['name'] ?? relation.options['fieldName'] ?? relation.options['joinColumn'];
    const type = { ...member.type, category: 'any' as const, name: 'any' };
    return {
      name: member.name,
      line: member.line,
      type,
      column: {
        name: named ?? `${member.name}_id`,
        by: `@${join ? 'JoinColumn' : relation.name}`,
        ...(named === undefined ? { guessed: true as const } : {}),
      },
    };
  }
  if (column) {
    if (column.name === 'Formula') return { ...member, skipped: '@Formula' };
    const named = column.options['name'] ?? column.options['fieldName'] ?? column.options['field'];
    const filledBy = filledColumns.has(column.name) ? { filledBy: `@${column.name}` } : {};
    const typed = { ...member, type: storedType(member.type, column), ...filledBy };
    return named === undefined ? typed : { ...typed, column: { name: named, by: `@${column.name}` } };
  }
  const [other] = decorators;
  return isEntity ? { ...member, skipped: other ? `@${other.name}` : 'it has no column decorator' } : member;
}
