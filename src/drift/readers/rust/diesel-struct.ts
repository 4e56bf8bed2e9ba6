import type { DeclaredField, TableHint } from '../../declared.js';
import type { DeclaredType } from '../../declared-type.js';
import { groupBy } from '../../group.js';
import { rustTypeOfColumn } from '../../types/diesel-table.js';
import { entryOf } from '../../types/profile.js';
import { rustTypes } from '../../types/rust.js';
import { snakeCase } from '../names.js';
import { derives } from './attributes.js';
import { type ItemAt, itemsByPath, placeOfStruct } from './item-paths.js';
import type { DieselTable, PlacedImport, RustStruct } from './syntax.js';
import { typeOf } from './table-model.js';
import { queryTraits } from './traits.js';

/** The `by` of a hint that is a doc comment. */
export const docComment = 'its doc comment';

/** The module of Diesel's table that a path names: `tasks` of `crate::schema::tasks`. */
export function moduleNamed(path: string): string {
  return path.split('::').at(-1) ?? path;
}

/** The table that Diesel takes for a struct that names none: `tasks` for a `Task`. */
export const tableByRule = (struct: string): string => `${snakeCase(struct)}s`;

export function namedBy({ name, schema }: DieselTable): TableHint {
  return { table: name, by: 'table!', ...(schema === undefined ? {} : { schema }) };
}

/** Diesel's tables: by the names of their modules, and by the paths that lead to them. */
export interface DieselTables {
  readonly named: ReadonlyMap<string, readonly DieselTable[]>;
  readonly at: ItemAt<DieselTable>;
}

export function dieselTables(tables: readonly DieselTable[], imports: readonly PlacedImport[]): DieselTables {
  const items = tables.map((table) => ({ ...table, name: table.module, item: table }));
  return { named: groupBy(tables, ({ module }) => module), at: itemsByPath(items, imports) };
}

/** The `table!` of a struct, and what the code says about its table. */
interface Named {
  readonly table?: DieselTable;
  readonly hints: readonly TableHint[];
}

/**
 * The `table!` of a struct: the one that an attribute names, else the one of its doc comment, else the one of Diesel's
 * rule, `tasks` for a `Task`. Where several may be meant, the hint says so.
 */
export function tableOf(struct: RustStruct, hints: readonly TableHint[], tables: DieselTables): Named {
  const traits = derives(struct.attributes);
  const written = hints.filter(({ by }) => by !== docComment).map(({ table }) => table);
  const rule = traits.some((trait) => queryTraits.has(trait)) ? [tableByRule(struct.name)] : [];
  const named = written.length > 0 ? written : [...hints.map(({ table }) => table), ...rule];
  const [table, ...others] = named.map((path) => meantBy(path, struct, tables)).find(({ length }) => length > 0) ?? [];
  if (table && others.length === 0) return { table, hints };
  if (!table || others.every(({ schema, name }) => schema === table.schema && name === table.name)) return { hints };
  const among = [table, ...others].map(namedBy);
  return { hints: hints.map((hint) => (hint.by === docComment ? hint : { ...hint, among })) };
}

/**
 * The tables that a path may mean: the only one with its name, else the one that the path leads to, else that of the
 * schema that a part of the path names, else all with the name.
 */
function meantBy(path: string, struct: RustStruct, { named, at }: DieselTables): readonly DieselTable[] {
  const all = named.get(moduleNamed(path)) ?? [];
  if (all.length === 1) return all;
  const found = at(path, placeOfStruct(struct));
  if (found) return [found];
  const parts = path.split('::').slice(0, -1);
  const own = all.filter(({ schema = '' }) => parts.includes(schema));
  return own.length > 0 ? own : all;
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
