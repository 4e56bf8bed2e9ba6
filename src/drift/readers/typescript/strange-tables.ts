import type ts from '@typescript/typescript6';
import type { StrangeTable } from '../../declared.js';
import { lineOf, type TypeScript } from './shape.js';

/** Functions whose second argument describes a table that the first one names. */
const declaring = /(?:^|\.)(?!(?:create|alter|drop|rename|has|with|add|console)\w*$)(?:\w*table|define|model|entity)$/i;

/**
 * A call that looks like the declaration of a table: `someTable('users', { id: … })`, `new EntitySchema({ tableName:
 * 'users' })`. Whether a reader took it, and whether there is such a table, is seen later.
 */
export function strangeTableAt(typescript: TypeScript, source: ts.SourceFile, node: ts.Node): StrangeTable | undefined {
  if (!typescript.isCallExpression(node) && !typescript.isNewExpression(node)) return undefined;
  const by = node.expression.getText().replace(/\s+/g, '');
  const [first, second] = node.arguments ?? [];
  const place = { by: by.slice(0, 60), file: source.fileName, line: lineOf({ ts: typescript }, node) };
  if (first && typescript.isStringLiteralLike(first))
    return second && declaring.test(by) && describesFields(typescript, second)
      ? { table: first.text, ...place }
      : undefined;
  if (!first || !typescript.isObjectLiteralExpression(first) || !/^(?:EntitySchema|defineEntity)$/.test(by))
    return undefined;
  const table = first.properties
    .filter((property) => typescript.isPropertyAssignment(property))
    .find(({ name }) => name.getText() === 'tableName')?.initializer;
  return table && typescript.isStringLiteralLike(table) ? { table: table.text, ...place } : undefined;
}

function describesFields(typescript: TypeScript, node: ts.Expression): boolean {
  if (typescript.isArrowFunction(node)) {
    const body = typescript.isParenthesizedExpression(node.body) ? node.body.expression : node.body;
    return typescript.isObjectLiteralExpression(body);
  }
  return typescript.isObjectLiteralExpression(node) && node.properties.length > 0;
}
