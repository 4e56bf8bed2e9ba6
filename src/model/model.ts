import type { QualifiedName, RelationKind } from '../catalog/catalog.js';
import type { RelationPath } from '../catalog/home-schema.js';
import type { DriverProfile } from './driver/driver-profile.js';
import type { ParserChoices } from './driver/pg-parsers.js';
import type { ModuleExport } from './module-export.js';
import type { QueryFileModel } from './query-model.js';
import type { RoutineModel } from './routine-model.js';
import type { StateMachine } from './state/state-machine.js';
import type { StoredField } from './stored-field.js';
import type { TsType } from './ts-type.js';

/**
 * What the catalog and the config mean for TypeScript: everything is named and typed, and nothing is spelled yet.
 *
 * A table `tasks` with a column `task_id bigint` that Postgres numbers becomes one of `relations`:
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
  /** The composite types, if the driver reads them as objects. */
  readonly composites: readonly CompositeModel[];
  /** Types for ids; empty unless the config requests them. */
  readonly brands: readonly BrandModel[];
  readonly relations: readonly RelationModel[];
  /** The parts of the schema that the config names. */
  readonly slices: readonly SliceModel[];
  /** The functions and procedures for which the config requests callers. */
  readonly routines: readonly RoutineModel[];
  /** The files of queries that the config names. */
  readonly queryFiles: readonly QueryFileModel[];
  /** Notes for people: a state machine that cannot be read, a missing index, timestamps without a zone. */
  readonly notes: readonly string[];
  /** Present if the driver reads through the generated `parsers.ts`. */
  readonly parsers?: ParserChoices;
  /** Whether the driver sends a boolean as a `bool`, even to a JSON column, which refuses it. */
  readonly declaresBooleans: boolean;
  /** The zone in which timestamps without one are read as `Date`; absent if no column is. */
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
  /** The type of an id without its brand. */
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

/** A part of the schema, for queries that use only this part. */
export interface SliceModel {
  /** As the config names it: `billing`. */
  readonly label: string;
  /** The name of the interface: `BillingDB`. */
  readonly typeName: string;
  /** The name of the function that restricts a database to the slice's tables: `billingDb`. */
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
   * The key in the `DB` interface: the name, prefixed with the schema unless that is `public` or the tenants' schema.
   */
  readonly key: string;
  /** How generated SQL names the relation. */
  readonly path: RelationPath;
  /** The interface of the table in `db.ts`: `TaskerTasksTable`. */
  readonly tableName: string;
  /** The model's interface: `Task`. */
  readonly name: string;
  /** The interface of a row of the relation: the model's, or `TaskRow` if the read function changes values. */
  readonly rowName: string;
  /** The relation function: `tasks`. */
  readonly plural: string;
  /** The relation function's default alias: `task`. */
  readonly alias: string;
  /** The file's name without extension: `task`. */
  readonly file: string;
  /** The columns, in the database's order. */
  readonly stored: readonly StoredField[];
  /** The unique keys: the primary key first, then those without nullable fields. */
  readonly keys: readonly UniqueKey[];
  readonly computed: readonly ComputedField[];
  /** Fields that TypeScript functions compute; not part of the relation. */
  readonly code: readonly CodeField[];
  readonly stateMachines: readonly StateMachine[];
  /** Models that foreign keys connect with this one. */
  readonly related: readonly RelatedModel[];
  /** Whether rows can be inserted. */
  readonly insertable: boolean;
  /** Whether rows can be updated. */
  readonly updatable: boolean;
}

/** A primary key, a unique constraint, or a unique index over all rows. */
export interface UniqueKey {
  readonly fields: readonly string[];
  readonly isPrimary: boolean;
  /** No field of it can be null, so it identifies every row. */
  readonly tellsAll: boolean;
  /** It is checked for each row, so ON CONFLICT can name it; a deferrable key is checked later. */
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
 * How a field is computed: by an expression over the row `t`, or from the newest transition of a state machine,
 * identified by its field.
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
  /** What identifies the other's rows: fields of this model, and their columns. */
  readonly from: readonly RelatedKey[];
  /**
   * The columns of this relation that equal those of the other, if they are not those of `from`: the database looks the
   * row up.
   */
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
  /** How its values are sent, if the driver would not send them as the column stores them. */
  readonly sent?: 'local time' | 'UTC time' | 'JSON';
  /** `unnest` would take its values apart (arrays and composite types), so they are sent as text. */
  readonly unnested?: true;
}

export interface CodeField {
  readonly name: string;
  readonly function: ModuleExport;
  /** Stored and computed fields that the function gets. */
  readonly needs: readonly string[];
  readonly comment?: string;
}
