import type { Column, Relation } from '../catalog/catalog.js';

/** Why something counts as renamed. A suspicion is told as one: nothing is decided by it that a look could not undo. */
export interface Evidence {
  readonly certainty: 'certain' | 'suspected';
  readonly because: string;
}

/** A relation that both sides have, perhaps under two names, and its columns paired. */
export interface RelationPair {
  readonly before: Relation;
  readonly after: Relation;
  readonly renamed?: Evidence;
  readonly columns: readonly ColumnPair[];
}

export interface ColumnPair {
  readonly before: Column;
  readonly after: Column;
  readonly renamed?: Evidence;
}
