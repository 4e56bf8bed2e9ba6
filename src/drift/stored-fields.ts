import type { Relation } from '../catalog/catalog.js';
import type { DeclaredField } from './declared.js';
import { plainName } from './words.js';

/** How many fields are columns of a relation, by their names; none without a relation. */
export function storedFields(fields: readonly DeclaredField[], relation: Relation | undefined): number {
  const columns = new Set(relation?.columns.map(({ name }) => plainName(name)));
  return fields.filter(({ name, column }) => columns.has(plainName(column?.name ?? name))).length;
}
