import type { DeclaredModel } from './declared.js';

const rustKeywords = new Set(
  'as async await break const continue dyn else enum extern false fn for if impl in let loop match mod move mut pub ref return static struct trait true type unsafe use where while abstract become box do final macro override priv try typeof unsized virtual yield gen'.split(' '),
);

/** A field's declaration in the model's language and case style, for pasting: `pub complete: bool,`. */
export function spellField(model: Pick<DeclaredModel, 'language' | 'fields' | 'construct'>, column: string, type: string): string {
  if (model.language === 'rust') return `pub ${rustField(column)}: ${type},`;
  const name = fieldName(model, column);
  return `${/^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(name) ? name : JSON.stringify(name)}: ${type};`;
}

/** A field for a column whatever it is called; where no identifier is like it, `spellAttribute` names the column. */
function rustField(column: string): string {
  const name = rustName(column);
  return rustKeywords.has(name) ? `r#${name}` : name;
}

/** A name that Rust takes, raw if need be: https://doc.rust-lang.org/reference/identifiers.html. */
export function rustName(column: string): string {
  const words = column.match(/[\p{ID_Continue}]+/gu)?.join('_') ?? '';
  if (words === '' || /^_+$/.test(words)) return 'field';
  if (/^(self|Self|super|crate)$/.test(words)) return `${words}_`;
  return /^[\p{ID_Start}_]/u.test(words) ? words : `_${words}`;
}

/** The name that a new field would have: camelCase where the model has it. */
export function fieldName({ language, fields }: Pick<DeclaredModel, 'language' | 'fields'>, column: string): string {
  const isCamel = language === 'typescript' && fields.some(({ name }) => /\p{Ll}\p{Lu}/u.test(name)) && !fields.some(({ name }) => name.includes('_'));
  return isCamel ? column.replace(/_+(\p{L}|\p{N})/gu, (_, letter: string) => letter.toUpperCase()) : column;
}

/** How a field keeps its name and still reads the column. */
export function spellAttribute({ language, profile }: Pick<DeclaredModel, 'language' | 'profile'>, column: string): string {
  if (language === 'typescript') return `map it to the column ${column} where the rows are read`;
  // Diesel names the columns of its `table!` as Rust does.
  return profile === 'diesel' ? `write #[diesel(column_name = ${rustField(column)})] above it` : `write #[sqlx(rename = ${JSON.stringify(column)})] above it`;
}
