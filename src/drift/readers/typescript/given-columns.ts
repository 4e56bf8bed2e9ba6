import type ts from '@typescript/typescript6';
import type { GivenColumns } from '../../declared.js';
import { textOf } from './constants.js';
import { keysOf, objectsIn } from './inserted-rows.js';
import { lastName } from './row-parts.js';
import { queriedTable, withoutAlias } from './row-types.js';
import type { Scope, TypeScript } from './shape.js';

/** Columns that an insert writes out beside a spread object, whose type need not have them. */
export interface WrittenBeside {
  /** The table, in the text of a statement or as a query names it. */
  readonly table: string | ts.Expression;
  readonly columns: readonly string[];
}

/**
 * What a node writes out beside a spread object: `created_by` of `knex('tasks').insert({ ...task, created_by })`, of
 * `insertInto('tasks').values({ …` of Kysely, and of ``sql`INSERT INTO tasks ${sql({ …` `` of postgres.js.
 */
export function writtenBesideAt(typescript: TypeScript, node: ts.Node): readonly WrittenBeside[] {
  const inserts = typescript.isTemplateExpression(node) ? inText(node) : inCall(typescript, node);
  return inserts.flatMap(({ table, row }) => {
    const objects = objectsIn(typescript, row).filter(({ properties }) =>
      properties.some((one) => typescript.isSpreadAssignment(one)),
    );
    const columns = objects.flatMap((object) => keysOf(typescript, object));
    return columns.length > 0 ? [{ table, columns }] : [];
  });
}

interface Insert {
  readonly table: string | ts.Expression;
  readonly row: ts.Expression;
}

const opened = /\binsert\s+into\s+([\w."]+)\s*$/i;

function inText({ head, templateSpans }: ts.TemplateExpression): readonly Insert[] {
  const texts = [head.text, ...templateSpans.map(({ literal }) => literal.text)];
  return templateSpans.flatMap(({ expression: row }, index) => {
    const [, table] = opened.exec(texts[index] ?? '') ?? [];
    return table === undefined ? [] : [{ table: table.replaceAll('"', ''), row }];
  });
}

function inCall(typescript: TypeScript, node: ts.Node): readonly Insert[] {
  if (!typescript.isCallExpression(node) || !typescript.isPropertyAccessExpression(node.expression)) return [];
  const { name, expression: query } = node.expression;
  const [row] = node.arguments;
  const table = name.text === 'insert' ? queriedTable(typescript, query) : undefined;
  const isOfKysely =
    name.text === 'values' && typescript.isCallExpression(query) && lastName(query.expression) === 'insertInto';
  const into = table ?? (isOfKysely ? query.arguments[0] : undefined);
  return row && into ? [{ table: into, row }] : [];
}

/** The same with the names of the tables. */
export function givenColumns(scope: Scope, found: readonly WrittenBeside[]): readonly GivenColumns[] {
  return found.flatMap(({ table, columns }) => {
    const name = typeof table === 'string' ? table : textOf(scope, table);
    return name === undefined ? [] : [{ table: withoutAlias(name), columns }];
  });
}
