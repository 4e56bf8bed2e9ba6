import type ts from '@typescript/typescript6';
import { localType } from './local-types.js';
import type { TypeScript } from './shape.js';
import { elementsOf } from './tuples.js';

export type RowPart = ts.TypeNode | ts.InterfaceDeclaration;

/** What the type of a row is made of. Every row is of all its parts. */
export interface RowParts {
  /** The type that a name stands for: `User`. */
  readonly named?: ts.TypeReferenceNode;
  /** Types that are written in place, `{ total: number }`, `Pick<User, 'id'>`, or in the function around it. */
  readonly inline: readonly RowPart[];
}

/** A row's type: `User` of `User[]`, `Promise<User | undefined>`, `QueryResult<User>`, `User & { total: number }`. */
export function rowType(typescript: TypeScript, type: ts.TypeNode): ts.TypeReferenceNode | undefined {
  return rowParts(typescript, type).named;
}

/** The parts of the type of a row, or of what holds rows. */
export function rowParts(typescript: TypeScript, type: ts.TypeNode): RowParts {
  const parts = partsOf(typescript, type);
  const inline = parts.filter((part) => !isNamed(typescript, part));
  const [named, ...others] = parts.filter((part) => isNamed(typescript, part));
  return { ...(named && others.length === 0 ? { named } : {}), inline };
}

/** Types whose argument is that of a row. */
const wrapsRows = /^(?:(?:Readonly)?Array|Readonly|Promise|QueryResult)$/;

/** Types of the language that make a type of others. */
const makesType = /^(?:Pick|Omit|Partial|Required|Record)$/;

function isNamed(typescript: TypeScript, part: RowPart): part is ts.TypeReferenceNode {
  return typescript.isTypeReferenceNode(part) && !makesType.test(part.typeName.getText());
}

/** Whether a type has fields that are not named where it stands: `Omit<User, 'id'>`. */
export function hasOthers(typescript: TypeScript, part: RowPart): boolean {
  return typescript.isTypeReferenceNode(part) && !/^(?:Pick|Record)$/.test(part.typeName.getText());
}

/** Longest chain of local types that is followed; it also ends `type A = B; type B = A`. */
const longestChain = 4;

function partsOf(typescript: TypeScript, type: ts.TypeNode, length = 0): readonly RowPart[] {
  const inside = (inner: ts.TypeNode) => partsOf(typescript, inner, length);
  if (typescript.isParenthesizedTypeNode(type)) return inside(type.type);
  if (typescript.isArrayTypeNode(type)) return inside(type.elementType);
  if (typescript.isTypeOperatorNode(type))
    return type.operator === typescript.SyntaxKind.ReadonlyKeyword ? inside(type.type) : [];
  if (typescript.isTupleTypeNode(type)) {
    const [element, ...others] = elementsOf({ ts: typescript }, type);
    return element && others.length === 0 ? inside(element) : [];
  }
  if (typescript.isIntersectionTypeNode(type)) return type.types.flatMap(inside);
  if (typescript.isUnionTypeNode(type)) return ofUnion(typescript, type.types.map(inside));
  if (typescript.isMappedTypeNode(type)) return [type];
  if (typescript.isTypeLiteralNode(type)) {
    const rows = rowsOf(typescript, type);
    return rows ? inside(rows) : [type];
  }
  if (!typescript.isTypeReferenceNode(type)) return [];
  const [first] = type.typeArguments ?? [];
  if (first && wrapsRows.test(lastName(type.typeName))) return inside(first);
  return ofReference(typescript, type, length);
}

/** The parts of a type that a name stands for. What a parameter of the function stands for, its callers say. */
function ofReference(typescript: TypeScript, type: ts.TypeReferenceNode, length: number): readonly RowPart[] {
  const local = localType(typescript, type.typeName.getText(), type);
  if (!local) return [type];
  if (typescript.isInterfaceDeclaration(local)) return [local];
  return typescript.isTypeAliasDeclaration(local) && length < longestChain
    ? partsOf(typescript, local.type, length + 1)
    : [];
}

/** The parts of the only member of a union that is a row. A row of several is one of them, and nobody knows which. */
function ofUnion(typescript: TypeScript, all: readonly (readonly RowPart[])[]): readonly RowPart[] {
  const members = all.filter((parts) => parts.length > 0);
  if (members.length === 1) return members[0] ?? [];
  const named = members.flat().filter((part) => isNamed(typescript, part));
  return named.length === 1 ? named : [];
}

/** The type of `rows` in what a driver answers: `{ rows: User[]; rowCount: number }`. */
function rowsOf(typescript: TypeScript, { members }: ts.TypeLiteralNode): ts.TypeNode | undefined {
  const rows = members.find(({ name }) => name?.getText() === 'rows');
  const type = rows && typescript.isPropertySignature(rows) ? rows.type : undefined;
  const isList = type && (typescript.isArrayTypeNode(type) || /^(?:Readonly)?Array</.test(type.getText()));
  return isList ? type : undefined;
}

/** The last part of a name: `knex` of `this.knex`. */
export const lastName = (node: ts.Node): string => node.getText().split('.').at(-1)?.trim() ?? '';
