import type { Column, Relation } from '../catalog.js';
import { byNameKey, nameKey } from '../name-key.js';

/**
 * The relations, with the columns of each table that inherits in the one order that a dump keeps: those of its parents
 * first, in theirs, then its own. A column that a parent got later stands behind the own ones until the table is
 * restored. Partitions keep their order: a dump creates them by themselves.
 *
 *     create table parent (a int); create table child (b int) inherits (parent); alter table parent add c int;
 *
 * gives `child` the columns a, b, c, and a, c, b when it is restored.
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
