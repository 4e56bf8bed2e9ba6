import type ts from '@typescript/typescript6';
import type { SqlLiteral } from '../../declared-statement.js';
import { looksLikeSql } from '../sql-literal.js';
import { createInlineNames, type InlineRow } from './inline-rows.js';
import { insertedText, literalText } from './literal-text.js';
import { hasOthers, lastName } from './row-parts.js';
import { lineOf, type TypeScript } from './shape.js';
import { type StatementRead, statementReadAt } from './statement-rows.js';

/** Gathers the statements of a file from its nodes, with the types that the code reads their rows as. */
export interface Statements {
  add(node: ts.Node): void;
  found(): readonly FoundStatement[];
  /** The types of rows that are written where their statements are read. */
  inlineRows(): readonly InlineRow[];
}

type Facts = StatementRead['facts'] & Pick<SqlLiteral, 'into'>;

export interface FoundStatement {
  readonly literal: SqlLiteral;
  readonly node: ts.Node;
}

export function createStatements(typescript: TypeScript, source: ts.SourceFile): Statements {
  const literals = new Map<ts.Node, SqlLiteral>();
  const reads = new Map<ts.Node, Map<string, Facts>>();
  const inlineRows: InlineRow[] = [];
  const namesAt = createInlineNames(typescript);

  function addRead(text: ts.Node, into: string, facts: StatementRead['facts']): void {
    const known = reads.get(text) ?? new Map<string, Facts>();
    const before = known.get(into);
    if (!before || before.loose) known.set(into, { into, ...facts });
    reads.set(text, known);
  }

  return {
    add(node) {
      const literal = literalAt(typescript, source, node);
      if (literal) literals.set(node, literal);
      const read = statementReadAt(typescript, node);
      if (!read) return;
      const { text, row, facts } = read;
      if (row.named) addRead(text, row.named.typeName.getText(), facts);
      if (row.inline.length === 0) return;
      const names = namesAt(node);
      inlineRows.push({ ...names, file: source.fileName, line: lineOf({ ts: typescript }, node), parts: row.inline });
      const { loose, ...others } = facts;
      addRead(text, names.name, loose && row.inline.some((part) => hasOthers(typescript, part)) ? facts : others);
    },
    inlineRows: () => inlineRows,
    // A constant may be read as several types, or stand after the code that reads it.
    found: () =>
      [...literals].flatMap(([node, literal]) => {
        const into = schemaOf(typescript, node.parent);
        const all = [...(reads.get(node)?.values() ?? [into === undefined ? {} : { into }])];
        return all.map((facts) => ({ node, literal: { ...literal, ...facts } }));
      }),
  };
}

function literalAt(typescript: TypeScript, source: ts.SourceFile, node: ts.Node): SqlLiteral | undefined {
  const sql = literalText(typescript, node);
  if (sql === undefined) return undefined;
  const { parent } = node;
  const isPart = namesColumn(typescript, parent, sql);
  if (!looksLikeSql(sql) && !isPart) return undefined;
  const isTemplated = typescript.isTemplateExpression(node)
    ? node.templateSpans.some(({ expression }) => insertedText(typescript, node, expression) === undefined)
    : sql !== (node as ts.StringLiteralLike).text;
  return {
    file: source.fileName,
    line: lineOf({ ts: typescript }, node),
    sql,
    ...(isPart || isTemplated ? { dynamic: true as const } : {}),
    ...(isTemplated ? { templated: true as const } : {}),
    ...(isTemplated && selectsParameter(sql) ? { givesOthers: true as const } : {}),
  };
}

/**
 * Whether a statement selects a parameter, which may stand for any columns: `SELECT ${columns} FROM tasks`, also behind
 * WITH and in RETURNING.
 */
function selectsParameter(sql: string): boolean {
  const [, ...lists] = sql.split(/\b(?:select(?:\s+distinct)?|returning)\b/i);
  return lists.some((list) => /(?:^|,)\s*\$\d/.test(list.split(/\bfrom\b/i, 1)[0]?.replace(/\([^()]*\)/g, '') ?? ''));
}

/**
 * Whether a text is a part of a statement that names what it selects: sql`CASE … END AS total`, and `raw('t.title AS
 * task_title')` of Knex. Where that is the name of the column, it says nothing new.
 */
function namesColumn(typescript: TypeScript, parent: ts.Node, sql: string): boolean {
  if (!/\bas\s+"?\w+"?\s*$/i.test(sql)) return false;
  if (typescript.isTaggedTemplateExpression(parent)) return /sql$/i.test(parent.tag.getText());
  const isRaw = typescript.isCallExpression(parent) && lastName(parent.expression) === 'raw';
  return isRaw && !/\b(\w+)"?\s+as\s+"?\1"?\s*$/i.test(sql);
}

/** The zod object that slonik reads a statement's rows with: `task` of ``sql.type(task)`SELECT …` ``. */
function schemaOf(typescript: TypeScript, node: ts.Node): string | undefined {
  const tag = typescript.isTaggedTemplateExpression(node) ? node.tag : undefined;
  if (!tag || !typescript.isCallExpression(tag) || lastName(tag.expression) !== 'type') return undefined;
  const [schema] = tag.arguments;
  return schema && typescript.isIdentifier(schema) ? schema.text : undefined;
}
