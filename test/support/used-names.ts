import ts from 'typescript';

/** The names that a module of generated code uses and that do not come from a schema. */
export interface UsedNames {
  readonly types: readonly string[];
  readonly values: readonly string[];
}

/**
 * Identifies the names that come from a schema: `follows` is true for all names that are derived from it, `isGiven` for
 * those that consist of its own words.
 */
export interface Marks {
  readonly follows: (name: string) => boolean;
  readonly isGiven: (name: string) => boolean;
}

/**
 * The imports and globals of a module, and those of its type parameters, parameters and variables that would hide a
 * name of the schema that is used in their scope. Names that the module itself declares count as its own.
 */
export function usedNames(path: string, text: string, marks: Marks): UsedNames {
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.ES2022, true);
  const own = new Set(source.statements.flatMap(declaredNames));
  const found = { types: new Set<string>(), values: new Set<string>() };
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node) && !marks.follows(node.text) && !own.has(node.text)) {
      const kind = kindOf(node);
      const hides =
        isDeclared(node) && mentions(scopeOf(node), (name) => kindOf(name) === kind && marks.isGiven(name.text));
      const isFree = !isDeclared(node) && !isKnownAround(node);
      if (kind && (hides || isFree)) found[kind].add(node.text);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return { types: [...found.types], values: [...found.values] };
}

function declaredNames(statement: ts.Statement): string[] {
  if (ts.isVariableStatement(statement))
    return statement.declarationList.declarations.map(({ name }) => name.getText(statement.getSourceFile()));
  const isNamed =
    ts.isInterfaceDeclaration(statement) || ts.isTypeAliasDeclaration(statement) || ts.isFunctionDeclaration(statement);
  return isNamed && statement.name ? [statement.name.text] : [];
}

/** Whether an identifier is resolved among types or values; undefined for names of properties. */
function kindOf(node: ts.Identifier): 'types' | 'values' | undefined {
  const { parent } = node;
  if (ts.isImportSpecifier(parent)) return /^[A-Z]/.test(node.text) ? 'types' : 'values';
  if (ts.isTypeReferenceNode(parent)) return node.text === 'const' ? undefined : 'types';
  if (ts.isTypeParameterDeclaration(parent)) return 'types';
  if (ts.isPropertyAccessExpression(parent)) return parent.expression === node ? 'values' : undefined;
  if (ts.isPropertyAssignment(parent)) return parent.initializer === node ? 'values' : undefined;
  if (ts.isPropertySignature(parent) || ts.isFunctionDeclaration(parent) || ts.isNamedTupleMember(parent))
    return undefined;
  return isTypePosition(parent) ? 'types' : 'values';
}

const isTypePosition = (parent: ts.Node) =>
  ts.isExpressionWithTypeArguments(parent) || ts.isTypeAliasDeclaration(parent) || ts.isInterfaceDeclaration(parent);

const isDeclared = ({ parent }: ts.Identifier) =>
  ts.isTypeParameterDeclaration(parent) || ts.isParameter(parent) || ts.isVariableDeclaration(parent);

/** The function or type that is the scope of a name. */
function scopeOf(node: ts.Node): ts.Node {
  let at = node.parent;
  while (!ts.isFunctionDeclaration(at) && !ts.isSourceFile(at.parent)) at = at.parent;
  return at;
}

/** Whether an identifier's name is declared in its scope. */
function isKnownAround(node: ts.Identifier): boolean {
  return contains(scopeOf(node), (inner) => isDeclared(inner) && inner.text === node.text);
}

function mentions(scope: ts.Node, isGiven: (name: ts.Identifier) => boolean): boolean {
  return contains(scope, (inner) => inner.parent !== scope && !isDeclared(inner) && isGiven(inner));
}

function contains(node: ts.Node, holds: (inner: ts.Identifier) => boolean): boolean {
  if (ts.isIdentifier(node) && holds(node)) return true;
  return ts.forEachChild(node, (child) => contains(child, holds) || undefined) ?? false;
}
