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
  /**
   * Whether all code that reads rows into it converts each value with Rust's `into()`, as `query_as!` does: an integer
   * fits a wider field.
   */
  readonly converts?: true;
  /** Whether the statements that fill it join tables, so that its fields need not be of the one that it is called like. */
  readonly joined?: true;
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

export type ProfileName =
  | 'sqlx'
  | 'diesel'
  | 'diesel-table'
  | 'sea-orm'
  | 'typescript'
  | 'typeorm'
  | 'sequelize'
  | 'drizzle'
  | 'prisma';

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
}

export type Role =
  | { readonly kind: 'row' }
  /** A model that is written and never read, or that is no row; the reason is for the report. */
  | { readonly kind: 'insert' | 'update' | 'composition' | 'other'; readonly reason: string };

export interface DeclaredField {
  readonly name: string;
  /** The file that declares it, where that may be another than the model's: a field is inherited. */
  readonly file?: string;
  readonly line: number;
  readonly type: DeclaredType;
  /**
   * The column that the code names for the field; guessed where a library's rule makes the name of the field's, and
   * open where that takes what no given file declares.
   */
  readonly column?: {
    readonly name: string;
    readonly by: string;
    readonly guessed?: true;
    readonly open?: true;
  };
  /** Another name of the field, in JSON for example. It is evidence for a rename and no more. */
  readonly otherName?: { readonly name: string; readonly by: string };
  /** The decorator with which the library gives every row a value: `@CreateDateColumn`. */
  readonly filledBy?: string;
  /** Why the field is no column, where the code says that. */
  readonly skipped?: string;
  /** Whether a statement that fills the model has to give it all the same. */
  readonly ofStatement?: true;
  /** The column that rows are read into it from by position, where its name is another column's. */
  readonly readFrom?: string;
  /** Whether an INSERT may leave it out: an `Option` of Diesel's `Insertable`. */
  readonly mayOmit?: true;
  /** Whether a row may lack the field: `#[sqlx(default)]`, `name?: string` of a row that no library selects by it. */
  readonly mayLack?: true;
  /** The declared model that the type contains: `Vec<Task>` → `Task`. */
  readonly model?: string;
}

export interface DeclaredType extends TypeFacts {
  /** The type as written, on one line. */
  readonly text: string;
  /** Name of the type in profiles: `DateTime<Utc>`, `string`. The text, where no profile knows the type. */
  readonly name: string;
  /** The other members of a union: `Date | string`. */
  readonly alternatives?: readonly string[];
  /** All texts that it may be, where it lists them: `'sad' | 'happy'`. */
  readonly values?: readonly string[];
  readonly nullable: boolean;
  /** Whether it may be absent and yet never null: `name?: string`. */
  readonly absentOnly?: true;
  /** Whether an attribute alone says that it may be null: `@Column({ nullable: true }) name: string`. */
  readonly hidesNull?: true;
  /** What the library makes of types of Postgres, as an attribute says: `{ date: 'string' }` of `@Column('date')`. */
  readonly makes?: Readonly<Record<string, string>>;
  /** Whether null is read as an empty list, so that both fit: Prisma's `String[]`. */
  readonly nullIsEmpty?: true;
  /** Number of arrays around the type: 1 for `string[]`. */
  readonly dimensions: number;
}

/** What a type holds, in any language and in the database. */
export interface TypeFacts {
  readonly category: Category;
  /** Size in bits: 32 for `i32`. */
  readonly width?: number;
  /** `with` for an instant, `without` for a wall clock. */
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
  /** A type that is declared in no given file. */
  | 'unknown';

/** A declaration that looks like a model and could not be read. Reports name it, since it may hide drift. */
export interface Unread {
  readonly name: string;
  readonly file: string;
  readonly line: number;
  readonly reason: string;
  /** Whether the text is no valid code. Then the comparison is incomplete, and the command must not exit with 0. */
  readonly broken: boolean;
}

/** A string of the code that begins like a SQL statement. */
export interface SqlLiteral {
  readonly file: string;
  readonly line: number;
  readonly sql: string;
  /** The file that has the text, from the crate's folder: `queries/tasks.sql`; until it is read, the text is empty. */
  readonly path?: string;
  /** Whether parts are inserted at run time, so that it is no complete statement. */
  readonly dynamic?: true;
  /** Name of the model that the code reads the statement's rows into: `Task` of `query_as!(Task, …)`. */
  readonly into?: string;
  /** The package that the code takes that model from. */
  readonly package?: string;
  /** The folder of the package whose code it is in. */
  readonly home?: string;
  /** Whether the values are converted into the fields' types, as `query_as!` does. */
  readonly converts?: true;
  /** Whether the compiler has a database check it, as of `query!`: where the schema refuses it, the code is broken. */
  readonly checked?: true;
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
  /** Whether a declared table has a column of it. Of the database's enums only those that columns use are known. */
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
  readonly file: string;
}

export interface Declared {
  readonly models: readonly DeclaredModel[];
  readonly unread: readonly Unread[];
  readonly literals: readonly SqlLiteral[];
  readonly enums?: readonly DeclaredEnum[];
  readonly parsers?: readonly DeclaredParser[];
  readonly strangers?: readonly StrangeTable[];
  /** Packages that the code takes its database client from, and that nobody knows: `@acme/toolkit`. */
  readonly clients?: readonly string[];
  readonly made?: readonly MadeTable[];
}

export interface SourceText {
  readonly file: string;
  readonly text: string;
}
