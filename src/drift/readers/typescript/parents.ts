import type ts from '@typescript/typescript6';
import { membersOfType } from './members.js';
import type { Scope } from './shape.js';

/** Classes of libraries that bring no columns. */
const bare = new Set(['BaseEntity', 'Object']);

/**
 * A type that a declaration takes fields from and that no given file declares: what fields it brings is not known.
 * Sequelize's and Objection's `Model` is one, which has `id` and `createdAt`.
 */
export function unknownParent(scope: Scope, node: ts.Node): string | undefined {
  const { ts, names } = scope;
  if (ts.isClassDeclaration(node) || ts.isInterfaceDeclaration(node))
    return extended(scope, node)
      .map((type) => type.expression.getText())
      .find(
        (name) => !names.find(name, node) && !bare.has(name) && !/^(?:Omit|Pick|Partial|Required|Readonly)$/.test(name),
      );
  if (!ts.isTypeAliasDeclaration(node) || !ts.isIntersectionTypeNode(node.type)) return undefined;
  const unknown = node.type.types.find(
    (type) => ts.isTypeReferenceNode(type) && membersOfType(scope, type) === undefined,
  );
  return unknown?.getText();
}

function extended({ ts }: Scope, node: ts.ClassDeclaration | ts.InterfaceDeclaration) {
  return (node.heritageClauses ?? [])
    .filter(({ token }) => token === ts.SyntaxKind.ExtendsKeyword)
    .flatMap(({ types }) => [...types]);
}

/** Whether a class is a model of Sequelize or Objection, which fill their instances with rows. */
export function isActiveRecord(scope: Scope, node: ts.Node): boolean {
  return (
    scope.ts.isClassDeclaration(node) &&
    extended(scope, node).some(({ expression }) => /^(?:\w+\.)?Model(?:\(|$)/.test(expression.getText()))
  );
}

/** The table of a class that names it: `static tableName = 'users'`, `static get tableName() { return 'users' }`. */
export function staticTable({ ts }: Scope, node: ts.Node): string | undefined {
  if (!ts.isClassDeclaration(node)) return undefined;
  const member = node.members.find((candidate) => candidate.name?.getText() === 'tableName');
  if (!member) return undefined;
  if (ts.isPropertyDeclaration(member))
    return member.initializer && ts.isStringLiteralLike(member.initializer) ? member.initializer.text : undefined;
  const statement = ts.isGetAccessorDeclaration(member) ? member.body?.statements[0] : undefined;
  const value = statement && ts.isReturnStatement(statement) ? statement.expression : undefined;
  return value && ts.isStringLiteralLike(value) ? value.text : undefined;
}
