import type { Catalog, EnumType, QualifiedName, Relation } from '../catalog/catalog.js';
import { optional } from '../catalog/collections.js';
import { homeSchema, relationKey } from '../catalog/home-schema.js';
import { nameKey } from '../catalog/name-key.js';
import type { Config } from '../config/config.js';
import { idName } from './brands.js';
import type { ParserChoices } from './driver/pg-parsers.js';
import { resolveDriver } from './driver/profiles.js';
import type { CompositeModel, EnumModel, Schema } from './model.js';
import { camelCase, pascalCase } from './names.js';
import { modelName } from './reserved-names.js';
import { helperNames, nullable } from './ts-type.js';
import { type TypeMapper, typeMapper } from './types.js';
import { uniqueNames, type Wish } from './unique-names.js';

/** The types that the schema declares, with their TypeScript names, and the mapping of the driver's values to them. */
export interface SchemaTypes {
  readonly enums: readonly EnumModel[];
  /** The names of the composite types that the driver reads as objects, by `nameKey`. */
  readonly compositeNames: ReadonlyMap<string, string>;
  /** Every name that one of the types could have. */
  readonly wanted: ReadonlySet<string>;
  readonly parsers: ParserChoices | undefined;
  readonly timestampZone: Schema['timestampZone'] | undefined;
  readonly declaresBooleans: boolean;
  readonly mapType: TypeMapper;
}

/**
 * The types that a schema declares. If the config requests types for ids, these compete for the same names.
 *
 * @param nameOfModel The name of a relation's model, from which the type of its ids is named.
 */
export function schemaTypes(
  catalog: Catalog,
  { driver: driverConfig, types = {} }: Config,
  nameOfModel: (relation: Relation) => string,
): SchemaTypes {
  const { driver, parsers } = resolveDriver(driverConfig);
  const composites = driver.objects ? catalog.composites : [];
  const wishes = typeWishes(catalog, composites);
  const ids = types.brandIds ? catalog.relations.map((relation) => idName(nameOfModel(relation))) : [];
  const names = uniqueNames(wishes, { taken: [...helperNames, ...ids] });
  const nameOf = (type: QualifiedName) => names.get(type) ?? type.name;
  const enums = catalog.enums.map((type) => enumModel(type, nameOf(type)));
  const compositeNames = new Map(composites.map((type) => [nameKey(type), nameOf(type)]));
  const enumNames = new Map(enums.map(({ type, name }) => [nameKey(type), name]));
  const options = { driver, nullElements: types.nullElements ?? true, infinity: types.infinity ?? true };
  const mapType = typeMapper(catalog, options, { enums: enumNames, composites: compositeNames });
  const wanted = new Set([...wishes.values()].flatMap((wish) => wish.names));
  const { timestampZone, declares = [] } = driver;
  const declaresBooleans = declares.includes('boolean');
  return { enums, compositeNames, wanted, parsers, timestampZone, declaresBooleans, mapType };
}

function typeWishes(catalog: Catalog, composites: readonly QualifiedName[]): Map<QualifiedName, Wish> {
  const home = homeSchema(catalog);
  const wish = (type: QualifiedName, kind: string): Wish => {
    const name = pascalCase(relationKey(type, home));
    return { names: [modelName(name), `${name}${kind}`], original: JSON.stringify([type.schema, type.name]) };
  };
  return new Map<QualifiedName, Wish>([
    ...catalog.enums.map(
      (type) => [type, { ...wish(type, 'Enum'), with: (name: string) => [valuesOf(name)] }] as const,
    ),
    ...composites.map((type) => [type, wish(type, 'Composite')] as const),
  ]);
}

/** The name of the array of an enum's labels: `orderStatusValues`. */
const valuesOf = (name: string) => `${camelCase(name)}Values`;

function enumModel({ schema, name: typeName, labels, comment }: EnumType, name: string): EnumModel {
  return { name, valuesName: valuesOf(name), type: { schema, name: typeName }, labels, ...optional({ comment }) };
}

/**
 * The composite types that have a name. Any attribute can be null, even one of a NOT NULL domain, because a composite
 * has no constraints.
 */
export function compositeModels(catalog: Catalog, { compositeNames, mapType }: SchemaTypes): CompositeModel[] {
  return catalog.composites.flatMap((composite) => {
    const { schema, name, comment } = composite;
    const typeName = compositeNames.get(nameKey(composite));
    if (typeName === undefined) return [];
    const attributes = composite.attributes.map((attribute) => ({
      name: attribute.name,
      type: nullable(mapType(attribute.type).read),
    }));
    return [{ name: typeName, type: { schema, name }, attributes, ...optional({ comment }) }];
  });
}
