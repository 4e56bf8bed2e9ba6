import type { Relation } from '../catalog/catalog.js';
import { didYouMean, RowsmithError } from '../errors.js';

/** The config names a column that the relation does not have; `key` is where it does, below the relation's entry. */
export function unknownColumn(relation: Relation, key: string, name: string): RowsmithError {
  const known = relation.columns.map((column) => column.name);
  const hint = didYouMean(name, known) ?? `${relation.name} has: ${known.join(', ')}.`;
  return new RowsmithError('unknown-column', `The config names an unknown column: models.${relation.name}.${key}`, hint);
}
