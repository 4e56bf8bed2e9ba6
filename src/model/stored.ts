import type { Column, Relation } from '../catalog/catalog.js';
import type { Facts } from '../catalog/collections.js';
import type { AliasConfig, ModelConfig } from '../config/config.js';
import { isWildcard, matchesName } from '../selection/pattern.js';
import { RowsmithError } from '../errors.js';
import { intersectLiterals, literalsOfCheck } from './check-literals.js';
import { proofs } from './check-proofs.js';
import { jsonColumn, refuseUnknownJson } from './json.js';
import type { StoredField } from './model.js';
import { distinctNames, fieldName } from './names.js';
import type { Refine } from './overrides.js';
import { unknownColumn } from '../selection/unknown-column.js';
import { builtin, literal, nullable, union, type TsType } from './ts-type.js';
import { narrowed, type TypeMapper, type ValueType } from './types.js';

/** The stored fields of a relation's model: its columns, in their order, under the model's names. */
export function storedFields(relation: Relation, config: ModelConfig, mapType: TypeMapper, refine: Refine): StoredField[] {
  refuseUnknownJson(relation, config);
  const aliases = resolveAliases(relation, config);
  const unaliased = relation.columns.filter((column) => !aliases.has(column));
  const names = distinctNames(unaliased, ({ name }) => name, fieldName);
  refuseShadowing(relation, aliases, names);
  return relation.columns.map((column) => {
    const alias = aliases.get(column);
    return storedField(relation, config, column, alias?.as ?? names.get(column) ?? column.name, alias?.default, mapType, refine);
  });
}

interface Alias {
  readonly as: string;
  readonly default?: string | number | boolean;
}

function resolveAliases(relation: Relation, { alias = {} }: ModelConfig): Map<Column, Alias> {
  const resolved = new Map<Column, Alias>();
  const patterns = Object.keys(alias);
  for (const pattern of [...patterns.filter(isWildcard), ...patterns.filter((pattern) => !isWildcard(pattern))]) {
    const columns = relation.columns.filter(({ name }) => matchesName(pattern, name));
    if (columns.length === 0 && !isWildcard(pattern)) throw unknownColumn(relation, `alias.${pattern}`, pattern);
    for (const column of columns) {
      const value: AliasConfig | ((column: Column) => AliasConfig) | undefined = alias[pattern];
      const given = typeof value === 'function' ? value(column) : value;
      if (given !== undefined) resolved.set(column, typeof given === 'string' ? { as: given } : given);
    }
  }
  return resolved;
}

/**
 * An alias that equals another column would let a write land in the wrong column, silently: `context` meaning `inputs` in a
 * table that has a `context`. Two fields of one name would do the same.
 */
function refuseShadowing(relation: Relation, aliases: ReadonlyMap<Column, Alias>, names: ReadonlyMap<Column, string>): void {
  if (aliases.size === 0) return;
  const seen = new Map<string, Column>([...names].map(([column, name]) => [name, column]));
  for (const [column, { as }] of aliases) {
    const shadowed = relation.columns.find((other) => other !== column && other.name === as) ?? seen.get(as);
    if (shadowed && shadowed !== column) {
      throw new RowsmithError(
        'alias-shadows-column',
        `The alias "${as}" of ${relation.name}.${column.name} is taken by the stored column "${shadowed.name}".`,
        'A write to it could land in the wrong column: choose another alias.',
      );
    }
    seen.set(as, column);
  }
}

function storedField(relation: Relation, config: ModelConfig, column: Column, name: string, fallback: Alias['default'], mapType: TypeMapper, refine: Refine): StoredField {
  const json = jsonColumn(relation, column, config);
  const type = json?.type ?? refine(relation, column, narrow(relation, column, mapType(column.type, proofs(relation.checks, column.name))));
  // A view may find null in a domain that refuses it; no write may put it there.
  const selectsNull = !column.notNull && (!type.notNull || relation.kind.endsWith('view'));
  const takesNull = !column.notNull && !type.notNull;
  const select = selectsNull ? nullable(type.read) : type.read;
  const unwritable = column.generated !== undefined || column.identity === 'always' || column.readOnly;
  const written = takesNull ? nullable(type.write) : type.write;
  // Before a trigger sees the row, the columns that were left out are null, which a domain may refuse.
  const filled = column.filledBy === 'default' || (column.filledBy === 'trigger' && !type.notNull);
  const optionalInsert = takesNull || type.hasDefault || column.default !== undefined || column.identity !== undefined || filled;
  const field: Facts<StoredField> = {
    column: column.name,
    name,
    select,
    fieldSelect: fallback === undefined ? select : withDefault(type.read, fallback),
    json: type.json,
  };
  if (!unwritable && relation.insertable && column.writtenBy !== 'update') field.insert = { type: written, optional: optionalInsert };
  if (!unwritable && column.writtenBy !== 'insert') field.update = written;
  if (fallback !== undefined) field.default = fallback;
  if (json?.validatedBy !== undefined) field.validatedBy = json.validatedBy;
  if (column.comment !== undefined) field.comment = column.comment;
  return field;
}

/** `coalesce(column, default)`: the column's own type, widened where the default is none of its literals. */
function withDefault(read: TsType, fallback: string | number | boolean): TsType {
  const members = read.kind === 'union' ? read.members : [read];
  const fits = typeof fallback !== 'boolean' && members.some((member) => member.kind === 'literal' && member.value === fallback);
  if (fits || members.some((member) => member.kind !== 'literal')) return read;
  return union(read, typeof fallback === 'boolean' ? builtin('boolean') : literal(fallback));
}

/** CHECK constraints may leave only some values of the column's type. */
function narrow(relation: Relation, column: Column, type: ValueType): ValueType {
  if (column.nondeterministic || relation.checks.length === 0) return type;
  return narrowed(type, intersectLiterals(relation.checks.map((check) => literalsOfCheck(check, column.name, type.base ?? column.type))));
}
