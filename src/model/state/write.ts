import type { Relation } from '../../catalog/catalog.js';
import type { StateMachine } from '../model.js';

/** The columns that `transitionX` knows how to fill, besides the foreign key and the state. */
const filled = ['from_state', 'metadata', 'sort_key', 'most_recent', 'created_at', 'updated_at'] as const;

/**
 * The columns of a transitions table that `transitionX` can fill; undefined where the table has others that need a
 * value, which only the program knows.
 */
export function transitionWrite(transitions: Relation, foreignKey: string): StateMachine['write'] {
  const known = new Set<string>([...filled, 'to_state', foreignKey]);
  const needsMore = transitions.columns.some(
    ({ name, notNull, default: fallback, identity, generated }) =>
      notNull && fallback === undefined && !identity && !generated && !known.has(name),
  );
  if (needsMore || !transitions.insertable) return undefined;
  return filled.filter((name) => transitions.columns.some((column) => column.name === name));
}
