import type { Declared, DeclaredField, DeclaredModel, LanguageName, SourceText } from '../declared.js';
import type { DriftSettings } from '../settings.js';
import type { Profile } from '../types/profile.js';

/** A language that models are written in: who reads it, which types its libraries read columns into, and how it is written. */
export interface Language {
  /** As a fenced block of Markdown calls it: `rust`. */
  readonly name: LanguageName;
  readonly extensions: readonly string[];
  /** A reader, and the parser behind it, is loaded only for files of the language. */
  readonly loadReader: () => Promise<Reader>;
  /** How the library that fills the model reads columns. */
  readonly profileOf: (model: DeclaredModel, settings: DriftSettings) => Profile;
  /** Whether the name of a field is its column's in any case style: `retryCount` for `retry_count`. */
  readonly anyCase: boolean;
  /** The name that a new field for the column would have. */
  readonly fieldName: (model: Pick<DeclaredModel, 'fields'>, column: string) => string;
  /** A field's declaration, for pasting: `pub complete: bool,`. */
  readonly field: (name: string, type: string) => string;
  /** A field as it was read: nothing is escaped in it. */
  readonly shownField: (field: DeclaredField) => string;
  /** What a model begins with, for pasting and as it was read; it ends with `}`. */
  readonly opening: (model: DeclaredModel) => string;
  readonly shownOpening: (model: DeclaredModel) => string;
  readonly indent: string;
  /** What stands above a field of another name than its column: `#[sqlx(rename = "x")]`. Absent where a field has no such thing. */
  readonly attribute?: (model: DeclaredModel, column: string) => string;
  /** What to do so that a field keeps its name and still reads the column. */
  readonly keepName: (model: DeclaredModel, column: string) => string;
}

/** Reads files of one language. They come together, because a type alias or a newtype may lie in another file than its user. */
export interface Reader {
  /** `parsed` is called after each file. */
  read(files: readonly SourceText[], parsed: () => void): Declared;
}
