import type { Dimensions } from '../../catalog.js';
import { onceForEach } from '../../collections.js';
import { firstOwnOid } from '../../first-own-oid.js';
import { parseNodeTree } from '../node-tree.js';
import type { RawArrayFact, RawCatalog } from '../../raw-catalog.js';
import { columnNumbered, columnsByRelation } from '../../raw-columns.js';
import { viewColumns } from '../../view-columns.js';
import { DimensionReader } from './dimension-reader.js';

/** How many dimensions arrays have, of columns and of expressions. Relations go by their oids. */
export interface ArrayDimensions {
  /** As declared on a table; `unknown` where the query of a view does not tell. */
  readonly ofColumn: (relation: number, column: number) => Dimensions;
  /** The columns of an analysed query over these relations. */
  readonly ofQuery: (tree: string, arrays: readonly RawArrayFact[]) => readonly Dimensions[];
}

/** One list serves all views. */
const kindsOf = onceForEach((arrays: readonly RawArrayFact[]) => new Map(arrays.map(({ id, kind }) => [`${kind === 'type' ? 'type' : 'routine'} ${id}`, kind])));

export function createDimensions(raw: Pick<RawCatalog, 'columns' | 'types' | 'rules' | 'arrays'>): ArrayDimensions {
  const columns = columnsByRelation(raw.columns);
  const types = new Map(raw.types.map(({ id, element }) => [id, element !== null]));
  const ofView = viewColumns(raw.rules, (tree) => ofQuery(tree, raw.arrays));
  const ofColumn = (relation: number, column: number): Dimensions => {
    const told = ofView(relation);
    // CREATE TABLE AS declares none: one is what every array has, and what a dump of the table says.
    return told === undefined ? (columnNumbered(columns.get(relation), column)?.dims ?? 1) : (told[column - 1] ?? 'unknown');
  };
  const ofQuery: ArrayDimensions['ofQuery'] = (tree, arrays) => {
    const kinds = kindsOf(arrays);
    const reader = new DimensionReader({
      columnDimensions: ofColumn,
      isArrayType: (type) => kinds.has(`type ${type}`) || (types.get(type) ?? (type > 0 && type < firstOwnOid ? false : undefined)),
      routine: (routine) => {
        const kind = kinds.get(`routine ${routine}`);
        return kind === 'type' ? undefined : kind;
      },
    });
    // An array that is always empty, or null, is an array of one dimension as well as of any other.
    return reader.columns(parseNodeTree(tree)).map((dimensions) => (dimensions === 0 ? 1 : dimensions));
  };
  return { ofColumn, ofQuery };
}
