import { Graph, layout } from '@dagrejs/dagre';
import { components } from './components.js';
import type { Gaps, GraphLink, GraphNode, Part, Point, Size } from './graph.js';
import { pack } from './pack.js';
import { wrapRanks } from './wrap-ranks.js';

/** Number of nodes above which a part is laid out to be small; its lines are straight. */
const large = 60;
/**
 * Number of nodes above which a part is laid out without its links. Dagre would take long, and it recurses: a chain of
 * 2,000 nodes overflows its stack.
 */
const huge = 1500;

/** Lays out a graph from left to right, each connected part by itself. The same graph always gives the same layout. */
export function layOut(nodes: readonly GraphNode[], links: readonly GraphLink[], gaps: Gaps): Part {
  const numbered = links.map((link, index) => ({ ...link, index }));
  const parts = components(nodes, links).map((part) => {
    const own = new Set(part.map(({ id }) => id));
    const inner = part.length > huge ? [] : numbered.filter(({ from }) => own.has(from));
    const laid = layOutPart(part, inner, gaps);
    return part.length > large ? wrapRanks(part, laid, gaps) : laid;
  });
  const { width, height, corners } = pack(parts, gaps.node * 2);
  const places = new Map<string, Point>();
  const bends = new Map<number, readonly Point[]>();
  for (const [index, part] of parts.entries()) {
    const corner = corners[index] ?? { x: 0, y: 0 };
    const move = ({ x, y }: Point): Point => ({ x: x + corner.x, y: y + corner.y });
    for (const [id, place] of part.places) places.set(id, move(place));
    for (const [link, points] of part.bends) bends.set(link, points.map(move));
  }
  return { width, height, places, bends };
}

function layOutPart(
  nodes: readonly GraphNode[],
  links: readonly (GraphLink & { readonly index: number })[],
  gaps: Gaps,
): Part {
  const graph = new Graph({ multigraph: true });
  // The default ranker is best for tens of nodes and takes seconds for a thousand.
  const ranker = nodes.length > large ? 'tight-tree' : 'network-simplex';
  graph.setGraph({ rankdir: 'LR', nodesep: gaps.node, ranksep: gaps.rank, ranker });
  // Numbers instead of names: dagre keeps nodes in plain objects, where `__proto__` is no usable key.
  const keys = new Map(nodes.map(({ id }, index) => [id, `n${index}`]));
  const keyOf = (id: string) => keys.get(id) ?? '';
  for (const { id, width, height } of nodes) graph.setNode(keyOf(id), { width, height });
  for (const { from, to, index } of links) graph.setEdge(keyOf(from), keyOf(to), {}, String(index));
  layout(graph);
  const places = new Map(
    nodes.map(({ id, width, height }) => {
      const { x = 0, y = 0 } = graph.node(keyOf(id)) as Partial<Point>;
      return [id, { x: x - width / 2, y: y - height / 2 }];
    }),
  );
  const bends = new Map(
    links.map(({ from, to, index }) => {
      const { points = [] } = graph.edge(keyOf(from), keyOf(to), String(index)) as { points?: readonly Point[] };
      // The first and the last point are on the borders, where the diagram has its own ends.
      return [index, points.slice(1, -1)];
    }),
  );
  const { width = 0, height = 0 } = graph.graph() as Partial<Size>;
  return { width, height, places, bends };
}
