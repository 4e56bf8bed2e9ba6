/**
 * What a condition proves about the rows of a query that it lets pass.
 *
 * `p.email IS NOT NULL AND q.id > 3` proves the keys `1.2` and `2.1` and the entries 1 and 2, where `p` and `q` are the
 * first two entries of the range table.
 */
export interface Proven {
  /** Expressions that are not null, by their spelling: `1.2` is a column. See `query-tree/spelling.ts`. */
  readonly keys: ReadonlySet<string>;
  /** Entries of the range table that have a row: no outer join has filled them with nulls. */
  readonly entries: ReadonlySet<number>;
}

/** What a condition proves that says nothing. */
export const nothing: Proven = { keys: new Set(), entries: new Set() };

/** What a condition proves that no row fulfills, such as `null = 1`. */
export const impossible: Proven = { keys: new Set(), entries: new Set() };

/** What conditions prove that hold together. */
export function together(all: readonly Proven[]): Proven {
  if (all.includes(impossible)) return impossible;
  const telling = all.filter((one) => one !== nothing);
  const [first = nothing] = telling;
  if (telling.length <= 1) return first;
  return {
    keys: new Set(telling.flatMap(({ keys }) => [...keys])),
    entries: new Set(telling.flatMap(({ entries }) => [...entries])),
  };
}

/** What conditions prove of which one holds, nobody knows which. */
export function either(all: readonly Proven[]): Proven {
  const [first, ...others] = all.filter((one) => one !== impossible);
  if (!first) return impossible;
  if (others.length === 0) return first;
  return {
    keys: new Set([...first.keys].filter((key) => others.every(({ keys }) => keys.has(key)))),
    entries: new Set([...first.entries].filter((entry) => others.every(({ entries }) => entries.has(entry)))),
  };
}

/** Whether nothing at all is proven. */
export const isEmpty = ({ keys, entries }: Proven): boolean => keys.size === 0 && entries.size === 0;
