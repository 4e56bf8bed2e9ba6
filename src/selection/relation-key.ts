import type { QualifiedName } from '../catalog/catalog.js';

/** How Kysely names a relation: bare in the home schema, as `homeSchema` tells it, else with its schema. */
export function relationKey({ schema, name }: QualifiedName, home: string): string {
  return schema === home ? name : `${schema}.${name}`;
}
