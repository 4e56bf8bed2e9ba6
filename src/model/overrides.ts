import type { Column, Relation } from '../catalog/catalog.js';
import type { Override } from '../config/config.js';
import { isOverridden } from '../selection/overridden.js';
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
    // By type, the elements of its arrays are meant; the driver may give such an array as text all the same.
    if (type.read.kind !== 'array' && type.read.kind !== 'nested array') return type;
    return { ...type, read: array(nullable(read), dimensions), write: array(nullable(write), dimensions) };
  };
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
