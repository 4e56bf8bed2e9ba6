import { isNode, listOf, type PgNode, parseNodeTree, queryOf } from '../proofs/query-tree/node-tree.js';
import type { RawCatalog } from '../raw-catalog.js';
import { columnNumbered, columnsByRelation, type RawColumn } from '../raw-columns.js';

/** Where the values of a view's columns come from. */
export interface Origins {
  /**
   * The table column that a column shows, followed through nested views. A table's own column is its own origin; an
   * expression has none.
   */
  readonly originOf: (column: RawColumn) => RawColumn | undefined;
  /**
   * The columns that a write to a column passes through: the column itself, those of the views behind it, and the
   * table's.
   */
  readonly pathOf: (column: RawColumn) => readonly RawColumn[];
}

/**
 * Reads origins from the queries of views. An analysed query has the source of each plain column in `resorigtbl` and
 * `resorigcol`: see `TargetEntry` in PostgreSQL's `primnodes.h`. A view's rule is parsed when one of its columns is
 * first looked up.
 */
export function originReader({ columns, rules }: Pick<RawCatalog, 'columns' | 'rules'>): Origins {
  const byRelation = columnsByRelation(columns);
  const trees = new Map(rules.map(({ view, tree }) => [view, tree]));
  const sources = new Map<number, ReadonlyMap<number, Source>>();
  const sourcesOf = (view: number, tree: string) => {
    const read = sources.get(view) ?? targetSources(tree);
    sources.set(view, read);
    return read;
  };
  const sourceOf = (column: RawColumn) => {
    const tree = trees.get(column.rel);
    const source = tree === undefined ? undefined : sourcesOf(column.rel, tree).get(column.num);
    return source && columnNumbered(byRelation.get(source.relation), source.column);
  };
  const pathOf = (column: RawColumn): readonly RawColumn[] => {
    const path = [column];
    // Views can refer to each other after CREATE OR REPLACE VIEW.
    for (let source = sourceOf(column); source && !path.includes(source); source = sourceOf(source)) path.push(source);
    return path;
  };
  const originOf = (column: RawColumn): RawColumn | undefined => {
    const last = pathOf(column).at(-1);
    return last && trees.has(last.rel) ? undefined : last;
  };
  return { originOf, pathOf };
}

/** The source of a view's column: a relation's oid, and the column's number in it. */
interface Source {
  readonly relation: number;
  readonly column: number;
}

function targetSources(tree: string): Map<number, Source> {
  const query = queryOf(parseNodeTree(tree));
  const targets = listOf(query?.fields['targetList']).filter(isNode);
  const sourceOf = ({ resorigtbl, resorigcol }: PgNode['fields']): Source => ({
    relation: Number(resorigtbl),
    column: Number(resorigcol),
  });
  return new Map(targets.map(({ fields }) => [Number(fields['resno']), sourceOf(fields)]));
}
