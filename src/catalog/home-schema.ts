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

/** How generated SQL names a relation of a catalog. */
export function relationPath(catalog: Pick<Catalog, 'schemas'>, { schema, name }: QualifiedName): RelationPath {
  if (schema === tenantsSchema(catalog)) return [name];
  return schema === homeSchema(catalog) ? [schema, name, 'movable'] : [schema, name];
}

/**
 * A relation in SQL: with its schema, so that no common table expression is taken for it. Those of the home schema are
 * `movable`: Kysely's `withSchema` gives them another. Those of tenants have no schema before the program says one.
 */
export type RelationPath =
  | readonly [name: string]
  | readonly [schema: string, name: string]
  | readonly [schema: string, name: string, movable: 'movable'];
