import type { Dimensions } from '../../catalog.js';
import { onceForEach } from '../../collections.js';
import { firstOwnOid } from '../../query/common.js';
import type { RawArrayFact, RawCatalog } from '../../raw-catalog.js';
import { columnNumbered, columnsByRelation } from '../../raw-columns.js';
import { parseNodeTree } from '../query-tree/node-tree.js';
import { viewColumns } from '../query-tree/view-columns.js';
import { DimensionReader } from './dimension-reader.js';

/** How many dimensions arrays have, of columns and of expressions. Relations go by their oids. */
export interface ArrayDimensions {
  /** As declared on a table; `unknown` where the query of a view does not tell. */
  readonly ofColumn: (relation: number, column: number) => Dimensions;
  /** The columns of an analysed query over these relations. */
  readonly ofQuery: (tree: string, arrays: readonly RawArrayFact[]) => readonly Dimensions[];
}

/**
 * What is known of built-in array types and functions, by their oids; made once for each list, since one serves all
 * views.
 */
const builtinsOf = onceForEach((arrays: readonly RawArrayFact[]) => {
  const types = new Set<number>();
  const routines = new Map<number, Exclude<RawArrayFact['kind'], 'type'>>();
  for (const { id, kind } of arrays) {
    if (kind === 'type') types.add(id);
    else routines.set(id, kind);
  }
  return { types, routines };
});

export function createDimensions(raw: Pick<RawCatalog, 'columns' | 'types' | 'rules' | 'arrays'>): ArrayDimensions {
  const columns = columnsByRelation(raw.columns);
  /** Whether each type that the schema mentions is an array. */
  const types = new Map(raw.types.map(({ id, element }) => [id, element !== null]));
  const ofView = viewColumns(raw.rules, (tree) => ofQuery(tree, raw.arrays));
  const ofColumn = (relation: number, column: number): Dimensions => {
    const told = ofView(relation);
    if (told !== undefined) return told[column - 1] ?? 'unknown';
    // CREATE TABLE AS declares none: one is what every array has, and what a dump of the table says.
    return columnNumbered(columns.get(relation), column)?.dims ?? 1;
  };
  const ofQuery: ArrayDimensions['ofQuery'] = (tree, arrays) => {
    const builtins = builtinsOf(arrays);
    const isArrayType = (type: number): boolean | undefined => {
      if (builtins.types.has(type)) return true;
      const comesWithServer = type > 0 && type < firstOwnOid;
      return types.get(type) ?? (comesWithServer ? false : undefined);
    };
    const routine = (id: number) => builtins.routines.get(id);
    const reader = new DimensionReader({ columnDimensions: ofColumn, isArrayType, routine });
    // An array that is always empty, or null, is an array of one dimension as well as of any other.
    return reader.columns(parseNodeTree(tree)).map((dimensions) => (dimensions === 0 ? 1 : dimensions));
  };
  return { ofColumn, ofQuery };
}
