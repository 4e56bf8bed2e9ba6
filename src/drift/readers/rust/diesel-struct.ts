import type { DeclaredField, TableHint } from '../../declared.js';
import type { DeclaredType } from '../../declared-type.js';
import { rustTypeOfColumn } from '../../types/diesel-table.js';
import { entryOf } from '../../types/profile.js';
import { rustTypes } from '../../types/rust.js';
import { snakeCase } from '../names.js';
import { derives } from './attributes.js';
import type { DieselTable, RustStruct } from './syntax.js';
import { typeOf } from './table-model.js';
import { queryTraits } from './traits.js';

/** The `by` of a hint that is a doc comment. */
export const docComment = 'its doc comment';

/** The module of Diesel's table that a path names: `tasks` of `crate::schema::tasks`. */
export function moduleNamed(path: string): string {
  return path.split('::').at(-1) ?? path;
}

export function namedBy({ name, schema }: DieselTable): TableHint {
  return { table: name, by: 'table!', ...(schema === undefined ? {} : { schema }) };
}

/**
 * The `table!` of a struct: the one that an attribute names, else the one of its doc comment, else the one of Diesel's
 * rule, `tasks` for a `Task`.
 */
export function tableOf(
  { name, attributes }: RustStruct,
  hints: readonly TableHint[],
  tables: ReadonlyMap<string, DieselTable>,
): DieselTable | undefined {
  const traits = derives(attributes);
  const written = hints.filter(({ by }) => by !== docComment).map(({ table }) => table);
  const rule = traits.some((trait) => queryTraits.has(trait)) ? [`${snakeCase(name)}s`] : [];
  const named = written.length > 0 ? written : [...hints.map(({ table }) => table), ...rule];
  return named.flatMap((table) => tables.get(moduleNamed(table)) ?? [])[0];
}

/**
 * The fields of a struct with the columns and types of its `table!`. The compiler checks the struct against the
 * `table!`, so it is enough to compare what the `table!` says with the database: a field's own type may be one of the
 * project.
 */
export function fieldsBeside(
  fields: readonly DeclaredField[],
  { columns }: DieselTable,
  byPosition: boolean,
): readonly DeclaredField[] {
  const isMisplaced = byPosition && isInOtherOrder(fields, columns);
  return fields.map((field, index) => {
    const called = field.column?.name ?? field.name;
    const column = columns.find((candidate) => candidate.field === called) ?? (byPosition ? columns[index] : undefined);
    if (!column) return field;
    return {
      ...field,
      type: readAs(column.type, field.type),
      ...(isMisplaced && columns[index] && columns[index] !== column ? { readFrom: columns[index].name } : {}),
      ...(column.name === called ? {} : { column: { name: column.name, by: 'table!' } }),
    };
  });
}

/**
 * Whether fields have the names of all columns in another order, and each the type of the column at its place, so that
 * the compiler lets rows be read into the wrong fields.
 */
function isInOtherOrder(fields: readonly DeclaredField[], columns: DieselTable['columns']): boolean {
  const byName = new Map(columns.map((column) => [column.field, column]));
  return (
    fields.length === columns.length &&
    fields.every((field, index) => byName.get(field.column?.name ?? field.name)?.type === columns[index]?.type)
  );
}

function readAs(sql: string, { text }: DeclaredType): DeclaredType {
  const { name: column, nullable, dimensions } = typeOf(sql);
  const name = rustTypeOfColumn(column);
  return { ...(entryOf(rustTypes, name) ?? { category: 'unknown' }), text, name, nullable, dimensions };
}
