import type ts from '@typescript/typescript6';
import type { TypeScript } from './shape.js';

/**
 * The expression that a constant of the same file stands for, or a member of an enum or an object: `1700` for
 * `numericTypeId` and `TypeIds.Numeric`. The expression itself where the file has none of its name.
 */
export function nearbyConstant(typescript: TypeScript, node: ts.Expression): ts.Expression {
  if (typescript.isIdentifier(node)) {
    const declared = declaredNear(typescript, node, node.text);
    return (
      (declared && typescript.isVariableDeclaration(declared) ? initializerOf(typescript, declared) : undefined) ?? node
    );
  }
  if (!typescript.isPropertyAccessExpression(node) || !typescript.isIdentifier(node.expression)) return node;
  const owner = declaredNear(typescript, node, node.expression.text);
  const value = owner && typescript.isVariableDeclaration(owner) ? initializerOf(typescript, owner) : undefined;
  const isWanted = (member: ts.EnumMember | ts.ObjectLiteralElementLike) => member.name?.getText() === node.name.text;
  const member =
    owner && typescript.isEnumDeclaration(owner)
      ? owner.members.find(isWanted)
      : value && typescript.isObjectLiteralExpression(value) && value.properties.find(isWanted);
  const isValued = member && (typescript.isEnumMember(member) || typescript.isPropertyAssignment(member));
  return (isValued ? member.initializer : undefined) ?? node;
}

type Declared = ts.VariableDeclaration | ts.EnumDeclaration;

/** What declares a name, in the blocks around a node and in its file. */
function declaredNear(typescript: TypeScript, at: ts.Node, name: string): Declared | undefined {
  for (let node = at; node; node = node.parent) {
    if (!typescript.isSourceFile(node) && !typescript.isBlock(node)) continue;
    const found = node.statements
      .flatMap((one): readonly Declared[] => {
        if (typescript.isEnumDeclaration(one)) return [one];
        return typescript.isVariableStatement(one) ? one.declarationList.declarations : [];
      })
      .find((one) => one.name.getText() === name);
    if (found) return found;
  }
  return undefined;
}

function initializerOf(typescript: TypeScript, { initializer }: ts.VariableDeclaration): ts.Expression | undefined {
  const isCast =
    initializer && (typescript.isAsExpression(initializer) || typescript.isSatisfiesExpression(initializer));
  return isCast ? initializer.expression : initializer;
}
