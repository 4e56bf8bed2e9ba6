import type { QualifiedName } from '../../catalog/catalog.js';
import type { RelationPath } from '../../catalog/home-schema.js';
import type { FilledColumn, StoredField } from '../stored-field.js';
import type { TsType } from '../ts-type.js';

/** A state, as the driver reads its column; a bigint is text here. */
export type StateValue = string | number | boolean;

/**
 * A state machine of a relation: its states, the allowed transitions between them, and where the state of a row is
 * kept.
 */
export interface StateMachine {
  /** What its functions are named after: `state` → `orderInState`, `transitionOrder`. */
  readonly name: string;
  /** The field of the model that has the state. */
  readonly field: string;
  /** The name of the union of all states: `TaskState`. */
  readonly typeName: string;
  /** The name of the array of all states: `taskStates`. */
  readonly valuesName: string;
  /** All states; absent if nothing lists them. */
  readonly states?: readonly StateValue[];
  /** The type of a state, and that of the field, which may have none. */
  readonly value: TsType;
  readonly type: TsType;
  /**
   * The state of a row without transitions, or the state in which a row is inserted; absent if that is null, or any
   * state.
   */
  readonly initial?: StateValue;
  /** The states that may come first, if there are several. */
  readonly first?: readonly StateValue[];
  /** For each state, the states that it may change to. */
  readonly graph?: { readonly [state: string]: readonly StateValue[] };
  /** A field of the model that is never null if there is a row. */
  readonly present: string;
  readonly storage: TransitionsStorage | ColumnStorage;
}

/** A state that is stored in a column of the relation. */
export interface ColumnStorage {
  readonly kind: 'column';
  readonly column: string;
  /** Whether a function changes it: the column can be updated, and a unique key identifies the row. */
  readonly isChanged: boolean;
}

/** A state that is computed: a table holds the transitions of each row, and the newest one led to the state. */
export interface TransitionsStorage {
  readonly kind: 'transitions';
  readonly transitions: QualifiedName & { readonly key: string; readonly path: RelationPath };
  /** The column of the transitions table that references the relation. */
  readonly foreignKey: string;
  /** The column of the relation that it references. */
  readonly parentColumn: string;
  /** The model's field for that column, and its type. */
  readonly parentField: string;
  readonly parentType: TsType;
  /** The column of the transitions table that holds the new state. */
  readonly toState: string;
  /** The `from_state` of a row's first transition; null if absent. */
  readonly before?: StateValue;
  /** What identifies the newest transition: a flag that at most one row has, or the highest number. */
  readonly newest: { readonly by: 'flag' | 'highest'; readonly column: string };
  /** The flag of the newest row, even if a number identifies it, and the flag's value in older rows. */
  readonly flag?: { readonly column: string; readonly older: false | null };
  /**
   * The key that ON CONFLICT names: any, unless the table has a deferrable one; none if only a deferrable key
   * identifies the newest transition.
   */
  readonly arbiter: 'any' | 'none' | { readonly columns: readonly string[]; readonly where?: string };
  /** The zones of filled times whose column has none; other times are the database's `now()`. */
  readonly zones: { readonly [column: string]: 'local time' | 'UTC time' };
  /** The column with the time of the transition, and its type if there may be no transition. */
  readonly changedAt?: { readonly column: string; readonly type: TsType };
  /** What a new transition writes in addition to its key and its state; absent if no row can be inserted. */
  readonly write?: TransitionWrite;
}

export interface TransitionWrite {
  /** The columns that any machine can fill, such as `sort_key`. */
  readonly known: readonly string[];
  /** The columns that the config fills: in a new row, and in an older one that loses its flag. */
  readonly filled: readonly FilledColumn[];
  /** The fields of the transition that the caller may or must provide. */
  readonly given: readonly StoredField[];
}
