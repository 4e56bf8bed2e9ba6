import type ts from '@typescript/typescript6';
import type { TypeScript } from './shape.js';

/** A field that code sets on a row which it has read: `row.attachments = await …`. */
export interface SuppliedField {
  readonly name: string;
  /** What says of which type the row is: an annotation, or the query that reads it. */
  readonly row: ts.Node;
}

/** The field of a row that a node sets, unless the row is written to the database afterwards. */
export function suppliedFieldAt(typescript: TypeScript, node: ts.Node): SuppliedField | undefined {
  if (!typescript.isBinaryExpression(node) || node.operatorToken.kind !== typescript.SyntaxKind.EqualsToken)
    return undefined;
  const { left } = node;
  if (!typescript.isPropertyAccessExpression(left) || !typescript.isIdentifier(left.expression)) return undefined;
  const variable = left.expression.text;
  const row = originOf(typescript, variable, left);
  const writes = new RegExp(String.raw`\.(?:update|insert|upsert|save|merge)\w*\(\s*(?:\{\s*\.\.\.)?${variable}\b`);
  return row && !writes.test(node.getSourceFile().text) ? { name: left.name.text, row } : undefined;
}

/** Longest way from a variable to the one that its value comes from. */
const longestWay = 8;

/** What a variable gets its value from: its annotation, or the expression that it or the list around it is made of. */
function originOf(typescript: TypeScript, variable: string, at: ts.Node, length = 0): ts.Node | undefined {
  if (length > longestWay) return undefined;
  const further = (origin: ts.Node): ts.Node | undefined =>
    typescript.isIdentifier(origin) ? originOf(typescript, origin.text, origin, length + 1) : origin;
  for (let node = at.parent; node; node = node.parent) {
    const origin = typescript.isFunctionLike(node)
      ? ofParameter(typescript, variable, node)
      : ofDeclaration(typescript, variable, node);
    if (origin) return further(origin);
  }
  return undefined;
}

/** The type of a parameter, or the list whose elements a callback gets: `rows.map((row) => …)`. */
function ofParameter(typescript: TypeScript, variable: string, node: ts.SignatureDeclaration): ts.Node | undefined {
  const parameter = node.parameters.find(({ name }) => name.getText() === variable);
  if (!parameter || parameter.type) return parameter?.type;
  const { parent } = node;
  return typescript.isCallExpression(parent) && typescript.isPropertyAccessExpression(parent.expression)
    ? parent.expression.expression
    : undefined;
}

/** What a loop or a declaration of a block gives a variable: `for (const row of rows)`, `const [row] = await …`. */
function ofDeclaration(typescript: TypeScript, variable: string, node: ts.Node): ts.Node | undefined {
  const declares = ({ name }: ts.VariableDeclaration) =>
    new RegExp(String.raw`^[[\s]*${variable}\b`).test(name.getText());
  if (typescript.isForOfStatement(node))
    return typescript.isVariableDeclarationList(node.initializer) && node.initializer.declarations.some(declares)
      ? node.expression
      : undefined;
  if (!typescript.isBlock(node) && !typescript.isSourceFile(node)) return undefined;
  const lists = node.statements.flatMap((one) => (typescript.isVariableStatement(one) ? [one.declarationList] : []));
  const declared = lists.flatMap(({ declarations }) => [...declarations]).find(declares);
  return declared?.type ?? declared?.initializer;
}

const join = /join\w*\s*(?:<[^(]*>)?\(\s*(?:[\w.]*\braw\(\s*)?["'`](?:[^"'`]*\s+as\s+)?(\w+)["'`]/gi;
const selected = /["'`](\w+)\.(\w+)["'`]/g;

/**
 * Names of the columns that queries of a file select from tables that they join: `status` of `.join('states as s', …)`
 * and `.select('s.status')`. The query may be put together in another function than the one that reads its rows.
 */
export function joinedColumns({ text }: ts.SourceFile): ReadonlySet<string> {
  const tables = new Set([...text.matchAll(join)].map(([, table]) => table));
  return new Set([...text.matchAll(selected)].flatMap(([, table, name = '']) => (tables.has(table) ? [name] : [])));
}
