import type { RawCatalog } from './raw-catalog.js';

/**
 * What is told of the columns of views by their queries, each read once. `read` may ask for other views, and a view that reads itself
 * tells nothing about itself. Gives undefined for a relation that is no view.
 */
export function viewColumns<Told>(rules: RawCatalog['rules'], read: (tree: string) => readonly Told[]): (relation: number) => readonly Told[] | undefined {
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
