import type { Column, Relation } from '../catalog.js';
import { byNameKey, nameKey } from '../name-key.js';

/**
 * Puts the columns of each inheriting table in the order that survives a dump and restore: the parents' columns first,
 * in the parents' order, then its own. Until a restore, a column that the parent got later comes after the table's own
 * columns. Partitions keep their order, because a dump creates each one as a table of its own.
 *
 *     create table parent (a int); create table child (b int) inherits (parent); alter table parent add c int;
 *
 * creates `child` with the columns a, b, c. After a restore they are a, c, b.
 */
export function inheritedFirst(relations: readonly Relation[]): readonly Relation[] {
  const inherits = ({ kind, parents }: Relation) => parents !== undefined && kind !== 'partition';
  if (!relations.some(inherits)) return relations;
  const named = byNameKey(relations);
  const ordered = (relation: Relation): readonly Column[] => {
    if (!inherits(relation)) return relation.columns;
    const inherited = (relation.parents ?? []).flatMap((parent) => {
      const found = named.get(nameKey(parent));
      return found ? ordered(found).map(({ name }) => name) : [];
    });
    const own = new Map(relation.columns.map((column) => [column.name, column]));
    const names = new Set([...inherited.filter((name) => own.has(name)), ...own.keys()]);
    return [...names].flatMap((name) => own.get(name) ?? []);
  };
  return relations.map((relation) => (inherits(relation) ? { ...relation, columns: ordered(relation) } : relation));
}
