import { type Box, type BoxContent, boxOf, type PlacedBox, portOf } from './box.js';
import type { LinkEntry } from './page.js';
import { type Line, placeBoxes } from './place.js';

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

/** Lays out models and the foreign keys between them. */
export function drawDiagram(contents: readonly BoxContent[], links: readonly LinkEntry[]): Diagram {
  const boxes = contents.map(boxOf);
  const lines = linesOf(boxes, links);
  const { width, height, places, paths } = placeBoxes(boxes, lines);
  return {
    width,
    height,
    boxes: boxes.map((box) => ({ ...box, ...(places.get(box.id) ?? { x: 0, y: 0 }) })),
    connectors: lines.map(({ from, to }, index) => ({ from, to, path: paths[index] ?? '' })),
  };
}

/** The foreign keys between boxes, from field to field. */
export function linesOf(boxes: readonly Box[], links: readonly LinkEntry[]): Line[] {
  const known = new Map(boxes.map((box) => [box.id, box]));
  return links.flatMap(({ child, parent, childField, parentField, many, optional }) => {
    const [from, to] = [known.get(child), known.get(parent)];
    if (!from || !to) return [];
    return [{ from: child, to: parent, fromY: portOf(from, childField), toY: portOf(to, parentField), many, optional }];
  });
}
