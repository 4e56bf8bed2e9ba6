import type { Column, Relation } from '../catalog/catalog.js';
import type { DeclaredModel } from './declared.js';

/** A table without a model, and what one for it would be, in the style of a model that is there. */
export interface MissingModel {
  readonly relation: Relation;
  /** A model with no fields of its own: the name and the table are those of the missing one, all else is of `like`. */
  readonly model: DeclaredModel;
  /** A model that is there, whose style the new one takes. */
  readonly like: DeclaredModel;
  readonly columns: readonly { readonly column: Column; readonly type: string | undefined }[];
  /** Computed fields of the table that the config declares. */
  readonly computed: readonly string[];
}
