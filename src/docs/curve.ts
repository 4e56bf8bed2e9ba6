import type { Point } from './graph.js';

/**
 * Data of an SVG path through all points, horizontal at each of them: https://www.w3.org/TR/SVG2/paths.html#PathData.
 */
export function curve([first, ...others]: readonly Point[]): string {
  if (!first) return '';
  let [last, path] = [first, `M${first.x} ${first.y}`];
  for (const point of others) {
    const middle = Math.round((last.x + point.x) / 2);
    path += `C${middle} ${last.y} ${middle} ${point.y} ${point.x} ${point.y}`;
    last = point;
  }
  return path;
}

/** Sample points on the curve from one point to another. */
export function pointsOf(from: Point, to: Point): Point[] {
  return Array.from({ length: 33 }, (_, step) => {
    const t = step / 32;
    const [a, b, c, d] = [(1 - t) ** 3, 3 * (1 - t) ** 2 * t, 3 * (1 - t) * t ** 2, t ** 3];
    const middle = (from.x + to.x) / 2;
    return { x: a * from.x + (b + c) * middle + d * to.x, y: (a + b) * from.y + (c + d) * to.y };
  });
}
