import type { Catalog, Relation } from '../catalog/catalog.js';
import { optional } from '../catalog/collections.js';
import { homeSchema } from '../catalog/home-schema.js';
import { typeKey } from '../catalog/type-key.js';
import type { Config, ModelConfig } from '../config/config.js';
import { RowsmithError } from '../errors.js';
import { brandIds } from './brands.js';
import { codeFields, computedFields } from './computed.js';
import { resolveDriver } from './driver/profiles.js';
import type { CompositeModel, EnumModel, RelationModel, Schema } from './model.js';
import { camelCase, distinctNames, fileName, functionName, modelName, nameOnDisk, pascalCase, singular } from './names.js';
import { overrideTypes, type Refine } from './overrides.js';
import { relatedModels } from './related.js';
import { relationKey } from '../selection/relation-key.js';
import { resolveModels } from './resolve.js';
import { routineModels } from './routines/build.js';
import type { Settings } from '../selection/settings.js';
import { sliceModels } from './slices.js';
import { candidatesByParent, transitionsCandidates, undeterminedTransitions } from './state/detect.js';
import { missingIndexNotes } from './state/lint.js';
import { stateMachines } from './state/machine.js';
import { storedFields } from './stored.js';
import { nullable, sharedTypeNames } from './ts-type.js';
import { timestampNote, zonelessTimestamps } from './timestamps.js';
import { typeMapper, type TypeMapper } from './types.js';

/**
 * Decides what every relation and enum of the catalog is called, and what each of its fields means.
 *
 * @param settings The config's `models`, where they are resolved already.
 */
export function buildSchema(catalog: Catalog, config: Config, settings: Settings = resolveModels(catalog, config.models).models): Schema {
  const { models, types = {} } = config;
  const home = homeSchema(catalog);
  const keyOf = (relation: Relation) => relationKey(relation, home);
  const { enums, compositeNames, parsers, timestampZone, mapType } = schemaTypes(catalog, config);
  const tableNames = distinctNames(catalog.relations, keyOf, (key) => `${pascalCase(key)}Table`);
  const candidates = transitionsCandidates(catalog);
  const ofParent = candidatesByParent(candidates);
  const namesOf = (relation: Relation) => modelNames(relation, settings.get(relation) ?? {}, home, models?.stripPrefix);
  const override = overrideTypes(catalog, types.overrides ?? []);
  const taken = new Set([...enums.map(({ name }) => name), ...compositeNames.values()]);
  const { brands, refine: brand } = types.brandIds ? brandIds(catalog, (relation) => namesOf(relation).name, mapType, taken) : { brands: [], refine: noRefinement };
  const refine: Refine = (relation, column, type) => override(relation, column, brand(relation, column, type));
  const relations = catalog.relations.map((relation) => {
    const names = { key: keyOf(relation), tableName: tableNames.get(relation) ?? '', ...namesOf(relation) };
    return relationModel(catalog, ofParent.get(typeKey(relation)) ?? [], relation, settings.get(relation) ?? {}, names, mapType, refine);
  });
  refuseSharedNames(relations);
  const related = relatedModels(catalog, relations);
  const { routines, notes: uncallable } = routineModels({ catalog, settings, relations: new Map(relations.map((model) => [typeKey(model.relation), model])), mapType, refine }, config);
  const zoneless = zonelessTimestamps(catalog, relations, mapType);
  const notes = [
    ...undeterminedTransitions(candidates),
    ...missingIndexNotes(catalog, relations),
    ...(timestampZone === 'local' && types.timestamps === undefined ? timestampNote(zoneless) : []),
    ...uncallable,
  ];
  const composites = compositeModels(catalog, compositeNames, mapType);
  return {
    enums,
    composites,
    brands,
    relations: relations.map((relation) => ({ ...relation, related: related.get(relation.key) ?? [] })),
    slices: sliceModels(catalog, config.slices),
    routines,
    notes,
    ...optional({ parsers, timestampZone: zoneless.size > 0 ? timestampZone : undefined }),
  };
}

/** How the driver's values are typed, under the names that the schema's own types get. */
export function schemaTypes(catalog: Catalog, { driver: driverConfig, types = {} }: Config) {
  const { driver, parsers } = resolveDriver(driverConfig);
  const enums = enumModels(catalog);
  const compositeNames = driver.objects ? namesOfComposites(catalog, new Set(enums.map(({ name }) => name))) : new Map<string, string>();
  const mapType = typeMapper(
    catalog,
    { driver, nullElements: types.nullElements ?? true, infinity: types.infinity ?? true },
    { enums: new Map(enums.map(({ type, name }) => [typeKey(type), name])), composites: compositeNames },
  );
  return { enums, compositeNames, parsers, timestampZone: driver.timestampZone, mapType };
}

const noRefinement: Refine = (_relation, _column, type) => type;

function enumModels(catalog: Catalog): EnumModel[] {
  const reserved = new Set<string>(sharedTypeNames);
  const home = homeSchema(catalog);
  const names = distinctNames(catalog.enums, (type) => relationKey(type, home), (key) => {
    const name = modelName(pascalCase(key));
    return reserved.has(name) ? `${name}Enum` : name;
  });
  return catalog.enums.map((type) => {
    const name = names.get(type) ?? type.name;
    const { schema, labels, comment } = type;
    return { name, valuesName: `${camelCase(name)}Values`, type: { schema, name: type.name }, labels, ...optional({ comment }) };
  });
}

function namesOfComposites(catalog: Catalog, enumNames: ReadonlySet<string>): Map<string, string> {
  const reserved = new Set<string>([...sharedTypeNames, ...enumNames]);
  const home = homeSchema(catalog);
  const names = distinctNames(catalog.composites, (type) => relationKey(type, home), (key) => {
    const name = modelName(pascalCase(key));
    return reserved.has(name) ? `${name}Composite` : name;
  });
  return new Map([...names].map(([type, name]) => [typeKey(type), name]));
}

/** Any attribute of a composite may be null, whatever its type says: a composite has no constraints. */
function compositeModels(catalog: Catalog, names: ReadonlyMap<string, string>, mapType: TypeMapper): CompositeModel[] {
  return catalog.composites.flatMap((composite) => {
    const { schema, name, comment } = composite;
    const typeName = names.get(typeKey(composite));
    const attributes = composite.attributes.map((attribute) => ({ name: attribute.name, type: nullable(mapType(attribute.type).read) }));
    return typeName === undefined ? [] : [{ name: typeName, type: { schema, name }, attributes, ...optional({ comment }) }];
  });
}

type ModelNames = Pick<RelationModel, 'name' | 'plural' | 'alias' | 'file'>;

/** `tasker_named_tasks` → NamedTask, namedTasks, namedTask, named-task. */
function modelNames(relation: Relation, config: ModelConfig, home: string, stripPrefix = ''): ModelNames {
  const { schema } = relation;
  const stripped = relation.name.startsWith(stripPrefix) && relation.name !== stripPrefix ? relation.name.slice(stripPrefix.length) : relation.name;
  const qualified = schema === 'public' || schema === home ? stripped : `${schema}_${stripped}`;
  const name = config.name ?? modelName(pascalCase(singular(qualified)));
  return {
    name,
    plural: config.plural ?? functionName(camelCase(qualified)),
    alias: camelCase(name),
    file: fileName(name),
  };
}

function relationModel(catalog: Catalog, candidates: readonly Relation[], relation: Relation, config: ModelConfig, names: ModelNames & Pick<RelationModel, 'key' | 'tableName'>, mapType: TypeMapper, refine: Refine): RelationModel {
  const { schema, name, kind, comment } = relation;
  const stored = storedFields(relation, config, mapType, refine);
  const machines = stateMachines({ catalog, candidates, relation, stored, modelName: names.name, mapType }, config.state);
  const computed = computedFields(catalog, relation, config, stored, machines, mapType);
  return {
    relation: { schema, name, kind, ...optional({ comment }) },
    ...names,
    stored,
    computed,
    code: codeFields(relation, config, stored, computed),
    stateMachines: machines,
    related: [],
    insertable: relation.insertable && stored.some(({ insert }) => insert),
    updatable: stored.some(({ update }) => update),
  };
}

/** Two tables must not share a model's file or name: one would be lost. */
function refuseSharedNames(relations: readonly RelationModel[]): void {
  for (const property of ['file', 'plural'] as const) {
    const owners = new Map<string, RelationModel>();
    for (const relation of relations) {
      const name = property === 'file' ? nameOnDisk(relation.file) : relation.plural;
      const owner = owners.get(name);
      if (owner) {
        throw new RowsmithError(
          'name-collision',
          `The tables ${owner.key} and ${relation.key} map to one name: ${property === 'file' ? relation.name : relation.plural}.`,
          `Name one of them in the config: models: { ${JSON.stringify(relation.key)}: { ${property === 'file' ? 'name' : 'plural'}: '…' } }`,
        );
      }
      owners.set(name, relation);
    }
  }
}
