import type { Declared, Language, SourceText } from '../declared.js';

/** Reads one language. Files come together, because a type alias or a newtype may lie in another file than its user. */
export interface Reader {
  readonly language: Language;
  readonly extensions: readonly string[];
  /** `parsed` is called after each file. */
  read(files: readonly SourceText[], parsed: () => void): Promise<Declared>;
}
