import type { Column, Relation } from '../../catalog/catalog.js';
import type { Declared, DeclaredField, DeclaredModel, DeclaredParser, LanguageName, SourceText } from '../declared.js';
import type { MissingModel } from '../missing-model.js';
import type { DriftSettings } from '../settings.js';
import type { Profile } from '../types/profile.js';

/**
 * A language that models are written in: its reader, the type profiles of its libraries, and how its code is spelled. A
 * library that declares tables in another language's files has an object of its own, and no reader.
 */
export interface Language {
  /** Name of the language: `rust`. */
  readonly name: LanguageName;
  /** The language of the files, where several libraries have models of their own in it. It names code in Markdown. */
  readonly code: string;
  readonly extensions: readonly string[];
  /** Loads the reader and its parser; called only where there are files of the language. */
  readonly loadReader?: () => Promise<Reader>;
  /** The files that may give the driver parsers: their extensions, and what their text contains. */
  readonly parsers?: { readonly extensions: readonly string[]; readonly text: RegExp };
  /** The files of the project that a file imports. */
  readonly imports?: (text: string) => readonly ImportedPath[];
  /** The type profile of the library that fills the model. */
  readonly profileOf: (model: DeclaredModel, settings: DriftSettings) => Profile;
  /** Whether a field may have its column's name in another case style: `retryCount` for `retry_count`. */
  readonly anyCase: boolean;
  /** Other names of the column that a field stands for: `type` of Rust's `type_`. */
  readonly otherNames?: (field: string) => readonly string[];
  /** Name of a new field for the column. */
  readonly fieldName: (model: DeclaredModel, column: string) => string;
  /**
   * Declaration of a field, to be pasted: `pub complete: bool,`. `column` is its column's name; `model` a new model.
   */
  readonly field: (name: string, type: string, column: string, model?: DeclaredModel) => string;
  /** A field as it was read, for people: nothing is escaped. */
  readonly shownField: (field: DeclaredField) => string;
  /** First line of a model, to be pasted: `pub struct Task {`. The last line is `closing`, or `}`. */
  readonly opening: (model: DeclaredModel) => string;
  readonly shownOpening: (model: DeclaredModel) => string;
  readonly closing?: string;
  /** Name of a new model for a table of these words: `['named', 'task']` → `NamedTask`. */
  readonly modelName: (words: readonly string[], table: string, like: DeclaredModel) => string;
  /** Whether people write such models; Diesel's `table!` is printed by its program. */
  readonly isWritten?: false;
  /**
   * Whether its declarations of tables follow the database and never the reverse, so that they may leave columns out:
   * no tool drops what they lack, and no query names it.
   */
  readonly followsDatabase?: true;
  /** Lines before a new model: derives, a decorator. */
  readonly above?: (missing: MissingModel) => readonly string[];
  /** Lines after its fields; those that are not indented stand after it. */
  readonly below?: (missing: MissingModel) => readonly string[];
  /** What a column's facts add to its type, and lines before its field. */
  readonly ofColumn?: (
    type: string,
    column: Column,
    relation: Relation,
    model: DeclaredModel,
  ) => { readonly type: string; readonly above?: readonly string[] };
  readonly indent: string;
  /**
   * Attribute above a field whose column has another name: `#[sqlx(rename = "x")]`. Absent where the language has none.
   */
  readonly attribute?: (model: DeclaredModel, column: string) => string | undefined;
  /** Advice for keeping a field's name although its column has another one. */
  readonly keepName: (model: DeclaredModel, column: string) => string;
}

/**
 * Reads files of one language. All files are read together, because a type alias may be declared in another file than
 * its user.
 */
export interface Reader {
  /** `parsed` is called after each file. `imported` are files that the others import; their models are not wanted. */
  read(files: readonly SourceText[], parsed: () => void, imported: readonly SourceText[]): Declared;
  /** The parsers that files give the driver, and nothing else of them. */
  parsersIn?(files: readonly SourceText[]): readonly DeclaredParser[];
}

/** A path in an import: `../helpers` of `from '../helpers.js'`, or `db/helpers` of `from '@/db/helpers'`. */
export interface ImportedPath {
  readonly path: string;
  /** Whether it starts from the importing file. */
  readonly isRelative: boolean;
  /** What the file's name may have after the path: `.ts`, `/index.ts`. */
  readonly candidates: readonly string[];
}
