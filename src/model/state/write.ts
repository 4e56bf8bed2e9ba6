import type { Relation } from '../../catalog/catalog.js';
import type { StateMachine } from '../model.js';

/** Columns that the transition function fills, besides the foreign key and the state. */
const filled = ['from_state', 'metadata', 'sort_key', 'most_recent', 'created_at', 'updated_at'] as const;

/**
 * Which of the columns that a transition writes the table has; undefined when it has others that need a value, which
 * nobody but the program knows.
 */
export function transitionWrite(transitions: Relation, foreignKey: string): StateMachine['write'] {
  const known = new Set<string>([...filled, 'to_state', foreignKey]);
  const needsMore = transitions.columns.some(
    ({ name, notNull, default: fallback, identity, generated }) => notNull && fallback === undefined && !identity && !generated && !known.has(name),
  );
  if (needsMore || !transitions.insertable) return undefined;
  return filled.filter((name) => transitions.columns.some((column) => column.name === name));
}
