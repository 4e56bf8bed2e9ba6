import type { QualifiedName } from './catalog.js';

/** Names the schema's own types by schema and name, in neither of which PostgreSQL allows U+0000. */
export function typeKey({ schema, name }: { readonly schema?: string; readonly name: string }): string {
  return `${schema ?? 'pg_catalog'}\0${name}`;
}

const indexes = new WeakMap<readonly QualifiedName[], ReadonlyMap<string, QualifiedName>>();

/** A list of the catalog by `typeKey`, made once for each list: who looks something up in it for every table should not search it. */
export function byTypeKey<Item extends QualifiedName>(items: readonly Item[]): ReadonlyMap<string, Item> {
  const known = indexes.get(items) ?? new Map(items.map((item) => [typeKey(item), item]));
  indexes.set(items, known);
  return known as ReadonlyMap<string, Item>;
}
