import type { Index, Key, Relation } from '../catalog/catalog.js';
import type { UniqueKey } from './model.js';
import type { StoredField } from './stored-field.js';

/**
 * The unique keys of a relation, from constraints and from unique indexes over all rows: the primary key, then those
 * without nullable columns, then the others, each in the catalog's order. None if other tables inherit from it: reading
 * it finds their rows too, for which its keys do not hold.
 */
export function uniqueKeys(relation: Relation, stored: readonly StoredField[]): readonly UniqueKey[] {
  if (relation.inherited) return [];
  const { primaryKey, uniques, indexes } = relation;
  const notNull = new Set(relation.columns.filter((column) => column.notNull).map(({ name }) => name));
  const fieldOf = new Map(stored.map(({ column, name }) => [column, name]));
  const seen = new Set<string>();
  const all = [...(primaryKey ? [primaryKey] : []), ...uniques, ...indexes.flatMap(keyOfIndex)];
  const columnsOf = (key: Key) => JSON.stringify([...key.columns].sort());
  const immediate = new Set(all.filter(({ deferrable }) => !deferrable).map(columnsOf));
  const keys = all.flatMap((key) => {
    const columns = columnsOf(key);
    if (seen.has(columns)) return [];
    seen.add(columns);
    const isImmediate = immediate.has(columns);
    return [{ ...uniqueKey(key, key === primaryKey, { notNull, fieldOf }), isImmediate }];
  });
  return [...keys.filter(({ tellsAll }) => tellsAll), ...keys.filter(({ tellsAll }) => !tellsAll)];
}

function keyOfIndex({ name, unique, columns, predicate }: Index): Key[] {
  const named = columns.flatMap((column) => column ?? []);
  return unique && predicate === undefined && named.length === columns.length ? [{ name, columns: named }] : [];
}

interface Columns {
  readonly notNull: ReadonlySet<string>;
  readonly fieldOf: ReadonlyMap<string, string>;
}

function uniqueKey(
  { columns }: Key,
  isPrimary: boolean,
  { notNull, fieldOf }: Columns,
): Omit<UniqueKey, 'isImmediate'> {
  return {
    fields: columns.map((column) => fieldOf.get(column) ?? column),
    isPrimary,
    tellsAll: columns.every((column) => notNull.has(column)),
  };
}
