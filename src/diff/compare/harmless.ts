import type { Relation } from '../../catalog/catalog.js';
import type { RelationPair } from '../pair.js';

/** Columns that no two rows have alike: of primary keys, unique constraints, and unique indexes of all rows. */
function uniqueColumns({ primaryKey, uniques, indexes }: Relation): (readonly (string | null)[])[] {
  const whole = indexes.filter(
    ({ unique, predicate, columns }) => unique && predicate === undefined && !columns.includes(null),
  );
  return [...(primaryKey ? [primaryKey] : []), ...uniques, ...whole].map(({ columns }) => columns);
}

const includesAll = (columns: readonly (string | null)[], others: readonly (string | null)[]) =>
  others.every((column) => columns.includes(column));

/** Why a unique key that comes refuses no row that was accepted; undefined where it may. */
export function whyAddedUnique(pair: RelationPair, columns: readonly (string | null)[]): string | undefined {
  const { before, columns: pairs } = pair;
  // A write that does not know the column leaves null in it, or a number of a sequence.
  const fresh = newColumns(pair).filter(
    ({ default: fallback = 'nextval(', generated }) => fallback.startsWith('nextval(') && !generated,
  );
  if (fresh.some(({ name }) => columns.includes(name))) return 'its column was added with it';
  const newName = new Map(pairs.map((pair) => [pair.before.name, pair.after.name]));
  const earlier = uniqueColumns(before).map((key) => key.map((name) => newName.get(name ?? '') ?? null));
  const isCovered = earlier.some((key) => !key.includes(null) && includesAll(columns, key));
  return isCovered ? 'another key already guaranteed it' : undefined;
}

/** Why nobody misses a unique key that goes; undefined where `on conflict` may. `columns` have their newer names. */
export function whyRemovedUnique({ after }: RelationPair, columns: readonly (string | null)[]): string | undefined {
  const left = new Set(after.columns.map(({ name }) => name));
  if (columns.some((column) => column !== null && !left.has(column))) return 'its column was removed with it';
  const isCovered = uniqueColumns(after).some((key) => includesAll(key, columns) && includesAll(columns, key));
  return isCovered ? 'another key of the same columns is still there' : undefined;
}

/** Why another primary key is no loss, and refuses no row; undefined where it may. `before` has its newer names. */
export function whyOtherPrimaryKey(
  pair: RelationPair,
  before: readonly string[] | undefined,
  after: readonly string[] | undefined,
): string | undefined {
  const lost = before === undefined || whyRemovedUnique(pair, before) !== undefined;
  const gained = after === undefined || whyAddedUnique(pair, after) !== undefined;
  return lost && gained
    ? 'the removed key is reported separately, and another key already guaranteed the new one'
    : undefined;
}

/**
 * Why a foreign key refuses no row that was accepted: a write that does not know a new column leaves null in it, which a
 * key does not look at.
 */
export function whyNewKey(pair: RelationPair, columns: readonly string[]): string | undefined {
  const fresh = newColumns(pair).filter(
    ({ default: fallback, identity, generated }) => !(fallback ?? identity ?? generated),
  );
  return fresh.some(({ name }) => columns.includes(name)) ? 'its column was added with it' : undefined;
}

/** Why a CHECK refuses no row that was accepted: it is about columns that came with it, and no others. */
export function whyNewCheck(pair: RelationPair, mentions: ReadonlySet<string>): string | undefined {
  const fresh = new Set(newColumns(pair).map(({ name }) => name));
  const known = pair.after.columns.filter(({ name }) => mentions.has(name));
  const isNew = known.length > 0 && known.every(({ name }) => fresh.has(name));
  return isNew ? 'its column was added with it' : undefined;
}

function newColumns({ after, columns }: RelationPair): Relation['columns'] {
  const paired = new Set(columns.map((pair) => pair.after));
  return after.columns.filter((column) => !paired.has(column));
}
