import { onceForEachName } from '../../catalog/collections.js';
import type { StoredField } from '../../model/model.js';
import { docComment } from '../typescript.js';

/** What an editor shows for a stored field, wherever it stands: the column's comment, the column if the name does not tell it, and more facts. */
export function fieldDoc({ column, name, comment }: StoredField, more: readonly string[] = []): string {
  const told = name.toLowerCase() === letters(column);
  if (told && more.length === 0) return comment ?? '';
  const facts = [...(told ? [] : [`Column \`${column}\`.`]), ...more];
  return [...(comment === undefined ? [] : [comment]), ...(facts.length > 0 ? [facts.join(' ')] : [])].join('\n');
}

const letters = onceForEachName((column) => column.replaceAll('_', '').toLowerCase());

/** The same as the comment of each field, which stands in several of its model's types. */
export function storedDocs(stored: readonly StoredField[]): readonly (readonly string[])[] {
  return stored.map((field) => docComment(fieldDoc(field)));
}
