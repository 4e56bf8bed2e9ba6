import type { Catalog, Column, Relation } from '../catalog/catalog.js';

/** Columns that the functions that write are to fill with the time, of one table, or of all under `*`. */
export interface ProposedFilled {
  readonly table: string;
  readonly columns: readonly { readonly name: string; readonly onUpdate: boolean }[];
}

/** The usual names of the times at which a row was made, and written last. */
const usual = /^(created|inserted|updated|modified)(_at|At)$/;

/**
 * The times that a program has to give today: NOT NULL, and without default. What every table with such a column has is
 * proposed for all tables.
 */
export function proposeFilled(catalog: Catalog, keyOf: (relation: Relation) => string): readonly ProposedFilled[] {
  const tables = catalog.relations.filter(({ kind }) => !kind.endsWith('view'));
  const named = tables.flatMap(({ columns }) => columns.filter(({ name }) => usual.test(name)));
  const isEverywhere = (name: string) => named.every((column) => column.name !== name || isOwed(column));
  const owedBy = (relation: Relation) => relation.columns.filter((column) => usual.test(column.name) && isOwed(column));
  const owed = [...new Set(tables.flatMap(owedBy).map(({ name }) => name))];
  const all = { table: '*', columns: owed.filter(isEverywhere).map(filled) };
  const others = tables.map((relation) => ({
    table: keyOf(relation),
    columns: owedBy(relation).flatMap(({ name }) => (isEverywhere(name) ? [] : [filled(name)])),
  }));
  return [all, ...others].filter(({ columns }) => columns.length > 0);
}

function isOwed({ type, notNull, default: byDefault, generated, identity }: Column): boolean {
  const isTime = type.schema === undefined && type.dimensions === undefined && /^timestamp(tz)?$/.test(type.name);
  return isTime && notNull && byDefault === undefined && generated === undefined && identity === undefined;
}

const filled = (name: string) => ({ name, onUpdate: /^(updated|modified)/.test(name) });
