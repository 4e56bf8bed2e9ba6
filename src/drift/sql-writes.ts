import type { QualifiedName } from '../catalog/catalog.js';
import type { SqlLiteral } from './declared-statement.js';
import { plainName } from './words.js';

/** A table and its columns that a statement writes. */
export interface SqlWrite {
  readonly kind: 'insert' | 'update';
  /** Path of the table: `['tasks']`, or `['billing', 'invoices']`. */
  readonly table: readonly string[];
  readonly columns: readonly string[];
  readonly file: string;
  readonly line: number;
}

const name = String.raw`(?:"[^"]+"|[\w$]+)(?:\s*\.\s*(?:"[^"]+"|[\w$]+))?`;
const update = new RegExp(
  String.raw`\bupdate\s+(?:only\s+)?(${name})(?:\s+(?:as\s+)?(?!set\b)\w+)?\s+set\s+([\s\S]+)`,
  'i',
);
const insert = new RegExp(String.raw`\binsert\s+into\s+(${name})(?:\s+as\s+\w+)?\s*\(((?:"[^"]*"|[^"()])*)\)`, 'i');

/** Writes of an UPDATE or of an INSERT with a column list; empty for any other statement. */
export function sqlWrites({ sql, file, line }: SqlLiteral): readonly SqlWrite[] {
  const text = sql.replace(/--[^\n]*|\/\*[\s\S]*?(?:\*\/|$)/g, ' ');
  const found: SqlWrite[] = [];
  const updated = update.exec(text);
  if (updated)
    found.push({
      kind: 'update',
      table: pathOf(updated[1] ?? ''),
      columns: assignedColumns(updated[2] ?? ''),
      file,
      line,
    });
  const inserted = insert.exec(text);
  if (!inserted) return found;
  const table = pathOf(inserted[1] ?? '');
  found.push({ kind: 'insert', table, columns: (inserted[2] ?? '').split(',').map(unquoted), file, line });
  const [, assigned] = /\bdo\s+update\s+set\s+([\s\S]+)/i.exec(text) ?? [];
  // The row that is inserted needs its columns even where another is there.
  if (assigned !== undefined) found.push({ kind: 'update', table, columns: assignedColumns(assigned), file, line });
  return found;
}

/** Columns that assignments write: `a = 1, b = f(x, y) WHERE …` → `a`, `b`. */
function assignedColumns(assignments: string): readonly string[] {
  return topLevelParts(assignments).flatMap((part) => {
    const column = /^\s*("[^"]+"|[\w$]+)\s*=/.exec(part)?.[1];
    return column === undefined ? [] : [unquoted(column)];
  });
}

/** Splits at commas outside of parentheses and strings, up to the clause after SET. */
function topLevelParts(text: string): readonly string[] {
  const parts = [''];
  let depth = 0;
  for (const [token] of text.matchAll(/'[^']*'|\b(?:where|from|returning)\b|[\s\S]/gi)) {
    if (token === '(') depth++;
    if (token === ')') depth--;
    if (depth === 0 && /^(where|from|returning)$/i.test(token)) break;
    if (depth === 0 && token === ',') parts.push('');
    else parts[parts.length - 1] += token;
  }
  return parts;
}

/** Parts of a dotted name; a dot in quotes belongs to its part. */
function pathOf(name: string): readonly string[] {
  return (name.match(/"[^"]+"|[\w$]+/g) ?? []).map(unquoted);
}

function unquoted(identifier: string): string {
  const trimmed = identifier.trim();
  return trimmed.startsWith('"') ? trimmed.slice(1, -1) : trimmed.toLowerCase();
}

/** Whether a path in SQL, `['tasks']` or `['billing', 'invoices']`, names the relation. */
export function isAt(relation: QualifiedName, path: readonly string[]): boolean {
  const [name, schema] = [...path].reverse();
  return name === relation.name && (schema === undefined || schema === relation.schema);
}

/** Names that SQL texts give to what they select, each with the first text: `count(*) AS total` → `total`. */
export function aliasesIn(literals: readonly SqlLiteral[]): ReadonlyMap<string, SqlLiteral> {
  const found = new Map<string, SqlLiteral>();
  for (const literal of literals) {
    for (const [, alias = ''] of literal.sql.matchAll(/\bas\s+("[^"]+"|[\w$]+)/gi)) {
      // sqlx reads `"total!: i64"` as a column, and how it may be read.
      const name = unquoted(alias).replace(/[!?:].*$/s, '');
      if (!found.has(name)) found.set(name, literal);
    }
  }
  return found;
}

/** Plain names of the columns that statements set to null: `SET closed_at = NULL`. */
export function nulledColumns(literals: readonly SqlLiteral[]): ReadonlySet<string> {
  const named = /(\w+)"?\s*=\s*null\b/gi;
  return new Set(literals.flatMap(({ sql }) => [...sql.matchAll(named)].map(([, column = '']) => plainName(column))));
}
