import type ts from '@typescript/typescript6';
import { constantOf, staticValue, textOf } from './constants.js';
import { propertiesOf } from './decorators.js';
import { extended, lineage, type Typed } from './lineage.js';
import { membersOfType } from './members.js';
import type { Scope } from './shape.js';

/** Libraries whose classes bring no columns beyond those that are known of them. */
const libraries = /^(?:typeorm|objection|sequelize|sequelize-typescript|@mikro-orm\/.*|@sequelize\/.*)$/;

/** What a class or its ancestors extend and no given file declares: `Model`, `DbErrors(Model)`. */
function foreignParents(scope: Scope, node: Typed): readonly ts.Expression[] {
  return lineage(scope, node)
    .flatMap((one) => extended(scope, one).map(({ expression }) => expression))
    .filter((expression) => !scope.names.find(expression.getText(), expression));
}

/** A type that a declaration takes fields from and that no given file declares: what fields it brings is not known. */
export function unknownParent(scope: Scope, node: ts.Node): string | undefined {
  const { ts } = scope;
  if (ts.isClassDeclaration(node) || ts.isInterfaceDeclaration(node))
    return foreignParents(scope, node)
      .filter((expression) => !isOfLibrary(scope, expression))
      .map((expression) => expression.getText())
      .find((name) => !/^(?:BaseEntity|Object|Omit|Pick|Partial|Required|Readonly)$/.test(name));
  if (!ts.isTypeAliasDeclaration(node) || !ts.isIntersectionTypeNode(node.type)) return undefined;
  const unknown = node.type.types.find(
    (type) => ts.isTypeReferenceNode(type) && membersOfType(scope, type) === undefined,
  );
  return unknown?.getText();
}

/** Whether a parent is a class of a library, perhaps in a mixin: `DbErrors(Model)`. */
function isOfLibrary({ ts }: Scope, expression: ts.Expression): boolean {
  const { statements } = expression.getSourceFile();
  const names = new Set(expression.getText().match(/\w+/g));
  return statements.some((statement) => {
    if (!ts.isImportDeclaration(statement) || !ts.isStringLiteral(statement.moduleSpecifier)) return false;
    if (!libraries.test(statement.moduleSpecifier.text)) return false;
    const imported = statement.importClause?.getText().match(/\w+/g) ?? [];
    return imported.some((name) => names.has(name));
  });
}

/** Whether a class is a model of Sequelize or Objection, which fill their instances with rows. */
export function isActiveRecord(scope: Scope, node: ts.Node): boolean {
  if (!scope.ts.isClassDeclaration(node)) return false;
  return foreignParents(scope, node).some((expression) => /(?:^|[(.,\s])Model(?:[(),]|$)/.test(expression.getText()));
}

/**
 * The table of a class that names it: `static tableName = 'users'`, `static get tableName() { return 'users' }`,
 * `User.init({ … }, { tableName: 'users' })`.
 */
export function staticTable(scope: Scope, node: ts.Node): string | undefined {
  if (!scope.ts.isClassDeclaration(node)) return undefined;
  const options = scope.attributes.get(node)?.options;
  const given = options && propertiesOf(scope, constantOf(scope, options)).find(({ name }) => name === 'tableName');
  return textOf(scope, given?.value ?? staticValue(scope, node, 'tableName'));
}
