import type ts from '@typescript/typescript6';
import { textOf } from './constants.js';
import type { ListedTable } from './databases.js';
import { withoutAlias } from './row-types.js';
import type { Declaration, Scope } from './shape.js';
import type { Uses } from './uses.js';

/** The tables that the code names for types: those whose rows they describe. */
export interface RowTables {
  /** Tables of database types, by the type that describes their rows. */
  readonly listed: ReadonlyMap<Declaration, string>;
  /** The same of a map of tables to rows, `TableTypeMap`, which says nothing about inserts. */
  readonly mapped: ReadonlyMap<Declaration, string>;
  /** Tables by the types that queries name for their rows. */
  readonly rows: ReadonlyMap<Declaration, string>;
  /** Tables that queries insert rows into, with what the code gives beside the rows of a model. */
  readonly inserted: ReadonlyMap<string, readonly string[]>;
  /** Types whose rows a query joins with those of other tables. */
  readonly joined: ReadonlySet<Declaration>;
}

export function rowTablesOf(scope: Scope, tables: readonly ListedTable[], uses: Uses): RowTables {
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
  const rows = byRowType(
    scope,
    uses.rows.flatMap(({ row, table }) => tableNames(scope, [table]).map((name) => ({ row, table: name }))),
  );
  const joined = new Set(
    uses.rows.flatMap(({ row, joins }) => (joins ? (scope.names.find(row.typeName.getText(), row) ?? []) : [])),
  );
  const inserted = new Map<string, readonly string[]>();
  for (const { table, keys } of uses.inserted)
    for (const name of tableNames(scope, [table])) inserted.set(name, [...(inserted.get(name) ?? []), ...keys]);
  return { listed, mapped, rows, joined, inserted };
}

/** The tables that queries name, as texts or by constants. */
function tableNames(scope: Scope, tables: readonly ts.Expression[]): readonly string[] {
  return tables.flatMap((table) => {
    const name = textOf(scope, table);
    return name === undefined ? [] : [withoutAlias(name)];
  });
}

/** A row's type and its table. */
interface RowOf {
  readonly row: ts.TypeReferenceNode;
  readonly table: string;
}

/** Tables by the declarations of their rows' types. */
function byRowType({ names }: Scope, rows: readonly RowOf[]): ReadonlyMap<Declaration, string> {
  const found = new Map<Declaration, string>();
  for (const { row, table } of rows) {
    const declaration = names.find(row.typeName.getText(), row);
    if (declaration) found.set(declaration, table);
  }
  return found;
}
