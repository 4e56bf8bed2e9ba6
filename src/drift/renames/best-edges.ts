import { groupBy } from '../group.js';
import { assign } from './assign.js';

/** A row and a column that may be paired, and how good a pair that is, above 0. */
export interface Edge {
  readonly row: number;
  readonly column: number;
  readonly value: number;
}

/**
 * Most steps of an assignment, about a tenth of a second. In a larger group everything is alike, and no pair means
 * anything.
 */
const mostSteps = 20_000_000;

/** The edges with the greatest sum that use each row and each column at most once, in the order of their rows. */
export function bestEdges<Item extends Edge>(edges: readonly Item[]): readonly Item[] {
  return connected(edges)
    .flatMap(bestOfGroup)
    .sort((a, b) => a.row - b.row);
}

/** Splits edges into groups that share no row and no column, so that each can be solved by itself. */
function connected<Item extends Edge>(edges: readonly Item[]): readonly (readonly Item[])[] {
  const leaders = new Map<string, string>();
  const leaderOf = (end: string): string => {
    let leader = end;
    for (let next = leaders.get(leader); next !== undefined; next = leaders.get(leader)) leader = next;
    for (let at = end; at !== leader; ) {
      const next = leaders.get(at) ?? leader;
      leaders.set(at, leader);
      at = next;
    }
    return leader;
  };
  for (const { row, column } of edges) {
    const [left, right] = [leaderOf(`row ${row}`), leaderOf(`column ${column}`)];
    if (left !== right) leaders.set(right, left);
  }
  return [...groupBy(edges, ({ row }) => leaderOf(`row ${row}`)).values()];
}

function bestOfGroup<Item extends Edge>(edges: readonly Item[]): readonly Item[] {
  const rows = ascending(edges.map(({ row }) => row));
  const columns = ascending(edges.map(({ column }) => column));
  if (rows.length * columns.length * Math.min(rows.length, columns.length) > mostSteps) return [];
  const byRow = groupBy(edges, ({ row }) => row);
  const worth = rows.map((row) => {
    const values = new Map(byRow.get(row)?.map(({ column, value }) => [column, value]));
    return columns.map((column) => values.get(column) ?? 0);
  });
  const columnOf = new Map(assign(worth).map((column, row) => [rows[row], columns[column]]));
  return edges.filter(({ row, column }) => columnOf.get(row) === column);
}

/** Numbers in ascending order, each once. */
function ascending(numbers: readonly number[]): readonly number[] {
  return [...new Set(numbers)].sort((a, b) => a - b);
}
