import type { DeclaredEnum, DeclaredModel, MadeTable, Unread } from '../../declared.js';
import type { SqlLiteral } from '../../declared-statement.js';
import type { ImportedName } from './crates.js';

/** Items of one Rust file, before names are resolved across files. */
export interface RustItems {
  readonly structs: readonly RustStruct[];
  /** Aliases, newtypes and enums, which the type of a field may name. */
  readonly types: readonly RustTypeItem[];
  readonly macroCalls: readonly MacroCall[];
  /** Macros of the file that expand to a struct. */
  readonly structMacros: readonly string[];
  readonly unread: readonly Unread[];
  readonly literals: readonly RustLiteral[];
  readonly made: readonly MadeTable[];
  /** Tables that Diesel's `table!` declares. */
  readonly tables: readonly DieselTable[];
  readonly insertedBeside: readonly InsertedBeside[];
  /** The structs that the code makes field by field. */
  readonly writtenOut: readonly string[];
  /** The types of which the code may use values, among other names. */
  readonly used: readonly string[];
  /** Enums that libraries read enums of the database into. */
  readonly enums: readonly LabelledEnum[];
  readonly imports: readonly PlacedImport[];
  /** Traits that are implemented by hand: `impl FromRow<'_, PgRow> for Task`; `of` is `Row` of `From<Row>`. */
  readonly implementations: readonly { readonly trait: string; readonly type: string; readonly of?: string }[];
}

/** An SQL text, with the path by which the code names the struct that it reads rows into: `models::Task`. */
export interface RustLiteral extends SqlLiteral {
  readonly typePath?: string;
}

/** An enum of Rust that a library reads an enum of the database into, with its name in code. */
export interface LabelledEnum extends DeclaredEnum {
  readonly type: string;
}

/** A name that a module imports, with its place: its file, and the modules around it there. */
export interface PlacedImport extends ImportedName {
  readonly file: string;
  readonly modules: readonly string[];
}

/** Columns of a table that code gives a value beside the struct that it inserts. */
export interface InsertedBeside {
  /** The module of the table, without its path: `nodes`. */
  readonly table: string;
  readonly columns: readonly string[];
  /** Whether several structs are inserted at once: `.values((new_task, times))`. */
  readonly ofSeveral: boolean;
}

/** A table of Diesel's `table!`: `billing.invoices (id) { id -> Int8, kind -> Nullable<Text>, }`. */
export interface DieselTable {
  /** Name of the module that the macro makes, which models name: `invoices`. */
  readonly module: string;
  /** Name in the database. */
  readonly name: string;
  readonly schema?: string;
  readonly primaryKey: readonly string[];
  readonly columns: readonly {
    readonly field: string;
    readonly name: string;
    readonly line: number;
    /** The type as written: `Nullable<Array<Text>>`. */
    readonly type: string;
  }[];
  readonly file: string;
  /** The modules around it in its file. */
  readonly modules: readonly string[];
  readonly line: number;
}

export interface RustStruct {
  readonly name: string;
  readonly path: string;
  readonly file: string;
  readonly line: number;
  readonly doc: string;
  readonly attributes: readonly Attribute[];
  readonly fields: readonly RustField[];
  /** Whether it is a tuple that a call reads rows into: its name is the type as written, its fields are numbered. */
  readonly isTuple?: true;
  readonly scope?: DeclaredModel['scope'];
  /** Whether code of its own takes it out of a row, and names the columns. */
  readonly isRowKnown?: true;
}

export interface RustField {
  readonly name: string;
  readonly line: number;
  readonly attributes: readonly Attribute[];
  readonly type: TypeSyntax;
  /**
   * The column that code takes it from, whether the code makes another value of it, and whether any statement may give
   * the row; without a column, it may be any.
   */
  readonly taken?: { readonly column?: string; readonly isConverted?: true; readonly mayJoin?: true };
}

/** An attribute: `#[serde(rename = "x", skip)]` → name `serde`, entries `rename` = `x` and `skip`. */
export interface Attribute {
  readonly name: string;
  readonly entries: readonly { readonly key: string; readonly value?: string }[];
  /** A `derive` as it is written. */
  readonly text?: string;
}

export interface RustTypeItem {
  readonly name: string;
  /** What it is; of a type that a macro makes, only the name is known. */
  readonly kind: 'alias' | 'newtype' | 'enum' | 'made';
  /** The type that an alias or a newtype stands for. */
  readonly target?: TypeSyntax;
  /** The integer type of an enum with `#[repr(i32)]`: `i32`. */
  readonly repr?: string;
  /** Its attributes, which may say what it is read from: `#[diesel(sql_type = Text)]`. */
  readonly attributes: readonly Attribute[];
}

/** A type as a tree of names: `Option<Vec<i64>>`. References are gone; a slice or an array is `[]`, a tuple `()`. */
export interface TypeSyntax {
  readonly text: string;
  /** The last part of a path: `Value` for `serde_json::Value`. */
  readonly name: string;
  /** The first part of its path, written or imported: `serde_json`. */
  readonly crate?: string;
  readonly arguments: readonly TypeSyntax[];
}

export interface MacroCall {
  readonly macro: string;
  /** Names after the word `struct` inside the macro. */
  readonly structs: readonly string[];
  /** Names after the words `struct` and `enum` inside the macro. */
  readonly made: readonly string[];
  /** The first of these, or else the first name inside the macro. */
  readonly argument?: string;
  /** What it is called with. */
  readonly text: string;
  readonly file: string;
  readonly line: number;
}
