import type { Catalog, RoutineFact, TypeRef } from '../../catalog/catalog.js';
import { tenantsSchema } from '../../catalog/home-schema.js';
import { typeKey } from '../../catalog/type-key.js';
import { builtinTypes } from '../driver/builtin-types.js';
import { isRecord, isVoid } from './result.js';

/**
 * Why a routine can have no typed caller; undefined where it can. Polymorphic types are known in a query only, and other
 * pseudo-types have no values: https://www.postgresql.org/docs/current/datatype-pseudo.html.
 */
export function whyNotCallable(catalog: Catalog): (routine: RoutineFact) => string | undefined {
  const known = new Set(
    [...catalog.enums, ...catalog.domains, ...catalog.composites, ...catalog.ranges, ...multiranges(catalog), ...catalog.baseTypes, ...catalog.relations].map(typeKey),
  );
  const isKnown = (type: TypeRef) => (type.schema === undefined ? Object.hasOwn(builtinTypes, type.name) : known.has(typeKey(type)));
  const hasValues = (type: TypeRef, { arguments: all }: RoutineFact) =>
    isKnown(type) || isVoid(type) || (isRecord(type) && all.some(({ mode }) => mode === 'out' || mode === 'inout' || mode === 'table'));
  const tenants = tenantsSchema(catalog);
  return (routine) => {
    if (tenants !== undefined && routine.schema === tenants) return 'each tenant has its own, and withSchema moves no functions';
    if (routine.kind === 'aggregate' || routine.kind === 'window') return `it is ${routine.kind === 'aggregate' ? 'an aggregate' : 'a window'} function`;
    const unknown = routine.arguments.find(({ type }) => !isKnown(type));
    if (unknown) return whyUnknown(unknown.type);
    if (routine.returns && !hasValues(routine.returns, routine)) return whyUnknown(routine.returns);
    return undefined;
  };
}

function whyUnknown({ schema, name, sql }: TypeRef): string {
  if (schema !== undefined) return `its type ${sql} is not among those that are generated for`;
  return /^any|^record$/.test(name) ? `what its type ${sql} stands for is known in a query only` : `its type ${sql} is the server's own`;
}

/** The functions that come with a range type and make its values: https://www.postgresql.org/docs/current/rangetypes.html#RANGETYPES-CONSTRUCT. */
export function isRangeConstructor(catalog: Catalog): (routine: RoutineFact) => boolean {
  const constructors = new Set([...catalog.ranges, ...multiranges(catalog)].map(typeKey));
  return (routine) => constructors.has(typeKey(routine));
}

function multiranges({ ranges }: Catalog) {
  return ranges.flatMap(({ schema, multirange }) => (multirange === undefined ? [] : [{ schema, name: multirange }]));
}
