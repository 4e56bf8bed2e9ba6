import type { Catalog, RoutineFact, TypeRef } from '../../catalog/catalog.js';
import { tenantsSchema } from '../../catalog/home-schema.js';
import { nameKey } from '../../catalog/name-key.js';
import { isBuiltin } from '../driver/postgres-types.js';
import { isRecord, isVoid, outputsOf } from './result.js';

/**
 * Why a routine cannot have a typed caller; undefined if it can. Polymorphic types are known only within a query, and
 * other pseudo-types have no values: https://www.postgresql.org/docs/current/datatype-pseudo.html.
 */
export function whyNotCallable(catalog: Catalog): (routine: RoutineFact) => string | undefined {
  const { enums, domains, composites, ranges, baseTypes, relations } = catalog;
  const declared = [
    ...enums,
    ...domains,
    ...composites,
    ...ranges,
    ...multiranges(catalog),
    ...baseTypes,
    ...relations,
  ];
  const known = new Set(declared.map(nameKey));
  const isKnown = (type: TypeRef) => (type.schema === undefined ? isBuiltin(type.name) : known.has(nameKey(type)));
  const hasValues = (type: TypeRef, routine: RoutineFact) =>
    isKnown(type) || isVoid(type) || (isRecord(type) && outputsOf(routine).length > 0);
  const tenants = tenantsSchema(catalog);
  return (routine) => {
    if (tenants !== undefined && routine.schema === tenants)
      return 'each tenant has its own, and withSchema does not apply to functions';
    if (routine.kind === 'aggregate') return 'it is an aggregate function';
    if (routine.kind === 'window') return 'it is a window function';
    const unknown = routine.arguments.find(({ type }) => !isKnown(type));
    if (unknown) return whyUnknown(unknown.type);
    if (routine.returns && !hasValues(routine.returns, routine)) return whyUnknown(routine.returns);
    return undefined;
  };
}

function whyUnknown({ schema, name, sql }: TypeRef): string {
  if (schema !== undefined) return `its type ${sql} is left out of the output`;
  return /^any|^record$/.test(name)
    ? `its type ${sql} is only known within a query`
    : `its type ${sql} is internal to the server`;
}

/**
 * Whether a function is a constructor that comes with a range type:
 * https://www.postgresql.org/docs/current/rangetypes.html#RANGETYPES-CONSTRUCT.
 */
export function isRangeConstructor(catalog: Catalog): (routine: RoutineFact) => boolean {
  const constructors = new Set([...catalog.ranges, ...multiranges(catalog)].map(nameKey));
  return (routine) => constructors.has(nameKey(routine));
}

function multiranges({ ranges }: Catalog) {
  return ranges.flatMap(({ schema, multirange }) => (multirange === undefined ? [] : [{ schema, name: multirange }]));
}
