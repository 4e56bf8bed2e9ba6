import type { DeclaredField, DeclaredType, TableHint } from '../../declared.js';
import { rustTypeOfColumn } from '../../types/diesel-table.js';
import { entryOf } from '../../types/profile.js';
import { rustTypes } from '../../types/rust.js';
import type { DieselTable } from './syntax.js';
import { typeOf } from './table-model.js';

export function namedBy({ name, schema }: DieselTable): TableHint {
  return { table: name, by: 'table!', ...(schema === undefined ? {} : { schema }) };
}

/**
 * Fields of a struct beside its `table!`, which is compared with the database itself. The compiler checks one against
 * the other, so the `table!` says which column a field is, and what Diesel reads into it, whatever its own type is.
 */
export function fieldsBeside(
  fields: readonly DeclaredField[],
  { columns }: DieselTable,
  byPosition: boolean,
): readonly DeclaredField[] {
  return fields.map((field, index) => {
    const called = field.column?.name ?? field.name;
    const column = columns.find((candidate) => candidate.field === called) ?? (byPosition ? columns[index] : undefined);
    if (!column) return field;
    return {
      ...field,
      type: readAs(column.type, field.type),
      ...(column.name === called ? {} : { column: { name: column.name, by: 'table!' } }),
    };
  });
}

function readAs(sql: string, { text }: DeclaredType): DeclaredType {
  const { name: column, nullable, dimensions } = typeOf(sql);
  const name = rustTypeOfColumn(column);
  return { ...(entryOf(rustTypes, name) ?? { category: 'unknown' }), text, name, nullable, dimensions };
}
