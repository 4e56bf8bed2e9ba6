import { groupBy } from '../catalog/collections.js';
import type { GraphLink, GraphNode } from './graph.js';

/** What stands in a column: a node, or the place where links pass the column, which has no width. */
export interface Item {
  readonly id: string;
  readonly width: number;
  readonly height: number;
  /** Items in the columns before and behind that links lead to. */
  readonly before: Item[];
  readonly behind: Item[];
}

/** Columns of a connected graph, and the items that each of its links passes, from left to right. */
export interface Columns {
  readonly columns: readonly Item[][];
  readonly passed: readonly (readonly Item[])[];
}

/** Height that links take where they pass a column. */
const passage = 10;

/**
 * Puts a connected graph into columns. A link leads to the right, unless it closes a cycle. One that leads past a
 * column has a place between the nodes there, which it shares with all others to the same node: so no line crosses a
 * node, and forty lines to one table are one line.
 */
export function columnsOf(nodes: readonly GraphNode[], links: readonly GraphLink[], longest: number): Columns {
  const columns: Item[][] = [];
  const columnOf = new Map<string, number>();
  const items = new Map<string, Item>();
  for (const rank of ranksOf(nodes, links)) {
    for (let at = 0; at < rank.length; at += longest) {
      const column = rank
        .slice(at, at + longest)
        .map(({ id, width, height }): Item => ({ id, width, height, before: [], behind: [] }));
      for (const item of column) {
        items.set(item.id, item);
        columnOf.set(item.id, columns.length);
      }
      columns.push(column);
    }
  }
  const column = (id: string) => columnOf.get(id) ?? 0;
  const passed = links.map(({ from, to }) => {
    const [left, right] = column(from) < column(to) ? [from, to] : [to, from];
    const between = columns.slice(column(left) + 1, column(right)).map((crossed, index) => {
      const id = `${column(left) + 1 + index} ${right}`;
      const item = items.get(id) ?? { id, width: 0, height: passage, before: [], behind: [] };
      if (!items.has(id)) crossed.push(item);
      items.set(id, item);
      return item;
    });
    const path = [items.get(left), ...between, items.get(right)].filter((item) => item !== undefined);
    for (const [index, item] of path.slice(1).entries()) {
      item.before.push(path[index] ?? item);
      path[index]?.behind.push(item);
    }
    return path;
  });
  sortColumns(columns);
  return { columns, passed };
}

/** Nodes by how many links lead on from them, the longest way; those with the most come first. */
export function ranksOf(nodes: readonly GraphNode[], links: readonly GraphLink[]): GraphNode[][] {
  const targets = new Map(nodes.map(({ id }) => [id, links.filter(({ from }) => from === id).map(({ to }) => to)]));
  const known = new Map<string, number>();
  const open = new Set<string>();
  const steps = (id: string): number => {
    const found = known.get(id);
    if (found !== undefined) return found;
    open.add(id);
    const most = Math.max(0, ...(targets.get(id) ?? []).filter((to) => !open.has(to)).map((to) => steps(to) + 1));
    open.delete(id);
    known.set(id, most);
    return most;
  };
  for (const { id } of nodes) steps(id);
  // A node that nothing leads on from is as near to where it is reached from as it can be.
  const nearest = (id: string) =>
    Math.min(...links.filter(({ to }) => to === id).map(({ from }) => known.get(from) ?? 0));
  const ends = nodes.filter(({ id }) => targets.get(id)?.length === 0).map(({ id }) => [id, nearest(id) - 1] as const);
  for (const [id, rank] of ends) known.set(id, Number.isFinite(rank) ? rank : 0);
  const ranks = groupBy(nodes, ({ id }) => known.get(id) ?? 0);
  return [...ranks].sort(([a], [b]) => b - a).map(([, rank]) => [...rank]);
}

/** Orders each column by the mean place of what its items are linked with, there and back: fewer lines cross then. */
function sortColumns(columns: readonly Item[][]): void {
  const places = new Map<Item, number>();
  const settle = (column: readonly Item[]) => {
    for (const [index, item] of column.entries()) places.set(item, (index + 0.5) / column.length);
  };
  columns.forEach(settle);
  for (let sweep = 0; sweep < 8; sweep++) {
    const side = sweep % 2 === 0 ? 'before' : 'behind';
    for (const column of side === 'before' ? columns : [...columns].reverse()) {
      const wish = new Map(column.map((item) => [item, mean(item[side].map((other) => places.get(other) ?? 0))]));
      const wished = (item: Item) => wish.get(item) ?? places.get(item) ?? 0;
      column.sort((a, b) => wished(a) - wished(b));
      settle(column);
    }
  }
}

/** The mean of numbers; undefined where there are none. */
export function mean(numbers: readonly number[]): number | undefined {
  return numbers.length === 0 ? undefined : numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
}
