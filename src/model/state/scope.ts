import type { Relation } from '../../catalog/catalog.js';
import type { RelationScope } from '../scope.js';
import type { StoredField } from '../stored-field.js';

/** What the state machines of a relation are built from. */
export interface StateScope extends RelationScope {
  /** The tables that reference the relation and could hold its transitions. */
  readonly candidates: readonly Relation[];
  readonly stored: readonly StoredField[];
  readonly modelName: string;
}
