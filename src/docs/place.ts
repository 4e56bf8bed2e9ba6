import { connector, type Ends, loop, loopWidth } from './connector.js';
import type { GraphLink, GraphNode, Point, Size } from './graph.js';
import { layOut } from './layout.js';

/** A foreign key between boxes, and the heights at which its line meets them. */
export interface Line extends GraphLink, Ends {}

/** Boxes with their places, and the line of each foreign key as the data of an SVG path. */
export interface Placed extends Size {
  readonly places: ReadonlyMap<string, Point>;
  readonly paths: readonly string[];
}

const margin = 24;
/** Distance between the ends of a line from a field to itself. */
const loopHeight = 10;

/**
 * Lays out boxes and the foreign keys between them; children are left of their parents, and lines between the boxes.
 */
export function placeBoxes(boxes: readonly GraphNode[], lines: readonly Line[]): Placed {
  const looped = new Set(lines.filter(({ from, to }) => from === to).map(({ from }) => from));
  const nodes = boxes.map(({ id, width, height }) => ({ id, width: width + (looped.has(id) ? loopWidth : 0), height }));
  const laid = layOut(nodes, lines, { node: 24, column: 88 });
  const move = ({ x, y }: Point): Point => ({ x: x + margin, y: y + margin });
  const places = new Map([...laid.places].map(([id, place]) => [id, move(place)]));
  const widths = new Map(boxes.map(({ id, width }) => [id, width]));
  const paths = lines.map((line, index) => {
    const { from, to, fromY, toY } = line;
    const route = (laid.routes[index] ?? []).map(move);
    const { x, y } = places.get(from) ?? { x: 0, y: 0 };
    const right = x + (widths.get(from) ?? 0);
    if (from === to)
      return loop({ x: right, y: y + fromY }, { x: right, y: y + toY + (fromY === toY ? loopHeight : 0) }, line);
    return connector(attached(route, { places, widths }, line), line);
  });
  return { width: Math.ceil(laid.width) + 2 * margin, height: Math.ceil(laid.height) + 2 * margin, places, paths };
}

interface Sides {
  readonly places: ReadonlyMap<string, Point>;
  readonly widths: ReadonlyMap<string, number>;
}

/** A route whose ends are at the edges of its boxes, also where a box has room for a loop beside it. */
function attached(route: readonly Point[], { places, widths }: Sides, { from, to }: Line): readonly Point[] {
  const leadsRight = (route[0]?.x ?? 0) < (route[1]?.x ?? 0);
  const left = leadsRight ? from : to;
  const edge = (places.get(left)?.x ?? 0) + (widths.get(left) ?? 0);
  const end = leadsRight ? 0 : route.length - 1;
  return route.map((point, index) => (index === end ? { ...point, x: edge } : point));
}
