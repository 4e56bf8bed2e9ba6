import { curve } from './curve.js';
import type { Point } from './graph.js';

/** What a foreign key says about the rows at its ends. */
export interface Ends {
  /** Whether a parent may have more than one child. */
  readonly many: boolean;
  /** Whether a child may have no parent. */
  readonly optional: boolean;
}

/** Length of the sign at the end of a line. */
const reach = 16;
/** Room beside a box for a line from the box to itself. */
export const loopWidth = 40;

/**
 * SVG path of a foreign key from the child's field to the parent's. Its ends are in crow's foot notation: a foot for
 * many, a bar for one, a circle for perhaps none.
 */
export function connector(route: readonly Point[], { many, optional }: Ends): string {
  const [from, next] = route;
  const [before, to] = route.slice(-2);
  if (!from || !next || !before || !to) return '';
  return [
    curve(route),
    childEnd(from, Math.sign(next.x - from.x), many),
    parentEnd(to, Math.sign(before.x - to.x), optional),
  ].join('');
}

/** The same for a foreign key that leads to its own table: a loop at the right side of the box. */
export function loop(from: Point, to: Point, { many, optional }: Ends): string {
  const [start, end] = [from.x + reach, to.x + reach];
  const line = `M${start} ${from.y}C${start + 34} ${from.y} ${end + 34} ${to.y} ${end} ${to.y}`;
  return [line, childEnd(from, 1, many), parentEnd(to, 1, optional)].join('');
}

/** The sign at the child's end: a foot for many or a bar for one, and a circle, since a parent may have no child. */
function childEnd({ x, y }: Point, side: number, many: boolean): string {
  const foot = `M${x} ${y - 6}L${x + side * 10} ${y}L${x} ${y + 6}`;
  const bar = `M${x + side * 6} ${y - 5}V${y + 5}`;
  return (many ? foot : bar) + circle(x + side * 13, y);
}

function parentEnd({ x, y }: Point, side: number, optional: boolean): string {
  const bar = `M${x + side * 6} ${y - 5}V${y + 5}`;
  return bar + (optional ? circle(x + side * 13, y) : `M${x + side * 10} ${y - 5}V${y + 5}`);
}

function circle(x: number, y: number): string {
  return `M${x - 3} ${y}a3 3 0 1 0 6 0a3 3 0 1 0 -6 0`;
}
