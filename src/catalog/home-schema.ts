import type { Catalog } from './catalog.js';

/** The schema that stands for those of the tenants; undefined where there are none. */
export function tenantsSchema({ schemas }: Pick<Catalog, 'schemas'>): string | undefined {
  return schemas.find(({ tenants }) => tenants)?.name;
}

/**
 * The schema whose relations a program names without it. Beside tenants `public` is none: Kysely's `withSchema` puts the tenant
 * before every bare name.
 */
export function homeSchema(catalog: Pick<Catalog, 'schemas'>): string {
  return tenantsSchema(catalog) ?? 'public';
}
