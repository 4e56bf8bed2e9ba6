import type { Relation } from '../catalog/catalog.js';
import { shownName } from '../report/shown-name.js';
import type { PartitionEntry } from './page.js';

/** A table may have a partition for each day; a page shows so many of them, and how many there are. */
const shown = 50;

/**
 * The partitions of a table, each followed by its own. `relations` are all that the source has, because a config
 * selects partitions only by name; a catalog file has only those.
 */
export function partitionEntries(
  relation: Relation,
  relations: readonly Relation[],
): { readonly count: number; readonly partitions: readonly PartitionEntry[] } {
  const all = partitionsOf(relation, relations);
  return { count: all.length, partitions: all.slice(0, shown) };
}

function partitionsOf(relation: Relation, relations: readonly Relation[]): PartitionEntry[] {
  if (relation.partitionKey === undefined) return [];
  const of = shownName(relation);
  const own = relations.filter(({ kind, parents = [] }) => kind === 'partition' && parents.map(shownName).includes(of));
  return own.flatMap((partition) => {
    const { partitionBound = '', partitionKey } = partition;
    const text = partitionKey === undefined ? partitionBound : `${partitionBound} PARTITION BY ${partitionKey}`;
    return [{ name: shownName(partition), text }, ...partitionsOf(partition, relations)];
  });
}
