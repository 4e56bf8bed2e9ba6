import type { Catalog, QualifiedName, Relation, RoutineFact, TypeRef } from '../catalog/catalog.js';
import { groupBy, optional } from '../catalog/collections.js';
import { tenantsSchema } from '../catalog/home-schema.js';
import { quoteName } from '../catalog/sql.js';
import { typeKey } from '../catalog/type-key.js';
import type { ModelConfig, ModelsConfig, SqlFieldConfig } from '../config/config.js';
import { resolveSettings, type Settings } from '../selection/settings.js';
import { fieldName } from './names.js';

/** The config's `models`, resolved against a catalog. */
export interface ResolvedModels {
  /** What the config says of each relation. */
  readonly settings: Settings;
  /** The same, with the database's functions over a row among the computed fields. */
  readonly models: Settings;
}

/** Resolves `models` against what exists. Throws on an entry for a table that does not. */
export function resolveModels(catalog: Catalog, config: ModelsConfig | undefined): ResolvedModels {
  const settings = resolveSettings(catalog, config);
  const functions = rowFunctions(catalog);
  const models = new Map<Relation, ModelConfig>();
  for (const [relation, model] of settings) {
    const found = functions.get(typeKey(relation));
    models.set(relation, found ? withFunctions(relation, model, found) : model);
  }
  return { settings, models };
}

/** `full_name(users)` is a field of users like one of the config's. Columns and the config have its name first. */
function withFunctions(relation: Relation, model: ModelConfig, functions: readonly RoutineFact[]): ModelConfig {
  const { computed = {} } = model;
  const taken = new Set([...Object.keys(computed), ...relation.columns.flatMap(({ name }) => [name, fieldName(name)])]);
  const fields = functions.map((routine): [name: string, field: SqlFieldConfig] => [
    fieldName(routine.name),
    { sql: rowCall(routine), ...optional({ comment: routine.comment }) },
  ]);
  const free = fields.filter(([name]) => !taken.has(name));
  return { ...model, computed: { ...Object.fromEntries(free), ...computed } };
}

/** The call of a function on the row `t`. A plain `t` would be a column of that name, also one of an outer query's row. */
function rowCall(routine: QualifiedName): string {
  return `${quoteName(routine)}(t.*)`;
}

/**
 * The functions whose single argument could be a row, by the key of its type. Functions of tenants are left out:
 * `withSchema` moves none.
 */
function rowFunctions(catalog: Catalog): ReadonlyMap<string, readonly RoutineFact[]> {
  const tenants = tenantsSchema(catalog);
  const typed = catalog.functions.flatMap((routine) => {
    const type = routine.schema === tenants ? undefined : rowType(routine);
    return type ? [{ routine, key: typeKey(type) }] : [];
  });
  return new Map(
    [...groupBy(typed, ({ key }) => key)].map(([key, group]) => [key, group.map(({ routine }) => routine)]),
  );
}

function rowType({ kind, arguments: args, returnsSet }: RoutineFact): TypeRef | undefined {
  const [row, another] = args;
  if (kind !== 'function' || returnsSet || !row || another || row.mode !== 'in') return undefined;
  return row.type.dimensions === undefined ? row.type : undefined;
}
