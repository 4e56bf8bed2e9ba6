import type { Catalog, Column, Relation } from '../catalog/catalog.js';
import type { DeclaredModel } from './declared.js';

/**
 * The catalog as models are compared with it: with the partitions that models name, which a source leaves out because
 * the parent stands for them, and with each column's default, which may be that of its domain.
 */
export function comparedCatalog(
  catalog: Catalog,
  models: readonly DeclaredModel[],
  leftOut: readonly Relation[],
): Catalog {
  const named = new Set(models.flatMap(({ tables }) => tables.map(({ table }) => lastName(table))));
  const partitions = leftOut.filter(({ kind, name }) => kind === 'partition' && named.has(name));
  const defaults = new Map(
    catalog.domains.flatMap(({ schema, name, default: given }) =>
      given === undefined ? [] : [[key(schema, name), given] as const],
    ),
  );
  const relations = [...catalog.relations, ...partitions];
  if (defaults.size === 0) return { ...catalog, relations };
  return { ...catalog, relations: relations.map((one) => ({ ...one, columns: one.columns.map(withDefault) })) };

  function withDefault(column: Column): Column {
    const { type, default: own, generated, identity } = column;
    const given = defaults.get(key(type.schema, type.name));
    const hasNone = own === undefined && generated === undefined && identity === undefined;
    return given !== undefined && hasNone && type.dimensions === undefined ? { ...column, default: given } : column;
  }
}

const key = (schema: string | undefined, name: string): string => JSON.stringify([schema, name]);

/** The name without the modules or the schema before it. */
const lastName = (path: string): string => path.split(/::|\./).at(-1) ?? path;
