import type { Catalog, Relation, RoutineArgument, RoutineFact, TypeRef } from '../../catalog/catalog.js';
import { byTypeKey, typeKey } from '../../catalog/type-key.js';
import type { ModelConfig } from '../../config/config.js';
import { jsonColumn } from '../json.js';
import type { RelationModel, RoutineField, RoutineResult } from '../model.js';
import { distinctNames, fieldName } from '../names.js';
import type { Refine } from '../overrides.js';
import type { Settings } from '../../selection/settings.js';
import { nullable, type TsType } from '../ts-type.js';
import type { TypeMapper } from '../types.js';

/** What the types of a routine are read from. */
export interface RoutineScope {
  readonly catalog: Catalog;
  readonly settings: Settings;
  /** By `typeKey`. */
  readonly relations: ReadonlyMap<string, RelationModel>;
  readonly mapType: TypeMapper;
  readonly refine: Refine;
}

/**
 * What a call gives. Whatever it is may be null: a function's body is not looked into, a composite value has none of its
 * table's constraints, and a function that finds no row returns null for a `NOT NULL` domain too.
 */
export function routineResult(scope: RoutineScope, routine: RoutineFact): RoutineResult {
  const { kind, returns, returnsSet } = routine;
  const outputs = routine.arguments.filter(({ mode }) => mode === 'out' || mode === 'inout' || mode === 'table');
  if (kind === 'procedure' || !returns) return { kind: 'done', statement: 'call', fields: outputFields(scope, outputs) };
  if (isVoid(returns)) return { kind: 'done', statement: 'select', fields: [] };
  if (isRecord(returns)) return { kind: 'rows', fields: outputFields(scope, outputs), scalar: false };
  const fields = rowFields(scope, returns);
  if (fields) return { kind: 'rows', fields, scalar: false };
  const type = nullable(scope.mapType(returns).read);
  if (!returnsSet) return { kind: 'value', type };
  const column = outputs[0]?.name ?? 'value';
  return { kind: 'rows', fields: [{ column, name: fieldName(column), type }], scalar: true };
}

const isPseudoType = (pseudo: string) => ({ schema, name, dimensions }: TypeRef) => schema === undefined && name === pseudo && dimensions === undefined;
export const isRecord = isPseudoType('record');
export const isVoid = isPseudoType('void');

/** Postgres calls outputs without a name `column1`, `column2`. */
function outputFields({ mapType }: RoutineScope, outputs: readonly RoutineArgument[]): RoutineField[] {
  return namedFields(outputs.map(({ name, type }, index) => ({ column: name ?? `column${index + 1}`, type: mapType(type).read })));
}

/** The columns of a row of the type, as `SELECT * FROM f()` gives them; undefined for a type that is no row. */
function rowFields(scope: RoutineScope, type: TypeRef): RoutineField[] | undefined {
  if (type.dimensions !== undefined) return undefined;
  const key = typeKey(type);
  const domain = byTypeKey(scope.catalog.domains).get(key);
  if (domain) return rowFields(scope, domain.base);
  const relation = byTypeKey(scope.catalog.relations).get(key);
  if (relation) return relationFields(scope, relation);
  const composite = byTypeKey(scope.catalog.composites).get(key);
  return composite && namedFields(composite.attributes.map((attribute) => ({ column: attribute.name, type: scope.mapType(attribute.type).read })));
}

function namedFields(columns: readonly { readonly column: string; readonly type: TsType }[]): RoutineField[] {
  const names = distinctNames(columns, ({ column }) => column, fieldName);
  return columns.map((each) => ({ column: each.column, name: names.get(each) ?? each.column, type: nullable(each.type) }));
}

/** The fields of the table's model. Its CHECK constraints say nothing about rows that a function makes; the config does. */
function relationFields({ settings, relations, mapType, refine }: RoutineScope, relation: Relation): RoutineField[] {
  const config: ModelConfig = settings.get(relation) ?? {};
  const stored = relations.get(typeKey(relation))?.stored ?? [];
  return relation.columns.map((column) => {
    const type = jsonColumn(relation, column, config)?.type ?? refine(relation, column, mapType(column.type));
    const name = stored.find((field) => field.column === column.name)?.name ?? column.name;
    return { column: column.name, name, type: nullable(type.read) };
  });
}
