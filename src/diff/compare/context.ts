import type { QualifiedName, TypeRef } from '../../catalog/catalog.js';
import type { RelationPair } from '../pair.js';
import { type FieldMeaning, nameKey, type RelationMeaning, type Side } from '../side.js';

/** What every comparison needs: both sides, and which names of the older one stand for which of the newer one. */
export interface Comparison {
  readonly from: Side;
  readonly to: Side;
  readonly pairs: readonly RelationPair[];
  /** The newer name of a renamed relation or type; others keep theirs. */
  readonly renamed: (name: QualifiedName) => QualifiedName;
  /** The names of the generated unions of both sides' enums. */
  readonly enumNames: ReadonlySet<string>;
  readonly sameType: (before: TypeRef, after: TypeRef) => boolean;
}

export function relationMeaning(side: Side, relation: QualifiedName): RelationMeaning | undefined {
  return side.meaning.relations.get(nameKey(relation));
}

/** A column that the pipeline says nothing about counts as readable text that cannot be written. */
export function fieldMeaning(side: Side, relation: QualifiedName, column: string): FieldMeaning {
  return relationMeaning(side, relation)?.fields.get(column) ?? { field: column, read: ['unknown'] };
}

export const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

export const nullability = (notNull: boolean): 'NULL' | 'NOT NULL' => (notNull ? 'NOT NULL' : 'NULL');

/** `{ before, after }` when they differ. */
export function between<Value>(
  before: Value,
  after: Value,
): { readonly before: Value; readonly after: Value } | undefined {
  return same(before, after) ? undefined : { before, after };
}

/** Items of two lists by their keys: gone, new, and paired, each in its own list's order. */
export function match<Item>(
  before: readonly Item[],
  after: readonly Item[],
  keyOf: (item: Item) => string,
  newKeyOf = keyOf,
) {
  const left = new Map(before.map((item) => [newKeyOf(item), item]));
  const right = new Map(after.map((item) => [keyOf(item), item]));
  return {
    removed: before.filter((item) => !right.has(newKeyOf(item))),
    added: after.filter((item) => !left.has(keyOf(item))),
    paired: after.flatMap((item) => {
      const other = left.get(keyOf(item));
      return other ? [[other, item] as const] : [];
    }),
  };
}
