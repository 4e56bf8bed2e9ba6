import type { Relation } from '../catalog/catalog.js';
import type { DeclaredModel } from './declared.js';

/** A model and its table, or the reason why it has none. The report lists every declared model. */
export interface MappedModel {
  readonly model: DeclaredModel;
  readonly status: 'compared' | 'projection' | 'insert' | 'update' | 'composition' | 'other' | 'unmapped';
  readonly relation?: Relation;
  readonly reason: string;
  /** Whether the model's name fits several tables. */
  readonly ambiguous?: true;
  /**
   * Whether the table is a guess: from the names of the fields, or from the model's name among many without a table.
   */
  readonly guessed?: true;
}
