import type { Column, Relation } from '../catalog/catalog.js';

/** Why something counts as renamed. Reports tell a suspicion as a suspicion. */
export interface Evidence {
  readonly certainty: 'certain' | 'suspected';
  readonly because: string;
}

/** A relation that both sides have, perhaps under two names, with its columns paired the same way. */
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
