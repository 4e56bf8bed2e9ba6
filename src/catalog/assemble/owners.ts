import { groupBy } from '../collections.js';
import type { RawCatalog } from '../raw-catalog.js';
import { columnsByRelation } from '../raw-columns.js';
import { originReader } from './origins.js';

/** The rows of each list of the catalog query, by the id of the relation that they belong to. */
export type RelationOwners = ReturnType<typeof relationOwners>;

/** Bits of `pg_relation_is_updatable`. The catalog query uses them for the events that triggers and rules handle. */
export const events = { insert: 8, update: 4 };

export function relationOwners(raw: RawCatalog) {
  const columns = columnsByRelation(raw.columns);
  return {
    columns,
    ...originReader(raw),
    /** Views whose triggers or rules handle inserts. */
    takesInserts: new Set(raw.relations.filter(({ handled }) => (handled & events.insert) !== 0).map(({ id }) => id)),
    parents: groupBy(raw.parents, (parent) => parent.id),
    constraints: groupBy(raw.constraints, (constraint) => constraint.rel),
    indexes: groupBy(raw.indexes, (index) => index.rel),
    references: new Map(raw.references.map(({ id, schema, name }) => [id, { schema, name }])),
  };
}
