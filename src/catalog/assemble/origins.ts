import { isNode, listOf, parseNodeTree } from '../nullability/node-tree.js';
import type { RawCatalog } from '../raw-catalog.js';

type RawColumn = RawCatalog['columns'][number];

/** The column that each column of a view shows. */
export interface Origins {
  /** Of the table, through views over views; a table's column itself; undefined for expressions. */
  readonly originOf: (column: RawColumn) => RawColumn | undefined;
  /** The columns that a write to a column passes through: it, those of the views behind it, the table's. */
  readonly pathOf: (column: RawColumn) => readonly RawColumn[];
}

/**
 * An analysed query names the source of each plain column in `resorigtbl` and `resorigcol`: `TargetEntry` in PostgreSQL's
 * `primnodes.h`. A view's rule is parsed when one of its columns is asked for.
 */
export function originReader({ columns, rules }: Pick<RawCatalog, 'columns' | 'rules'>): Origins {
  const byNumber = new Map(columns.map((column) => [`${column.rel} ${column.num}`, column]));
  const trees = new Map(rules.map(({ view, tree }) => [view, tree]));
  const sources = new Map<number, ReadonlyMap<number, string>>();
  const sourcesOf = (view: number, tree: string) => {
    const read = sources.get(view) ?? targetSources(tree);
    sources.set(view, read);
    return read;
  };
  const sourceOf = (column: RawColumn) => {
    const tree = trees.get(column.rel);
    return tree === undefined ? undefined : byNumber.get(sourcesOf(column.rel, tree).get(column.num) ?? '');
  };
  const pathOf = (column: RawColumn): readonly RawColumn[] => {
    const path = [column];
    // Views that were replaced may show each other.
    for (let source = sourceOf(column); source && !path.includes(source); source = sourceOf(source)) path.push(source);
    return path;
  };
  const originOf = (column: RawColumn): RawColumn | undefined => {
    const last = pathOf(column).at(-1);
    return last && trees.has(last.rel) ? undefined : last;
  };
  return { originOf, pathOf };
}

function targetSources(tree: string): Map<number, string> {
  const [query] = listOf(parseNodeTree(tree));
  const targets = isNode(query) ? listOf(query.fields['targetList']) : [];
  return new Map(targets.flatMap((target) => (isNode(target) ? [[Number(target.fields['resno']), `${String(target.fields['resorigtbl'])} ${String(target.fields['resorigcol'])}`] as const] : [])));
}
