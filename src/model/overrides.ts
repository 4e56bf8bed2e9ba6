import type { Column, Relation } from '../catalog/catalog.js';
import type { Override } from '../config/config.js';
import { isOverridden } from '../selection/overridden.js';
import { moduleExport } from './module-export.js';
import { array, type BuiltinName, builtin, nullable, type TsType } from './ts-type.js';
import type { ValueType } from './types.js';

/**
 * A function that may give a column another type than the driver profile. Null and defaults remain as the database
 * defines them.
 */
export type Refine = (relation: Relation, column: Column, type: ValueType) => ValueType;

/**
 * The refinement that applies the overrides of the config. The last one that matches a column wins, so general ones
 * come first.
 */
export function overrideTypes(overrides: readonly Override[]): Refine {
  const rules = overrides.map((rule, index) => ({
    rule,
    read: namedType(rule.as, `types.overrides.${index}.as`),
    write: namedType(rule.write ?? rule.as, `types.overrides.${index}.write`),
  }));
  return (relation, column, type) => {
    const found = rules.findLast(({ rule }) => isOverridden(rule, relation, column));
    if (!found) return type;
    const { rule, read, write } = found;
    const { dimensions } = column.type;
    if (rule.type === undefined || dimensions === undefined) {
      return { ...type, read, write: type.json ? { kind: 'json text', of: write } : write };
    }
    // An override by type means the elements of arrays of the type; the driver may still read such an array as text.
    if (type.read.kind !== 'array' && type.read.kind !== 'nested array') return type;
    return { ...type, read: array(nullable(read), dimensions), write: array(nullable(write), dimensions) };
  };
}

/** The types that an override can name without a module. */
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
