import type ts from '@typescript/typescript6';
import { textOf } from './constants.js';
import { extended } from './lineage.js';
import type { Declaration, Scope } from './shape.js';
import { statementReadAt } from './statement-rows.js';

/** What a generic class reads: whole rows of the table that a property names, as a type parameter. */
interface Reading {
  /** Which of its type parameters stands for the rows. */
  readonly parameter: number;
  readonly property: string;
}

/** A row's type and its table. */
export interface RepositoryRow {
  readonly row: ts.TypeReferenceNode;
  readonly table: string;
}

/**
 * The rows of classes that inherit from a generic one: `Task` and `tasks` of `class Tasks extends Repository<Task> {
 * constructor() { super('tasks') } }`, where `Repository<T>` reads `SELECT * FROM ${this.table}` as `T`.
 */
export function repositoryRows(scope: Scope, found: readonly Declaration[]): readonly RepositoryRow[] {
  const { ts, names } = scope;
  const known = new Map<ts.ClassDeclaration, Reading | undefined>();
  return found.flatMap(({ node }) => {
    const [parent] = ts.isClassDeclaration(node) ? extended(scope, node) : [];
    const base = parent?.typeArguments && names.find(parent.expression.getText(), parent)?.node;
    if (!base || !ts.isClassDeclaration(base) || !ts.isClassDeclaration(node)) return [];
    if (!known.has(base)) known.set(base, readingOf(scope, base));
    const reading = known.get(base);
    const row = reading && parent.typeArguments[reading.parameter];
    const named = reading && tableOf(scope, node, base, reading.property);
    const table = named && textOf(scope, named);
    return row && ts.isTypeReferenceNode(row) && table !== undefined ? [{ row, table }] : [];
  });
}

function readingOf(scope: Scope, base: ts.ClassDeclaration): Reading | undefined {
  const { ts } = scope;
  const parameters = (base.typeParameters ?? []).map(({ name }) => name.text);
  const pending: ts.Node[] = parameters.length > 0 ? [...base.members] : [];
  for (let node = pending.pop(); node; node = pending.pop()) {
    const read = statementReadAt(ts, node);
    const parameter = parameters.indexOf(read?.row.named?.getText() ?? '');
    const property = read && parameter >= 0 ? tableProperty(scope, read.text) : undefined;
    if (property !== undefined) return { parameter, property };
    ts.forEachChild(node, (child) => void pending.push(child));
  }
  return undefined;
}

const readsWhole = /^\s*select\s+\*\s+from\s+"?$/i;

/** The property that names the only table of a statement which gives whole rows: `SELECT * FROM ${this.table}`. */
function tableProperty({ ts }: Scope, text: ts.Node): string | undefined {
  if (!ts.isTemplateExpression(text) || !readsWhole.test(text.head.text)) return undefined;
  const [table] = text.templateSpans;
  if (!table || !ts.isPropertyAccessExpression(table.expression)) return undefined;
  const isJoined = text.templateSpans.some(({ literal }) => /\bjoin\b|^"?\s*,/i.test(literal.text));
  const isOwn = table.expression.expression.kind === ts.SyntaxKind.ThisKeyword;
  return isOwn && !isJoined ? table.expression.name.text : undefined;
}

/** What a class gives a property of its base class: by a property of its own, or by a call of `super`. */
function tableOf(
  { ts }: Scope,
  node: ts.ClassDeclaration,
  base: ts.ClassDeclaration,
  property: string,
): ts.Expression | undefined {
  const own = node.members.find((member) => ts.isPropertyDeclaration(member) && member.name.getText() === property);
  if (own && ts.isPropertyDeclaration(own)) return own.initializer;
  const index = base.members
    .find((member) => ts.isConstructorDeclaration(member))
    ?.parameters.findIndex(
      (parameter) =>
        ts.isParameterPropertyDeclaration(parameter, parameter.parent) && parameter.name.getText() === property,
    );
  const statements = node.members.find((member) => ts.isConstructorDeclaration(member))?.body?.statements ?? [];
  const call = statements
    .map((one) => (ts.isExpressionStatement(one) ? one.expression : undefined))
    .find((one) => one && ts.isCallExpression(one) && one.expression.kind === ts.SyntaxKind.SuperKeyword);
  return call && ts.isCallExpression(call) && index !== undefined ? call.arguments[index] : undefined;
}
