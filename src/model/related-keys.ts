import type { Catalog, Column, QualifiedName, Relation, TypeRef } from '../catalog/catalog.js';
import { byNameKey, nameKey } from '../catalog/name-key.js';
import type { RelatedKey, RelatedModel, RelationModel } from './model.js';
import type { StoredField } from './stored-field.js';
import { holdsDate } from './timestamps.js';
import type { TypeMapper } from './types.js';
import type { ZoneOf } from './zones.js';

/** What determines how the values of a key are sent. */
export interface KeyScope {
  readonly catalog: Catalog;
  readonly mapType: TypeMapper;
  readonly zoneOf: ZoneOf;
}

/** How the rows of another model are found from a row: the half of a `RelatedModel` that is about the row. */
type Sent = Pick<RelatedModel, 'from' | 'through'>;

/**
 * What a row sends to find rows whose columns equal its `columns`: its fields, unless they differ from what is stored,
 * because null reads as a default or a `Date` drops microseconds. Then its primary key is sent, and the database looks
 * the row up. Undefined if a default hides null and nothing else identifies the row.
 */
export function sentKeys(scope: KeyScope, model: RelationModel, columns: readonly string[]): Sent | undefined {
  const relation = byNameKey(scope.catalog.relations).get(nameKey(model.relation));
  const parts = columns.map((column) => keyPart(scope, model, relation, column));
  const own = parts.flatMap((part) => part ?? []);
  if (own.length < parts.length) return undefined;
  const from = own.map(({ key }) => key);
  if (!own.some(({ hidesNull, rounds }) => hidesNull || rounds)) return { from };
  const primary = (relation?.primaryKey?.columns ?? []).flatMap(
    (column) => keyPart(scope, model, relation, column) ?? [],
  );
  if (primary.length > 0 && !primary.some(({ rounds }) => rounds))
    return { from: primary.map(({ key }) => key), through: columns };
  return own.some(({ hidesNull }) => hidesNull) ? undefined : { from };
}

interface KeyPart {
  readonly key: RelatedKey;
  /** The field has a value if the column is null. */
  readonly hidesNull: boolean;
  /** The field's value is less exact than the column's. */
  readonly rounds: boolean;
}

function keyPart(
  scope: KeyScope,
  { stored }: RelationModel,
  relation: Relation | undefined,
  name: string,
): KeyPart | undefined {
  const field = stored.find(({ column }) => column === name);
  const column = relation?.columns.find((candidate) => candidate.name === name);
  if (!field || !column) return undefined;
  const sent = sentAs(scope, field, column);
  const unnested = isUnnested(scope, column.type) ? { unnested: true as const } : {};
  return {
    key: { field: field.name, column: name, ...(sent ? { sent } : {}), ...unnested },
    hidesNull: field.default !== undefined && !column.notNull,
    rounds: sent === 'local time' || sent === 'UTC time',
  };
}

/** A `Date`, also one in an array, is sent in the zone in which the driver read it. */
function sentAs({ mapType, zoneOf }: KeyScope, field: StoredField, { type }: Column): RelatedKey['sent'] {
  const element = elementOf(mapType, elementOf(mapType, type));
  if (element.schema === undefined && element.name === 'jsonb') return 'JSON';
  return holdsDate(field.select) ? (zoneOf(element) ?? 'UTC time') : undefined;
}

/** The element type: without its domain and without its array. */
function elementOf(mapType: TypeMapper, type: TypeRef): TypeRef {
  const { dimensions: _, ...element } = mapType(type).base ?? type;
  return element;
}

/** Whether `unnest` takes the values of a type apart: those of arrays, of composite types, and of domains over them. */
function isUnnested({ catalog, mapType }: KeyScope, type: TypeRef): boolean {
  const base = mapType(type).base ?? type;
  if (base.dimensions !== undefined) return true;
  return [catalog.composites, catalog.relations].some((rows) => byNameKey<QualifiedName>(rows).has(nameKey(base)));
}
