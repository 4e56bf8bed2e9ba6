import type { Column, Relation } from '../../catalog/catalog.js';
import type { BaseOf } from '../filled.js';
import type { FilledColumn, StoredField } from '../stored-field.js';
import { toState } from './detect.js';
import type { StateValue, TransitionsStorage, TransitionWrite } from './state-machine.js';

export const fromState = 'from_state';

/**
 * The columns that every machine can fill, in addition to the foreign key and the state, with the types that they can
 * have.
 */
const known: { readonly [column: string]: RegExp } = {
  [fromState]: /./,
  sort_key: /^(int[248]|numeric|float[48])$/,
  most_recent: /^bool$/,
  created_at: /^(timestamp|timestamptz|date)$/,
  updated_at: /^(timestamp|timestamptz|date)$/,
};

/** A table of transitions, and what its model knows about it. */
export interface WrittenTable {
  readonly transitions: Relation;
  readonly foreignKey: string;
  readonly stored: readonly StoredField[];
  readonly baseOf: BaseOf;
  /** The state of a row without transitions, from which its first transition leads. */
  readonly initial: StateValue | undefined;
}

/** What a new transition writes: known columns, those that the config fills, and fields that the caller provides. */
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

/** The names of the columns that are filled with a time. */
export function filledTimes({ known: own, filled }: TransitionWrite): readonly string[] {
  const times = filled.filter(({ insert, update }) => insert === 'now' || update === 'now');
  return [...own.filter((name) => name.endsWith('_at')), ...times.map(({ column }) => column)];
}

/** A primary key that the database numbers: callers do not provide it. */
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
 * The key that ON CONFLICT names. Postgres refuses a deferrable key there, and all keys of a table that has one if none
 * is named; then the key that identifies the newest transition is named.
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
