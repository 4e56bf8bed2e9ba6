import type { Catalog, Relation } from '../catalog/catalog.js';
import type { Refine } from './overrides.js';
import type { ResolvedModel } from './resolve.js';
import type { TypeMapper } from './types.js';
import type { ZoneOf } from './zones.js';

/** What every part of a schema is built from: the facts, and the mapping of their types. */
export interface SchemaScope {
  readonly catalog: Catalog;
  readonly mapType: TypeMapper;
  readonly refine: Refine;
  readonly zoneOf: ZoneOf;
  /** The config's entry for a relation, merged with those of wildcards. */
  readonly configOf: (relation: Relation) => ResolvedModel;
}

/** What the model of one relation is built from. */
export interface RelationScope extends SchemaScope {
  readonly relation: Relation;
  /** The config's entry for the relation, merged with those of wildcards. */
  readonly config: ResolvedModel;
}
