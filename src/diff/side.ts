import type { Catalog } from '../catalog/catalog.js';
import type { Identities } from '../catalog/identity.js';

/**
 * One of the two schemas that are compared: its catalog, and the names and TypeScript types that are generated for it.
 */
export interface Side {
  readonly catalog: Catalog;
  readonly meaning: Meaning;
  /** Object numbers; only a live server has them. Two sides with numbers may be copies of one database. */
  readonly identities?: Identities;
}

/** Names and types that are generated from a catalog. The maps are keyed by `nameKey`. */
export interface Meaning {
  readonly relations: ReadonlyMap<string, RelationMeaning>;
  /** Literal unions that domains allow: `["'a'", "'b'"]`. */
  readonly domains: ReadonlyMap<string, { readonly read: Members; readonly write: Members }>;
  /** The generated file that declares enums and other types of the schema, below the output folder. */
  readonly typesFile: string;
  /** The names that are generated for an enum: its union and the array of its labels. */
  readonly enums: ReadonlyMap<string, readonly string[]>;
}

export interface RelationMeaning {
  /** Name of the table in Kysely: `tasker_tasks`, `billing.users`. */
  readonly key: string;
  /** Generated names: `TaskerTasksTable`, `Task`, `tasks`. */
  readonly tableName: string;
  readonly model: string;
  readonly plural: string;
  /** The generated file, below the output folder. */
  readonly file: string;
  readonly insertable: boolean;
  readonly updatable: boolean;
  /** Fields by the column's name. */
  readonly fields: ReadonlyMap<string, FieldMeaning>;
  /** Types of computed fields by their names. */
  readonly computed: ReadonlyMap<string, Members>;
}

/**
 * A column's name in the model and its type in each use. Without `insert` or `update` it cannot be written that way.
 */
export interface FieldMeaning {
  readonly field: string;
  readonly read: Members;
  readonly insert?: { readonly accepts: Members; readonly optional: boolean };
  readonly update?: Members;
}

/** The members of a TypeScript union, spelled: `["string", "null"]`. */
export type Members = readonly string[];

/** Key of a qualified name for maps; no two names have the same, whatever characters they hold. */
export function nameKey({ schema, name }: { readonly schema?: string; readonly name: string }): string {
  return JSON.stringify([schema ?? 'pg_catalog', name]);
}
