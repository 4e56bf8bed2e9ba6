import { hash } from 'node:crypto';
import type { Catalog, QualifiedName } from '../../catalog/catalog.js';
import { groupBy } from '../../catalog/collections.js';
import { renameSchema } from './rename.js';

/** The tenants of a catalog: schemas that should be equal, and how they differ. */
export interface Tenants {
  /** The name of the schema that represents all of them. */
  readonly name: string;
  /** The largest group of equal tenants. */
  readonly alike: readonly string[];
  /** What each of these has, under the common name, and the types of other schemas, which it may use. */
  readonly shape: Catalog;
  /** The others with what they have, grouped by equal shapes. */
  readonly differing: readonly { readonly schemas: readonly string[]; readonly shape: Catalog }[];
}

/**
 * Merges the schemas of the tenants into one, with the shape that most of them have. Each tenant's part is processed
 * separately and kept only as a digest, unless it is the first of its kind. If two shapes are equally common, that of
 * the first tenant wins.
 */
export function mergeTenants(
  catalog: Catalog,
  name: string,
  isTenant: (schema: string) => boolean,
): { readonly catalog: Catalog; readonly tenants: Tenants } | undefined {
  const parts = partsOf(catalog, isTenant);
  const kinds = new Map<string, { readonly schemas: string[]; readonly shape: Catalog }>();
  const types = typesOf(catalog, isTenant);
  for (const [schema, part] of parts) {
    const renamed = renameSchema(part, schema, name);
    const digest = hash('sha256', JSON.stringify(renamed));
    const kind = kinds.get(digest);
    if (kind) kind.schemas.push(schema);
    else kinds.set(digest, { schemas: [schema], shape: renamed });
  }
  const [most, ...differing] = [...kinds.values()].sort((a, b) => b.schemas.length - a.schemas.length);
  if (!most) return undefined;
  const withTypes = (shape: Catalog) => joined(types, shape, name);
  const tenants = {
    name,
    alike: most.schemas,
    shape: withTypes(most.shape),
    differing: differing.map(({ schemas, shape }) => ({ schemas, shape: withTypes(shape) })),
  };
  return { catalog: joined(sharedPart(catalog, isTenant), most.shape, name), tenants };
}

/** The lists of a catalog whose items belong to a schema. */
const lists = ['relations', 'enums', 'domains', 'composites', 'ranges', 'baseTypes', 'functions'] as const;
const nothing: Catalog = {
  schemas: [],
  relations: [],
  enums: [],
  domains: [],
  composites: [],
  ranges: [],
  baseTypes: [],
  functions: [],
  expressions: [],
};

/**
 * What each tenant has, in the order of the schemas. The comment on a tenant's schema is dropped, because it says whose
 * it is.
 */
function partsOf(catalog: Catalog, isTenant: (schema: string) => boolean): [string, Catalog][] {
  const grouped = Object.fromEntries(
    lists.map((list) => [list, groupBy<QualifiedName, string>(catalog[list], ({ schema }) => schema)]),
  );
  const names = catalog.schemas
    .map((schema) => schema.name)
    .filter((schema) => isTenant(schema) && grouped['relations']?.has(schema));
  return names.map((schema) => [
    schema,
    {
      ...nothing,
      ...Object.fromEntries(lists.map((list) => [list, grouped[list]?.get(schema) ?? []])),
      schemas: [{ name: schema, tenants: true }],
    },
  ]);
}

/** Everything but the tenants. The tenants' types stay: another schema, or all other tenants, may use those of one. */
function sharedPart(catalog: Catalog, isTenant: (schema: string) => boolean): Catalog {
  const others = <Item extends QualifiedName>(items: readonly Item[]) =>
    items.filter(({ schema }) => !isTenant(schema));
  return {
    ...catalog,
    schemas: catalog.schemas.filter((schema) => !isTenant(schema.name)),
    relations: others(catalog.relations),
    functions: others(catalog.functions),
  };
}

function typesOf(catalog: Catalog, isTenant: (schema: string) => boolean): Catalog {
  return { ...sharedPart(catalog, isTenant), schemas: [], relations: [], functions: [], expressions: [] };
}

/** Both, with the part inserted where its schema's name sorts. */
function joined(rest: Catalog, part: Catalog, name: string): Catalog {
  const place = <Item extends QualifiedName>(before: readonly Item[], items: readonly Item[]): Item[] => {
    const others = before.filter(({ schema }) => schema !== name);
    return [...others.filter(({ schema }) => schema < name), ...items, ...others.filter(({ schema }) => schema > name)];
  };
  return {
    schemas: [...rest.schemas, ...part.schemas].sort((a, b) => (a.name < b.name ? -1 : 1)),
    relations: place(rest.relations, part.relations),
    enums: place(rest.enums, part.enums),
    domains: place(rest.domains, part.domains),
    composites: place(rest.composites, part.composites),
    ranges: place(rest.ranges, part.ranges),
    baseTypes: place(rest.baseTypes, part.baseTypes),
    functions: place(rest.functions, part.functions),
    expressions: rest.expressions,
  };
}
