import type { QualifiedName } from '../catalog/catalog.js';

/** Whether a name in code or SQL, with or without schema, is the relation's. */
export function isNamed(relation: QualifiedName, name: string): boolean {
  return name === relation.name || name === `${relation.schema}.${relation.name}`;
}
