import { groupBy, onceForEach } from './collections.js';
import type { RawCatalog } from './raw-catalog.js';

export type RawColumn = RawCatalog['columns'][number];

/** The columns of every relation, by its id and in their order; grouped once per list. */
export const columnsByRelation = onceForEach(
  (columns: readonly RawColumn[]): ReadonlyMap<number, readonly RawColumn[]> => groupBy(columns, ({ rel }) => rel),
);

/** The column with a number. The number is its position, unless a column before it was dropped. */
export function columnNumbered(columns: readonly RawColumn[] | undefined, number: number): RawColumn | undefined {
  const likely = columns?.[number - 1];
  return likely?.num === number ? likely : columns?.find(({ num }) => num === number);
}
