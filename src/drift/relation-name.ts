import type { QualifiedName } from '../catalog/catalog.js';

/** `tasks`, and `billing.invoices` outside of `public`: how reports and ids name a table. */
export function shownName({ schema, name }: QualifiedName): string {
  return schema === 'public' ? name : `${schema}.${name}`;
}

/** Whether a name in code or SQL, with or without schema, is the relation's. */
export function isNamed(relation: QualifiedName, name: string): boolean {
  return name === relation.name || name === `${relation.schema}.${relation.name}`;
}
