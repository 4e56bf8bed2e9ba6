import type { Catalog } from '../catalog/catalog.js';

/** What an output's size goes by. */
export const columnCount = ({ relations }: Catalog): number => relations.reduce((sum, { columns }) => sum + columns.length, 0);
