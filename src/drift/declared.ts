/**
 * What hand-written models say, as plain JSON: the same shape for every language, so that comparing needs to know none. A reader
 * reads what is written and decides nothing about tables.
 */
export interface DeclaredModel {
  /** As code names it, without module: `Task`. */
  readonly name: string;
  /** With the modules it lies in: `models::task::Task`. */
  readonly path: string;
  readonly language: LanguageName;
  /** Relative to the working directory, with `/`. */
  readonly file: string;
  readonly line: number;
  /** `struct`, `interface`, `class`…: for messages. */
  readonly construct: string;
  /** How the library that fills the model checks its types; the config may say otherwise. */
  readonly profile: ProfileName;
  /** Tables that the code itself names, the most explicit first. */
  readonly tables: readonly TableHint[];
  readonly role: Role;
  /** Whether something proves that rows are read into it: `derive(FromRow)`, an entity decorator. */
  readonly readsRows: boolean;
  /** Models that inherit its fields. */
  readonly inheritedBy?: readonly string[];
  readonly fields: readonly DeclaredField[];
}

/** How a model is written; `languages/` has an object for each. */
export type LanguageName = 'rust' | 'typescript';

export type ProfileName = 'sqlx' | 'diesel' | 'typescript';

export interface TableHint {
  readonly table: string;
  /** `#[diesel(table_name)]`, `doc comment`… */
  readonly by: string;
  /** Where the code names it apart from the table. */
  readonly schema?: string;
}

export type Role =
  | { readonly kind: 'row' }
  /** Written, never read; the reason is for the report. */
  | { readonly kind: 'insert' | 'update' | 'composition' | 'other'; readonly reason: string };

export interface DeclaredField {
  readonly name: string;
  readonly line: number;
  readonly type: DeclaredType;
  /** The column's name, where the code says one. */
  readonly column?: { readonly name: string; readonly by: string };
  /** Another name that the field has elsewhere, in JSON say: evidence for a rename, no more. */
  readonly otherName?: { readonly name: string; readonly by: string };
  /** Why the field is no column, where the code says so. */
  readonly skipped?: string;
  /** The name of a declared model that the type is made of: `Vec<Task>` → `Task`. */
  readonly model?: string;
}

export interface DeclaredType extends TypeFacts {
  /** As written, on one line. */
  readonly text: string;
  /** The name by which profiles know it: `DateTime<Utc>`, `string`. The text where nobody knows it. */
  readonly name: string;
  /** The other members of a union: `Date | string`. */
  readonly alternatives?: readonly string[];
  readonly nullable: boolean;
  /** Arrays around the type. */
  readonly dimensions: number;
}

/** What a type holds, whatever language or database it belongs to. */
export interface TypeFacts {
  readonly category: Category;
  /** Bits. */
  readonly width?: number;
  /** Whether an instant (with) or a wall clock (without) is meant. */
  readonly timezone?: 'with' | 'without';
}

export type Category =
  | 'integer'
  | 'float'
  | 'decimal'
  | 'money'
  | 'boolean'
  | 'text'
  | 'bytes'
  | 'json'
  | 'uuid'
  | 'timestamp'
  | 'date'
  | 'time'
  | 'interval'
  | 'network'
  | 'bits'
  | 'geometry'
  | 'range'
  | 'enum'
  | 'composite'
  | 'other'
  /** Holds anything: `unknown`. */
  | 'any'
  /** Declared where no given file shows it. */
  | 'unknown';

/** A model-like declaration that could not be read: it may hide drift, so it is named. */
export interface Unread {
  readonly name: string;
  readonly file: string;
  readonly line: number;
  readonly reason: string;
  /** The text itself is broken: the question stays unanswered, and the command must not end as clean. */
  readonly broken: boolean;
}

/** A string of the code that begins like a SQL statement. */
export interface SqlLiteral {
  readonly file: string;
  readonly line: number;
  readonly sql: string;
  /** Parts of it are put in at run time, so it is no statement yet. */
  readonly dynamic?: true;
}

export interface Declared {
  readonly models: readonly DeclaredModel[];
  readonly unread: readonly Unread[];
  readonly literals: readonly SqlLiteral[];
}

export interface SourceText {
  readonly file: string;
  readonly text: string;
}
