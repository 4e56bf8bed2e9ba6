import type { Column, Relation } from '../catalog/catalog.js';
import type { FilledConfig } from './filled.js';

/** Settings of models: one entry per table, by name or wildcard, or a function of the table. An exact name wins. */
export interface ModelsConfig {
  /** The prefix to strip from table names: with `tasker_`, the table `tasker_tasks` becomes the model `Task`. */
  readonly stripPrefix?: string;
  readonly [table: string]: ModelConfig | ((relation: Relation) => ModelConfig) | string | undefined;
}

/** How one table becomes a model. */
export interface ModelConfig {
  /** The model's name; defaults to the table's name in singular PascalCase: `named_tasks` → `NamedTask`. */
  readonly name?: string;
  /** The name of the function to select from; defaults to the table's name in camelCase: `namedTasks`. */
  readonly plural?: string;
  /**
   * Field names, by column name or wildcard: a name, `{ as, default }`, or a function of the column. Defaults to the
   * column's name in camelCase.
   */
  readonly alias?: { readonly [column: string]: AliasConfig | ((column: Column) => AliasConfig) };
  /**
   * The state machine of this table, or a list of them. State machines in transitions tables are detected without
   * config. Set this to add what no table says, to name a column that holds a state, or to `false` to have none.
   */
  readonly state?: StateConfig | readonly StateConfig[] | false;
  /**
   * Computed fields, by name: with `sql`, with `code`, or neither to configure a detected database function. `false`
   * omits a detected function.
   */
  readonly computed?: { readonly [field: string]: ComputedConfig | false };
  /** Types of JSON columns, by column name: `./path/to/module#Type`, or `{ schema, validate }`. */
  readonly json?: { readonly [column: string]: JsonConfig };
  /**
   * What fills columns for which no value is given, by column name: `'database'` for a trigger, or
   * `{ insert, update }`, each `'now'` (the time, in the column's time zone) or `{ sql }`.
   */
  readonly filled?: { readonly [column: string]: FilledConfig };
}

/** Another name for a column, and optionally a default for its nulls. */
export type AliasConfig =
  | string
  | {
      /** The field's name. */
      readonly as: string;
      /** What the field reads as if the column is null. */
      readonly default?: string | number | boolean;
    };

/** A state machine: its states are in a transitions table, or in a column of the table itself. */
export type StateConfig = TransitionsStateConfig | ColumnStateConfig;

/** The settings of a state machine in a transitions table or a column. */
interface MachineConfig {
  /**
   * The field's name; for a column, the name that its functions use (`orderInState`). Defaults to `state`, unless
   * something else has that name.
   */
  readonly name?: string;
  /**
   * The first state. With a transitions table, it is the state of a row without transitions, which defaults to null; a
   * list names the states that a first transition may lead to. With a column, it is the state that an insert takes, or
   * a list of them; defaults to any.
   */
  readonly initial?: string | readonly string[];
  /** All states, if neither an enum nor a `CHECK` lists them. */
  readonly states?: readonly string[];
  /** The states that each state may change to; defaults to any. */
  readonly graph?: { readonly [state: string]: readonly string[] };
}

/**
 * A state machine whose states are in a transitions table.
 *
 *     { transitions: 'tasker_task_transitions', initial: 'pending' }
 */
export interface TransitionsStateConfig extends MachineConfig {
  /** The transitions table: one row for each transition. */
  readonly transitions: string;
}

/**
 * A state machine whose states are in a column: those of the column's enum or `CHECK`, otherwise those that `states` or
 * `graph` name.
 *
 *     { column: 'status', initial: 'draft', graph: { draft: ['paid', 'cancelled'], paid: [], cancelled: [] } }
 */
export interface ColumnStateConfig extends MachineConfig {
  /** The column that holds the state, instead of a transitions table. */
  readonly column: string;
}

/** A computed field: a SQL expression, a TypeScript function, or the settings of a detected database function. */
export type ComputedConfig = SqlFieldConfig | CodeFieldConfig | FoundFieldConfig;

/** A computed field as a SQL expression. The database determines its type and whether it can be null. */
export interface SqlFieldConfig {
  /** A SQL expression over the row, which is called `t`. */
  readonly sql: string;
  /** `true` if the value is never null although the database cannot prove it. Generation checks the rows. */
  readonly notNull?: true;
  /** `true` if the function or SQL may be volatile, and so may write each time it is read. */
  readonly volatile?: true;
  /** The field's doc comment. */
  readonly comment?: string;
}

/** The settings of a detected field: a database function over the row. */
export type FoundFieldConfig = Omit<SqlFieldConfig, 'sql'>;

/** A computed field as a TypeScript function of other fields, which runs in your process. */
export interface CodeFieldConfig {
  /** A TypeScript function, as a module and its export: `./computed/task#ageSeconds`. */
  readonly code: string;
  /** The fields that the function receives, stored or computed. */
  readonly needs: readonly string[];
  /** The field's doc comment. */
  readonly comment?: string;
}

/** The type of a JSON column: a type, `./types#TaskContext`, or a Standard Schema (https://standardschema.dev). */
export type JsonConfig =
  | string
  | {
      /** A Standard Schema, as a module and its export: `./json#transitionMetadata`. */
      readonly schema: string;
      /** Whether the model's read functions run the schema. */
      readonly validate?: boolean;
    };
