import type { Catalog } from '../catalog.js';
import { optional } from '../collections.js';
import type { QueryFacts } from '../proofs/query-facts.js';
import type { RawCatalog } from '../raw-catalog.js';
import { inheritedFirst } from './column-order.js';
import { relationOwners } from './owners.js';
import { assembleRelation } from './relation.js';
import { assembleRoutine } from './routine.js';
import { assembleTypes, typeReader } from './types.js';

/**
 * Nests the flat lists of the catalog query by relation. The query has already ordered every list; only the columns of
 * inheriting tables are reordered here.
 */
export function assembleCatalog(raw: RawCatalog, facts: QueryFacts): Catalog {
  const readType = typeReader(raw);
  const scope = { owners: relationOwners(raw), readType, facts };
  return {
    schemas: raw.schemas.map(({ name, comment }) => ({ name, ...optional({ comment }) })),
    relations: inheritedFirst(raw.relations.map((relation) => assembleRelation(relation, scope))),
    ...assembleTypes(raw, readType),
    functions: raw.routines.map((routine) => assembleRoutine(routine, readType)),
    expressions: [],
  };
}
