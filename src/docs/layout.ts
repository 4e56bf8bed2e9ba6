import { type Columns, columnsOf, type Item, mean, ranksOf } from './columns.js';
import { components } from './components.js';
import type { Gaps, GraphLink, GraphNode, Layout, Point } from './graph.js';
import { pack } from './pack.js';

/** Fewest nodes in a column that is broken into several. */
const fewest = 6;
/** Most nodes of a part whose links are drawn: nobody could follow more, and to find their ways would take long. */
const mostLinked = 500;
/** Width of a screen in relation to its height, about. */
const aspect = 1.6;
/** Part of the gap between columns, at each of its sides, in which lines are straight. */
export const straight = 16;

/**
 * Lays out a graph from left to right, each connected part by itself. The same graph always gives the same layout, in
 * Node and in the page, which lays out what a filter leaves (`scripts/page-script.ts`).
 */
export function layOut(nodes: readonly GraphNode[], links: readonly GraphLink[], gaps: Gaps): Layout {
  const between = links.filter(({ from, to }) => from !== to);
  const partOf = new Map<string, number>();
  const grouped = components(nodes, between);
  for (const [index, part] of grouped.entries()) for (const { id } of part) partOf.set(id, index);
  const parts = grouped.map((part, index) =>
    layOutPart(part, part.length > mostLinked ? [] : between.filter(({ from }) => partOf.get(from) === index), gaps),
  );
  const { width, height, corners } = pack(parts, gaps.node * 2);
  const places = new Map<string, Point>();
  const routes = new Map<GraphLink, readonly Point[]>();
  for (const [index, part] of parts.entries()) {
    const corner = corners[index] ?? { x: 0, y: 0 };
    const move = ({ x, y }: Point): Point => ({ x: Math.round(x + corner.x), y: Math.round(y + corner.y) });
    for (const [id, place] of part.places) places.set(id, move(place));
    for (const [link, points] of part.routes) routes.set(link, points.map(move));
  }
  return { width, height, places, routes: links.map((link) => routes.get(link) ?? []) };
}

interface Part {
  readonly width: number;
  readonly height: number;
  readonly places: ReadonlyMap<string, Point>;
  readonly routes: ReadonlyMap<GraphLink, readonly Point[]>;
}

/** Breaks long columns, as far as the part then has about the shape of a screen. */
function layOutPart(nodes: readonly GraphNode[], links: readonly GraphLink[], gaps: Gaps): Part {
  const place = (longest: number) => placeColumns(columnsOf(nodes, links, longest), links, gaps);
  const most = Math.max(...ranksOf(nodes, links).map(({ length }) => length));
  let part = place(fewest);
  for (let longest = fewest + 2; part.width > part.height * aspect && longest < most + 2; longest += 2)
    part = place(longest);
  return part;
}

function placeColumns({ columns, passed }: Columns, links: readonly GraphLink[], gaps: Gaps): Part {
  const tops = placeItems(columns, gaps.node);
  const sides = new Map<Item, { readonly left: number; readonly right: number }>();
  const places = new Map<string, Point>();
  let [left, height] = [0, 0];
  for (const column of columns) {
    const right = left + Math.max(...column.map(({ width }) => width));
    for (const item of column) {
      const y = tops.get(item) ?? 0;
      sides.set(item, { left, right });
      places.set(item.id, { x: left, y });
      height = Math.max(height, y + item.height);
    }
    left = right + gaps.column;
  }
  const routes = new Map(
    links.map((link, index) => {
      const path = passed[index] ?? [];
      const forward = path[0]?.id === link.from;
      const [startY, endY] = forward ? [link.fromY, link.toY] : [link.toY, link.fromY];
      const points = path.flatMap((item, step): Point[] => {
        const { left: before, right: behind } = sides.get(item) ?? { left: 0, right: 0 };
        const top = tops.get(item) ?? 0;
        const [start, end] = [before - straight, behind + straight];
        if (step === 0)
          return [
            { x: before + item.width, y: top + startY },
            { x: end, y: top + startY },
          ];
        if (step === path.length - 1)
          return [
            { x: start, y: top + endY },
            { x: before, y: top + endY },
          ];
        const middle = top + item.height / 2;
        return [
          { x: start, y: middle },
          { x: end, y: middle },
        ];
      });
      return [link, forward ? points : points.reverse()];
    }),
  );
  return { width: left - gaps.column, height, places, routes };
}

/** The top of each item: as near to what it is linked with as its column allows. */
function placeItems(columns: readonly Item[][], gap: number): ReadonlyMap<Item, number> {
  const tops = new Map<Item, number>();
  const middle = (item: Item) => (tops.get(item) ?? 0) + item.height / 2;
  for (const column of columns) stack(column, () => undefined, tops, gap);
  for (let sweep = 0; sweep < 6; sweep++) {
    const side = sweep % 2 === 0 ? 'before' : 'behind';
    for (const column of side === 'before' ? columns : [...columns].reverse())
      stack(
        column,
        (item) => mean(item[side].map(middle)) ?? mean([...item.before, ...item.behind].map(middle)),
        tops,
        gap,
      );
  }
  const highest = Math.min(...tops.values());
  for (const [item, top] of tops) tops.set(item, top - highest);
  return tops;
}

/** Stacks the items of a column in their order, each where it wishes its middle to be, or below the one before. */
function stack(
  column: readonly Item[],
  wish: (item: Item) => number | undefined,
  tops: Map<Item, number>,
  gap: number,
): void {
  const wished = column.map((item) => {
    const middle = wish(item);
    return middle === undefined ? undefined : middle - item.height / 2;
  });
  let bottom = Number.NEGATIVE_INFINITY;
  const placed = column.map((item, index) => {
    const least = Number.isFinite(bottom) ? bottom + gap : (wished[index] ?? 0);
    const top = Math.max(least, wished[index] ?? least);
    bottom = top + item.height;
    return top;
  });
  // Whoever was pushed down pulls the whole column up, so that all together are as near as they can be.
  const shift = mean(placed.flatMap((top, index) => (wished[index] === undefined ? [] : [wished[index] - top]))) ?? 0;
  for (const [index, item] of column.entries()) tops.set(item, (placed[index] ?? 0) + shift);
}
