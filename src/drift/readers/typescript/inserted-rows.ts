import type ts from '@typescript/typescript6';
import { openedTable, queriedTable } from './row-types.js';
import type { TypeScript } from './shape.js';

/** Rows that a query inserts into a table. */
export interface InsertedRows {
  /** The table as the query names it. */
  readonly table: ts.Expression;
  /** Names of the columns that the call writes out, beside what its model has. */
  readonly gives: readonly string[];
}

/**
 * The rows that a call inserts: `knex('users').insert(row)`, `knex.insert(row).into('users')`. An object that is written
 * out is no row of a model, unless the query names its type.
 */
export function insertedRowsAt(typescript: TypeScript, node: ts.Node): InsertedRows | undefined {
  if (!typescript.isCallExpression(node) || !typescript.isPropertyAccessExpression(node.expression)) return undefined;
  const { name, expression } = node.expression;
  if (name.text === 'into') {
    const table = /\.insert\(/.test(expression.getText()) ? openedTable(typescript, node) : undefined;
    return table && { table, gives: [] };
  }
  const [row] = node.arguments;
  if (name.text !== 'insert' || !row) return undefined;
  const type = typeOfQuery(typescript, expression);
  if (typescript.isObjectLiteralExpression(row) && !type) return undefined;
  const table = queriedTable(typescript, expression);
  return table && { table, gives: [...keysOf(typescript, row), ...(type ? addedBy(typescript, type) : [])] };
}

/** The type that the query of a chain of calls names for its rows: `knex<Row>('users').transacting(trx)`. */
function typeOfQuery(typescript: TypeScript, chain: ts.Expression): ts.TypeNode | undefined {
  let node = chain;
  while (typescript.isCallExpression(node)) {
    if (node.typeArguments) return node.typeArguments[0];
    if (!typescript.isPropertyAccessExpression(node.expression)) return undefined;
    node = node.expression.expression;
  }
  return undefined;
}

/** Names of the properties that an object writes out, also in a list and in what a list is mapped to. */
export function keysOf(typescript: TypeScript, row: ts.Node): readonly string[] {
  return objectsIn(typescript, row).flatMap(({ properties }) =>
    properties.flatMap(({ name }) => nameOf(typescript, name)),
  );
}

/** The objects that are written out as rows: in a list, in what a list is mapped to, in a call that is given one. */
export function objectsIn(typescript: TypeScript, row: ts.Node): readonly ts.ObjectLiteralExpression[] {
  if (typescript.isParenthesizedExpression(row) || typescript.isAsExpression(row))
    return objectsIn(typescript, row.expression);
  if (typescript.isArrayLiteralExpression(row)) return row.elements.flatMap((one) => objectsIn(typescript, one));
  if (typescript.isCallExpression(row)) return row.arguments.flatMap((one) => objectsIn(typescript, one));
  if (typescript.isArrowFunction(row)) return objectsIn(typescript, row.body);
  return typescript.isObjectLiteralExpression(row) ? [row] : [];
}

/** Names of the fields that a type adds to a row's: `proposal` of `Row & { proposal: string }`. */
function addedBy(typescript: TypeScript, type: ts.TypeNode): readonly string[] {
  if (!typescript.isIntersectionTypeNode(type)) return [];
  const members = type.types.flatMap((part) => (typescript.isTypeLiteralNode(part) ? [...part.members] : []));
  return members.flatMap(({ name }) => nameOf(typescript, name));
}

const nameOf = (typescript: TypeScript, name: ts.Node | undefined): readonly string[] =>
  name && (typescript.isIdentifier(name) || typescript.isStringLiteralLike(name)) ? [name.text] : [];
