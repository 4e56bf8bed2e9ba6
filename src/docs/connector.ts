import { type PlacedBox, portOf } from './box.js';
import { curve, pointsOf } from './curve.js';
import type { Point } from './graph.js';
import type { LinkEntry } from './page.js';

/** Length of the sign at the end of a line. */
const reach = 16;
/** Room beside a box for a line from the box to itself. */
export const loopWidth = 40;
/** Least distance of a direct line to a box that it passes. */
const clearance = 6;

/** Boxes that a line connects, and those that it passes. */
export interface Route {
  readonly child: PlacedBox;
  readonly parent: PlacedBox;
  /** Points that the layout leads the line through. */
  readonly bends: readonly Point[];
  /** All boxes of the diagram. */
  readonly boxes: readonly PlacedBox[];
}

/**
 * SVG path of a foreign key from the child's field to the parent's. Its ends are in crow's foot notation: a foot for
 * many, a bar for one, a circle for perhaps none.
 */
export function connector(link: LinkEntry, { child, parent, bends, boxes }: Route): string {
  const { childField, parentField, many, optional } = link;
  const own = child.id === parent.id;
  const toRight = own || centre(child) < centre(parent);
  const [childSide, parentSide] = [toRight ? 1 : -1, toRight && !own ? -1 : 1];
  const from = { x: edgeOf(child, childSide), y: child.y + portOf(child, childField) };
  const shift = own && childField === parentField ? rowOffset : 0;
  const to = { x: edgeOf(parent, parentSide), y: parent.y + portOf(parent, parentField) + shift };
  const start = { x: from.x + childSide * reach, y: from.y };
  const end = { x: to.x + parentSide * reach, y: to.y };
  const line = own ? loop(start, end) : curve(isFree(start, end, boxes) ? [start, end] : [start, ...bends, end]);
  return [line, childEnd(from, childSide, many), parentEnd(to, parentSide, optional)].join('');
}

/** Distance between start and end of a line from a field to itself. */
const rowOffset = 10;

/** X of a box's edge: the left one for side -1, the right one for side 1. */
const edgeOf = ({ x, width }: PlacedBox, side: number) => (side < 0 ? x : x + width);
const centre = ({ x, width }: PlacedBox) => x + width / 2;

/** Whether the direct line crosses no box. Then the bends of the layout are not needed. */
function isFree(start: Point, end: Point, boxes: readonly PlacedBox[]): boolean {
  const points = pointsOf(start, end);
  return !boxes.some((box) => points.some((point) => isNear(point, box)));
}

function isNear({ x, y }: Point, box: PlacedBox): boolean {
  const isBeside = x > box.x - clearance && x < box.x + box.width + clearance;
  return isBeside && y > box.y - clearance && y < box.y + box.height + clearance;
}

function loop(start: Point, end: Point): string {
  return `M${start.x} ${start.y}C${start.x + 34} ${start.y} ${end.x + 34} ${end.y} ${end.x} ${end.y}`;
}

/** The sign at the child's end: a foot for many or a bar for one, and a circle, since a parent may have no child. */
function childEnd({ x, y }: Point, side: number, many: boolean): string {
  const foot = `M${x} ${y - 6}L${x + side * 10} ${y}L${x} ${y + 6}M${x} ${y}L${x + side * 10} ${y}`;
  const bar = `M${x + side * 6} ${y - 5}V${y + 5}M${x} ${y}H${x + side * 10}`;
  return (many ? foot : bar) + circle(x + side * 13, y);
}

function parentEnd({ x, y }: Point, side: number, optional: boolean): string {
  const bar = `M${x + side * 6} ${y - 5}V${y + 5}M${x} ${y}H${x + side * 10}`;
  return (
    bar +
    (optional
      ? circle(x + side * 13, y)
      : `M${x + side * 10} ${y - 5}V${y + 5}M${x + side * 10} ${y}H${x + side * reach}`)
  );
}

function circle(x: number, y: number): string {
  return `M${x - 3} ${y}a3 3 0 1 0 6 0a3 3 0 1 0 -6 0`;
}
