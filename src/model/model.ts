import type { QualifiedName, QueryKind, RelationKind } from '../catalog/catalog.js';
import type { RelationPath } from '../catalog/home-schema.js';
import type { FilledValue } from '../config/filled.js';
import type { DriverProfile } from './driver/driver-profile.js';
import type { ParserChoices } from './driver/pg-parsers.js';
import type { ModuleExport } from './module-export.js';
import type { TsType } from './ts-type.js';
import type { Zone } from './zones.js';

/**
 * What the catalog and the config mean for TypeScript: everything is named and typed, and nothing is spelled yet.
 *
 * A table `tasks` with a column `task_id bigint` that Postgres numbers gives, as one of `relations`:
 *
 * ```ts
 * {
 *   relation: { schema: 'public', name: 'tasks', kind: 'table' },
 *   key: 'tasks', path: ['public', 'tasks', 'movable'], tableName: 'TasksTable', name: 'Task', rowName: 'Task', plural: 'tasks', alias: 'task', file: 'task',
 *   stored: [{
 *     column: 'task_id', name: 'taskId', json: false, sqlType: 'int8', value: { kind: 'builtin', name: 'string' },
 *     select: { kind: 'builtin', name: 'string' }, fieldSelect: { kind: 'builtin', name: 'string' },
 *   }],
 *   keys: [], computed: [], code: [], stateMachines: [], related: [], insertable: true, updatable: false,
 * }
 * ```
 */
export interface Schema {
  readonly enums: readonly EnumModel[];
  /** The composite types, where the driver gives them as objects. */
  readonly composites: readonly CompositeModel[];
  /** Types for ids; none unless the config asks for them. */
  readonly brands: readonly BrandModel[];
  readonly relations: readonly RelationModel[];
  /** The parts of the schema that the config names. */
  readonly slices: readonly SliceModel[];
  /** The functions and procedures that the config asks callers for. */
  readonly routines: readonly RoutineModel[];
  /** The files of queries that the config names. */
  readonly queryFiles: readonly QueryFileModel[];
  /** Notes for people: a state machine that cannot be read, an index that is missing, timestamps without a zone. */
  readonly notes: readonly string[];
  /** Present where the driver reads through the generated `parsers.ts`. */
  readonly parsers?: ParserChoices;
  /** Whether the driver sends a boolean as a `bool`, even to a JSON column, which refuses it. */
  readonly declaresBooleans: boolean;
  /** The zone in which timestamps without one are read as `Date`; absent where no column is. */
  readonly timestampZone?: NonNullable<DriverProfile['timestampZone']>;
}

export interface EnumModel {
  /** The name of the union type: `OrderStatus`. */
  readonly name: string;
  /** The name of the array of its labels: `orderStatusValues`. */
  readonly valuesName: string;
  readonly type: QualifiedName;
  readonly labels: readonly string[];
  readonly comment?: string;
}

/** A type for the ids of one table: `type TaskId = string & { … }`. */
export interface BrandModel {
  readonly name: string;
  /** What an id is without its brand. */
  readonly base: TsType;
  /** The table's key in `DB`. */
  readonly of: string;
}

export interface CompositeModel {
  readonly name: string;
  readonly type: QualifiedName;
  readonly attributes: readonly { readonly name: string; readonly type: TsType }[];
  readonly comment?: string;
}

/** A part of the schema that queries are written for without the rest. */
export interface SliceModel {
  /** As the config names it: `billing`. */
  readonly label: string;
  /** The name of the interface: `BillingDB`. */
  readonly typeName: string;
  /** The name of the function that shows a database with the slice's tables alone: `billingDb`. */
  readonly viewName: string;
  /** The file's name without extension. */
  readonly file: string;
  /** The keys of its relations. */
  readonly tables: readonly string[];
}

/** One relation: its table type for Kysely, and its model. */
export interface RelationModel {
  readonly relation: QualifiedName & { readonly kind: RelationKind; readonly comment?: string };
  /**
   * The key in the `DB` interface: the name, with the schema before it unless that is `public`, or stands for the
   * tenants'.
   */
  readonly key: string;
  /** How generated SQL names the relation. */
  readonly path: RelationPath;
  /** The interface of the table in `db.ts`: `TaskerTasksTable`. */
  readonly tableName: string;
  /** The model's interface: `Task`. */
  readonly name: string;
  /** The interface of a row of the relation: the model's, or `TaskRow` where the read function makes other values. */
  readonly rowName: string;
  /** The relation function: `tasks`. */
  readonly plural: string;
  /** The relation function's default alias: `task`. */
  readonly alias: string;
  /** The file's name without extension: `task`. */
  readonly file: string;
  /** The columns, in the database's order. */
  readonly stored: readonly StoredField[];
  /** The unique keys: the primary one first, then those that every row has. */
  readonly keys: readonly UniqueKey[];
  readonly computed: readonly ComputedField[];
  /** Fields of TypeScript functions; no part of the relation. */
  readonly code: readonly CodeField[];
  readonly stateMachines: readonly StateMachine[];
  /** Models that foreign keys connect with this one. */
  readonly related: readonly RelatedModel[];
  /** Whether rows can be inserted. */
  readonly insertable: boolean;
  /** Whether rows can be updated. */
  readonly updatable: boolean;
}

/** A column, and the model's field for it. */
export interface StoredField {
  readonly column: string;
  /** The model's name for it: `taskId`. */
  readonly name: string;
  /** The type of the column when it is read. */
  readonly select: TsType;
  /** The type of the model's field when a query reads it: another one where the alias has a default. */
  readonly fieldSelect: TsType;
  /** What an insert takes; absent where it takes nothing. */
  readonly insert?: { readonly type: TsType; readonly optional: boolean };
  /** What an update takes; absent where it takes nothing. */
  readonly update?: TsType;
  /** The type of a value that is written, and never null. */
  readonly value: TsType;
  /** The column's type in a CAST; empty for a type of the schema's own, which moves with its tables. */
  readonly sqlType: string;
  /** The zone in which a `Date` is read, where the column has none. */
  readonly zone?: Zone;
  /** A single JSON value: the model takes any JSON and writes it as text. */
  readonly json: boolean;
  /** The column keeps a state: what an insert takes in its place, and what to do instead of an update. */
  readonly state?: { readonly insert: TsType; readonly instead: string };
  /** What the functions that write put where nothing is given. */
  readonly filled?: { readonly insert?: FilledValue; readonly update?: FilledValue };
  /** The Standard Schema that the model's read function runs, and the type of what it makes of the value. */
  readonly validated?: { readonly by: ModuleExport; readonly output: TsType };
  /** What the field reads as when the column is null. */
  readonly default?: string | number | boolean;
  readonly comment?: string;
}

/** A primary key, a unique constraint, or a unique index over all rows. */
export interface UniqueKey {
  readonly fields: readonly string[];
  readonly isPrimary: boolean;
  /** No field of it is ever null, so that it tells every row. */
  readonly tellsAll: boolean;
  /** It is checked with each row, so that ON CONFLICT can name it: a deferrable key is checked later. */
  readonly isImmediate: boolean;
}

export interface ComputedField {
  readonly name: string;
  readonly type: TsType;
  readonly source: ComputedSource;
  /** What to do instead of writing it. */
  readonly instead: string;
  readonly comment?: string;
}

/**
 * How a field is computed: by an expression over the row `t`, or from the newest transition of a state machine, which
 * is known by its field.
 */
export type ComputedSource =
  | { readonly kind: 'sql'; readonly sql: string }
  | { readonly kind: 'state'; readonly machine: string }
  | { readonly kind: 'changed at'; readonly machine: string };

/** Another model, as seen from a row of this one. */
export interface RelatedModel {
  readonly name: string;
  /** The other model's `key`. */
  readonly target: string;
  readonly count: 'one' | 'one or none' | 'many';
  /** What tells the other's rows: fields of this model, and their columns. */
  readonly from: readonly RelatedKey[];
  /** The columns of this relation that the other's equal, where they are not those of `from`: the row is looked up. */
  readonly through?: readonly string[];
  /** The columns of the other relation, in the order of `from` or `through`. */
  readonly to: readonly string[];
  /** Only the newest of the other's rows is meant: the one with the flag, or with the highest number. */
  readonly newest?: { readonly by: 'flag' | 'highest'; readonly column: string };
  readonly comment: string;
}

/** A field whose value finds related rows. */
export interface RelatedKey {
  readonly field: string;
  readonly column: string;
  /** How its values are sent, where the driver would not send them as the column has them. */
  readonly sent?: 'local time' | 'UTC time' | 'JSON';
  /** `unnest` would take its values apart, those of arrays and composite types: they are sent as text. */
  readonly unnested?: true;
}

export interface CodeField {
  readonly name: string;
  readonly function: ModuleExport;
  /** Stored and computed fields that the function gets. */
  readonly needs: readonly string[];
  readonly comment?: string;
}

/** A function or procedure of the database, and the function that calls it. */
export interface RoutineModel {
  readonly routine: QualifiedName;
  /** With its arguments, for people. */
  readonly signature: string;
  /** The caller's name: `searchTasks`. */
  readonly name: string;
  /** What the names of its types begin with: `SearchTasks`. */
  readonly typeName: string;
  /** How arguments are passed: by name, or by position where one of them has no name. */
  readonly notation: 'named' | 'positional';
  readonly parameters: readonly RoutineParameter[];
  readonly result: RoutineResult;
  readonly comment?: string;
}

export interface RoutineParameter {
  /** The database's name for it; absent where it has none. */
  readonly argument?: string;
  /** The caller's name for it. */
  readonly key: string;
  /** `out`: an output of a procedure, to which nothing is passed. */
  readonly mode: 'in' | 'variadic' | 'out';
  /** The type's name in a CAST. */
  readonly cast: string;
  /** The type of a value that can be passed. */
  readonly value: TsType;
  /** The type that an expression reads as which can be passed. */
  readonly read: TsType;
  /** It has a default, so that it may be left out. */
  readonly optional: boolean;
  /** A single JSON value: the caller takes any JSON and passes it as text. */
  readonly json: boolean;
}

/** A SQL file of queries. */
export interface QueryFileModel {
  /** Its path from the config's folder, `queries/tickets.sql`, and without its ending. */
  readonly source: string;
  readonly path: string;
  readonly queries: readonly QueryModel[];
}

/** A query of a SQL file, and the functions that run it. */
export interface QueryModel {
  /** The function's name, and what the names of its types begin with: `openTickets`, `OpenTickets`. */
  readonly name: string;
  readonly typeName: string;
  readonly kind: QueryKind;
  /** The line of its file that names it. */
  readonly line: number;
  /** The SQL before, between and behind the parameters, and the parameter that stands behind each, by its index. */
  readonly parts: readonly string[];
  readonly uses: readonly number[];
  readonly parameters: readonly QueryParameterModel[];
  readonly fields: readonly RoutineField[];
  /** Where it can stand in another query; absent where it cannot. */
  readonly standsIn?: 'from' | 'with';
  readonly comment?: string;
}

export interface QueryParameterModel {
  /** The caller's name for it. */
  readonly key: string;
  /** The type of a value that is not null. */
  readonly value: TsType;
  /** Null may be given, and it may be left out. */
  readonly nullable: boolean;
  /** A single JSON value: the caller gives any JSON, which is sent as text. */
  readonly json: boolean;
}

export type RoutineResult =
  /** One value, as an expression. */
  | { readonly kind: 'value'; readonly type: TsType }
  /** A row or rows, as a relation. `scalar`: rows of one value, whose column has whatever name it is given. */
  | { readonly kind: 'rows'; readonly fields: readonly RoutineField[]; readonly scalar: boolean }
  /** It is run by itself: a procedure, perhaps with outputs, or a function that returns nothing. */
  | { readonly kind: 'done'; readonly statement: 'call' | 'select'; readonly fields: readonly RoutineField[] };

/** A column of what a routine gives, the caller's name for it, and its type. */
export interface RoutineField {
  readonly column: string;
  readonly name: string;
  readonly type: TsType;
}

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
   * The key that ON CONFLICT names: any, unless the table has one that is deferrable; none where that is the only one that
   * tells the newest transition.
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

/** The time, in the zone of its column, or the value of an expression. */
type Fill = 'now' | { readonly sql: string };

export interface FilledColumn {
  readonly column: string;
  readonly insert?: Fill;
  readonly update?: Fill;
}
