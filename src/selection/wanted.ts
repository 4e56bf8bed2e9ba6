import type { Catalog, QualifiedName, RangeType, Relation, RoutineFact, TypeRef } from '../catalog/catalog.js';
import { nameKey } from '../catalog/name-key.js';
import { rowOf } from '../catalog/row-argument.js';

/** Which relations and routines of a catalog are selected. */
export interface Wanted {
  readonly relation: (relation: Relation) => boolean;
  /** Routines of the relations' schemas stay in the catalog whether or not they are selected. */
  readonly routine: (routine: RoutineFact) => boolean;
}

/**
 * The catalog with only the selected relations and routines, the types that they reach, and the routines in the
 * relations' schemas and over their rows. A change to anything else cannot make the output outdated.
 */
export function selectWanted(catalog: Catalog, wanted: Wanted): Catalog {
  const relations = catalog.relations.filter(wanted.relation);
  const schemas = new Set(relations.map(({ schema }) => schema));
  const rows = new Set(relations.map(nameKey));
  const takesRow = (routine: RoutineFact) => {
    const row = rowOf(routine);
    return row !== undefined && rows.has(nameKey(row));
  };
  const functions = catalog.functions.filter(
    (routine) => schemas.has(routine.schema) || takesRow(routine) || wanted.routine(routine),
  );
  for (const { schema } of functions) schemas.add(schema);
  const reached = reachableTypes(catalog, [
    ...relations.flatMap(({ columns }) => columns.map(({ type }) => type)),
    ...functions.flatMap((routine) => [
      ...routine.arguments.map(({ type }) => type),
      ...(routine.returns ? [routine.returns] : []),
    ]),
    // A query may read a table that nobody asked for.
    ...(catalog.queries ?? []).flatMap(({ parameters, columns }) =>
      [...parameters, ...columns].map(({ type }) => type),
    ),
  ]);
  const isReached = (type: QualifiedName) => reached.has(nameKey(type));
  const isReachedRange = ({ schema, name, multirange }: RangeType) =>
    isReached({ schema, name }) || (multirange !== undefined && isReached({ schema, name: multirange }));
  return {
    ...catalog,
    schemas: catalog.schemas.filter(({ name }) => schemas.has(name)),
    relations,
    enums: catalog.enums.filter(isReached),
    domains: catalog.domains.filter(isReached),
    composites: catalog.composites.filter(isReached),
    ranges: catalog.ranges.filter(isReachedRange),
    baseTypes: catalog.baseTypes.filter(isReached),
    functions,
  };
}

/** The keys of the given types and of all types that they consist of. */
function reachableTypes(catalog: Catalog, roots: readonly TypeRef[]): Set<string> {
  const parts = new Map<string, readonly TypeRef[]>([
    ...catalog.domains.map((domain) => [nameKey(domain), [domain.base]] as const),
    ...catalog.composites.map(
      (composite) => [nameKey(composite), composite.attributes.map(({ type }) => type)] as const,
    ),
    ...catalog.ranges.map((range) => [nameKey(range), [range.subtype]] as const),
  ]);
  const reached = new Set<string>();
  // The catalog has one object for each type, which thousands of columns share.
  const pending = [...new Set(roots)];
  for (let type = pending.pop(); type; type = pending.pop()) {
    const key = nameKey(type);
    if (reached.has(key)) continue;
    reached.add(key);
    pending.push(...(parts.get(key) ?? []));
  }
  return reached;
}
