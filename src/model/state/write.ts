import type { Column, Relation, TypeRef } from '../../catalog/catalog.js';
import type { StateMachine } from '../model.js';

/** The columns that `transitionX` knows how to fill, besides the foreign key and the state, and types that they can have. */
const filled: { readonly [column: string]: RegExp } = {
  from_state: /./,
  metadata: /^(jsonb?|text)$/,
  sort_key: /^(int[248]|numeric|float[48])$/,
  most_recent: /^bool$/,
  created_at: /^(timestamp|timestamptz|date)$/,
  updated_at: /^(timestamp|timestamptz|date)$/,
};

/** Of a domain, the type that it is over. */
export type BaseOf = (type: TypeRef) => TypeRef;

/**
 * The columns of a transitions table that `transitionX` can fill; undefined where the table has others that need a
 * value, which only the program knows.
 */
export function transitionWrite(transitions: Relation, foreignKey: string, baseOf: BaseOf): StateMachine['write'] {
  if (!transitions.insertable || unfilledColumns(transitions, foreignKey, baseOf).length > 0) return undefined;
  const { columns } = transitions;
  return Object.keys(filled).filter((name) =>
    columns.some((column) => column.name === name && isFilled(column, baseOf)),
  );
}

/** The columns that need a value, and that `transitionX` has none for. */
export function unfilledColumns(transitions: Relation, foreignKey: string, baseOf: BaseOf): readonly string[] {
  const unfilled = transitions.columns.filter(
    (column) =>
      column.notNull &&
      column.default === undefined &&
      !column.identity &&
      !column.generated &&
      ![toState, foreignKey].includes(column.name) &&
      !isFilled(column, baseOf),
  );
  return unfilled.map(({ name }) => name);
}

const toState = 'to_state';

function isFilled({ name, type, generated, identity }: Column, baseOf: BaseOf): boolean {
  const types = Object.hasOwn(filled, name) ? filled[name] : undefined;
  const base = baseOf(type);
  if (!types || generated || identity === 'always' || type.dimensions !== undefined) return false;
  return types.test(base.name);
}
