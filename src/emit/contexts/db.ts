import type { Schema } from '../../model/model.js';
import { shortHash } from '../../model/names.js';
import type { ModuleNames } from '../module-specifier.js';
import { docComment, speller } from '../typescript.js';
import { Imports } from './imports.js';
import { tableContext } from './table.js';
import type { TableNaming } from './table-naming.js';

/**
 * The context of `db.ts.hbs`: every table's interface, and the `DB` of all of them. A model's file declares its own
 * table as well, so that neither imports the other and a program that needs one does not load the rest.
 */
export function dbContext(schema: Schema, { moduleSpecifier, extension }: ModuleNames, naming: TableNaming) {
  const own = new Set(['DB', 'Tables', ...schema.relations.map(({ tableName }) => tableName)]);
  const imports = new Imports(own, ['kysely', './types.js'], extension);
  const spell = speller(imports.typeNames('./types.js', (module) => moduleSpecifier(module, '')));
  const columnTypes = new Map<string, string>();
  const tables = schema.relations.map((relation) => {
    const table = tableContext(relation, naming, imports, spell);
    return {
      ...table,
      columns: table.columns.map((column) => ({ ...column, type: spelledOnce(column.type, columnTypes) })),
    };
  });
  const keys = schema.relations.map((model) => ({
    key: naming.table(model),
    type: model.tableName,
    doc: docComment(model.relation.comment),
  }));
  const named = [...columnTypes].map(([type, name]) => ({ name, type })).sort((a, b) => (a.name < b.name ? -1 : 1));
  return {
    noCheck: imports.noCheck,
    tables,
    keys,
    hasColumnTypes: named.length > 0,
    columnTypes: named,
    imports: imports.lines(),
  };
}

/**
 * The type of a column, with a named alias in place of a `ColumnType`: a schema has few different ones, and the
 * compiler resolves a name faster than the three types behind it. The name depends only on the type, so that a new
 * table changes no other.
 */
function spelledOnce(type: string, columnTypes: Map<string, string>): string {
  if (!type.startsWith('ColumnType<')) return type;
  const name = columnTypes.get(type) ?? `Column_${shortHash(type)}`;
  columnTypes.set(type, name);
  return name;
}
