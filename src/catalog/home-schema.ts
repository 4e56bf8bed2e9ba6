import type { Catalog, QualifiedName } from './catalog.js';

/** The name of the schema that represents those of the tenants; undefined if there are no tenants. */
export function tenantsSchema({ schemas }: Pick<Catalog, 'schemas'>): string | undefined {
  return schemas.find(({ tenants }) => tenants)?.name;
}

/**
 * The schema whose relations a program names without a schema: `public`, unless there are tenants. Kysely's
 * `withSchema` puts the tenant's schema before every bare name, so with tenants, `public` must be written out.
 */
export function homeSchema(catalog: Pick<Catalog, 'schemas'>): string {
  return tenantsSchema(catalog) ?? 'public';
}

/** How Kysely names a relation: `tasks` in the home schema, `billing.invoices` in another. */
export function relationKey({ schema, name }: QualifiedName, home: string): string {
  return schema === home ? name : `${schema}.${name}`;
}

/** How generated SQL names a relation of a catalog. */
export function relationPath(catalog: Pick<Catalog, 'schemas'>, { schema, name }: QualifiedName): RelationPath {
  if (schema === tenantsSchema(catalog)) return [name];
  return schema === homeSchema(catalog) ? [schema, name, 'movable'] : [schema, name];
}

/**
 * A relation in SQL. Its schema is written out, so that it is not taken for a common table expression. Relations of the
 * home schema are `movable`: Kysely's `withSchema` replaces their schema. Those of tenants have no schema until the
 * program provides one.
 */
export type RelationPath =
  | readonly [name: string]
  | readonly [schema: string, name: string]
  | readonly [schema: string, name: string, movable: 'movable'];
