import type { RoutineFact, TypeRef } from './catalog.js';

/**
 * The type of a function's only input, if it could be a row: `full_name(users)` gives the type `users`. Does not check
 * whether the type is a relation's.
 */
export function rowOf({ kind, arguments: all }: RoutineFact): TypeRef | undefined {
  const [row, another] = all.filter(({ mode }) => mode !== 'out' && mode !== 'table');
  if (kind !== 'function' || !row || another || row.mode !== 'in') return undefined;
  return row.type.dimensions === undefined ? row.type : undefined;
}
