import type { Point } from './graph.js';

/**
 * Data of an SVG path through all points, horizontal at each of them: https://www.w3.org/TR/SVG2/paths.html#PathData.
 */
export function curve([first, ...others]: readonly Point[]): string {
  if (!first) return '';
  let [last, path] = [first, `M${first.x} ${first.y}`];
  for (const point of others) {
    const middle = Math.round((last.x + point.x) / 2);
    path += last.y === point.y ? `H${point.x}` : `C${middle} ${last.y} ${middle} ${point.y} ${point.x} ${point.y}`;
    last = point;
  }
  return path;
}
