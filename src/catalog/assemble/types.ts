import type { Catalog, Dimensions, TypeRef } from '../catalog.js';
import { groupBy, optional } from '../collections.js';
import type { RawCatalog, RawType } from '../raw-catalog.js';
import { spellExpression } from '../spell-expression.js';
import { spellTypeName } from '../sql.js';
import { assembleCheck } from './keys.js';

/**
 * Returns a reference to a type by name, given the type's id, its modifier (null for -1) and its declared dimensions.
 */
export type TypeReader = (use: { type: number; mod: number | null; dims: Dimensions | null }) => TypeRef;

/** Creates the reader of types from the lists of the catalog query. */
export function typeReader(raw: Pick<RawCatalog, 'types' | 'modified'>): TypeReader {
  const types = new Map(raw.types.map((type) => [type.id, type]));
  const spellings = new Map(raw.modified.map(({ type, mod, sql }) => [`${type} ${mod}`, sql]));
  const read: TypeReader = ({ type: id, mod, dims }) => {
    const type = types.get(id);
    if (!type) throw new Error(`The catalog query left out type ${id}.`);
    const element = type.element === null ? type : (types.get(type.element) ?? type);
    const { schema, name } = element;
    const formatted = mod === null ? undefined : spellings.get(`${id} ${mod}`);
    return {
      ...(schema === 'pg_catalog' ? {} : { schema }),
      name,
      ...(element === type ? {} : { dimensions: dims ?? 1 }),
      ...optional({ modifier: mod }),
      sql: spellTypeName({ schema, name, array: element !== type }, formatted ?? type.sql),
    };
  };
  // Equal uses share one object: even a large schema has few different ones.
  const known = new Map<string, TypeRef>();
  return (use) => {
    const key = `${use.type} ${use.mod} ${use.dims}`;
    const type = known.get(key) ?? read(use);
    known.set(key, type);
    return type;
  };
}

/** The types that the schema declares itself, by kind. */
export function assembleTypes(
  raw: RawCatalog,
  readType: TypeReader,
): Pick<Catalog, 'enums' | 'domains' | 'composites' | 'ranges' | 'baseTypes'> {
  const labels = groupBy(raw.labels, (row) => row.type);
  const attributes = groupBy(raw.attributes, (row) => row.owner);
  const checks = groupBy(raw.constraints, (row) => row.domain);
  const ranges = new Map(raw.ranges.map((row) => [row.type, row]));
  const ofKind = (kind: RawType['kind']) => raw.types.filter((type) => type.declared && type.kind === kind);
  const named = ({ schema, name, comment }: RawType) => ({ schema, name, ...optional({ comment }) });
  return {
    enums: ofKind('e').map((type) => ({
      ...named(type),
      labels: (labels.get(type.id) ?? []).map(({ label }) => label),
    })),
    domains: ofKind('d').map((type) => ({
      ...named(type),
      base: readType({ type: type.base ?? 0, mod: type.mod, dims: type.dims }),
      notNull: type.notnull,
      ...optional({ nondeterministic: type.nondeterministic }),
      checks: (checks.get(type.id) ?? []).map(assembleCheck),
      ...optional({ default: type.default === null ? null : spellExpression(type.default) }),
    })),
    composites: ofKind('c').map((type) => ({
      ...named(type),
      attributes: (attributes.get(type.id) ?? []).map((row) => ({ name: row.name, type: readType(row) })),
    })),
    ranges: ofKind('r').map((type) => {
      const range = ranges.get(type.id);
      return {
        ...named(type),
        subtype: readType({ type: range?.subtype ?? 0, mod: null, dims: null }),
        ...optional({ multirange: range?.multirange }),
      };
    }),
    baseTypes: ofKind('b').map((type) => ({ ...named(type), ...optional({ extension: type.extension }) })),
  };
}
