import type ts from '@typescript/typescript6';
import type { Scope } from './shape.js';

/** Longest chain of constants that is followed; it also ends `const a = b; const b = a`. */
const longestChain = 8;

/**
 * The expression that a constant stands for: `'users'` for `TABLE`, for `Tables.Users` of an object or an enum, and for
 * `'users' as const`. The expression itself where no given file says more.
 */
export function constantOf(scope: Scope, node: ts.Expression, length = 0): ts.Expression {
  const { ts, names } = scope;
  if (ts.isParenthesizedExpression(node) || ts.isAsExpression(node) || ts.isSatisfiesExpression(node))
    return constantOf(scope, node.expression, length);
  if (length > longestChain) return node;
  if (ts.isCallExpression(node) && node.expression.getText() === 'Object.freeze' && node.arguments[0])
    return constantOf(scope, node.arguments[0], length + 1);
  // A method of a class may return what each subclass adds to: `...BaseModel.attributes()`.
  if (ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression)) {
    const returned = constantOf(scope, node.expression, length + 1);
    return returned === node.expression ? node : returned;
  }
  if (ts.isIdentifier(node)) {
    const declared = names.find(node.text, node)?.node;
    const value = declared && ts.isVariableDeclaration(declared) ? declared.initializer : undefined;
    return value ? constantOf(scope, value, length + 1) : node;
  }
  if (!ts.isPropertyAccessExpression(node)) return node;
  const member = memberOf(scope, node.expression, node.name.text, length + 1);
  return member ? constantOf(scope, member, length + 1) : node;
}

function memberOf(scope: Scope, owner: ts.Expression, name: string, length: number): ts.Expression | undefined {
  const { ts, names } = scope;
  const declared = ts.isIdentifier(owner) ? names.find(owner.text, owner)?.node : undefined;
  if (declared && ts.isEnumDeclaration(declared))
    return declared.members.find((member) => member.name.getText() === name)?.initializer;
  if (declared && ts.isClassDeclaration(declared)) return staticValue(scope, declared, name);
  const whole = constantOf(scope, owner, length);
  const property = ts.isObjectLiteralExpression(whole)
    ? whole.properties.find((candidate) => candidate.name?.getText() === name)
    : undefined;
  return property && ts.isPropertyAssignment(property) ? property.initializer : undefined;
}

/** What a static member of a class is, or its getter or method returns: `static NAME = 'users'`. */
export function staticValue(
  { ts }: Pick<Scope, 'ts'>,
  node: ts.ClassDeclaration,
  name: string,
): ts.Expression | undefined {
  const isStatic = (member: ts.ClassElement) =>
    ts.canHaveModifiers(member) && member.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.StaticKeyword);
  const member = node.members.find((candidate) => candidate.name?.getText() === name && isStatic(candidate));
  if (!member) return undefined;
  if (ts.isPropertyDeclaration(member)) return member.initializer;
  const statement =
    ts.isGetAccessorDeclaration(member) || ts.isMethodDeclaration(member) ? member.body?.statements[0] : undefined;
  return statement && ts.isReturnStatement(statement) ? statement.expression : undefined;
}

/** The text that an expression is, behind constants: `'users'`, `TABLE`, `` `${TABLE} as u` ``. */
export function textOf(scope: Scope, node: ts.Expression | undefined): string | undefined {
  const { ts } = scope;
  const value = node && constantOf(scope, node);
  if (!value) return undefined;
  if (ts.isStringLiteralLike(value)) return value.text;
  if (!ts.isTemplateExpression(value)) return undefined;
  const parts = value.templateSpans.map(({ expression, literal }) => {
    const inner = constantOf(scope, expression);
    return ts.isStringLiteralLike(inner) ? inner.text + literal.text : undefined;
  });
  return parts.includes(undefined) ? undefined : value.head.text + parts.join('');
}
