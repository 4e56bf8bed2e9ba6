import type { Catalog, Relation } from '../catalog/catalog.js';
import type { Refine } from './overrides.js';
import type { ResolvedModel } from './resolve.js';
import type { TypeMapper } from './types.js';
import type { ZoneOf } from './zones.js';

/** What every part of a schema is built from: the facts, and what their types become. */
export interface SchemaScope {
  readonly catalog: Catalog;
  readonly mapType: TypeMapper;
  readonly refine: Refine;
  readonly zoneOf: ZoneOf;
  /** The config's entry for a relation, with those of wildcards merged in. */
  readonly configOf: (relation: Relation) => ResolvedModel | undefined;
}

/** What the model of one relation is built from. */
export interface RelationScope extends SchemaScope {
  readonly relation: Relation;
  /** The config's entry for it. */
  readonly config: ResolvedModel;
}
