import type { QualifiedName } from './catalog.js';

/**
 * A key for a relation, type or routine: its schema and name, separated by U+0000, which PostgreSQL allows in neither.
 */
export function nameKey({ schema, name }: { readonly schema?: string; readonly name: string }): string {
  return `${schema ?? 'pg_catalog'}\0${name}`;
}

const indexes = new WeakMap<readonly QualifiedName[], ReadonlyMap<string, QualifiedName>>();

/**
 * A list of the catalog as a map by `nameKey`. The map is built once per list, so that a lookup for every table does
 * not search the list every time.
 */
export function byNameKey<Item extends QualifiedName>(items: readonly Item[]): ReadonlyMap<string, Item> {
  const known = indexes.get(items) ?? new Map(items.map((item) => [nameKey(item), item]));
  indexes.set(items, known);
  return known as ReadonlyMap<string, Item>;
}
