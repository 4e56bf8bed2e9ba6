import type { RawCatalog } from '../../raw-catalog.js';

/**
 * A function that tells something about the columns of a view, by its query, which is read once; undefined for a
 * relation that is no view. `read` may ask for other views. A view that reads itself is told nothing about itself.
 */
export function viewColumns<Told>(
  rules: RawCatalog['rules'],
  read: (tree: string) => readonly Told[],
): (relation: number) => readonly Told[] | undefined {
  const trees = new Map(rules.map(({ view, tree }) => [view, tree]));
  const views = new Map<number, readonly Told[]>();
  return (relation) => {
    const tree = trees.get(relation);
    const known = views.get(relation);
    if (tree === undefined || known) return known;
    views.set(relation, []);
    const columns = read(tree);
    views.set(relation, columns);
    return columns;
  };
}
