import type { Catalog, QualifiedName, Relation, RoutineFact } from '../catalog/catalog.js';
import { optional } from '../catalog/collections.js';
import { quoteName } from '../catalog/sql.js';
import { typeKey } from '../catalog/type-key.js';
import type { ComputedConfig, FoundFieldConfig, ModelConfig, ModelsConfig, SqlFieldConfig } from '../config/config.js';
import { RowsmithError } from '../errors.js';
import { resolveSettings, type Settings } from '../selection/settings.js';
import { fieldName } from './names.js';
import { givesOneValue, rowFunctions } from './row-functions.js';

/** The config's `models`, resolved against a catalog. */
export interface ResolvedModels {
  /** What the config says of each relation. */
  readonly settings: Settings;
  /** The same, with the database's functions over a row among the computed fields. */
  readonly models: Settings;
}

/** Resolves `models` against what exists. Throws on an entry for a table, or a function, that does not. */
export function resolveModels(catalog: Catalog, config: ModelsConfig | undefined): ResolvedModels {
  const settings = resolveSettings(catalog, config);
  const functions = rowFunctions(catalog);
  const known = new Set([...functions.values()].flat().map(({ name }) => fieldName(name)));
  const models = new Map<Relation, ModelConfig>();
  for (const [relation, model] of settings) {
    const found = functions.get(typeKey(relation)) ?? [];
    const fields = withFunctions(relation, model, found);
    refuseUnfound(relation, model, { fields, found, known });
    models.set(relation, Object.keys(fields).length === 0 ? model : { ...model, computed: fields });
  }
  return { settings, models };
}

/**
 * `full_name(users)` is a field of users like one of the config's. Columns and the config have its name first. A
 * VOLATILE function is one only where the config asks for it: reading must not write.
 */
function withFunctions(
  relation: Relation,
  { computed = {} }: ModelConfig,
  functions: readonly RoutineFact[],
): ComputedFields {
  const taken = new Set(relation.columns.flatMap(({ name }) => [name, fieldName(name)]));
  const saidOf = new Map(Object.entries(computed));
  const fields = new Map<string, ComputedConfig | false>();
  for (const routine of functions.filter(givesOneValue)) {
    const name = fieldName(routine.name);
    const said = saidOf.get(name);
    const asked = said !== undefined && isFoundField(said) ? said : undefined;
    if (taken.has(name) || (said !== undefined && !asked)) continue;
    if (routine.volatility === 'volatile' && !asked?.volatile) continue;
    const found: SqlFieldConfig = { sql: rowCall(routine), ...optional({ comment: routine.comment }) };
    fields.set(name, { ...found, ...asked });
  }
  for (const [name, field] of saidOf) {
    if (!isFoundField(field)) fields.set(name, field);
  }
  return Object.fromEntries(fields);
}

type ComputedFields = NonNullable<ModelConfig['computed']>;

interface Found {
  readonly fields: ComputedFields;
  /** The functions over the relation's row. */
  readonly found: readonly RoutineFact[];
  /** The names of the fields that functions over any row would be. */
  readonly known: ReadonlySet<string>;
}

/** Throws where the config adds to a found field that is none. An entry for many tables fits those that have it. */
function refuseUnfound(relation: Relation, { computed = {} }: ModelConfig, { fields, found, known }: Found): void {
  for (const [name, field] of Object.entries(computed)) {
    if (!isFoundField(field) || Object.hasOwn(fields, name)) continue;
    if (known.has(name) && !found.some((routine) => fieldName(routine.name) === name)) continue;
    throw noFunction(relation, name, found);
  }
}

/** Whether a computed field says something about a function that is found, and no more. */
export function isFoundField(field: ComputedConfig | false): field is FoundFieldConfig {
  return field !== false && !('sql' in field) && !('code' in field);
}

function noFunction({ name: table, columns }: Relation, field: string, functions: readonly RoutineFact[]) {
  const found = functions.find(({ name }) => fieldName(name) === field);
  const place = `models.${table}.computed.${field}`;
  if (!found)
    return new RowsmithError(
      'unknown-function',
      `The config names an unknown function over a row: ${place}`,
      'Look at its spelling, or give the field its SQL: { sql: … }.',
    );
  const [reason, hint] = whyNoField(found, columns);
  return new RowsmithError('unknown-function', `${place} is no field: ${reason}.`, hint);
}

function whyNoField(routine: RoutineFact, columns: Relation['columns']): readonly [reason: string, hint: string] {
  if (!givesOneValue(routine))
    return ['the function does not give one value for a row', 'Call it with functions, or leave the entry out.'];
  const field = fieldName(routine.name);
  if (columns.some(({ name }) => name === field || fieldName(name) === field))
    return ['a column has its name', 'Give the field another name, with the call as its sql.'];
  return ['the function is VOLATILE', 'Declare it STABLE where it only reads; volatile: true asks for it as it is.'];
}

/** The call of a function on the row `t`. A plain `t` would be a column of that name, also one of an outer query's row. */
function rowCall(routine: QualifiedName): string {
  return `${quoteName(routine)}(t.*)`;
}
