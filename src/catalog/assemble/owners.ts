import { groupBy } from '../collections.js';
import type { RawCatalog } from '../raw-catalog.js';
import { columnsByRelation } from '../raw-columns.js';
import { originReader } from './origins.js';

/** The rows of every list that belong to a relation, by the relation's id. */
export type RelationOwners = ReturnType<typeof relationOwners>;

export function relationOwners(raw: RawCatalog) {
  const columns = columnsByRelation(raw.columns);
  return {
    columns,
    ...originReader(raw),
    takesInserts: new Set(raw.relations.filter(({ handled }) => (handled & 8) !== 0).map(({ id }) => id)),
    parents: groupBy(raw.parents, (parent) => parent.id),
    constraints: groupBy(raw.constraints, (constraint) => constraint.rel),
    indexes: groupBy(raw.indexes, (index) => index.rel),
    references: new Map(raw.references.map(({ id, schema, name }) => [id, { schema, name }])),
  };
}
