import type { Relation } from '../../catalog/catalog.js';
import type { RelationScope } from '../scope.js';
import type { StoredField } from '../stored-field.js';

/** What the state machines of a relation are built from. */
export interface StateScope extends RelationScope {
  /** The tables that could keep transitions, and point at the relation. */
  readonly candidates: readonly Relation[];
  readonly stored: readonly StoredField[];
  readonly modelName: string;
}
