import { createDimensions, type ArrayDimensions } from './dimensions/dimensions.js';
import { createNullability, type Nullability } from './nullability/facts.js';
import type { RawCatalog } from '../raw-catalog.js';

/** What analysed queries prove about columns, beyond what the catalog says of them. */
export interface QueryFacts {
  readonly nullability: Nullability;
  readonly dimensions: ArrayDimensions;
}

export function createQueryFacts(raw: RawCatalog): QueryFacts {
  return { nullability: createNullability(raw), dimensions: createDimensions(raw) };
}
