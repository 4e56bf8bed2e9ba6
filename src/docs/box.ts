import { shorten, textWidth } from './text-width.js';

/** Content of a model's box in a diagram: a title, and rows for its fields. */
export interface BoxContent {
  readonly id: string;
  readonly title: string;
  /** The box in words, for screen readers and tooltips. */
  readonly label: string;
  readonly rows: readonly BoxRow[];
}

export interface BoxRow {
  readonly field: string;
  readonly type: string;
  readonly mark: 'primary' | 'foreign' | 'stored' | 'generated' | 'computed' | 'more';
}

/** A box with its size, in pixels, and its texts cut to fit. */
export interface Box extends BoxContent {
  readonly width: number;
  readonly height: number;
}

export interface PlacedBox extends Box {
  readonly x: number;
  readonly y: number;
}

export const headerHeight = 34;
export const rowHeight = 21;
const [rowsBelow, marksWidth, gapWidth, narrowest] = [8, 30, 20, 120];
const [longestTitle, longestField, longestType] = [32, 26, 16];

export function boxOf(content: BoxContent): Box {
  const title = shorten(content.title, longestTitle);
  const rows = content.rows.map((row) => ({
    ...row,
    field: shorten(row.field, longestField),
    type: shorten(row.type, longestType),
  }));
  const typeWidth = (type: string) => (type === '' ? 0 : gapWidth + textWidth(type, 6.7));
  const rowWidth = ({ field, type }: BoxRow) => marksWidth + textWidth(field, 7.3) + typeWidth(type) + 12;
  const width = Math.ceil(Math.max(narrowest, textWidth(title, 9) + 28, ...rows.map(rowWidth)));
  const rowsHeight = rows.length > 0 ? rows.length * rowHeight + rowsBelow : 0;
  return { ...content, title, rows, width, height: headerHeight + rowsHeight };
}

/** Height at which a line for a field meets the box, from its top: that of the field's row, or of the title. */
export function portOf({ rows }: Box, field: string): number {
  const index = rows.findIndex((row) => row.field === shorten(field, longestField));
  return index < 0 ? headerHeight / 2 : headerHeight + 4 + index * rowHeight + rowHeight / 2;
}
