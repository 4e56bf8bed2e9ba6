import type { RawCatalog } from '../raw-catalog.js';
import { type ArrayDimensions, createDimensions } from './dimensions/dimensions.js';
import { createNullability, type Nullability } from './nullability/nullability.js';

/**
 * What analysed queries prove about the columns of views and about expressions, beyond what the catalog says of them.
 * Start here: `query-tree/` reads the text that Postgres stores for a view, and knows what stands where in a query;
 * `nullability/` and `dimensions/` each go through it with a table of rules, one for each kind of node.
 *
 * `SELECT count(*) AS n, tags FROM tasks GROUP BY tags`: `n` is never null, `tags` is what the column of the table is.
 */
export interface QueryFacts {
  readonly nullability: Nullability;
  readonly dimensions: ArrayDimensions;
}

export function createQueryFacts(raw: RawCatalog): QueryFacts {
  return { nullability: createNullability(raw), dimensions: createDimensions(raw) };
}
