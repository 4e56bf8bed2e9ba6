import type { Catalog, Relation, RoutineFact } from '../catalog/catalog.js';
import { nameKey } from '../catalog/name-key.js';
import type { Config } from '../config/config.js';
import type { FoundFieldConfig, ModelConfig, ModelsConfig } from '../config/models.js';
import { RowsmithError } from '../errors.js';
import { buildSchema } from '../model/build.js';
import type { Schema } from '../model/model.js';
import { isFoundField } from '../model/resolve.js';
import { functionFieldNames, givesOneValue, rowFunctions } from '../model/row-functions.js';
import { isWildcard, matchesName, matchesQualified } from '../selection/pattern.js';
import { pluggedSchema } from './plugins.js';

/**
 * The part of the current `models` that fits another version of the schema. The config may name tables and columns that
 * an older schema does not have. For generating, that is an error; for comparing, it is what changed.
 */
export function fitModels(models: ModelsConfig = {}, catalog: Catalog): ModelsConfig {
  const functions = rowFunctions(catalog);
  return mapModels(models, catalog, ({ alias, computed, filled, ...config }, relation) => ({
    ...config,
    ...(alias ? { alias: fitAliases(alias, relation) } : {}),
    ...(computed ? { computed: fitFound(computed, functions.get(nameKey(relation)) ?? []) } : {}),
    ...(filled ? { filled: fitFilled(filled, relation) } : {}),
  }));
}

/** Without entries for columns that the schema does not have. */
function fitFilled(
  filled: NonNullable<ModelConfig['filled']>,
  { columns }: Relation,
): NonNullable<ModelConfig['filled']> {
  return Object.fromEntries(Object.entries(filled).filter(([column]) => columns.some(({ name }) => name === column)));
}

/** Without entries for functions over the row that the schema does not have. */
function fitFound(
  computed: NonNullable<ModelConfig['computed']>,
  functions: readonly RoutineFact[],
): NonNullable<ModelConfig['computed']> {
  const usable = (said: FoundFieldConfig, field: string) => {
    const fitting = functions.filter(
      (routine) => givesOneValue(routine) && functionFieldNames(routine).includes(field),
    );
    return fitting.length === 1 && fitting.every(({ volatility }) => volatility !== 'volatile' || said.volatile);
  };
  return Object.fromEntries(
    Object.entries(computed).filter(([field, said]) => !isFoundField(said) || usable(said, field)),
  );
}

/** The models that the current config would make of a schema; undefined if the two do not fit together. */
export function schemaAsOf(catalog: Catalog, config: Config): Schema | undefined {
  const fitting = fitModels(config.models, catalog);
  const inferred = () => mapModels(fitting, catalog, (model, relation) => withInferred(model, relation, catalog));
  return attempt(catalog, config, fitting) ?? attempt(catalog, config, inferred());
}

/**
 * The models of a schema, only for their names, as far as the current config determines them: with its aliases,
 * otherwise with default names, otherwise none. Without functions and state machines nothing is computed, so nothing
 * has to be inferred.
 */
export function namesAsOf(catalog: Catalog, config: Config): Schema {
  const { models = {} } = config;
  const bare = { ...catalog, functions: [] };
  const { stripPrefix } = models;
  const byDefault: ModelsConfig = { ...(stripPrefix === undefined ? {} : { stripPrefix }), '*': { state: false } };
  const aliased = mapModels(
    { '*': {}, ...fitModels(models, catalog) },
    catalog,
    ({ computed: _computed, ...names }) => ({ ...names, state: false }),
  );
  return (
    schemaAsOf(catalog, config) ??
    attempt(bare, config, aliased) ??
    attempt(bare, config, byDefault) ?? {
      enums: [],
      composites: [],
      brands: [],
      relations: [],
      slices: [],
      routines: [],
      queryFiles: [],
      declaresBooleans: false,
      notes: [],
    }
  );
}

/**
 * Builds the models; undefined if that fails. The second try omits all type overrides, because one may match no column
 * of that schema: they change types, not names.
 */
function attempt(catalog: Catalog, config: Config, models: ModelsConfig): Schema | undefined {
  const { overrides: _overrides, ...types } = config.types ?? {};
  return attemptWith(catalog, { ...config, models }) ?? attemptWith(catalog, { ...config, types, models });
}

function attemptWith(catalog: Catalog, config: Config): Schema | undefined {
  try {
    return pluggedSchema(buildSchema(catalog, config), catalog, config);
  } catch (error) {
    if (error instanceof RowsmithError) return undefined;
    throw error;
  }
}

function mapModels(
  { stripPrefix, ...entries }: ModelsConfig,
  catalog: Catalog,
  map: (config: ModelConfig, relation: Relation) => ModelConfig,
): ModelsConfig {
  const fitting = Object.entries(entries).filter(
    ([pattern]) => isWildcard(pattern) || catalog.relations.some((relation) => matchesQualified(pattern, relation)),
  );
  const mapped = fitting.map(([pattern, entry]) => {
    const fit = (relation: Relation) => map(modelConfigOf(entry, relation), relation);
    return [pattern, fit] as const;
  });
  return { ...(stripPrefix === undefined ? {} : { stripPrefix }), ...Object.fromEntries(mapped) };
}

/** The settings of an entry of the config's `models` for one relation. */
function modelConfigOf(entry: ModelsConfig[string], relation: Relation): ModelConfig {
  if (typeof entry === 'function') return entry(relation);
  return typeof entry === 'object' ? entry : {};
}

function fitAliases(
  alias: NonNullable<ModelConfig['alias']>,
  { columns }: Relation,
): NonNullable<ModelConfig['alias']> {
  return Object.fromEntries(
    Object.entries(alias).filter(([pattern]) => columns.some(({ name }) => matchesName(pattern, name))),
  );
}

/** A model's config without the SQL fields whose types the catalog does not have. */
function withInferred(
  { computed = {}, ...config }: ModelConfig,
  relation: Relation,
  { expressions }: Catalog,
): ModelConfig {
  const known = (field: string, sql: unknown) =>
    expressions.some(
      (expression) =>
        expression.relation.schema === relation.schema &&
        expression.relation.name === relation.name &&
        expression.field === field &&
        expression.sql === sql,
    );
  const inferred = Object.entries(computed).filter(
    ([field, value]) => !('sql' in Object(value)) || known(field, (value as { readonly sql: unknown }).sql),
  );
  return { ...config, computed: Object.fromEntries(inferred) };
}
