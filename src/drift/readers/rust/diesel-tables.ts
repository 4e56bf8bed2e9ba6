import type { Node } from 'web-tree-sitter';
import type { SourceText } from '../../declared.js';
import type { DieselTable } from './syntax.js';

const attributes = String.raw`((?:#\s*\[[^\]]*\]\s*)*)`;
const name = String.raw`(?:r#)?([A-Za-z_]\w*)`;
const table = new RegExp(String.raw`${attributes}${name}(?:\s*\.\s*${name})?\s*(?:\(([^()]*)\))?\s*\{([^{}]*)\}`, 'g');
const column = new RegExp(String.raw`${attributes}${name}\s*->\s*([^,{}]+)`, 'g');

/** What the path of a file for another database than PostgreSQL has: `schemas/mysql/schema.rs`, `store-sqlite/src/`. */
const otherBackend = /(?:^|[/_-])(mysql|mariadb|sqlite)(?=[/_.-])/i;

/**
 * The other database that each file is for by its path, where Diesel's tables are declared for several: in some files
 * with such a path, and in some without.
 */
export function otherBackends(tables: readonly DieselTable[]): (file: string) => string | undefined {
  const several = tables.some(({ file }) => !otherBackend.test(file));
  return (file) => (several ? otherBackend.exec(file)?.[1] : undefined);
}

/** How code names a table in a query, or imports it under another name: `tasks::table`, `tasks::{self, dsl::*}`. */
const queried = /\b(\w+)\s*(?:::\s*(?:table|dsl)\b|::\s*\{[^}]*\b(?:table|dsl)\b|as\s+\w)/g;

/**
 * The modules of `table!`s that no query names, where queries name others. Such a one may only say what `sql_query` or a
 * CTE gives, and be of no relation.
 */
export function neverQueried(tables: readonly DieselTable[], files: readonly SourceText[]): ReadonlySet<string> {
  const named = new Set(files.flatMap(({ text }) => [...text.matchAll(queried)].map(([, module = '']) => module)));
  const others = tables.filter(({ module }) => !named.has(module));
  return new Set(others.length < tables.length ? others.map(({ module }) => module) : []);
}

/** The tables that a call of Diesel's `table!` declares; empty for every other macro. */
export function dieselTables(
  call: Node,
  { file, modules }: Pick<DieselTable, 'file' | 'modules'>,
): readonly DieselTable[] {
  if (!/^(?:diesel\s*::\s*)?table$/.test(call.childForFieldName('macro')?.text ?? '')) return [];
  const tree = call.namedChildren.find((child) => child?.type === 'token_tree');
  if (!tree) return [];
  // Blanks keep every line where it is.
  const text = tree.text
    .slice(1, -1)
    .replace(/\/\*[\s\S]*?\*\/|\/\/[^\n]*|\buse\s[^;]*;/g, (found) => found.replace(/[^\n]/g, ' '));
  const lineAt = (index: number) => tree.startPosition.row + 1 + (text.slice(0, index).match(/\n/g)?.length ?? 0);
  return [...text.matchAll(table)].map((found): DieselTable => {
    const [whole, written = '', first = '', second, keys = '', body = ''] = found;
    const module = second ?? first;
    const start = found.index + whole.length - body.length - 1;
    return {
      module,
      name: sqlName(written) ?? module,
      ...(second === undefined ? {} : { schema: first }),
      primaryKey: keys.split(',').flatMap((key) => (key.trim() === '' ? [] : [plain(key)])),
      columns: columnsOf(body, (index) => lineAt(start + index)),
      file,
      modules,
      line: lineAt(found.index + whole.indexOf(first, written.length)),
    };
  });
}

function columnsOf(body: string, lineAt: (index: number) => number): DieselTable['columns'] {
  return [...body.matchAll(column)].map((found) => {
    const [whole, written = '', field = '', type = ''] = found;
    return {
      field,
      name: sqlName(written) ?? field,
      line: lineAt(found.index + whole.indexOf(field, written.length)),
      type: type.replace(/\s+/g, ''),
    };
  });
}

function sqlName(written: string): string | undefined {
  return /\bsql_name\s*=\s*"([^"]*)"/.exec(written)?.[1];
}

function plain(identifier: string): string {
  return identifier.trim().replace(/^r#/, '');
}
