import type { Catalog, Column, Relation } from '../catalog/catalog.js';
import type { Override } from '../config/config.js';
import { RowsmithError } from '../errors.js';
import { isWildcard, matchesName, matchesQualified } from '../selection/pattern.js';
import { moduleExport } from './module-export.js';
import { array, type BuiltinName, builtin, nullable, type TsType } from './ts-type.js';
import type { ValueType } from './types.js';

/**
 * A function that may give a column another type than the driver profile; null and defaults stay what the database
 * says.
 */
export type Refine = (relation: Relation, column: Column, type: ValueType) => ValueType;

/**
 * The refinement by the overrides of the config. The last that matches a column counts, so general ones come first.
 * Throws on one that names a table or a column which does not exist.
 */
export function overrideTypes(catalog: Catalog, overrides: readonly Override[]): Refine {
  const rules = overrides.map((rule, index) => ({
    rule,
    read: namedType(rule.as, `types.overrides.${index}.as`),
    write: namedType(rule.write ?? rule.as, `types.overrides.${index}.write`),
  }));
  overrides.forEach((rule, index) => refuseUnmatched(catalog, rule, index));
  return (relation, column, type) => {
    const found = rules.findLast(({ rule }) => matches(rule, relation, column));
    if (!found) return type;
    const { rule, read, write } = found;
    const { dimensions } = column.type;
    if (rule.type === undefined || dimensions === undefined) {
      return { ...type, read, write: type.json ? { kind: 'json text', of: write } : write };
    }
    // By type, the elements of its arrays are meant; the driver may give such an array as text all the same.
    if (type.read.kind !== 'array' && type.read.kind !== 'nested array') return type;
    return { ...type, read: array(nullable(read), dimensions), write: array(nullable(write), dimensions) };
  };
}

function matches({ table, column: columns, type }: Override, relation: Relation, column: Column): boolean {
  const inTable =
    table === undefined || (typeof table === 'function' ? table(relation) : matchesQualified(table, relation));
  const isColumn =
    columns === undefined ||
    (typeof columns === 'function' ? columns(column, relation) : matchesName(columns, column.name));
  return inTable && isColumn && (type === undefined || ofType(type, column));
}

/** Whether a column's type has the name, `numeric` or `*range`, or the name with its schema, `public.mood`. */
function ofType(pattern: string, { type: { schema, name } }: Column): boolean {
  return matchesName(pattern, name) || matchesName(pattern, `${schema ?? 'pg_catalog'}.${name}`);
}

/** The types that an override names without a module. */
export const builtinNames: readonly BuiltinName[] = [
  'string',
  'number',
  'boolean',
  'bigint',
  'Date',
  'Buffer',
  'Uint8Array',
];

/** The type of an override's `as`: `Buffer`, or `./money#Money`. */
function namedType(reference: string, place: string): TsType {
  const name = builtinNames.find((candidate) => candidate === reference);
  return name ? builtin(name) : { kind: 'imported', ...moduleExport(reference, place) };
}

function refuseUnmatched(catalog: Catalog, rule: Override, index: number): void {
  const exact = [rule.table, rule.column, rule.type].filter((pattern) => pattern !== undefined);
  if (exact.some((pattern) => typeof pattern === 'function' || isWildcard(pattern))) return;
  if (catalog.relations.some((relation) => relation.columns.some((column) => matches(rule, relation, column)))) return;
  throw new RowsmithError(
    'unknown-column',
    `types.overrides.${index} matches no column: ${JSON.stringify(rule)}`,
    'Check the names of the table, the column and the type.',
  );
}
