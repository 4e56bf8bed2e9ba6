import type { QualifiedName, RelationKind } from '../catalog/catalog.js';
import type { DriverProfile } from './driver/driver-profile.js';
import type { ParserChoices } from './driver/pg-parsers.js';
import type { ModuleExport } from './module-export.js';
import type { TsType } from './ts-type.js';

/** What the catalog and the config mean for TypeScript: everything named and typed, nothing spelled. */
export interface Schema {
  readonly enums: readonly EnumModel[];
  /** Those that the driver gives as objects. */
  readonly composites: readonly CompositeModel[];
  /** Empty unless the config asks for them. */
  readonly brands: readonly BrandModel[];
  readonly relations: readonly RelationModel[];
  /** Those that the config names. */
  readonly slices: readonly SliceModel[];
  /** Those that the config asks for. */
  readonly routines: readonly RoutineModel[];
  /** What people should know: a machine that cannot be read, an index that is missing, timestamps of no zone. */
  readonly notes: readonly string[];
  /** Present where the driver reads through the generated `parsers.ts`. */
  readonly parsers?: ParserChoices;
  /** Where some column is a timestamp without time zone that is read as `Date`: in which zone. */
  readonly timestampZone?: NonNullable<DriverProfile['timestampZone']>;
}

export interface EnumModel {
  /** Of the union type: `OrderStatus`. */
  readonly name: string;
  /** Of the array of its labels: `orderStatuses`. */
  readonly valuesName: string;
  readonly type: QualifiedName;
  readonly labels: readonly string[];
  readonly comment?: string;
}

/** A type for the ids of one table. */
export interface BrandModel {
  readonly name: string;
  readonly base: TsType;
  /** The table's key. */
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
  /** Of the interface, `BillingDB`, and of the view of a database that has its tables alone, `billingDb`. */
  readonly typeName: string;
  readonly viewName: string;
  /** The file's name without extension. */
  readonly file: string;
  /** The keys of its relations. */
  readonly tables: readonly string[];
}

/** One relation: its table type for Kysely, and its model. */
export interface RelationModel {
  readonly relation: QualifiedName & { readonly kind: RelationKind; readonly comment?: string };
  /** The key in the `DB` interface: the name, with the schema before it unless that is `public`, or stands for the tenants'. */
  readonly key: string;
  /** `TaskerTasksTable`. */
  readonly tableName: string;
  /** `Task`. */
  readonly name: string;
  /** The relation function: `tasks`. */
  readonly plural: string;
  /** The relation function's default alias: `task`. */
  readonly alias: string;
  /** The file's name without extension: `task`. */
  readonly file: string;
  /** In the database's order. */
  readonly stored: readonly StoredField[];
  readonly computed: readonly ComputedField[];
  /** Fields of TypeScript functions; no part of the relation. */
  readonly code: readonly CodeField[];
  readonly stateMachines: readonly StateMachine[];
  /** Models that foreign keys connect with this one. */
  readonly related: readonly RelatedModel[];
  /** Rows can be inserted; updated. */
  readonly insertable: boolean;
  readonly updatable: boolean;
}

/** A column, and the model's field for it. */
export interface StoredField {
  readonly column: string;
  /** The model's name for it: `taskId`. */
  readonly name: string;
  /** Type when the column is read; when the field is, which differs when the alias has a default. */
  readonly select: TsType;
  readonly fieldSelect: TsType;
  /** Absent: it cannot be written. */
  readonly insert?: { readonly type: TsType; readonly optional: boolean };
  readonly update?: TsType;
  /** A single JSON value: the model takes any JSON and writes it as text. */
  readonly json: boolean;
  /** A Standard Schema that is run on what is read. */
  readonly validatedBy?: ModuleExport;
  /** What the field reads as when the column is null. */
  readonly default?: string | number | boolean;
  readonly comment?: string;
}

export interface ComputedField {
  readonly name: string;
  readonly type: TsType;
  readonly source: ComputedSource;
  /** What to do instead of writing it. */
  readonly instead: string;
  readonly comment?: string;
}

/** How a field is computed: by an expression over the row `t`, or from the newest transition of the machine of that field. */
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
  /** Fields of this model, and the fields of the other that equal them. */
  readonly from: readonly string[];
  readonly to: readonly string[];
  /** Only the newest of the other's rows: the one with the flag, or with the highest number. */
  readonly newest?: { readonly by: 'flag' | 'highest'; readonly field: string };
  readonly comment: string;
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
  /** The database's name for it, if it has one; and the caller's. */
  readonly argument?: string;
  readonly key: string;
  /** `out`: a procedure's, to which nothing is passed. */
  readonly mode: 'in' | 'variadic' | 'out';
  /** The type's name in a CAST. */
  readonly cast: string;
  /** What can be passed as a value; and what an expression of the type reads as. */
  readonly value: TsType;
  readonly read: TsType;
  /** It has a default. */
  readonly optional: boolean;
  /** A single JSON value: the caller takes any JSON and passes it as text. */
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

/** The state machine of a relation: its newest transition tells its state. */
export interface StateMachine {
  readonly field: string;
  /** The union's name, `TaskState`, and that of the array of its members, `taskStates`; absent where nothing lists the states. */
  readonly typeName: string;
  readonly valuesName: string;
  readonly states?: readonly string[];
  readonly type: TsType;
  readonly initial?: string;
  /** For each state, those that it may change to. */
  readonly graph?: { readonly [state: string]: readonly string[] };
  readonly transitions: QualifiedName & { readonly key: string };
  /** The transitions' column that points at the relation; the relation's column and field that it points at. */
  readonly foreignKey: string;
  readonly parentColumn: string;
  readonly parentField: string;
  readonly parentType: TsType;
  readonly toState: string;
  /** What tells the newest transition: a flag that at most one row has, or the highest number. */
  readonly newest: { readonly by: 'flag' | 'highest'; readonly column: string };
  /** The column that tells when the transition happened, and its type where there may be no transition. */
  readonly changedAt?: { readonly column: string; readonly type: TsType };
  /** The further columns that a new transition fills; absent where it cannot be written without more. */
  readonly write?: readonly string[];
}
