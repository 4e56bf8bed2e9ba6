import type { Relation, RoutineArgument, RoutineFact, TypeRef } from '../../catalog/catalog.js';
import { byNameKey, nameKey } from '../../catalog/name-key.js';
import type { ModelConfig } from '../../config/models.js';
import type { Settings } from '../../selection/settings.js';
import { jsonColumn } from '../json.js';
import type { RelationModel } from '../model.js';
import { fieldName } from '../names.js';
import type { RoutineField, RoutineResult } from '../routine-model.js';
import type { SchemaScope } from '../scope.js';
import { nullable, type TsType } from '../ts-type.js';
import { columnWish, uniqueNames, wishesOf } from '../unique-names.js';

/** What the callers of routines are built from. */
export interface RoutineScope extends SchemaScope {
  readonly settings: Settings;
  /** The models of relations, by the relations' `nameKey`. */
  readonly relations: ReadonlyMap<string, RelationModel>;
}

/**
 * What a call returns. Every value may be null: a function's body is not analyzed, a composite value has none of its
 * table's constraints, and a function that finds no row returns null even for a `NOT NULL` domain.
 */
export function routineResult(scope: RoutineScope, routine: RoutineFact): RoutineResult {
  const { kind, returns, returnsSet } = routine;
  const outputs = outputsOf(routine);
  if (kind === 'procedure' || !returns)
    return { kind: 'done', statement: 'call', fields: outputFields(scope, outputs) };
  if (isVoid(returns)) return { kind: 'done', statement: 'select', fields: [] };
  if (isRecord(returns)) return { kind: 'rows', fields: outputFields(scope, outputs), scalar: false };
  const fields = rowFields(scope, returns);
  if (fields) return { kind: 'rows', fields, scalar: false };
  const type = nullable(scope.mapType(returns).read);
  if (!returnsSet) return { kind: 'value', type };
  const column = outputs[0]?.name ?? 'value';
  return { kind: 'rows', fields: [{ column, name: fieldName(column), type }], scalar: true };
}

/** The arguments through which a routine returns values. */
export function outputsOf({ arguments: all }: RoutineFact): RoutineArgument[] {
  return all.filter(({ mode }) => mode === 'out' || mode === 'inout' || mode === 'table');
}

const isPseudoType =
  (pseudo: string) =>
  ({ schema, name, dimensions }: TypeRef) =>
    schema === undefined && name === pseudo && dimensions === undefined;
export const isRecord = isPseudoType('record');
export const isVoid = isPseudoType('void');

/** The fields of a routine's outputs. Postgres names unnamed ones `column1`, `column2`. */
function outputFields({ mapType }: RoutineScope, outputs: readonly RoutineArgument[]): RoutineField[] {
  const columns = outputs.map(({ name, type }, index) => ({
    column: name ?? `column${index + 1}`,
    type: mapType(type).read,
  }));
  return namedFields(columns);
}

/** The columns of a row of the type, as `SELECT * FROM f()` returns them; undefined if the type is not a row. */
function rowFields(scope: RoutineScope, type: TypeRef): RoutineField[] | undefined {
  if (type.dimensions !== undefined) return undefined;
  const key = nameKey(type);
  const domain = byNameKey(scope.catalog.domains).get(key);
  if (domain) return rowFields(scope, domain.base);
  const relation = byNameKey(scope.catalog.relations).get(key);
  if (relation) return relationFields(scope, relation);
  const composite = byNameKey(scope.catalog.composites).get(key);
  if (!composite) return undefined;
  const { attributes } = composite;
  return namedFields(
    attributes.map((attribute) => ({ column: attribute.name, type: scope.mapType(attribute.type).read })),
  );
}

function namedFields(columns: readonly { readonly column: string; readonly type: TsType }[]): RoutineField[] {
  const names = uniqueNames(wishesOf(columns, ({ column }) => columnWish(column)));
  return columns.map((each) => ({
    column: each.column,
    name: names.get(each) ?? each.column,
    type: nullable(each.type),
  }));
}

/**
 * The fields of the table's model. Rows that a function creates need not obey the table's CHECK constraints; the types
 * in the config do apply.
 */
function relationFields({ settings, relations, mapType, refine }: RoutineScope, relation: Relation): RoutineField[] {
  const config: ModelConfig = settings.get(relation) ?? {};
  const stored = relations.get(nameKey(relation))?.stored ?? [];
  return relation.columns.map((column) => {
    const type = jsonColumn(relation, column, config)?.type ?? refine(relation, column, mapType(column.type));
    const name = stored.find((field) => field.column === column.name)?.name ?? column.name;
    return { column: column.name, name, type: nullable(type.read) };
  });
}
