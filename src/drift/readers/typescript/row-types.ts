import type ts from '@typescript/typescript6';
import { lastName, rowType } from './row-parts.js';
import type { TypeScript } from './shape.js';

/** A type that rows are read as, and their table. */
export interface RowsRead {
  readonly row: ts.TypeReferenceNode;
  /** The table as the query names it: a text, or a constant that stands for one. */
  readonly table: ts.Expression;
  /** Whether the query joins other tables, so that its rows have more than the table's columns. */
  readonly joins?: true;
}

/** Functions that open a query on a table: `knex<Row>('users')`, `trx<Row>('users')`, `db.from<Row>('users')`. */
const opensTable = /^(?:knex\w*|db|database|trx|tx|transaction|conn|connection|from|into|table)$/i;

/** Methods after which rows are no longer those of the table. */
const reshapes = /join|count|sum|avg|min|max|groupby|union|pluck/i;

/**
 * The type that a node reads a table's rows as: `knex<Row>('users')`, `(await knex('users').where(…)) as Row[]`,
 * `const row: Row = await knex('users').first()`.
 */
export function rowsReadAt(typescript: TypeScript, node: ts.Node): RowsRead | undefined {
  if (typescript.isCallExpression(node)) {
    const read = rowsOf(typescript, node.typeArguments?.[0], openedTable(typescript, node));
    if (!read || returnsPart(typescript, node)) return undefined;
    return isJoined(typescript, node) ? { ...read, joins: true } : read;
  }
  if (typescript.isAsExpression(node)) return rowsOf(typescript, node.type, queriedTable(typescript, node.expression));
  if (typescript.isVariableDeclaration(node) && node.initializer)
    return rowsOf(typescript, node.type, queriedTable(typescript, node.initializer));
  return undefined;
}

/**
 * The type that a method of a query names for its rows, whatever tables it is of: `query.first<Row>()`,
 * `query.select<Row[]>('s.status')`.
 */
export function selectedRowAt(typescript: TypeScript, node: ts.Node): ts.TypeReferenceNode | undefined {
  if (!typescript.isCallExpression(node) || !typescript.isPropertyAccessExpression(node.expression)) return undefined;
  const [type] = node.typeArguments ?? [];
  return type && /^(?:select|first|distinct)$/.test(node.expression.name.text) ? rowType(typescript, type) : undefined;
}

/** Whether a chain of calls that a query begins gives other rows than the table's. */
function isJoined(typescript: TypeScript, opening: ts.CallExpression): boolean {
  return chainOf(typescript, opening).some(({ method }) => reshapes.test(method));
}

/** Whether a chain writes rows and gives only some of their columns: `db<User>('users').update(row).returning('id')`. */
function returnsPart(typescript: TypeScript, opening: ts.CallExpression): boolean {
  return chainOf(typescript, opening).some(
    ({ method, call: { arguments: given } }) =>
      method === 'returning' && given.length > 0 && !given.some((one) => /\*/.test(one.getText())),
  );
}

/** The calls on what a call gives, in order: `where` and `first` of `knex('users').where(…).first()`. */
function chainOf(
  typescript: TypeScript,
  opening: ts.CallExpression,
): readonly { readonly method: string; readonly call: ts.CallExpression }[] {
  const calls: { method: string; call: ts.CallExpression }[] = [];
  let node: ts.Node = opening;
  while (typescript.isPropertyAccessExpression(node.parent) && typescript.isCallExpression(node.parent.parent)) {
    calls.push({ method: node.parent.name.text, call: node.parent.parent });
    node = node.parent.parent;
  }
  return calls;
}

function rowsOf(
  typescript: TypeScript,
  type: ts.TypeNode | undefined,
  table: ts.Expression | undefined,
): RowsRead | undefined {
  const row = type && table ? rowType(typescript, type) : undefined;
  return row && table ? { row, table } : undefined;
}

/** The table that a call opens a query on: `knex('users')`, `this.db(TABLE)`. */
export function openedTable(typescript: TypeScript, call: ts.CallExpression): ts.Expression | undefined {
  const [table] = call.arguments;
  if (!table || !opensTable.test(lastName(call.expression)) || isSupabase(call.expression)) return undefined;
  const isNamed =
    typescript.isStringLiteralLike(table) ||
    typescript.isTemplateExpression(table) ||
    typescript.isIdentifier(table) ||
    typescript.isPropertyAccessExpression(table);
  return isNamed ? table : undefined;
}

/** Name of a table without its alias: `users as u` → `users`. */
export function withoutAlias(table: string): string {
  return table.replace(/\s+as\s.*$/i, '');
}

/** The table whose rows a chain of calls gives: `await knex('users').where(…).first()`. */
export function queriedTable(typescript: TypeScript, expression: ts.Expression): ts.Expression | undefined {
  let node = expression;
  while (
    typescript.isParenthesizedExpression(node) ||
    typescript.isAwaitExpression(node) ||
    isUnknown(typescript, node)
  )
    node = node.expression;
  while (typescript.isCallExpression(node)) {
    const table = openedTable(typescript, node);
    if (table) return table;
    const { expression: method } = node;
    if (!typescript.isPropertyAccessExpression(method) || reshapes.test(method.name.text)) return undefined;
    if (ofSupabase.test(method.name.text)) return undefined;
    node = method.expression;
  }
  return undefined;
}

/** Whether a function is `from` of a client of Supabase: `this.supabase.from`. */
const isSupabase = (node: ts.Expression): boolean => /supabase\w*(?:\(\))?\s*\.from$/i.test(node.getText());

/** Methods of Supabase's client, after which an answer holds the rows in JSON: `supabase.from('users').select().eq(…)`. */
const ofSupabase = /^(?:eq|neq|gte?|lte?|maybeSingle|single|contains|overlaps|match|throwOnError)$/;

/** Whether an expression is a cast to `unknown`, as before another cast. */
function isUnknown(typescript: TypeScript, node: ts.Expression): node is ts.AsExpression {
  return typescript.isAsExpression(node) && node.type.kind === typescript.SyntaxKind.UnknownKeyword;
}
