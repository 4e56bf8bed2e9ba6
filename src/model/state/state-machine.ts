import type { QualifiedName } from '../../catalog/catalog.js';
import type { RelationPath } from '../../catalog/home-schema.js';
import type { FilledColumn, StoredField } from '../stored-field.js';
import type { TsType } from '../ts-type.js';

/** A state, as the driver reads its column; a bigint is text here. */
export type StateValue = string | number | boolean;

/** A state machine of a relation: its states, which may follow which, and what keeps the state of a row. */
export interface StateMachine {
  /** What its functions are called after: `state` → `orderInState`, `transitionOrder`. */
  readonly name: string;
  /** The field of the model that has the state. */
  readonly field: string;
  /** The name of the union of all states: `TaskState`. */
  readonly typeName: string;
  /** The name of the array of all states: `taskStates`. */
  readonly valuesName: string;
  /** All states; absent where nothing lists them. */
  readonly states?: readonly StateValue[];
  /** The type of a state, and that of the field, where there may be none. */
  readonly value: TsType;
  readonly type: TsType;
  /** The state of a row without transitions, or that in which a row is inserted; absent where it is null, or any. */
  readonly initial?: StateValue;
  /** The states that may come first, where they are several. */
  readonly first?: readonly StateValue[];
  /** For each state, those that it may change to. */
  readonly graph?: { readonly [state: string]: readonly StateValue[] };
  /** A field of the model that is never null where there is a row. */
  readonly present: string;
  readonly storage: TransitionsStorage | ColumnStorage;
}

/** A state that is stored: it is what a column of the relation holds. */
export interface ColumnStorage {
  readonly kind: 'column';
  readonly column: string;
  /** Whether a function changes it: the column can be updated, and a unique key tells the row. */
  readonly isChanged: boolean;
}

/** A state that is computed: a table keeps the transitions of each row, of which the newest led to it. */
export interface TransitionsStorage {
  readonly kind: 'transitions';
  readonly transitions: QualifiedName & { readonly key: string; readonly path: RelationPath };
  /** The column of the transitions table that points at the relation. */
  readonly foreignKey: string;
  /** The column of the relation that it points at. */
  readonly parentColumn: string;
  /** The model's field for that column, and its type. */
  readonly parentField: string;
  readonly parentType: TsType;
  /** The column of the transitions table that holds the new state. */
  readonly toState: string;
  /** The `from_state` of a row's first transition; null where absent. */
  readonly before?: StateValue;
  /** What tells the newest transition: a flag that at most one row has, or the highest number. */
  readonly newest: { readonly by: 'flag' | 'highest'; readonly column: string };
  /** The flag of the newest row, also where its number tells it, and what it is in older rows. */
  readonly flag?: { readonly column: string; readonly older: false | null };
  /**
   * The key that ON CONFLICT names: any, unless the table has one that is deferrable; none where that is the only one
   * that tells the newest transition.
   */
  readonly arbiter: 'any' | 'none' | { readonly columns: readonly string[]; readonly where?: string };
  /** The zones in which times that a new transition fills are read, where the database does not know it. */
  readonly zones: { readonly [column: string]: 'local time' | 'UTC time' };
  /** The column that tells when the transition happened, and its type where there may be no transition. */
  readonly changedAt?: { readonly column: string; readonly type: TsType };
  /** What a new transition writes besides its key and its state; absent where no row can be inserted. */
  readonly write?: TransitionWrite;
}

export interface TransitionWrite {
  /** The columns that any machine knows how to fill, such as `sort_key`. */
  readonly known: readonly string[];
  /** The columns that the config says how to fill, in a new row, and in an older one that loses its flag. */
  readonly filled: readonly FilledColumn[];
  /** The fields of the transition that the caller may give, or has to. */
  readonly given: readonly StoredField[];
}
