import type ts from '@typescript/typescript6';
import { lineOf, type Place, shownPath, walk } from './source.js';

export interface OpaqueWrite extends Place {
  /** Name of the table in Kysely; absent where that cannot be read either. */
  readonly table?: string;
}

const tableMethods = new Set(['insertInto', 'replaceInto', 'updateTable', 'mergeInto']);

const writeMethods = new Set(['values', 'columns', 'set', 'doUpdateSet', 'thenUpdateSet', 'thenInsertValues']);

/**
 * Calls of Kysely's methods that write a value whose keys are not written out: `values(row)`. What is `known` is none:
 * its type says its keys.
 */
export function opaqueWrites(
  compiler: typeof ts,
  source: ts.SourceFile,
  known: ReadonlySet<ts.Node> = new Set(),
): OpaqueWrite[] {
  const found: OpaqueWrite[] = [];
  const file = shownPath(source.fileName);
  walk<Target>(compiler, source, { known: false }, (node, outer) => {
    const target = targetOf(compiler, node) ?? outer;
    if (
      compiler.isCallExpression(node) &&
      compiler.isPropertyAccessExpression(node.expression) &&
      writeMethods.has(node.expression.name.text)
    ) {
      const [value, ...others] = node.arguments;
      // `map.set(key, value)` is no write to a table.
      const isWrite = others.length === 0 || target.known;
      if (value && isWrite && isOpaque(compiler, value, known)) {
        found.push({
          file,
          line: lineOf(source, value),
          ...(target.table === undefined ? {} : { table: target.table }),
        });
      }
    }
    return target;
  });
  return found;
}

interface Target {
  /** Whether the chain writes a table, even if its name cannot be read. */
  readonly known: boolean;
  readonly table?: string;
}

/** The table that a chain of calls writes: `db.insertInto('tasks').values(row)`. */
function targetOf(compiler: typeof ts, chain: ts.Node): Target | undefined {
  let node = chain;
  while (compiler.isCallExpression(node) && compiler.isPropertyAccessExpression(node.expression)) {
    if (tableMethods.has(node.expression.name.text)) {
      const [table] = node.arguments;
      return table && compiler.isStringLiteralLike(table)
        ? { known: true, table: table.text.replace(/\s+as\s.*/is, '') }
        : { known: true };
    }
    node = node.expression.expression;
  }
  return undefined;
}

/** Whether an expression hides which columns it names. */
function isOpaque(compiler: typeof ts, node: ts.Node, known: ReadonlySet<ts.Node>): boolean {
  const inner = (other: ts.Node): boolean => isOpaque(compiler, other, known);
  if (known.has(node)) return false;
  if (compiler.isStringLiteralLike(node)) return false;
  if (compiler.isParenthesizedExpression(node) || compiler.isAsExpression(node) || compiler.isSatisfiesExpression(node))
    return inner(node.expression);
  if (compiler.isArrayLiteralExpression(node)) return node.elements.some(inner);
  if (compiler.isConditionalExpression(node)) return inner(node.whenTrue) || inner(node.whenFalse);
  if (compiler.isArrowFunction(node)) return inner(node.body);
  if (!compiler.isObjectLiteralExpression(node)) return true;
  return node.properties.some((property) => {
    if (compiler.isSpreadAssignment(property)) return inner(property.expression);
    return compiler.isComputedPropertyName(property.name) && inner(property.name.expression);
  });
}
