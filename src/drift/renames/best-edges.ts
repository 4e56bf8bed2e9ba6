import { groupBy } from '../group.js';
import { assign } from './assign.js';

/** A row and a column that may be paired, and how good a pair that is, above 0. */
export interface Edge {
  readonly row: number;
  readonly column: number;
  readonly value: number;
}

/** Steps of the assignment, about a tenth of a second. What is larger is alike in everything, so that no pair would mean anything. */
const mostSteps = 20_000_000;

/** The edges with the greatest sum that use each row and each column once at most, in the order of their rows. */
export function bestEdges<Item extends Edge>(edges: readonly Item[]): readonly Item[] {
  return connected(edges)
    .flatMap(bestOfGroup)
    .sort((a, b) => a.row - b.row);
}

/** Edges that have no row and no column in common with those of another group have no say in it. */
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
  const rows = numbered(edges.map(({ row }) => row));
  const columns = numbered(edges.map(({ column }) => column));
  if (rows.size * columns.size * Math.min(rows.size, columns.size) > mostSteps) return [];
  const worth = Array.from({ length: rows.size }, () => new Array<number>(columns.size).fill(0));
  for (const { row, column, value } of edges) worth[rows.get(row)!]![columns.get(column)!] = value;
  const assigned = assign(worth);
  return edges.filter(({ row, column }) => assigned[rows.get(row)!] === columns.get(column));
}

/** The places of numbers in ascending order, each once. */
function numbered(numbers: readonly number[]): ReadonlyMap<number, number> {
  return new Map([...new Set(numbers)].sort((a, b) => a - b).map((number, index) => [number, index]));
}
