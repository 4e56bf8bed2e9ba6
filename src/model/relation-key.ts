import type { QualifiedName } from '../catalog/catalog.js';

/** How Kysely names a relation: bare in `public`, else with its schema. */
export function relationKey({ schema, name }: QualifiedName): string {
  return schema === 'public' ? name : `${schema}.${name}`;
}
