import type { QualifiedName } from '../catalog/catalog.js';

/** Whether a path in SQL, `['tasks']` or `['billing', 'invoices']`, names the relation. */
export function isAt(relation: QualifiedName, path: readonly string[]): boolean {
  const [name, schema] = [...path].reverse();
  return name === relation.name && (schema === undefined || schema === relation.schema);
}
