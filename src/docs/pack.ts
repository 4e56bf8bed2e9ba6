import type { Point, Size } from './graph.js';

/** Width of a screen in relation to its height, about. */
const aspect = 1.6;

/** Places boxes in rows, the tallest first, so that together they have about the shape of a screen. */
export function pack(boxes: readonly Size[], gap: number): Size & { readonly corners: readonly Point[] } {
  const area = boxes.reduce((sum, { width, height }) => sum + (width + gap) * (height + gap), 0);
  const widest = Math.max(0, ...boxes.map(({ width }) => width));
  const limit = Math.max(widest, Math.sqrt(area * aspect));
  const corners: Point[] = [];
  const order = [...boxes.keys()].sort((a, b) => (boxes[b]?.height ?? 0) - (boxes[a]?.height ?? 0) || a - b);
  let [x, y, rowHeight, width] = [0, 0, 0, 0];
  for (const index of order) {
    const box = boxes[index] ?? { width: 0, height: 0 };
    if (x > 0 && x + box.width > limit) [x, y, rowHeight] = [0, y + rowHeight + gap, 0];
    corners[index] = { x, y };
    width = Math.max(width, x + box.width);
    x += box.width + gap;
    rowHeight = Math.max(rowHeight, box.height);
  }
  return { width, height: y + rowHeight, corners };
}
