import type { RelatedModel } from '../model/model.js';
import type { Severity } from '../report/severity.js';

/** The page about a schema, as plain data. HTML and Markdown are written from it. */
export interface DocsPage {
  readonly models: readonly ModelEntry[];
  /** The foreign keys between models, each once. */
  readonly links: readonly LinkEntry[];
  readonly enums: readonly EnumEntry[];
  /** Findings of `drift` that belong to no model, and how many there are in all; absent where none were looked for. */
  readonly drift?: { readonly total: number; readonly elsewhere: readonly FindingEntry[] };
}

export interface ModelEntry {
  /** Name of the model in addresses within the page: `named-task`. */
  readonly id: string;
  readonly name: string;
  readonly schema: string;
  readonly table: string;
  /** `table`, `view`, `materialized view`… */
  readonly kind: string;
  readonly comment?: string;
  readonly stored: readonly StoredEntry[];
  readonly computed: readonly ComputedEntry[];
  readonly related: readonly RelatedEntry[];
  readonly machines: readonly MachineEntry[];
  readonly constraints: readonly ConstraintEntry[];
  readonly findings: readonly FindingEntry[];
}

export interface StoredEntry {
  readonly name: string;
  /** The TypeScript type that the field reads as. */
  readonly type: string;
  readonly column: string;
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
  /** Whether a finding of drift is about the column. */
  readonly drifts: boolean;
  readonly writes: 'required' | 'optional' | 'insert only' | 'update only' | 'read only';
  readonly comment?: string;
}

export interface ComputedEntry {
  readonly name: string;
  readonly kind: 'state' | 'sql' | 'function' | 'code';
  readonly type: string;
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
