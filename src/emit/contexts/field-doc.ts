import type { StoredField } from '../../model/model.js';
import { docComment } from '../typescript.js';

/** What an editor shows for a stored field, wherever it stands: the column's comment, the column if the name does not tell it, and more facts. */
export function fieldDoc({ column, name, comment }: StoredField, more: readonly string[] = []): string {
  const told = name.toLowerCase() === column.replaceAll('_', '').toLowerCase();
  const facts = [...(told ? [] : [`Column \`${column}\`.`]), ...more];
  return [...(comment === undefined ? [] : [comment]), ...(facts.length > 0 ? [facts.join(' ')] : [])].join('\n');
}

/** The same as the comment of each field, which stands in several of its model's types. */
export function storedDocs(stored: readonly StoredField[]): readonly (readonly string[])[] {
  return stored.map((field) => docComment(fieldDoc(field)));
}
