import { groupBy } from '../catalog/collections.js';
import type { Gaps, GraphNode, Part, Point } from './graph.js';

/** Least number of nodes in a column after breaking. */
const fewest = 8;

/**
 * Breaks long columns of a layout into several beside each other. Hundreds of tables that refer to one would make a
 * column forty screens high. The order within and between columns stays; bends are lost.
 */
export function wrapRanks(nodes: readonly GraphNode[], laid: Part, gaps: Gaps): Part {
  const at = (id: string): Point => laid.places.get(id) ?? { x: 0, y: 0 };
  const centre = (node: GraphNode) => Math.round(at(node.id).x + node.width / 2);
  const fromTop = (a: GraphNode, b: GraphNode) => at(a.id).y - at(b.id).y;
  const ranks = [...groupBy(nodes, centre)].sort(([a], [b]) => a - b).map(([, rank]) => [...rank].sort(fromTop));
  const size = {
    width: Math.max(...nodes.map(({ width }) => width)) + gaps.node,
    height: Math.max(...nodes.map(({ height }) => height)) + gaps.node,
  };
  const longest = columnLength(
    ranks.map(({ length }) => length),
    size,
    gaps.rank,
  );
  const places = new Map<string, Point>();
  let [x, height] = [0, 0];
  for (const rank of ranks) {
    const columns = Math.ceil(rank.length / longest);
    const length = Math.ceil(rank.length / columns);
    for (const [index, node] of rank.entries()) {
      const column = Math.floor(index / length);
      places.set(node.id, { x: x + column * size.width, y: (index % length) * size.height });
    }
    x += columns * size.width + gaps.rank;
    height = Math.max(height, length * size.height);
  }
  return { width: x - gaps.rank, height, places, bends: new Map() };
}

/** Least number of nodes in a column with which the whole is no wider than a screen in relation to its height. */
function columnLength(
  ranks: readonly number[],
  size: { readonly width: number; readonly height: number },
  rankGap: number,
): number {
  let length = fewest;
  const width = () => ranks.reduce((sum, nodes) => sum + Math.ceil(nodes / length) * size.width + rankGap, 0);
  while (length < Math.max(...ranks) && width() > length * size.height * 1.6) length++;
  return length;
}
