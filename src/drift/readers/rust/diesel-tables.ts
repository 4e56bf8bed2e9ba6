import type { Node } from 'web-tree-sitter';
import type { SourceText } from '../../declared.js';
import { snakeCase } from '../names.js';
import { attributeValue, derives } from './attributes.js';
import type { DieselTable, RustStruct } from './syntax.js';
import { queryTraits } from './traits.js';

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

/**
 * The `table!`s that only say what a query gives: nothing names them but structs that `sql_query` fills, so that they
 * are of no relation.
 */
export function tablesOfQueries(
  tables: readonly DieselTable[],
  structs: readonly RustStruct[],
  files: readonly SourceText[],
): ReadonlySet<DieselTable> {
  const ofQueries = structs.flatMap(({ attributes, name }) => {
    const traits = derives(attributes);
    const isFilled = traits.includes('QueryableByName') && !traits.some((trait) => queryTraits.has(trait));
    const written = attributeValue(attributes, 'diesel', 'table_name');
    // Without the attribute it is the table of Diesel's rule.
    return isFilled ? [{ module: written?.split('::').at(-1) ?? `${snakeCase(name)}s`, written }] : [];
  });
  return new Set(
    tables.filter(({ module }) => {
      const owners = ofQueries.filter((one) => one.module === module);
      const word = new RegExp(String.raw`\b${module}\b`, 'g');
      const mentions = () => files.reduce((sum, { text }) => sum + (text.match(word)?.length ?? 0), 0);
      return owners.length > 0 && mentions() === owners.filter(({ written }) => written !== undefined).length + 1;
    }),
  );
}

/** The tables that a call of Diesel's `table!` declares; empty for every other macro. */
export function dieselTables(call: Node, file: string): readonly DieselTable[] {
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
