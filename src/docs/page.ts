import type { RelatedModel } from '../model/model.js';
import type { Severity } from '../report/severity.js';

/** The page about a schema, as plain data. HTML and Markdown are written from it. */
export interface DocsPage {
  /** Heading of the page: `Data models of tasker`. */
  readonly title: string;
  readonly models: readonly ModelEntry[];
  /** The foreign keys between models, each once. */
  readonly links: readonly LinkEntry[];
  /** Parts of a large schema that are drawn apart, which hold each model once; none where one diagram shows all. */
  readonly groups: readonly GroupEntry[];
  readonly queries: readonly QueryEntry[];
  readonly enums: readonly EnumEntry[];
  /** Findings of `drift` that belong to no model, and how many there are in all; absent where none were looked for. */
  readonly drift?: { readonly total: number; readonly elsewhere: readonly FindingEntry[] };
}

export interface GroupEntry {
  /** What its models have in common: a schema, the first word of their tables, foreign keys; or nothing. */
  readonly kind: 'schema' | 'prefix' | 'cluster' | 'others';
  readonly name: string;
  /** The ids of its models, in the order of the page. */
  readonly models: readonly string[];
}

export interface ModelEntry {
  /** Name of the model in addresses within the page: `named-task`. */
  readonly id: string;
  readonly name: string;
  readonly schema: string;
  readonly table: string;
  /** `table`, `view`, `materialized view`… */
  readonly kind: string;
  /** What the database does with its rows: `Row-level security is enabled.` */
  readonly facts: readonly string[];
  readonly comment?: string;
  readonly stored: readonly StoredEntry[];
  readonly computed: readonly ComputedEntry[];
  readonly related: readonly RelatedEntry[];
  /** Queries that read or write the relation, as places on the page. */
  readonly queries: readonly TouchEntry[];
  readonly machines: readonly MachineEntry[];
  readonly constraints: readonly ConstraintEntry[];
  /** Partitions of a partitioned table, the first of them, and how many it has. */
  readonly partitions: readonly PartitionEntry[];
  readonly partitionCount: number;
  /** Triggers, and policies of row-level security. */
  readonly reactions: readonly ReactionEntry[];
  readonly findings: readonly FindingEntry[];
}

export interface StoredEntry {
  readonly name: string;
  /** The TypeScript type that the field reads as. */
  readonly type: string;
  readonly column: string;
  /** The column's type in SQL: `timestamp with time zone`. */
  readonly sqlType: string;
  readonly notNull: boolean;
  readonly default?: string;
  /** Value that the field has where the column is null. */
  readonly readsAs?: string;
  readonly primary: boolean;
  /** The model that a foreign key of the column leads to. */
  readonly references?: Target;
  /** How Postgres fills the column; absent where Postgres does not fill it. */
  readonly generated?: 'identity' | 'generated';
  /** Who else fills it where a write leaves it out: `the write functions, on insert and update`. */
  readonly filledBy?: string;
  /** The trigger that may set it in each new row: `touch, on insert and update`. */
  readonly trigger?: string;
  /** Whether a finding of drift is about the column. */
  readonly drifts: boolean;
  readonly writes: 'required' | 'optional' | 'insert only' | 'update only' | 'read only';
  readonly comment?: string;
}

export interface ComputedEntry {
  readonly name: string;
  readonly kind: 'state' | 'sql' | 'function' | 'code';
  /** The TypeScript type; absent where a function in code decides it. */
  readonly type?: string;
  /** The type in SQL; absent where the value does not come from the database. */
  readonly sqlType?: string;
  /** Source of the value: SQL, the place of a function, or a column of the transitions table. */
  readonly source: string;
  readonly comment?: string;
}

/** A place on the page that a name links to. */
export interface Target {
  readonly id: string;
  readonly name: string;
}

export interface RelatedEntry {
  readonly name: string;
  readonly count: RelatedModel['count'];
  readonly target: Target;
  /** The condition that joins the two: `taskId = taskId`. */
  readonly on: string;
  readonly newest: boolean;
}

/** A query, as seen from a relation that it touches. */
export interface TouchEntry extends Target {
  readonly does: 'reads' | 'writes' | 'reads and writes';
}

/** A query of a SQL file. */
export interface QueryEntry {
  /** Name of the query in addresses within the page. */
  readonly id: string;
  readonly name: string;
  /** `queries/tickets.sql:12`. */
  readonly place: string;
  /** How many rows it gives: `any number of rows`. */
  readonly rows: string;
  readonly comment?: string;
  readonly arguments: readonly QueryFieldEntry[];
  readonly fields: readonly QueryFieldEntry[];
  /** The models that it reads, and those that it writes; relations without a model by their names alone. */
  readonly reads: readonly QueryTarget[];
  readonly writes: readonly QueryTarget[];
}

export interface QueryTarget {
  readonly name: string;
  readonly id?: string;
}

/** An argument of a query, or a field of its rows. */
export interface QueryFieldEntry {
  readonly name: string;
  readonly type: string;
  readonly sqlType: string;
  readonly nullable: boolean;
  /** The column that it comes from, or is written to: `tasks.title`. */
  readonly origin?: string;
}

export interface MachineEntry {
  readonly field: string;
  readonly states: readonly string[];
  /** The states that come first; none where that is not known. */
  readonly initial: readonly string[];
  /** Allowed changes; absent where any state may follow any other. */
  readonly changes?: readonly { readonly from: string; readonly to: string }[];
  /** What holds the state: a column of the table, or a table of transitions. */
  readonly keptIn: { readonly column: string } | { readonly transitions: string };
}

export interface ConstraintEntry {
  readonly kind: 'primary key' | 'foreign key' | 'unique' | 'check' | 'index';
  readonly name: string;
  readonly text: string;
}

export interface PartitionEntry {
  readonly name: string;
  /** The rows that it takes: `FOR VALUES IN ('a')`. */
  readonly text: string;
}

export interface ReactionEntry {
  readonly kind: 'trigger' | 'policy';
  readonly name: string;
  /** In words close to SQL: `before insert or update of title, for each row: touch()`. */
  readonly text: string;
}

/** A foreign key, as an edge of the diagram. */
export interface LinkEntry {
  readonly child: string;
  readonly parent: string;
  readonly childField: string;
  readonly parentField: string;
  /** Whether a parent may have more than one child. */
  readonly many: boolean;
  /** Whether a child may have no parent. */
  readonly optional: boolean;
}

export interface EnumEntry {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  readonly labels: readonly string[];
  readonly comment?: string;
}

export interface FindingEntry {
  readonly severity: Severity;
  readonly rule: string;
  readonly message: string;
  /** Place in a model's file: `src/task.rs:12`. */
  readonly place?: string;
  readonly fix?: string;
}
