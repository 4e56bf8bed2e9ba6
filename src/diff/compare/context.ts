import type { QualifiedName, TypeRef } from '../../catalog/catalog.js';
import type { RelationPair } from '../pair.js';
import { type FieldMeaning, nameKey, type RelationMeaning, type Side } from '../side.js';

/** What every comparison needs: both sides, and which names of the older one stand for which of the newer one. */
export interface Comparison {
  readonly from: Side;
  readonly to: Side;
  readonly pairs: readonly RelationPair[];
  /** Name of a relation or a type on the newer side; it differs for renamed ones only. */
  readonly renamed: (name: QualifiedName) => QualifiedName;
  /** Names of the generated unions of enums, of both sides. */
  readonly enumNames: ReadonlySet<string>;
  readonly sameType: (before: TypeRef, after: TypeRef) => boolean;
}

export function relationMeaning(side: Side, relation: QualifiedName): RelationMeaning | undefined {
  return side.meaning.relations.get(nameKey(relation));
}

/** What a column reads and accepts. One without a generated field reads as `unknown` and cannot be written. */
export function fieldMeaning(side: Side, relation: QualifiedName, column: string): FieldMeaning {
  return relationMeaning(side, relation)?.fields.get(column) ?? { field: column, read: ['unknown'] };
}

export const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

export const nullability = (notNull: boolean): 'NULL' | 'NOT NULL' => (notNull ? 'NOT NULL' : 'NULL');

/** `{ before, after }` where the two differ; undefined where they are equal. */
export function between<Value>(
  before: Value,
  after: Value,
): { readonly before: Value; readonly after: Value } | undefined {
  return same(before, after) ? undefined : { before, after };
}

/** Splits the items of two lists by their keys into gone, new and paired ones, each in the order of its own list. */
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
