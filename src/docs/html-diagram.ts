import { type BoxRow, headerHeight, rowHeight } from './box.js';
import type { Diagram } from './diagram.js';

/** The context of `docs.diagram.hbs`. */
export function diagramContext({ width, height, boxes, connectors }: Diagram, label: string) {
  return {
    width,
    height,
    label,
    connectors,
    boxes: boxes.map((box) => ({
      id: box.id,
      x: box.x,
      y: box.y,
      width: box.width,
      height: box.height,
      title: box.title,
      label: box.label,
      hasRows: box.rows.length > 0,
      headerHeight,
      typeX: box.width - 12,
      rows: box.rows.map((row, index) => ({
        ...row,
        y: headerHeight + 4 + index * rowHeight,
        sign: signs[row.mark],
        first: startsComputed(box.rows, index),
      })),
    })),
  };
}

/** Signs before fields, so that they can be told apart without colours. */
const signs: { readonly [Mark in BoxRow['mark']]: string } = {
  primary: 'PK',
  foreign: 'FK',
  stored: '',
  generated: '⚙',
  computed: 'ƒ',
  more: '',
};

/** Whether the row is the first computed field below others. */
function startsComputed(rows: readonly BoxRow[], index: number): boolean {
  return index > 0 && rows[index]?.mark === 'computed' && rows[index - 1]?.mark !== 'computed';
}
