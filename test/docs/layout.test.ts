import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type Line, placeBoxes } from '../../src/docs/place.js';

/** Schemas of up to thirty tables, some of which refer to each other in circles, and some to themselves. */
const schemas = fc
  .record({
    sizes: fc.array(
      fc.record({ width: fc.integer({ min: 120, max: 300 }), height: fc.integer({ min: 34, max: 400 }) }),
      {
        minLength: 1,
        maxLength: 30,
      },
    ),
    keys: fc.array(fc.tuple(fc.nat(29), fc.nat(29), fc.boolean(), fc.boolean()), { maxLength: 60 }),
  })
  .map(({ sizes, keys }) => {
    const boxes = sizes.map((size, index) => ({ ...size, id: `table ${index}` }));
    const lines = keys.flatMap(([from, to, many, optional]): Line[] => {
      const [child, parent] = [boxes[from], boxes[to]];
      return child && parent ? [{ from: child.id, to: parent.id, fromY: 17, toY: 17, many, optional }] : [];
    });
    return { boxes, lines };
  });

interface Area {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

function areasOf({
  boxes,
  lines,
}: {
  readonly boxes: readonly { id: string; width: number; height: number }[];
  readonly lines: readonly Line[];
}) {
  const placed = placeBoxes(boxes, lines);
  const areas = boxes.map(({ id, width, height }): Area => {
    const { x, y } = placed.places.get(id) ?? { x: 0, y: 0 };
    return { left: x, right: x + width, top: y, bottom: y + height };
  });
  return { ...placed, areas };
}

/** Points of the line, without the signs at its ends, which are separate parts of the path. */
function pointsOf(path: string): { x: number; y: number }[] {
  const [line = ''] = path.slice(1).split('M');
  const steps = [...line.matchAll(/([MHC]?)([-\d. ]+)/g)];
  let [x, y] = [0, 0];
  return steps.flatMap(([, command = '', numbers = '']) => {
    const values = numbers.trim().split(' ').map(Number);
    const [startX, startY] = [x, y];
    [x, y] = command === 'H' ? [values[0] ?? 0, y] : [values.at(-2) ?? 0, values.at(-1) ?? 0];
    if (command === '') return [{ x, y }];
    const [controlX, controlToX] = command === 'C' ? [values[0] ?? 0, values[2] ?? 0] : [startX, x];
    return Array.from({ length: 21 }, (_, step) => {
      const t = step / 20;
      const [a, b, c, d] = [(1 - t) ** 3, 3 * (1 - t) ** 2 * t, 3 * (1 - t) * t ** 2, t ** 3];
      return { x: a * startX + b * controlX + c * controlToX + d * x, y: (a + b) * startY + (c + d) * y };
    });
  });
}

describe('the layout of a diagram', () => {
  test('lets no box overlap another, and keeps all within the drawing', () => {
    fc.assert(
      fc.property(schemas, (schema) => {
        const { areas, width, height } = areasOf(schema);
        for (const [index, one] of areas.entries()) {
          expect(one.left >= 0 && one.top >= 0 && one.right <= width && one.bottom <= height).toBe(true);
          for (const other of areas.slice(index + 1)) {
            const apart =
              one.right < other.left || other.right < one.left || one.bottom < other.top || other.bottom < one.top;
            expect(apart).toBe(true);
          }
        }
      }),
    );
  });

  test('leads no line through a box', () => {
    fc.assert(
      fc.property(schemas, (schema) => {
        const { areas, paths } = areasOf(schema);
        const inside = ({ x, y }: { x: number; y: number }) =>
          areas.some(({ left, right, top, bottom }) => x > left + 1 && x < right - 1 && y > top + 1 && y < bottom - 1);
        expect(paths.filter((path) => path === '' || pointsOf(path).some(inside))).toEqual([]);
      }),
    );
  });

  test('is the same every time', () => {
    fc.assert(
      fc.property(schemas, ({ boxes, lines }) => {
        expect(placeBoxes(boxes, lines)).toEqual(placeBoxes(boxes, lines));
      }),
    );
  });
});
