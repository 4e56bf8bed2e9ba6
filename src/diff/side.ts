import type { Catalog, QualifiedName } from '../catalog/catalog.js';
import type { Identities } from '../catalog/identity.js';

/**
 * One of the two schemas that are compared: its catalog, and the names and TypeScript types that are generated for it.
 */
export interface Side {
  readonly catalog: Catalog;
  readonly meaning: Meaning;
  /** Object numbers; only a live server has them. Two sides with numbers may be copies of one database. */
  readonly identities?: Identities;
  /** The queries of SQL files that the schema refuses. */
  readonly failedQueries?: readonly FailedQuery[];
}

/** A query of a SQL file that the database refuses, and where in the file, and why. */
export interface FailedQuery {
  /** The path of the file from the config's folder. */
  readonly file: string;
  /** Its path from the working directory, as reports show it. */
  readonly path: string;
  readonly name: string;
  readonly line: number;
  readonly column: number;
  /** What the database says. */
  readonly message: string;
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
  /** The functions of queries, by the `queryKey` of their queries. */
  readonly queries: ReadonlyMap<string, QueryMeaning>;
  /** Every name that follows from the schema, and what it is of. */
  readonly names: readonly GeneratedName[];
}

/** A generated name, and the thing that it is of. A thing is known by its facts, so that both sides tell the same. */
export interface GeneratedName {
  /** What it names: names of two kinds do not meet. */
  readonly kind: 'model' | 'relation function' | 'table' | 'field' | 'states' | 'relation' | 'type' | 'caller';
  readonly name: string;
  /** The relation, type or routine that it is of, or is a part of. */
  readonly of: QualifiedName;
  /** For a field, states or a relation, the columns of `of` that it is made of. */
  readonly columns?: readonly string[];
  /** For a field or a relation, the other table, and its columns. */
  readonly other?: QualifiedName;
  readonly otherColumns?: readonly string[];
  /** What else tells it: the name of a computed field, the types that a routine takes. */
  readonly detail?: string;
}

export interface RelationMeaning {
  /** Name of the table in Kysely: `tasker_tasks`, `billing.users`. */
  readonly key: string;
  /** Generated names: `TaskerTasksTable`, `Task`, `tasks`. */
  readonly tableName: string;
  readonly model: string;
  readonly plural: string;
  /** The object of its relations: `taskRelations`. */
  readonly relations: string;
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

/** The functions and types that are generated for a query. */
export interface QueryMeaning {
  /** The names that its file exports: `openTickets`, `openTicketsRelation`, `OpenTicketsRow`. */
  readonly names: readonly string[];
  /** `OpenTickets`, as in `OpenTicketsRow`. */
  readonly typeName: string;
  /** The generated file, below the output folder. */
  readonly file: string;
  /** Types of the row by the column, and of the arguments by the parameter. */
  readonly row: ReadonlyMap<string, { readonly field: string; readonly read: Members }>;
  readonly arguments: ReadonlyMap<string, { readonly field: string; readonly accepts: Members }>;
}

/** The members of a TypeScript union, spelled: `["string", "null"]`. */
export type Members = readonly string[];

/** Key of a qualified name for maps; no two names have the same, whatever characters they hold. */
export function nameKey({ schema, name }: { readonly schema?: string; readonly name: string }): string {
  return JSON.stringify([schema ?? 'pg_catalog', name]);
}

/** Key of a query for maps. */
export const queryKey = ({ file, name }: { readonly file: string; readonly name: string }): string =>
  JSON.stringify([file, name]);
