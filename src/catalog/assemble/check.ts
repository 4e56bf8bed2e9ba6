import type { Check } from '../catalog.js';
import type { RawCatalog } from '../raw-catalog.js';

/** A CHECK constraint of a relation or a domain. */
export function assembleCheck(raw: RawCatalog['constraints'][number]): Check {
  return { name: raw.name, expression: raw.expression ?? '', ...(raw.valid ? {} : { notValid: true as const }) };
}
