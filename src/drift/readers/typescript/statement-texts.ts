import type ts from '@typescript/typescript6';
import { looksLikeSql } from '../sql-literal.js';
import { literalText } from './literal-text.js';
import { nearbyConstant } from './nearby-constants.js';
import type { TypeScript } from './shape.js';

/** The text of a statement, and whether the code adds to it before it runs it. */
export interface FoundText {
  readonly text: ts.Node;
  readonly isExtended: boolean;
}

/** The text of the statement that a node runs: of ``sql`SELECT …` ``, or of an argument of a call. */
export function statementOf(
  typescript: TypeScript,
  node: ts.TaggedTemplateExpression | ts.CallExpression,
): FoundText | undefined {
  if (typescript.isTaggedTemplateExpression(node)) {
    // What a call is given is read as the call says.
    const isArgument = typescript.isCallExpression(node.parent) && !node.typeArguments;
    return isArgument ? undefined : sqlIn(typescript, node.template);
  }
  for (const argument of node.arguments) {
    const found = sqlIn(typescript, argument);
    if (found) return found;
  }
  return undefined;
}

function sqlIn(typescript: TypeScript, given: ts.Expression): FoundText | undefined {
  const node = nearbyConstant(typescript, given);
  if (node !== given && isVariable(typescript, given, node)) {
    const found = sqlIn(typescript, node);
    return found && { ...found, isExtended: true };
  }
  if (typescript.isTaggedTemplateExpression(node)) return sqlIn(typescript, node.template);
  if (typescript.isObjectLiteralExpression(node)) {
    const property = node.properties.find(({ name }) => name?.getText() === 'text' || name?.getText() === 'sql');
    if (!property) return undefined;
    if (typescript.isShorthandPropertyAssignment(property)) return sqlIn(typescript, property.name);
    return typescript.isPropertyAssignment(property) ? sqlIn(typescript, property.initializer) : undefined;
  }
  const sql = literalText(typescript, node);
  return sql !== undefined && looksLikeSql(sql) ? { text: node, isExtended: false } : undefined;
}

/** Whether code adds to the text that a name stands for: `let text = …; text += …`, `const query = SQL`…`; query.append(…)`. */
function isVariable(typescript: TypeScript, name: ts.Expression, value: ts.Node): boolean {
  let { parent } = value;
  while (!typescript.isVariableDeclaration(parent) && !typescript.isSourceFile(parent)) parent = parent.parent;
  if (typescript.isSourceFile(parent)) return false;
  const isConstant = (typescript.getCombinedNodeFlags(parent) & typescript.NodeFlags.Const) !== 0;
  return !isConstant || appendedIn(name.getSourceFile()).has(name.getText());
}

/** The names that each file calls `append` of. */
const appended = new WeakMap<ts.SourceFile, ReadonlySet<string>>();

function appendedIn(source: ts.SourceFile): ReadonlySet<string> {
  const names =
    appended.get(source) ?? new Set([...source.text.matchAll(/\b(\w+)\s*\.append\(/g)].map(([, name = '']) => name));
  appended.set(source, names);
  return names;
}
