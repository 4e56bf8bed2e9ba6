import type { Catalog } from '../catalog/catalog.js';
import { optional } from '../catalog/collections.js';
import { homeSchema, relationKey } from '../catalog/home-schema.js';
import { typeKey } from '../catalog/type-key.js';
import type { Config } from '../config/config.js';
import type { ParserChoices } from './driver/pg-parsers.js';
import { resolveDriver } from './driver/profiles.js';
import type { CompositeModel, EnumModel, Schema } from './model.js';
import { camelCase, distinctNames, modelName, pascalCase } from './names.js';
import { helperNames, nullable } from './ts-type.js';
import { type TypeMapper, typeMapper } from './types.js';

/**
 * The types that the schema declares, under their TypeScript names, and how the driver's values are typed with them.
 */
export interface SchemaTypes {
  readonly enums: readonly EnumModel[];
  /** The names of the composite types that the driver gives as objects, by `typeKey`. */
  readonly compositeNames: ReadonlyMap<string, string>;
  readonly parsers: ParserChoices | undefined;
  readonly timestampZone: Schema['timestampZone'] | undefined;
  readonly mapType: TypeMapper;
}

export function schemaTypes(catalog: Catalog, { driver: driverConfig, types = {} }: Config): SchemaTypes {
  const { driver, parsers } = resolveDriver(driverConfig);
  const enums = enumModels(catalog);
  const compositeNames = driver.objects
    ? namesOfComposites(
        catalog,
        enums.map(({ name }) => name),
      )
    : new Map<string, string>();
  const enumNames = new Map(enums.map(({ type, name }) => [typeKey(type), name]));
  const options = { driver, nullElements: types.nullElements ?? true, infinity: types.infinity ?? true };
  const mapType = typeMapper(catalog, options, { enums: enumNames, composites: compositeNames });
  return { enums, compositeNames, parsers, timestampZone: driver.timestampZone, mapType };
}

function enumModels(catalog: Catalog): EnumModel[] {
  const reserved = new Set<string>(helperNames);
  const home = homeSchema(catalog);
  const names = distinctNames(
    catalog.enums,
    (type) => relationKey(type, home),
    (key) => {
      const name = modelName(pascalCase(key));
      return reserved.has(name) ? `${name}Enum` : name;
    },
  );
  return catalog.enums.map((type) => {
    const name = names.get(type) ?? type.name;
    const { schema, labels, comment } = type;
    const valuesName = `${camelCase(name)}Values`;
    return { name, valuesName, type: { schema, name: type.name }, labels, ...optional({ comment }) };
  });
}

function namesOfComposites(catalog: Catalog, enumNames: readonly string[]): Map<string, string> {
  const reserved = new Set<string>([...helperNames, ...enumNames]);
  const home = homeSchema(catalog);
  const names = distinctNames(
    catalog.composites,
    (type) => relationKey(type, home),
    (key) => {
      const name = modelName(pascalCase(key));
      return reserved.has(name) ? `${name}Composite` : name;
    },
  );
  return new Map([...names].map(([type, name]) => [typeKey(type), name]));
}

/**
 * The composite types that have a name. Any attribute may be null, whatever its type says: a composite has no
 * constraints.
 */
export function compositeModels(catalog: Catalog, { compositeNames, mapType }: SchemaTypes): CompositeModel[] {
  return catalog.composites.flatMap((composite) => {
    const { schema, name, comment } = composite;
    const typeName = compositeNames.get(typeKey(composite));
    if (typeName === undefined) return [];
    const attributes = composite.attributes.map((attribute) => ({
      name: attribute.name,
      type: nullable(mapType(attribute.type).read),
    }));
    return [{ name: typeName, type: { schema, name }, attributes, ...optional({ comment }) }];
  });
}
