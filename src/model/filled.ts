import type { Catalog, Column, Relation, TypeRef } from '../catalog/catalog.js';
import type { FilledConfig } from '../config/filled.js';
import type { ModelConfig, ModelsConfig } from '../config/models.js';
import { RowsmithError } from '../errors.js';
import { isWildcard, matchesQualified } from '../selection/pattern.js';
import { unknownColumn } from '../selection/refuse-unknown.js';

/** The type that a domain is based on. */
export type BaseOf = (type: TypeRef) => TypeRef;

/**
 * What the config says fills a column; undefined if it says nothing. Throws if it fills a column of another type with a
 * time.
 */
export function filledColumn(relation: Relation, column: Column, { filled = {} }: ModelConfig, baseOf: BaseOf) {
  const said: FilledConfig | undefined = Object.hasOwn(filled, column.name) ? filled[column.name] : undefined;
  if (said === undefined || said === 'database') return said;
  if (!isTime(column, baseOf) && (said.insert === 'now' || said.update === 'now')) {
    throw new RowsmithError(
      'config-invalid',
      `models.${relation.name}.filled.${column.name} is 'now', but the column's type is ${column.type.sql}, not a time.`,
      'Use an expression: { sql: … }.',
    );
  }
  return said;
}

const isTime = ({ type }: Column, baseOf: BaseOf): boolean =>
  /^(timestamp|timestamptz|date)$/.test(baseOf(type).name) && type.dimensions === undefined;

/**
 * Throws if the config fills a column of a table, named without a wildcard, that does not exist or that nobody can
 * write.
 */
export function refuseIdleFills({ relations }: Catalog, models: ModelsConfig = {}): void {
  for (const [pattern, entry] of Object.entries(models)) {
    const filled = typeof entry === 'object' && !isWildcard(pattern) ? entry.filled : undefined;
    for (const relation of filled ? relations.filter((one) => matchesQualified(pattern, one)) : [])
      for (const name of Object.keys(filled ?? {})) refuseIdleFill(relation, name);
  }
}

function refuseIdleFill(relation: Relation, name: string): void {
  const column = relation.columns.find((one) => one.name === name);
  if (!column) throw unknownColumn(relation, `filled.${name}`, name);
  if (column.generated === undefined && column.identity !== 'always') return;
  throw new RowsmithError(
    'config-invalid',
    `models.${relation.name}.filled.${name} does nothing: the database generates the column.`,
    'Leave it out.',
  );
}
