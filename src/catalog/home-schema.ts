import type { Catalog, QualifiedName } from './catalog.js';

/** The schema that stands for those of the tenants; undefined where there are none. */
export function tenantsSchema({ schemas }: Pick<Catalog, 'schemas'>): string | undefined {
  return schemas.find(({ tenants }) => tenants)?.name;
}

/**
 * The schema whose relations a program names without it: `public`, unless there are tenants. Kysely's `withSchema` puts
 * the tenant before every bare name, so that beside tenants `public` has to be written out.
 */
export function homeSchema(catalog: Pick<Catalog, 'schemas'>): string {
  return tenantsSchema(catalog) ?? 'public';
}

/** How Kysely names a relation: `tasks` in the home schema, `billing.invoices` in another. */
export function relationKey({ schema, name }: QualifiedName, home: string): string {
  return schema === home ? name : `${schema}.${name}`;
}
