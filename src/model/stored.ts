import type { Check, Column, Relation } from '../catalog/catalog.js';
import { intersectLiterals, literalsOfCheck } from '../catalog/check-literals.js';
import { type Facts, optional } from '../catalog/collections.js';
import { castName } from '../catalog/sql.js';
import type { Alias } from './aliases.js';
import { proofs } from './check-proofs.js';
import { filledColumn } from './filled.js';
import { jsonColumn, refuseUnknownJson } from './json.js';
import type { RelationScope } from './scope.js';
import type { StoredField } from './stored-field.js';
import { builtin, literal, nullable, type TsType, union } from './ts-type.js';
import { narrowed, type ValueType } from './types.js';

/** The stored fields of a relation's model: its columns, in their order, under the model's names. */
export function storedFields(scope: RelationScope): StoredField[] {
  const { relation, config } = scope;
  refuseUnknownJson(relation, config);
  const { aliases, columns } = config.fields;
  return relation.columns.map((column) => {
    const alias = aliases.get(column) ?? { as: columns.get(column) ?? column.name };
    return storedField(scope, column, alias);
  });
}

function storedField(scope: RelationScope, column: Column, { as: name, default: fallback }: Alias): StoredField {
  const { relation, config } = scope;
  const json = jsonColumn(relation, column, config);
  const type = json?.type ?? columnType(scope, column);
  // A view may return null for a domain that refuses it; no write may store null there.
  const selectsNull = !column.notNull && (!type.notNull || relation.kind.endsWith('view'));
  const select = selectsNull ? nullable(type.read) : type.read;
  const field: Facts<StoredField> = {
    column: column.name,
    name,
    select,
    fieldSelect: fallback === undefined ? select : withDefault(type.read, fallback),
    value: type.write,
    sqlType: sqlType(column),
    json: type.json,
  };
  const zone = scope.zoneOf(column.type);
  if (zone !== undefined) field.zone = zone;
  const filled = filledColumn(relation, column, config, (ref) => scope.mapType(ref).base ?? ref);
  const { insert, update } = writes(relation, column, type);
  if (insert !== undefined) field.insert = filled === 'database' ? { ...insert, optional: true } : insert;
  const byProgram =
    typeof filled === 'object' && optional({ insert: insert && filled.insert, update: update && filled.update });
  if (byProgram && Object.keys(byProgram).length > 0) field.filled = byProgram;
  if (update !== undefined) field.update = update;
  if (fallback !== undefined) field.default = fallback;
  if (json?.validated) {
    const { by, output } = json.validated;
    field.validated = { by, output: selectsNull ? nullable(output) : output };
  }
  if (column.comment !== undefined) field.comment = column.comment;
  return field;
}

/**
 * The name of a column's type in a CAST, without `pg_catalog.`; empty for a scalar type that the schema itself
 * declares, because each schema that `withSchema` selects may have its own.
 */
function sqlType({ type }: Column): string {
  if (type.schema !== undefined) return type.dimensions === undefined ? '' : castName(type);
  return type.dimensions === undefined ? type.name : `${type.name}[]`;
}

/** The type of a column, as determined by the driver, the CHECK constraints, overrides and brands together. */
function columnType({ relation, mapType, refine }: RelationScope, column: Column): ValueType {
  const mapped = mapType(
    column.type,
    proofs(checksOf(relation), column.name, column.nondeterministic ? undefined : column.type),
  );
  return refine(relation, column, narrow(relation, column, mapped));
}

/** What can be written to a column; undefined if that kind of statement cannot write it. */
interface Writes {
  readonly insert: StoredField['insert'] | undefined;
  readonly update: TsType | undefined;
}

/** Neither for a column that the database generates, or that a view cannot pass on. */
function writes(relation: Relation, column: Column, type: ValueType): Writes {
  if (column.generated !== undefined || column.identity === 'always' || column.readOnly)
    return { insert: undefined, update: undefined };
  const takesNull = (!column.notNull || column.takesNull) && !column.refusesNull && !type.notNull;
  const written = takesNull ? nullable(type.write) : type.write;
  // Before a trigger sees the row, omitted columns are null, which a domain may refuse.
  const filled = column.filledBy === 'default' || (column.filledBy === 'trigger' && !type.notNull);
  const hasDefault = type.hasDefault === true || column.default !== undefined || column.identity !== undefined;
  const takesInserts = relation.insertable && column.writtenBy !== 'update';
  return {
    insert: takesInserts ? { type: written, optional: takesNull || hasDefault || filled } : undefined,
    update: column.writtenBy === 'insert' ? undefined : written,
  };
}

/** `coalesce(column, default)`: the column's own type, widened if the default is not one of its literals. */
function withDefault(read: TsType, fallback: string | number | boolean): TsType {
  const members = read.kind === 'union' ? read.members : [read];
  const fits =
    typeof fallback !== 'boolean' && members.some((member) => member.kind === 'literal' && member.value === fallback);
  if (fits || members.some((member) => member.kind !== 'literal')) return read;
  return union(read, typeof fallback === 'boolean' ? builtin('boolean') : literal(fallback));
}

/** The CHECK constraints that hold for every row that a query of the relation returns. */
export function checksOf({ checks, inherited }: Relation): readonly Check[] {
  return inherited ? checks.filter(({ noInherit }) => !noInherit) : checks;
}

/** Narrows a type to the values that the CHECK constraints of its column allow. */
function narrow(relation: Relation, column: Column, type: ValueType): ValueType {
  const checks = checksOf(relation);
  if (column.nondeterministic || checks.length === 0) return type;
  const base = type.base ?? column.type;
  return narrowed(type, intersectLiterals(checks.map((check) => literalsOfCheck(check, column.name, base))));
}
