import type { Column, Relation } from '../../catalog/catalog.js';
import type { BaseOf } from '../filled.js';
import type { FilledColumn, StoredField } from '../stored-field.js';
import { toState } from './detect.js';
import type { StateValue, TransitionsStorage, TransitionWrite } from './state-machine.js';

export const fromState = 'from_state';

/**
 * The columns that every machine knows how to fill, besides the foreign key and the state, and types that they can
 * have.
 */
const known: { readonly [column: string]: RegExp } = {
  [fromState]: /./,
  sort_key: /^(int[248]|numeric|float[48])$/,
  most_recent: /^bool$/,
  created_at: /^(timestamp|timestamptz|date)$/,
  updated_at: /^(timestamp|timestamptz|date)$/,
};

/** A table of transitions, and what its model knows of it. */
export interface WrittenTable {
  readonly transitions: Relation;
  readonly foreignKey: string;
  readonly stored: readonly StoredField[];
  readonly baseOf: BaseOf;
  /** The state of a row without transitions, from which its first one leads. */
  readonly initial: StateValue | undefined;
}

/**
 * What a new transition writes: columns that are known, those that the config fills, and fields that the caller gives.
 */
export function transitionWrite(table: WrittenTable): TransitionWrite | undefined {
  const { transitions, foreignKey, stored } = table;
  if (!transitions.insertable) return undefined;
  const filled = stored.flatMap(({ column, filled: by }): FilledColumn[] => (by ? [{ column, ...by }] : []));
  const isSaid = (name: string) => filled.some(({ column }) => column === name);
  const own = Object.keys(known).filter((name) =>
    transitions.columns.some((column) => column.name === name && !isSaid(name) && isKnown(column, table)),
  );
  const taken = new Set([...own, foreignKey, toState, ...numberedKey(transitions)]);
  const given = stored.flatMap((field): StoredField[] => {
    if (!field.insert || taken.has(field.column)) return [];
    return field.filled?.insert !== undefined ? [{ ...field, insert: { ...field.insert, optional: true } }] : [field];
  });
  return { known: own, filled, given };
}

/** The zones of the times that are filled; the database's own `now()` where nothing is said. */
export function filledTimes({ known: own, filled }: TransitionWrite): readonly string[] {
  const times = filled.filter(({ insert, update }) => insert === 'now' || update === 'now');
  return [...own.filter((name) => name.endsWith('_at')), ...times.map(({ column }) => column)];
}

/** A primary key that the database numbers: nobody gives it. */
function numberedKey({ primaryKey, columns }: Relation): readonly string[] {
  return (primaryKey?.columns ?? []).filter((name) =>
    columns.some((column) => column.name === name && (column.default !== undefined || column.identity)),
  );
}

function isKnown({ name, type, notNull, generated, identity }: Column, { baseOf, initial }: WrittenTable): boolean {
  const types = Object.hasOwn(known, name) ? known[name] : undefined;
  if (!types || generated || identity === 'always' || type.dimensions !== undefined) return false;
  if (name === fromState && notNull && initial === undefined) return false;
  return types.test(baseOf(type).name);
}

/**
 * The key that ON CONFLICT names. Postgres refuses a deferrable one there, and all of a table's keys where none is
 * named: then the one is named that tells the newest transition.
 */
export function arbiterOf(
  { primaryKey, uniques, indexes }: Relation,
  parent: string,
  newest: TransitionsStorage['newest'],
): TransitionsStorage['arbiter'] {
  const keys = [...(primaryKey ? [primaryKey] : []), ...uniques];
  if (!keys.some(({ deferrable }) => deferrable)) return 'any';
  if (newest.by === 'flag') {
    const index = indexes.find(
      ({ unique, columns, predicate }) =>
        unique && predicate !== undefined && columns.every((name) => name === parent || name === newest.column),
    );
    return index ? { columns: index.columns.map(String), where: newest.column } : 'none';
  }
  const whole = indexes.filter(({ unique, predicate }) => unique && predicate === undefined);
  const immediate = [...keys.filter(({ deferrable }) => !deferrable), ...whole];
  const told = [parent, newest.column];
  const found = immediate.find(({ columns }) => columns.length === 2 && told.every((name) => columns.includes(name)));
  return found ? { columns: told } : 'none';
}
