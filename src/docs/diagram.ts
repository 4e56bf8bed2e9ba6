import { type BoxContent, boxOf, type PlacedBox } from './box.js';
import { connector, loopWidth } from './connector.js';
import { layOut } from './layout.js';
import type { LinkEntry } from './page.js';

/** An entity-relationship diagram with all positions, before it is spelled as SVG. */
export interface Diagram {
  readonly width: number;
  readonly height: number;
  readonly boxes: readonly PlacedBox[];
  readonly connectors: readonly Connector[];
}

export interface Connector {
  readonly from: string;
  readonly to: string;
  /** The data of an SVG path: https://www.w3.org/TR/SVG2/paths.html#PathData. */
  readonly path: string;
}

const margin = 24;

/** Lays out models and the foreign keys between them; children are left of their parents. */
export function drawDiagram(contents: readonly BoxContent[], links: readonly LinkEntry[]): Diagram {
  const boxes = contents.map(boxOf);
  const known = new Map(boxes.map((box) => [box.id, box]));
  const drawn = links.filter(({ child, parent }) => known.has(child) && known.has(parent));
  const detailed = boxes.some(({ rows }) => rows.length > 0);
  const looped = new Set(drawn.filter(({ child, parent }) => child === parent).map(({ child }) => child));
  const { width, height, places, bends } = layOut(
    boxes.map((box) => (looped.has(box.id) ? { ...box, width: box.width + loopWidth } : box)),
    drawn.map(({ child, parent }) => ({ from: child, to: parent })),
    detailed ? { node: 32, rank: 64 } : { node: 18, rank: 64 },
  );
  const byId = new Map<string, PlacedBox>();
  for (const box of boxes) {
    const { x, y } = places.get(box.id) ?? { x: 0, y: 0 };
    byId.set(box.id, { ...box, x: Math.round(x) + margin, y: Math.round(y) + margin });
  }
  const placed = [...byId.values()];
  const connectors = drawn.flatMap((link, index) => {
    const [child, parent] = [byId.get(link.child), byId.get(link.parent)];
    if (!child || !parent) return [];
    const between = (bends.get(index) ?? []).map(({ x, y }) => ({
      x: Math.round(x) + margin,
      y: Math.round(y) + margin,
    }));
    const path = connector(link, { child, parent, bends: between, boxes: placed });
    return [{ from: link.child, to: link.parent, path }];
  });
  return { width: Math.ceil(width) + 2 * margin, height: Math.ceil(height) + 2 * margin, boxes: placed, connectors };
}
