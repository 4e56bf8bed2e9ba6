import { isNode, listOf, parseNodeTree } from '../nullability/node-tree.js';
import type { RawCatalog } from '../raw-catalog.js';

type RawColumn = RawCatalog['columns'][number];

/** The table's column that a view's column shows, through views over views; undefined for expressions. */
export type OriginOf = (column: RawColumn) => RawColumn | undefined;

/**
 * An analysed query names the source of each plain column in `resorigtbl` and `resorigcol`: `TargetEntry` in PostgreSQL's
 * `primnodes.h`. A view's rule is parsed when one of its columns is asked for.
 */
export function originReader({ columns, rules }: Pick<RawCatalog, 'columns' | 'rules'>): OriginOf {
  const byNumber = new Map(columns.map((column) => [`${column.rel} ${column.num}`, column]));
  const trees = new Map(rules.map(({ view, tree }) => [view, tree]));
  const sources = new Map<number, ReadonlyMap<number, string>>();
  const sourcesOf = (view: number, tree: string) => {
    const read = sources.get(view) ?? targetSources(tree);
    sources.set(view, read);
    return read;
  };
  const originOf: OriginOf = (column) => {
    const tree = trees.get(column.rel);
    if (tree === undefined) return column;
    const source = byNumber.get(sourcesOf(column.rel, tree).get(column.num) ?? '');
    return source && source !== column ? originOf(source) : undefined;
  };
  return originOf;
}

function targetSources(tree: string): Map<number, string> {
  const [query] = listOf(parseNodeTree(tree));
  const targets = isNode(query) ? listOf(query.fields['targetList']) : [];
  return new Map(targets.flatMap((target) => (isNode(target) ? [[Number(target.fields['resno']), `${String(target.fields['resorigtbl'])} ${String(target.fields['resorigcol'])}`] as const] : [])));
}
