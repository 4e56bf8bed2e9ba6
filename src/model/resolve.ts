import type { Catalog, QualifiedName, Relation, RoutineFact } from '../catalog/catalog.js';
import { optional } from '../catalog/collections.js';
import { nameKey } from '../catalog/name-key.js';
import { quoteName } from '../catalog/sql.js';
import type { ComputedConfig, FoundFieldConfig, ModelConfig, ModelsConfig, SqlFieldConfig } from '../config/models.js';
import { RowsmithError } from '../errors.js';
import { resolveSettings, type Settings } from '../selection/settings.js';
import { type FieldNames, fieldNames } from './field-names.js';
import { functionFieldNames, givesOneValue, rowFunctions } from './row-functions.js';
import { candidatesByParent, transitionsCandidates } from './state/detect.js';

/** The config's `models`, resolved against a catalog. */
export interface ResolvedModels {
  /** What the config says about each relation. */
  readonly settings: Settings;
  /**
   * The same, with the database's functions over a row added to the computed fields, and with the names of all fields.
   */
  readonly models: ReadonlyMap<Relation, ResolvedModel>;
}

/** A model's config, and the names of its fields. */
export interface ResolvedModel extends ModelConfig {
  readonly fields: FieldNames;
}

/** Resolves `models` against what exists. Throws if an entry names a table or a function that does not exist. */
export function resolveModels(catalog: Catalog, config: ModelsConfig | undefined): ResolvedModels {
  const settings = resolveSettings(catalog, config);
  const functions = rowFunctions(catalog);
  const known = new Set([...functions.values()].flat().flatMap(functionFieldNames));
  const candidates = candidatesByParent(transitionsCandidates(catalog));
  const models = new Map<Relation, ResolvedModel>();
  for (const [relation, model] of settings) {
    const found = functions.get(nameKey(relation)) ?? [];
    const used = usedFunctions(model, found);
    const given = new Map([...used].map(([routine, asked]) => [routine, asked?.name] as const));
    const pointing = candidates.get(nameKey(relation)) ?? [];
    const names = fieldNames({ catalog, relation, config: model, functions: given, candidates: pointing });
    const fields = withFunctions(model, used, names);
    refuseUnfound(relation, model, { used, found, known });
    const computed = Object.keys(fields).length === 0 ? {} : { computed: fields };
    models.set(relation, { ...model, ...computed, fields: names });
  }
  return { settings, models };
}

/** What the config says about a function over a row, and the name of the field under which it says so. */
interface Asked {
  readonly name: string;
  readonly said: FoundFieldConfig;
}

/**
 * The functions over a row that are fields: `full_name(users)` is a field of users. A field that the config computes
 * under the same name replaces it, and false omits it. A VOLATILE function is a field only if the config requests it,
 * because reading must not write.
 */
function usedFunctions(
  { computed = {} }: ModelConfig,
  functions: readonly RoutineFact[],
): ReadonlyMap<RoutineFact, Asked | undefined> {
  const saidOf = new Map(Object.entries(computed));
  const used = new Map<RoutineFact, Asked | undefined>();
  const fitting = functions.filter(givesOneValue);
  for (const routine of fitting) {
    const said = functionFieldNames(routine).filter((name) => saidOf.has(name));
    if (said.some((name) => !isFound(saidOf.get(name)))) continue;
    const isOnly = (name: string) => fitting.filter((other) => functionFieldNames(other).includes(name)).length === 1;
    const name = said.find(isOnly);
    const asked = name === undefined ? undefined : { name, said: saidOf.get(name) as FoundFieldConfig };
    if (routine.volatility === 'volatile' && !asked?.said.volatile) continue;
    used.set(routine, asked);
  }
  return used;
}

/** The computed fields of a model, those of functions first. */
function withFunctions(
  { computed = {} }: ModelConfig,
  used: ReadonlyMap<RoutineFact, Asked | undefined>,
  names: FieldNames,
): ComputedFields {
  const fields = new Map<string, ComputedConfig | false>();
  for (const [routine, asked] of used) {
    const found: SqlFieldConfig = { sql: rowCall(routine), ...optional({ comment: routine.comment }) };
    fields.set(names.functions.get(routine) ?? '', { ...found, ...asked?.said });
  }
  for (const [name, field] of Object.entries(computed)) {
    if (!isFound(field)) fields.set(name, field);
  }
  return Object.fromEntries(fields);
}

type ComputedFields = NonNullable<ModelConfig['computed']>;

interface Found {
  readonly used: ReadonlyMap<RoutineFact, Asked | undefined>;
  /** The functions over the relation's row. */
  readonly found: readonly RoutineFact[];
  /** The names of the fields that functions over any row would have. */
  readonly known: ReadonlySet<string>;
}

/**
 * Throws if the config extends a function field that does not exist. An entry for many tables applies to those that
 * have it.
 */
function refuseUnfound(relation: Relation, { computed = {} }: ModelConfig, { used, found, known }: Found): void {
  const asked = new Set([...used.values()].map((one) => one?.name));
  for (const [name, field] of Object.entries(computed)) {
    if (!isFound(field) || asked.has(name)) continue;
    if (known.has(name) && !found.some((routine) => functionFieldNames(routine).includes(name))) continue;
    throw noFunction(relation, name, found);
  }
}

/** Whether a computed field only adds settings to a function that rowsmith finds. */
export function isFoundField(field: ComputedConfig | false): field is FoundFieldConfig {
  return field !== false && !('sql' in field) && !('code' in field);
}

const isFound = (field: ComputedConfig | false | undefined): field is FoundFieldConfig =>
  field !== undefined && isFoundField(field);

function noFunction({ name: table }: Relation, field: string, functions: readonly RoutineFact[]) {
  const found = functions.filter((routine) => functionFieldNames(routine).includes(field));
  const place = `models.${table}.computed.${field}`;
  if (found.length === 0)
    return new RowsmithError(
      'unknown-function',
      `The config names an unknown function over a row: ${place}`,
      'Check its spelling, or define the field with { sql: … }.',
    );
  const [reason, hint] = whyNoField(found);
  return new RowsmithError('unknown-function', `${place} is not a field: ${reason}.`, hint);
}

function whyNoField(found: readonly RoutineFact[]): readonly [reason: string, hint: string] {
  const fitting = found.filter(givesOneValue);
  if (fitting.length === 0)
    return ['the function does not return one value per row', 'List it under functions instead, or remove the entry.'];
  if (fitting.length > 1)
    return [
      'several functions have its name',
      `Name one of them: ${fitting.map((routine) => functionFieldNames(routine)[1]).join(', ')}.`,
    ];
  return ['the function is VOLATILE', 'Declare it STABLE if it only reads, or set volatile: true.'];
}

/**
 * The call of a function on the row `t`. A plain `t` would mean a column of that name, even one of an outer query's
 * row.
 */
function rowCall(routine: QualifiedName): string {
  return `${quoteName(routine)}(t.*)`;
}
