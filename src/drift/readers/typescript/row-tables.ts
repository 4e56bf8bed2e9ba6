import type ts from '@typescript/typescript6';
import { textOf } from './constants.js';
import type { ListedTable } from './databases.js';
import { type RepositoryRow, repositoryRows } from './repositories.js';
import { withoutAlias } from './row-types.js';
import type { Declaration, Scope } from './shape.js';
import { joinedColumns } from './supplied-fields.js';
import type { Uses } from './uses.js';

/** The tables that the code names for types: those whose rows they describe. */
export interface RowTables {
  /** Tables of database types, by the type that describes their rows. */
  readonly listed: ReadonlyMap<Declaration, string>;
  /** The same of a map of tables to rows, `TableTypeMap`, which says nothing about inserts. */
  readonly mapped: ReadonlyMap<Declaration, string>;
  /** Tables by the types that queries name for their rows. */
  readonly rows: ReadonlyMap<Declaration, string>;
  /** Tables that queries insert rows into, each with the names of the columns that the queries write out. */
  readonly inserted: ReadonlyMap<string, readonly string[]>;
  /** Names of fields that come from elsewhere than a type's table: code sets them, or a query joins their table. */
  readonly supplied: ReadonlyMap<Declaration, ReadonlySet<string>>;
  /** Types whose rows a query joins with those of other tables. */
  readonly joined: ReadonlySet<Declaration>;
}

export function rowTablesOf(
  scope: Scope,
  found: readonly Declaration[],
  tables: readonly ListedTable[],
  uses: Uses,
): RowTables {
  const references = tables.flatMap(({ table, type, database }) =>
    scope.ts.isTypeReferenceNode(type) ? [{ row: type, table, isMap: database.name.endsWith('Map') }] : [],
  );
  const listed = byRowType(
    scope,
    references.filter(({ isMap }) => !isMap),
  );
  const mapped = byRowType(
    scope,
    references.filter(({ isMap }) => isMap),
  );
  // Rows of a join may be of any of its tables, so a query of one table decides.
  const alone = uses.rows.filter(({ joins }) => !joins);
  const rows = byRowType(scope, [
    ...repositoryRows(scope, found),
    ...[...uses.rows, ...alone].flatMap(({ row, table }) =>
      tableNames(scope, [table]).map((name) => ({ row, table: name })),
    ),
  ]);
  const joined = new Set(
    uses.rows.flatMap(({ row, joins }) => (joins ? (scope.names.find(row.typeName.getText(), row) ?? []) : [])),
  );
  const inserted = new Map<string, string[]>();
  for (const { table, gives } of uses.inserted)
    for (const name of tableNames(scope, [table])) inserted.set(name, [...(inserted.get(name) ?? []), ...gives]);
  return { listed, mapped, rows, joined, inserted, supplied: suppliedFields(scope, uses) };
}

function suppliedFields({ names }: Scope, uses: Uses): RowTables['supplied'] {
  const found = new Map<Declaration, Set<string>>();
  const add = (type: string, at: ts.Node, fields: Iterable<string>) => {
    const declaration = names.find(type, at);
    if (declaration) found.set(declaration, new Set([...(found.get(declaration) ?? []), ...fields]));
  };
  for (const { name, row } of uses.supplied)
    for (const type of new Set(row.getText().match(/\b[A-Z]\w*/g))) add(type, row, [name]);
  const joined = new Map<ts.SourceFile, ReadonlySet<string>>();
  for (const row of uses.selected) {
    const source = row.getSourceFile();
    const columns = joined.get(source) ?? joinedColumns(source);
    joined.set(source, columns);
    add(row.typeName.getText(), row, columns);
  }
  return found;
}

/** The tables that queries name, as texts or by constants. */
function tableNames(scope: Scope, tables: readonly ts.Expression[]): readonly string[] {
  return tables.flatMap((table) => {
    const name = textOf(scope, table);
    return name === undefined ? [] : [withoutAlias(name)];
  });
}

/** Tables by the declarations of their rows' types. */
function byRowType({ names }: Scope, rows: readonly RepositoryRow[]): ReadonlyMap<Declaration, string> {
  const found = new Map<Declaration, string>();
  for (const { row, table } of rows) {
    const declaration = names.find(row.typeName.getText(), row);
    if (declaration) found.set(declaration, table);
  }
  return found;
}
