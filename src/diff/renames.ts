import type { Catalog, Column, EnumType, Relation } from '../catalog/catalog.js';
import type { RelationIdentity } from '../catalog/identity.js';
import type { ColumnPair, Evidence, RelationPair } from './pair.js';
import { nameKey, type Side } from './side.js';

/**
 * Pairs the relations and columns of two sides: by name, then by the numbers that a database never reuses, and where no
 * numbers are known, by likeness. Of two equally good candidates neither is taken.
 */
export function pairRelations(from: Side, to: Side): RelationPair[] {
  const ids = sharedIds(from, to);
  const after = new Map(to.catalog.relations.map((relation) => [nameKey(relation), relation]));
  const before = new Map(from.catalog.relations.map((relation) => [nameKey(relation), relation]));
  const removed = from.catalog.relations.filter((relation) => !after.has(nameKey(relation)));
  const added = to.catalog.relations.filter((relation) => !before.has(nameKey(relation)));
  const renames = new Map<Relation, readonly [Relation, Evidence]>();
  for (const relation of added) {
    const certain = removed.find((other) => ids?.sameRelation(other, relation));
    if (certain) renames.set(relation, [certain, { certainty: 'certain', because: 'it is the same database object' }]);
  }
  const settled = new Set([...renames].flatMap(([newer, [older]]) => [newer, older]));
  const open = (relation: Relation) => !settled.has(relation);
  for (const [older, newer] of mutual(removed.filter(open), added.filter(open), likenessOfRelations())) {
    renames.set(newer, [
      older,
      { certainty: 'suspected', because: 'their columns are nearly the same, and no other table fits' },
    ]);
  }
  return to.catalog.relations.flatMap((relation): RelationPair[] => {
    const [older, renamed] = renames.get(relation) ?? [before.get(nameKey(relation)), undefined];
    if (!older) return [];
    return [
      { before: older, after: relation, ...(renamed ? { renamed } : {}), columns: pairColumns(older, relation, ids) },
    ];
  });
}

function pairColumns(before: Relation, after: Relation, ids: SharedIds | undefined): ColumnPair[] {
  const older = new Map(before.columns.map((column) => [column.name, column]));
  const newer = new Set(after.columns.map(({ name }) => name));
  const removed = before.columns.filter(({ name }) => !newer.has(name));
  const added = after.columns.filter(({ name }) => !older.has(name));
  const renames = new Map<Column, readonly [Column, Evidence]>();
  const byNumber = ids?.sameColumns(before, after);
  if (byNumber) {
    for (const column of added) {
      const certain = removed.find(({ name }) => byNumber(name, column.name));
      if (certain)
        renames.set(column, [certain, { certainty: 'certain', because: 'it has the same number in the database' }]);
    }
  } else {
    for (const [old, column, because] of likeColumns(before, after, removed, added))
      renames.set(column, [old, { certainty: 'suspected', because }]);
  }
  return after.columns.flatMap((column): ColumnPair[] => {
    const [old, renamed] = renames.get(column) ?? [older.get(column.name), undefined];
    return old ? [{ before: old, after: column, ...(renamed ? { renamed } : {}) }] : [];
  });
}

/**
 * Pairs columns that look renamed, each pair with the reasons. `ADD COLUMN` appends
 * (https://www.postgresql.org/docs/current/sql-altertable.html), so a new column between the former neighbours of a
 * removed one, with its type, is most likely that one. At the end of a table only similar names tell a rename from a
 * removed column and an added one.
 */
function likeColumns(
  before: Relation,
  after: Relation,
  removed: readonly Column[],
  added: readonly Column[],
): [Column, Column, string][] {
  const gapsBefore = gaps(before.columns, removed);
  const gapsAfter = gaps(after.columns, added);
  const alike = (a: Column, b: Column) =>
    a.type.sql === b.type.sql && a.generated === b.generated && a.identity === b.identity;
  return mutual(removed, added, (a, b) => {
    if (!alike(a, b)) return 0;
    const gap = gapsBefore.get(a);
    const samePlace =
      gap !== undefined && gap.key === gapsAfter.get(b)?.key && gap.size === 1 && gapsAfter.get(b)?.size === 1;
    return (samePlace && gap.before !== undefined ? 2 : 0) + (sharedWords(a.name, b.name) >= 0.5 ? 1 : 0);
  }).map(([a, b]) => {
    const named = sharedWords(a.name, b.name) >= 0.5;
    const placed = gapsBefore.get(a)?.before !== undefined && gapsBefore.get(a)?.key === gapsAfter.get(b)?.key;
    const reasons = [
      'the type is the same',
      ...(placed ? ['it is in the same position'] : []),
      ...(named ? ['the names share words'] : []),
    ];
    return [a, b, reasons.join(', ')];
  });
}

interface Gap {
  /** The two columns around the gap that both sides have, as JSON. */
  readonly key: string;
  readonly before: string | undefined;
  readonly size: number;
}

/**
 * The gap that each of the `lone` columns, which the other side lacks, stands in: between which common columns, and how
 * many lone columns stand there.
 */
function gaps(columns: readonly Column[], lone: readonly Column[]): Map<Column, Gap> {
  const isLone = new Set(lone);
  const found = new Map<Column, Gap>();
  let start = -1;
  for (let end = 0; end <= columns.length; end++) {
    const column = columns[end];
    if (column && isLone.has(column)) continue;
    const next = column?.name;
    const gap = {
      key: JSON.stringify([columns[start]?.name ?? null, next ?? null]),
      before: next,
      size: end - start - 1,
    };
    for (const inside of columns.slice(start + 1, end)) found.set(inside, gap);
    start = end;
  }
  return found;
}

/**
 * Score of two relations of one kind with nearly the same columns; 0 for others. Small tables must also share a word of
 * their names, or have the same name in two schemas.
 */
function likenessOfRelations(): (a: Relation, b: Relation) => number {
  const shapes = new Map<Relation, ReadonlySet<string>>();
  const shape = (relation: Relation): ReadonlySet<string> => {
    const known = shapes.get(relation) ?? new Set(relation.columns.map(({ name, type }) => `${name} ${type.sql}`));
    shapes.set(relation, known);
    return known;
  };
  return (a, b) => {
    const [left, right] = [shape(a), shape(b)];
    if (a.kind !== b.kind || Math.min(left.size, right.size) < 0.8 * Math.max(left.size, right.size)) return 0;
    const common = [...left].filter((column) => right.has(column)).length;
    const likeness = common / (left.size + right.size - common);
    const enough =
      common >= 5 ||
      (common >= 3 && sharedWords(a.name, b.name) > 0) ||
      (common >= 2 && likeness === 1 && a.name === b.name);
    return likeness >= 0.8 && enough ? likeness : 0;
  };
}

/** Pairs renamed enums: one that is gone and one that is new, where no other has the same labels in the same order. */
export function pairEnums(before: Catalog, after: Catalog): (readonly [EnumType, EnumType])[] {
  const [older, newer] = [before, after].map(({ enums }) => new Set(enums.map(nameKey)));
  return mutual(
    before.enums.filter((type) => !newer?.has(nameKey(type))),
    after.enums.filter((type) => !older?.has(nameKey(type))),
    (a, b) => (a.labels.length > 0 && JSON.stringify(a.labels) === JSON.stringify(b.labels) ? 1 : 0),
  );
}

/** Share of the longer name's words that both names have: `most_recent_error` and `recent_error` share two of three. */
function sharedWords(a: string, b: string): number {
  const [left, right] = [nameWords(a), nameWords(b)];
  return [...left].filter((word) => right.has(word)).length / Math.max(left.size, right.size, 1);
}

function nameWords(name: string): ReadonlySet<string> {
  const words = name
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .map((word) => word.replace(/s$/, ''));
  return new Set(words.filter(Boolean));
}

/** Most comparisons that are made. Where more is new on both sides, likeness proves nothing. */
const mostScores = 4_000_000;

/** Pairs of items in which each is the other's best match, and no other match is as good. */
function mutual<Item>(
  left: readonly Item[],
  right: readonly Item[],
  score: (a: Item, b: Item) => number,
): [Item, Item][] {
  if (left.length * right.length > mostScores) return [];
  const ofLeft = left.map(() => noBest);
  const ofRight = right.map(() => noBest);
  left.forEach((a, row) =>
    right.forEach((b, column) => {
      const value = score(a, b);
      ofLeft[row] = better(ofLeft[row] ?? noBest, value, column);
      ofRight[column] = better(ofRight[column] ?? noBest, value, row);
    }),
  );
  return left.flatMap((a, row): [Item, Item][] => {
    const { at, isSingle } = ofLeft[row] ?? noBest;
    const [b, back] = [right[at], ofRight[at]];
    return b !== undefined && isSingle && back?.isSingle && back.at === row ? [[a, b]] : [];
  });
}

interface Best {
  readonly value: number;
  readonly at: number;
  readonly isSingle: boolean;
}

const noBest: Best = { value: 0, at: -1, isSingle: false };

function better(best: Best, value: number, at: number): Best {
  if (value > best.value) return { value, at, isSingle: true };
  return value === best.value && value > 0 && best.isSingle ? { ...best, isSingle: false } : best;
}

interface SharedIds {
  sameRelation(before: Relation, after: Relation): boolean;
  /**
   * Compares columns by their numbers; undefined when the two relations are not one object, so that numbers mean
   * nothing.
   */
  sameColumns(before: Relation, after: Relation): ((before: string, after: string) => boolean) | undefined;
}

/** Object numbers of two sides that come from one cluster; undefined where they do not, or where that is unknown. */
function sharedIds(from: Side, to: Side): SharedIds | undefined {
  if (!from.identities || !to.identities || from.identities.cluster !== to.identities.cluster) return undefined;
  const [older, newer] = [from.identities, to.identities].map(
    ({ relations }) => new Map(relations.map((relation) => [nameKey(relation), relation])),
  );
  const both = (before: Relation, after: Relation): [RelationIdentity, RelationIdentity] | undefined => {
    const [a, b] = [older?.get(nameKey(before)), newer?.get(nameKey(after))];
    return a && b && a.id === b.id && agree(a, b) ? [a, b] : undefined;
  };
  return {
    sameRelation: (before, after) => both(before, after) !== undefined,
    sameColumns: (before, after) => {
      const identities = both(before, after);
      if (!identities) return undefined;
      const [a, b] = identities.map(({ columns }) => new Map(columns.map(({ name, number }) => [name, number])));
      return (old, column) => a?.get(old) === b?.get(column);
    },
  };
}

/**
 * Whether two tables of one id are the same table. A copied database may have given the id to another table since; then
 * they share no column name, or a shared name has two numbers.
 */
function agree(a: RelationIdentity, b: RelationIdentity): boolean {
  const numbers = new Map(b.columns.map(({ name, number }) => [name, number]));
  const shared = a.columns.filter(({ name }) => numbers.has(name));
  return shared.length > 0 && shared.every(({ name, number }) => numbers.get(name) === number);
}
