import type { Catalog, Relation, RoutineFact } from '../catalog/catalog.js';
import { homeSchema, relationKey } from '../catalog/home-schema.js';
import type { Config } from '../config/config.js';
import type { ModelConfig, ModelsConfig } from '../config/models.js';
import { validateModelConfig } from '../config/validate.js';
import { didYouMean, RowsmithError } from '../errors.js';
import { isWildcard, matchesQualified } from './pattern.js';

/** The model config of each relation, with wildcards resolved. */
export type Settings = ReadonlyMap<Relation, ModelConfig>;

/** Whether the config requests a caller for a routine. */
export function wantsRoutine({ functions = [] }: Config, routine: RoutineFact): boolean {
  return functions.some((pattern) =>
    typeof pattern === 'function' ? pattern(routine) : matchesQualified(pattern, routine),
  );
}

/** Whether relations of extensions are treated like others, because kysely-codegen does not recognize extensions. */
export function takesExtensions(tables: Config['tables'] = 'rowsmith'): boolean {
  return tables !== 'rowsmith';
}

/**
 * The entries of `models` without those for tables that the schema has but the config does not select: projects share
 * `models`, and each has some of the tables.
 */
export function modelsWithin(models: ModelsConfig, narrowed: Catalog, everything: Catalog): ModelsConfig {
  const names = ({ relations }: Catalog, pattern: string) =>
    relations.some((relation) => matchesQualified(pattern, relation));
  return Object.fromEntries(
    Object.entries(models).filter(([pattern]) => names(narrowed, pattern) || !names(everything, pattern)),
  );
}

/** The settings of every relation. Throws if an entry of `models` names a table that does not exist. */
export function resolveSettings(catalog: Catalog, models: ModelsConfig = {}): Settings {
  const { stripPrefix: _prefix, ...entries } = models;
  for (const pattern of Object.keys(entries)) {
    if (isWildcard(pattern) || catalog.relations.some((relation) => matchesQualified(pattern, relation))) continue;
    const hint = didYouMean(
      pattern,
      catalog.relations.flatMap(({ schema, name }) => (pattern.includes('.') ? [`${schema}.${name}`] : [name])),
    );
    throw new RowsmithError(
      'unknown-relation',
      `The config names an unknown table: models.${pattern}`,
      hint ?? `The schema has: ${someNames(catalog)}.`,
    );
  }
  return new Map(catalog.relations.map((relation) => [relation, mergeEntries(relation, entries)]));
}

/**
 * Merges the entries that match a relation: wildcards in their order, then the exact name. `alias`, `computed` and
 * `filled` are merged key by key.
 */
function mergeEntries(relation: Relation, entries: Omit<ModelsConfig, 'stripPrefix'>): ModelConfig {
  const matching = Object.keys(entries).filter((pattern) => matchesQualified(pattern, relation));
  const ordered = [...matching.filter(isWildcard), ...matching.filter((pattern) => !isWildcard(pattern))];
  let merged: ModelConfig = {};
  for (const pattern of ordered) {
    const config = resolveEntry(relation, pattern, entries[pattern]);
    merged = {
      ...merged,
      ...config,
      alias: { ...merged.alias, ...config.alias },
      computed: { ...merged.computed, ...config.computed },
      ...(merged.filled || config.filled ? { filled: { ...merged.filled, ...config.filled } } : {}),
    };
  }
  return merged;
}

function resolveEntry(relation: Relation, pattern: string, entry: ModelsConfig[string]): ModelConfig {
  if (typeof entry !== 'function') return typeof entry === 'object' ? entry : {};
  const config = entry(relation);
  validateModelConfig(config, `models["${pattern}"](${relation.name})`);
  return config;
}

/** The first few names of a schema's relations, for a hint. */
export function someNames(catalog: Catalog): string {
  const { relations } = catalog;
  const names = relations.slice(0, 8).map((relation) => relationKey(relation, homeSchema(catalog)));
  return relations.length > names.length
    ? `${names.join(', ')} and ${relations.length - names.length} more`
    : names.join(', ');
}
