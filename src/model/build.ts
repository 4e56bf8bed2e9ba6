import type { Catalog, Relation } from '../catalog/catalog.js';
import { optional } from '../catalog/collections.js';
import { homeSchema, relationKey } from '../catalog/home-schema.js';
import { typeKey } from '../catalog/type-key.js';
import type { Config } from '../config/config.js';
import type { Settings } from '../selection/settings.js';
import { brandIds } from './brands.js';
import { compositeModels, schemaTypes } from './declared-types.js';
import type { Schema } from './model.js';
import { distinctNames, pascalCase } from './names.js';
import { overrideTypes, type Refine } from './overrides.js';
import { relatedModels } from './related.js';
import { modelNames, refuseSharedKeys, refuseSharedNames, relationModel, unnameableNote } from './relation.js';
import { resolveModels } from './resolve.js';
import { routineModels } from './routines/build.js';
import { rowFunctionNotes } from './row-functions.js';
import { sliceModels } from './slices.js';
import { candidatesByParent, transitionsCandidates, undeterminedTransitions } from './state/detect.js';
import { refuseIdleFills } from './state/filled.js';
import { askedNotes, missingIndexNotes } from './state/lint.js';
import { timestampNote, zonelessTimestamps } from './timestamps.js';
import { driverZones } from './zones.js';

/**
 * The schema of models: decides what every relation and type of the catalog is called in TypeScript, and what each of
 * its fields means.
 *
 * @param settings The config's `models`, where they are resolved already.
 */
export function buildSchema(
  catalog: Catalog,
  config: Config,
  settings: Settings = resolveModels(catalog, config.models).models,
): Schema {
  const settingsOf = (relation: Relation) => settings.get(relation) ?? {};
  const naming = { home: homeSchema(catalog), stripPrefix: config.models?.stripPrefix };
  const namesOf = (relation: Relation) => modelNames(relation, settingsOf(relation), naming);
  const types = schemaTypes(catalog, config);
  const { enums, compositeNames, parsers, timestampZone, mapType } = types;

  const taken = new Set([...enums.map(({ name }) => name), ...compositeNames.values()]);
  const { brands, refine: brand } = config.types?.brandIds
    ? brandIds({ catalog, modelName: (relation) => namesOf(relation).name, mapType, taken })
    : { brands: [], refine: noRefinement };
  const override = overrideTypes(catalog, config.types?.overrides ?? []);
  const refine: Refine = (relation, column, type) => override(relation, column, brand(relation, column, type));
  const driver = typeof config.driver === 'object' ? 'pg-parsers' : (config.driver ?? 'pg');
  const zoneOf = driverZones(mapType, driver, timestampZone);
  const scope = { catalog, mapType, refine, zoneOf, configOf: settingsOf };

  const keyOf = (relation: Relation) => relationKey(relation, naming.home);
  const tableNames = distinctNames(catalog.relations, keyOf, (key) => `${pascalCase(key)}Table`);
  const candidates = transitionsCandidates(catalog);
  const ofParent = candidatesByParent(candidates);
  const relations = catalog.relations.map((relation) => {
    const tableName = tableNames.get(relation) ?? '';
    const names = { key: keyOf(relation), tableName, ...namesOf(relation) };
    const pointing = ofParent.get(typeKey(relation)) ?? [];
    return relationModel({ ...scope, relation, config: settingsOf(relation) }, names, pointing);
  });
  refuseSharedKeys(relations);
  refuseSharedNames(relations);
  refuseIdleFills(catalog, config.models, relations);

  const related = relatedModels(scope, relations);
  const modelsByType = new Map(relations.map((model) => [typeKey(model.relation), model]));
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
    notes: [
      ...undeterminedTransitions(candidates),
      ...missingIndexNotes(catalog, relations),
      ...askedNotes(relations),
      ...(asksForZone ? timestampNote(zoneless) : []),
      ...unnameableNote(relations),
      ...rowFunctionNotes(catalog, settings),
      ...uncallable,
    ],
    ...optional({ parsers, timestampZone: zoneless.size > 0 ? timestampZone : undefined }),
  };
}

const noRefinement: Refine = (_relation, _column, type) => type;
