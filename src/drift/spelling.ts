import type { DeclaredModel } from './declared.js';

const rustKeywords = new Set(
  'as async await break const continue dyn else enum extern false fn for if impl in let loop match mod move mut pub ref return static struct trait true type unsafe use where while abstract become box do final macro override priv try typeof unsized virtual yield gen'.split(' '),
);

/** Words that no `r#` makes names of. */
const rustPaths = new Set(['crate', 'self', 'Self', 'super', '_']);

/** A field's declaration in the model's language and case style, for pasting: `pub complete: bool,`. */
export function spellField(model: Pick<DeclaredModel, 'language' | 'fields' | 'construct'>, column: string, type: string): string {
  const name = fieldName(model, column);
  if (model.language === 'rust') return `pub ${rustKeywords.has(name) ? `r#${name}` : name}: ${type},`;
  return `${/^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(name) ? name : JSON.stringify(name)}: ${type};`;
}

/** The name that a new field would have: camelCase where the model has it, and in Rust, which has no quotes for names, what is left of the column's. */
export function fieldName({ language, fields }: Pick<DeclaredModel, 'language' | 'fields'>, column: string): string {
  if (language === 'rust') return rustName(column);
  const isCamel = fields.some(({ name }) => /\p{Ll}\p{Lu}/u.test(name)) && !fields.some(({ name }) => name.includes('_'));
  return isCamel ? column.replace(/_+(\p{L}|\p{N})/gu, (_, letter: string) => letter.toUpperCase()) : column;
}

function rustName(column: string): string {
  const name = column.replace(/\P{XID_Continue}+/gu, '_');
  const begun = /^[\p{XID_Start}_]/u.test(name) ? name : `_${name}`;
  return rustPaths.has(begun) ? `${begun}_` : begun;
}

/** How a field keeps its name and still reads the column. */
export function spellAttribute({ language, profile }: Pick<DeclaredModel, 'language' | 'profile'>, column: string): string {
  if (language === 'typescript') return `map it to the column ${column} where the rows are read`;
  return profile === 'diesel' ? `write #[diesel(column_name = ${column})] above it` : `write #[sqlx(rename = "${column.replace(/["\\]/g, '\\$&')}")] above it`;
}
