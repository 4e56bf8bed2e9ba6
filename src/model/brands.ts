import type { Catalog, Column, Relation } from '../catalog/catalog.js';
import { homeSchema, relationKey } from '../catalog/home-schema.js';
import { nameKey } from '../catalog/name-key.js';
import type { BrandModel } from './model.js';
import { pascalCase } from './names.js';
import type { Refine } from './overrides.js';
import { isHelperName, type TsType } from './ts-type.js';
import type { TypeMapper } from './types.js';

/** `Task` → `TaskId`. */
export const idName = (modelName: string) => `${pascalCase(modelName)}Id`;

export interface BrandScope {
  readonly catalog: Catalog;
  readonly modelName: (relation: Relation) => string;
  readonly mapType: TypeMapper;
  /** Names that other types of the schema have or could have. */
  readonly taken: ReadonlySet<string>;
}

/**
 * Declares a type for the ids of each table, `TaskId`, and returns the refinement that assigns it to columns: the
 * column of the table's primary key, and every column whose foreign keys lead there, across any number of tables. A key
 * of several columns has no such type.
 */
export function brandIds(scope: BrandScope): { brands: BrandModel[]; refine: Refine } {
  const { catalog, modelName, mapType, taken } = scope;
  const relations = new Map(catalog.relations.map((relation) => [nameKey(relation), relation]));
  const home = homeSchema(catalog);
  const brands = new Map<string, BrandModel>();

  const brandOf = (relation: Relation, column: Column): BrandModel | undefined => {
    const source = idSource(relations, { relation, column: column.name });
    const type = source?.relation.columns.find(({ name }) => name === source.column)?.type;
    if (!source || !type || type.name !== column.type.name || column.type.dimensions !== undefined) return undefined;
    const key = relationKey(source.relation, home);
    const known = brands.get(key);
    if (known) return known;
    const plain = idName(modelName(source.relation));
    const name = taken.has(plain) || isHelperName(plain) ? `${plain}Brand` : plain;
    const brand: BrandModel = { name, base: mapType(type).read, of: key };
    brands.set(key, brand);
    return brand;
  };

  for (const relation of catalog.relations) for (const column of relation.columns) brandOf(relation, column);
  const refine: Refine = (relation, column, type) => {
    const brand = brandOf(relation, column);
    if (!brand) return type;
    const id: TsType = { kind: 'brand', name: brand.name };
    return { ...type, read: id, write: id };
  };
  return { brands: [...brands.values()].sort((a, b) => (a.name < b.name ? -1 : 1)), refine };
}

interface Place {
  readonly relation: Relation;
  readonly column: string;
}

/** The primary key that the ids of a column come from: the end of its chain of foreign keys, or the column itself. */
function idSource(relations: ReadonlyMap<string, Relation>, start: Place): Place | undefined {
  const seen = new Set<string>();
  let place = start;
  for (;;) {
    const here = `${nameKey(place.relation)} ${place.column}`;
    const next = seen.has(here) ? undefined : referencedPlace(relations, place);
    if (!next) return isPrimaryKey(place) ? place : undefined;
    seen.add(here);
    place = next;
  }
}

/** What the foreign key on only this column references. */
function referencedPlace(relations: ReadonlyMap<string, Relation>, { relation, column }: Place): Place | undefined {
  const key = relation.foreignKeys.find(({ columns }) => columns.length === 1 && columns[0] === column);
  const target = key && relations.get(nameKey(key.references));
  const [referenced] = key?.references.columns ?? [];
  return target && referenced !== undefined ? { relation: target, column: referenced } : undefined;
}

function isPrimaryKey({ relation: { primaryKey }, column }: Place): boolean {
  return primaryKey?.columns.length === 1 && primaryKey.columns[0] === column;
}
