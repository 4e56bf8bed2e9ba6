import type { DescribedColumn } from './session.js';

/** A field of a row description, as returned by both `pg` and PGlite. */
interface RowField {
  readonly name: string;
  readonly dataTypeID: number;
  readonly dataTypeModifier: number;
  readonly tableID: number;
  readonly columnID: number;
}

/** The columns of a row description. */
export function describedColumns(fields: readonly RowField[]): readonly DescribedColumn[] {
  return fields.map(({ name, dataTypeID, dataTypeModifier, tableID, columnID }) => ({
    name,
    type: dataTypeID,
    modifier: dataTypeModifier,
    table: tableID,
    column: columnID,
  }));
}
