import type { Catalog } from '../catalog/catalog.js';
import type { Identities } from '../catalog/identity.js';

/** One of the two schemas that are compared: its facts, and what the pipeline says they are called and mean in TypeScript. */
export interface Side {
  readonly catalog: Catalog;
  readonly meaning: Meaning;
  /** Present when a live server was read; two sides that have them may be copies of one database. */
  readonly identities?: Identities;
}

/** What is generated from a catalog. The maps are keyed by `nameKey`. */
export interface Meaning {
  readonly relations: ReadonlyMap<string, RelationMeaning>;
  /** The values that a domain leaves, as types: `["'a'", "'b'"]`. */
  readonly domains: ReadonlyMap<string, { readonly read: Members; readonly write: Members }>;
  /** The generated file that declares enums and other types of the schema, below the output folder. */
  readonly typesFile: string;
  /** The names that are generated for an enum: its union and the array of its labels. */
  readonly enums: ReadonlyMap<string, readonly string[]>;
}

export interface RelationMeaning {
  /** How Kysely names it: `tasker_tasks`, `billing.users`. */
  readonly key: string;
  /** `TaskerTasksTable`, `Task`, `tasks`. */
  readonly tableName: string;
  readonly model: string;
  readonly plural: string;
  /** The generated file, below the output folder. */
  readonly file: string;
  readonly insertable: boolean;
  readonly updatable: boolean;
  /** By column. */
  readonly fields: ReadonlyMap<string, FieldMeaning>;
  /** Computed fields by name, and what they read as. */
  readonly computed: ReadonlyMap<string, Members>;
}

/** A column: the model's name for it, and what each use of it reads or accepts. Without `insert` or `update`: not writable. */
export interface FieldMeaning {
  readonly field: string;
  readonly read: Members;
  readonly insert?: { readonly accepts: Members; readonly optional: boolean };
  readonly update?: Members;
}

/** The members of a TypeScript union, spelled: `["string", "null"]`. */
export type Members = readonly string[];

/** One key for a qualified name, whatever characters it holds. */
export function nameKey({ schema, name }: { readonly schema?: string; readonly name: string }): string {
  return JSON.stringify([schema ?? 'pg_catalog', name]);
}
