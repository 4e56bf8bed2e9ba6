import type { SqlLiteral } from './declared-statement.js';
import type { DeclaredType, ProfileName } from './declared-type.js';

/**
 * A hand-written model as plain JSON. Every language has this shape, so that the comparison knows no language. A reader
 * only reads what is written; which table it belongs to is decided later.
 *
 * `struct Task { id: i64 }` → `{ name: 'Task', construct: 'struct', fields: [{ name: 'id', … }], … }`
 */
export interface DeclaredModel {
  /** Name in code, without its module: `Task`. */
  readonly name: string;
  /** Name with its modules: `models::task::Task`. */
  readonly path: string;
  readonly language: LanguageName;
  /** Relative to the working directory, with `/`. */
  readonly file: string;
  readonly line: number;
  /** The package that declares it, by its name in code, where the language has packages: a crate. */
  readonly package?: string;
  /**
   * What it shares with other declarations of the same thing, of which a program has only one: two structs of one name
   * in one module, under different `#[cfg(feature = "…")]`.
   */
  readonly twinKey?: string;
  /** The lines of the function that declares it for itself; nothing outside of them knows it. */
  readonly scope?: { readonly from: number; readonly to: number };
  /** The kind of declaration, for messages: `struct`, `interface`, `class`. */
  readonly construct: string;
  /** The library that fills the model, which decides what types fit; the config may name another. */
  readonly profile: ProfileName;
  /** Tables that the code itself names, the most explicit name first. */
  readonly tables: readonly TableHint[];
  readonly role: Role;
  /** Whether the code shows that rows are read into it: `derive(FromRow)`, an entity decorator. */
  readonly readsRows: boolean;
  /** Whether the code with the statements is given, and reads no rows into it. */
  readonly unread?: true;
  /**
   * What the code says about columns that the model has no field for: rows are read by position, so each needs one;
   * whole rows are read into it; the model is said to be the table's own; or it declares the table, as `pgTable` does.
   * Absent where it reads what it names.
   */
  readonly covers?: 'position' | 'row' | 'table' | 'schema';
  /** Whether it is written where a statement is read, which alone fills it: it is of no table and has no name. */
  readonly isInline?: true;
  /** Whether it is a tuple: a statement's columns are read into its fields by their positions, whatever their names. */
  readonly isTuple?: true;
  /**
   * Whether all code that reads rows into it converts each value with Rust's `into()`, as `query_as!` does: an integer
   * fits a wider field.
   */
  readonly converts?: true;
  /** Whether every statement that fills it joins tables, so that its fields may come from other tables than its own. */
  readonly joined?: true;
  /** Whether a statement that fills it may give columns that are only known at run time. */
  readonly givenOthers?: true;
  /** Whether rows are inserted from the model, so that it must have what an INSERT has to give. */
  readonly inserts?: true;
  /** Columns that the library or the model's own methods fill, although no field stands for them. */
  readonly filled?: readonly string[];
  /** A type that the model takes fields from, and that no given file declares. */
  readonly takesFrom?: string;
  /** Keys and indexes, where the model declares the table; names are those of columns. */
  readonly keys?: DeclaredKeys;
  /** Attributes before the declaration that a model like it would have: `#[derive(Debug, FromRow)]`. */
  readonly preamble?: readonly string[];
  /** Models that inherit its fields. */
  readonly inheritedBy?: readonly string[];
  readonly fields: readonly DeclaredField[];
}

/** A language that models are written in; `languages/` has an object for each. */
export type LanguageName = 'rust' | 'diesel-table' | 'typescript' | 'drizzle' | 'prisma';

/** Keys and indexes of a declared table; each is a list of columns. */
export interface DeclaredKeys {
  readonly primaryKey?: readonly string[];
  readonly uniques: readonly (readonly string[])[];
  readonly indexes: readonly (readonly string[])[];
  readonly foreignKeys: readonly { readonly columns: readonly string[]; readonly table: string }[];
}

export interface TableHint {
  readonly table: string;
  /** Where the code names it: `#[diesel(table_name)]`, `doc comment`. */
  readonly by: string;
  /** The schema, where the code names it separately. */
  readonly schema?: string;
  /** Whether a library's rule makes it of the model's name, and a naming strategy may make another: `@Entity()`. */
  readonly guessed?: true;
  /** Whether a comment mentions the table, and does not say that the model is the table's. */
  readonly mentioned?: true;
  /** Whether a comment is about the table's rows, in other words than those by which a model is said to be theirs. */
  readonly noted?: true;
  /** The tables of which it may mean any: several `table!`s have the name, and nothing tells which is imported. */
  readonly among?: readonly TableHint[];
}

export type Role =
  | { readonly kind: 'row' }
  /** A model that is written and never read, or that is no row; the reason is for the report; `unused` if not written. */
  | { readonly kind: 'insert' | 'update' | 'composition' | 'other'; readonly reason: string; readonly unused?: true };

export interface DeclaredField {
  readonly name: string;
  /** The file that declares it, where that may be another than the model's: a field is inherited. */
  readonly file?: string;
  readonly line: number;
  readonly type: DeclaredType;
  /** The column that the code names for the field. */
  readonly column?: {
    readonly name: string;
    readonly by: string;
    /** Whether a library's rule makes the name of the field's, so that a naming strategy may make another. */
    readonly guessed?: true;
    /** Whether the rule needs a declaration that no given file has, so that the name may be any. */
    readonly open?: true;
    /** Whether it is taken from rows of any statement, which may be a join. */
    readonly mayJoin?: true;
  };
  /** Another name of the field, in JSON for example. It is evidence for a rename and no more. */
  readonly otherName?: { readonly name: string; readonly by: string };
  /** The decorator with which the library gives every row a value: `@CreateDateColumn`. */
  readonly filledBy?: string;
  /** Why the field is no column, where the code says that. */
  readonly skipped?: string;
  /** Whether a statement that fills the model has to return it, although it is skipped as a column of the table. */
  readonly ofStatement?: true;
  /** The column that Diesel reads into the field by position, where the field has another column's name. */
  readonly readFrom?: string;
  /** Whether an INSERT may leave it out: an `Option` of Diesel's `Insertable`. */
  readonly mayOmit?: true;
  /** Whether a row may lack the field: `#[sqlx(default)]`, `name?: string` of a row that no library selects by it. */
  readonly mayLack?: true;
  /** The declared model that the type contains: `Vec<Task>` → `Task`. */
  readonly model?: string;
}

/** A declaration that looks like a model and could not be read. Reports name it, since it may hide drift. */
export interface Unread {
  readonly name: string;
  readonly file: string;
  readonly line: number;
  readonly reason: string;
  /** Whether the text is no valid code. Then the comparison is incomplete, and the command must not exit with 0. */
  readonly broken: boolean;
}

/** An enum that the code declares as one of the database: `pgEnum('mood', ['sad', 'happy'])`. */
export interface DeclaredEnum {
  readonly name: string;
  readonly schema?: string;
  readonly labels: readonly string[];
  readonly file: string;
  readonly line: number;
  /** The kind of declaration, for messages: `pgEnum`. */
  readonly construct: string;
  /** Whether a declared table has a column of it. A catalog has only the enums that columns use. */
  readonly isUsed: boolean;
}

/** A parser that the project gives its driver: `setTypeParser(types.builtins.INT8, Number)`. */
export interface DeclaredParser {
  /** Name of the type: `int8`. */
  readonly type: string;
  /** Name of the JavaScript type that values become; `any` where that cannot be read. */
  readonly gives: string;
}

/** What looks like the declaration of a table, and no reader took: `someTable('users', { … })`. */
export interface StrangeTable {
  readonly table: string;
  /** How it is declared: `mysqlTable`. */
  readonly by: string;
  readonly file: string;
  readonly line: number;
}

/** A table that the code makes when it runs, such as a temporary one, and that is none of the schema's. */
export interface MadeTable {
  readonly table: string;
  readonly temporary: boolean;
  /** Whether the program makes it wherever it is missing, so that any of its files may need it. */
  readonly everywhere?: true;
  readonly file: string;
}

/** Columns that code gives the rows it inserts into a table, beside what their model has. */
export interface GivenColumns {
  readonly table: string;
  readonly columns: readonly string[];
}

export interface Declared {
  readonly models: readonly DeclaredModel[];
  readonly unread: readonly Unread[];
  readonly literals: readonly SqlLiteral[];
  readonly enums?: readonly DeclaredEnum[];
  readonly parsers?: readonly DeclaredParser[];
  readonly strangers?: readonly StrangeTable[];
  /** Packages unknown to rowsmith from which the code imports its database client: `@acme/toolkit`. */
  readonly clients?: readonly string[];
  readonly made?: readonly MadeTable[];
  readonly given?: readonly GivenColumns[];
}

export interface SourceText {
  readonly file: string;
  readonly text: string;
}
