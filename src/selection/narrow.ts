import type { Catalog, Relation } from '../catalog/catalog.js';
import type { Config } from '../config/config.js';
import { didYouMean, RowsmithError } from '../errors.js';
import { isWildcard, matchesName, matchesPattern } from './pattern.js';
import type { Known } from './refuse-idle.js';
import { modelsWithin, someNames, takesExtensions, wantsRoutine } from './settings.js';
import { mergeTenants, type Tenants } from './tenants/merge.js';
import { selectWanted } from './wanted.js';

/** The part of a catalog that the config selects, and the tenants that one of its schemas represents. */
export interface Narrowed {
  readonly catalog: Catalog;
  readonly tenants?: Tenants;
}

/** A config, limited to the part of a catalog that it selects. */
export interface Selection extends Narrowed, Known {
  readonly config: Config;
}

/**
 * Applies a config to everything that a source has. If the source is a catalog file, another config may have narrowed
 * it already.
 */
export function narrowForConfig(everything: Catalog, config: Config, isNarrowed = false): Selection {
  const narrowed = { ...narrowCatalog(everything, config), everything, isNarrowed };
  if (!config.models) return { ...narrowed, config };
  return { ...narrowed, config: { ...config, models: modelsWithin(config.models, narrowed.catalog, everything) } };
}

/** The part of the catalog that the config selects, with one schema for those of all tenants. */
export function narrowCatalog(everything: Catalog, config: Config): Narrowed {
  const wanted = selectWanted(everything, {
    relation: wantsRelation(config),
    routine: (routine) => wantsRoutine(config, routine),
  });
  if (wanted.relations.length === 0) throw nothingToGenerate(everything);
  return config.tenants === undefined ? { catalog: wanted } : withTenants(everything, wanted, config.tenants);
}

/**
 * Whether the config selects a relation. A partition holds rows of its parent, so it is selected only if a pattern of
 * `include` other than `*` matches it. A relation of an extension is internal to the extension, so `include` must name
 * it without a wildcard.
 */
function wantsRelation({ include, exclude = [], tables }: Config): (relation: Relation) => boolean {
  const isNamed = (relation: Relation) =>
    relation.extension === undefined ||
    takesExtensions(tables) ||
    include?.some(
      (pattern) => typeof pattern === 'string' && !isWildcard(pattern) && matchesPattern(pattern, relation),
    );
  const named = (relation: Relation) =>
    include?.some((pattern) => matchesPattern(pattern, relation) && (relation.kind !== 'partition' || pattern !== '*'));
  return (relation) =>
    Boolean(include ? named(relation) : relation.kind !== 'partition') &&
    Boolean(isNamed(relation)) &&
    !exclude.some((pattern) => matchesPattern(pattern, relation));
}

function withTenants(everything: Catalog, wanted: Catalog, pattern: string): Narrowed {
  const isTenant = (schema: string) => matchesName(pattern, schema);
  const merged = mergeTenants(wanted, pattern, isTenant);
  const names = everything.schemas.map(({ name }) => name);
  if (!merged && !names.some(isTenant)) {
    throw new RowsmithError(
      'unknown-schema',
      `No schema matches tenants: "${pattern}".`,
      didYouMean(pattern, names) ?? `The database has: ${names.slice(0, 8).join(', ')}.`,
    );
  }
  if (!merged)
    throw new RowsmithError(
      'nothing-to-generate',
      `No schema matching tenants: "${pattern}" has a table or view that the config selects.`,
      'Check include and exclude, and whether the schemas have been migrated.',
    );
  const { catalog, tenants } = merged;
  const shape = onlyReached(tenants.shape);
  const filled = new Set(everything.relations.map(({ schema }) => schema));
  const empty = names.filter((name) => isTenant(name) && !filled.has(name));
  const bare = empty.length > 0 ? [{ schemas: empty, shape: { ...shape, relations: [] } }] : [];
  const differing = [...tenants.differing, ...bare].map(({ schemas, shape: own }) => ({
    schemas,
    shape: onlyReached(own),
  }));
  return { catalog: onlyReached(catalog), tenants: { ...tenants, shape, differing } };
}

/** A catalog without unused types. */
const onlyReached = (catalog: Catalog) => selectWanted(catalog, { relation: () => true, routine: () => true });

function nothingToGenerate(everything: Catalog): RowsmithError {
  const own = everything.relations.filter(({ extension }) => extension === undefined);
  return own.length === 0
    ? new RowsmithError(
        'nothing-to-generate',
        'The schema has no tables or views.',
        'Is it the right database, and has it been migrated? Tables of extensions count only if include names them.',
      )
    : new RowsmithError(
        'nothing-to-generate',
        'No table or view matches the config.',
        `Check include and exclude. The schema has: ${someNames({ ...everything, relations: own })}.`,
      );
}
