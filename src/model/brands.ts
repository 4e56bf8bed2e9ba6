import type { Catalog, Column, Relation } from '../catalog/catalog.js';
import { homeSchema } from '../catalog/home-schema.js';
import { typeKey } from '../catalog/type-key.js';
import type { BrandModel } from './model.js';
import { pascalCase } from './names.js';
import type { Refine } from './overrides.js';
import { relationKey } from '../selection/relation-key.js';
import { isHelper, shared } from './ts-type.js';
import type { TypeMapper } from './types.js';

/**
 * A type of its own for the ids of each table: the column of its primary key, and the foreign keys that lead there, however
 * many tables lie between. Keys of several columns have none.
 */
export function brandIds(catalog: Catalog, modelName: (relation: Relation) => string, mapType: TypeMapper, taken: ReadonlySet<string>): { brands: BrandModel[]; refine: Refine } {
  const relations = new Map(catalog.relations.map((relation) => [typeKey(relation), relation]));
  const home = homeSchema(catalog);
  const brands = new Map<string, BrandModel>();

  /** Where the ids of a column come from: its own primary key, unless a foreign key leads on. */
  const sourceOf = (relation: Relation, column: string, seen: ReadonlySet<string> = new Set()): { relation: Relation; column: string } | undefined => {
    const here = `${typeKey(relation)} ${column}`;
    const key = relation.foreignKeys.find(({ columns }) => columns.length === 1 && columns[0] === column);
    const target = key && relations.get(typeKey(key.references));
    const [referenced] = key?.references.columns ?? [];
    if (target && referenced !== undefined && !seen.has(here)) return sourceOf(target, referenced, new Set([...seen, here]));
    return relation.primaryKey?.columns.length === 1 && relation.primaryKey.columns[0] === column ? { relation, column } : undefined;
  };

  const brandOf = (relation: Relation, column: Column): BrandModel | undefined => {
    const source = sourceOf(relation, column.name);
    const type = source?.relation.columns.find(({ name }) => name === source.column)?.type;
    if (!source || !type || type.name !== column.type.name || column.type.dimensions !== undefined) return undefined;
    const key = relationKey(source.relation, home);
    const plain = `${pascalCase(modelName(source.relation))}Id`;
    const brand = brands.get(key) ?? { name: taken.has(plain) || isHelper(plain) ? `${plain}Brand` : plain, base: mapType(type).read, of: key };
    brands.set(key, brand);
    return brand;
  };

  for (const relation of catalog.relations) for (const column of relation.columns) brandOf(relation, column);
  const refine: Refine = (relation, column, type) => {
    const brand = brandOf(relation, column);
    return brand ? { ...type, read: shared(brand.name), write: shared(brand.name) } : type;
  };
  return { brands: [...brands.values()].sort((a, b) => (a.name < b.name ? -1 : 1)), refine };
}
