import type { Catalog, Relation } from '../catalog/catalog.js';
import { optional } from '../catalog/collections.js';
import { homeSchema, relationKey } from '../catalog/home-schema.js';
import { nameKey } from '../catalog/name-key.js';
import type { Config } from '../config/config.js';
import { brandIds } from './brands.js';
import { pluginNotes } from './camel-case-plugin.js';
import { compositeModels, schemaTypes } from './declared-types.js';
import { refuseIdleFills } from './filled.js';
import type { Schema } from './model.js';
import { modelNames } from './model-names.js';
import { overrideTypes, type Refine } from './overrides.js';
import { queryFileModels } from './queries.js';
import { relatedModels } from './related.js';
import { refuseSharedKeys, relationModel, unnameableNotes } from './relation.js';
import { type ResolvedModels, resolveModels } from './resolve.js';
import { routineModels } from './routines/build.js';
import { rowFunctionNotes } from './row-functions.js';
import { type SharedName, sharedNamesNote } from './shared-names.js';
import { sliceModels } from './slices.js';
import { candidatesByParent, transitionsCandidates, undeterminedTransitions } from './state/detect.js';
import { askedNotes, missingIndexNotes } from './state/lint.js';
import { timestampNote, zonelessTimestamps } from './timestamps.js';
import { driverZones } from './zones.js';

/** The names that several relations or fields share and that the config assigns to none of them. */
export function sharedNamesOf(catalog: Catalog, { models }: Config): readonly SharedName[] {
  const settings = resolveModels(catalog, models).models;
  return [...modelNames(catalog, settings, models).shared, ...sharedFieldsOf(settings)];
}

const sharedFieldsOf = (settings: ResolvedModels['models']) =>
  [...settings.values()].flatMap(({ fields }) => fields.shared);

/**
 * Builds the schema of models: decides the TypeScript name of every relation and type of the catalog, and what each of
 * its fields means.
 *
 * @param settings The config's `models`, if they are already resolved.
 */
export function buildSchema(
  catalog: Catalog,
  config: Config,
  settings: ResolvedModels['models'] = resolveModels(catalog, config.models).models,
): Schema {
  const home = homeSchema(catalog);
  const keyOf = (relation: Relation) => relationKey(relation, home);
  const { names, shared } = modelNames(catalog, settings, config.models);
  const configOf = (relation: Relation) => {
    const found = settings.get(relation);
    if (!found) throw new Error(`The settings lack ${relation.schema}.${relation.name}.`);
    return found;
  };
  const modelName = (relation: Relation) => names.get(relation)?.name ?? relation.name;
  const types = schemaTypes(catalog, config, modelName);
  const { enums, parsers, timestampZone, declaresBooleans, mapType } = types;

  const { brands, refine: brand } = config.types?.brandIds
    ? brandIds({ catalog, modelName, mapType, taken: types.wanted })
    : { brands: [], refine: noRefinement };
  const override = overrideTypes(config.types?.overrides ?? []);
  const refine: Refine = (relation, column, type) => override(relation, column, brand(relation, column, type));
  const driver = typeof config.driver === 'object' ? 'pg-parsers' : (config.driver ?? 'pg');
  const zoneOf = driverZones(mapType, driver, timestampZone);
  const scope = { catalog, mapType, refine, zoneOf, configOf };

  const candidates = transitionsCandidates(catalog);
  const ofParent = candidatesByParent(candidates);
  const relations = [...names].map(([relation, called]) => {
    const pointing = ofParent.get(nameKey(relation)) ?? [];
    return relationModel(
      { ...scope, relation, config: configOf(relation) },
      { key: keyOf(relation), ...called },
      pointing,
    );
  });
  refuseIdleFills(catalog, config.models);
  refuseSharedKeys(relations);

  const related = relatedModels({ ...scope, names }, relations);
  const modelsByType = new Map(relations.map((model) => [nameKey(model.relation), model]));
  const { routines, notes: uncallable } = routineModels({ ...scope, settings, relations: modelsByType }, config);
  const zoneless = zonelessTimestamps(catalog, relations, mapType);
  const asksForZone = timestampZone === 'local' && config.types?.timestamps === undefined;
  return {
    enums,
    composites: compositeModels(catalog, types),
    brands,
    relations: relations.map((relation) => ({ ...relation, related: related.get(relation.key) ?? [] })),
    slices: sliceModels(catalog, config.slices),
    routines,
    queryFiles: queryFileModels(catalog.queries ?? [], { mapType, relations: modelsByType }),
    declaresBooleans,
    notes: [
      ...undeterminedTransitions(candidates),
      ...missingIndexNotes(catalog, relations),
      ...askedNotes(relations),
      ...(asksForZone ? timestampNote(zoneless) : []),
      ...unnameableNotes(relations),
      ...(typeof config.tables === 'object' && config.tables.camelCase ? pluginNotes(relations) : []),
      ...sharedNamesNote([...shared, ...sharedFieldsOf(settings)]),
      ...rowFunctionNotes(catalog, settings),
      ...uncallable,
    ],
    ...optional({ parsers, timestampZone: zoneless.size > 0 ? timestampZone : undefined }),
  };
}

const noRefinement: Refine = (_relation, _column, type) => type;
