import type { Catalog, QualifiedName } from './catalog.js';

/** The schema and the name of a type or a relation as one text. PostgreSQL allows U+0000 in neither. */
export function typeKey({ schema, name }: { readonly schema?: string; readonly name: string }): string {
  return `${schema ?? 'pg_catalog'}\0${name}`;
}

const indexes = new WeakMap<readonly QualifiedName[], ReadonlyMap<string, QualifiedName>>();

/** The items of a list of the catalog by their `typeKey`, made once for each list: it is looked into for every table. */
export function byTypeKey<Item extends QualifiedName>(items: readonly Item[]): ReadonlyMap<string, Item> {
  const known = indexes.get(items) ?? new Map(items.map((item) => [typeKey(item), item]));
  indexes.set(items, known);
  return known as ReadonlyMap<string, Item>;
}

/** The number of columns of all relations: how much there is to be made of a catalog. */
export const columnCount = ({ relations }: Pick<Catalog, 'relations'>): number => relations.reduce((sum, { columns }) => sum + columns.length, 0);
