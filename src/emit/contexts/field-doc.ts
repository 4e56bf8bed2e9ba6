import type { StoredField } from '../../model/stored-field.js';
import { docComment } from '../typescript.js';
import { type FieldSpelling, spellField } from './field-spelling.js';

/**
 * The text of a stored field's doc comment: the column's own comment, then the column's name if the field's name does
 * not imply it, and further facts.
 */
export function fieldDoc(
  { column, comment }: StoredField,
  { isTold }: FieldSpelling,
  more: readonly string[] = [],
): string {
  if (isTold && more.length === 0) return comment ?? '';
  const facts = [...(isTold ? [] : [`Column \`${column}\`.`]), ...more];
  return [...(comment === undefined ? [] : [comment]), ...(facts.length > 0 ? [facts.join(' ')] : [])].join('\n');
}

/** A stored field with its spellings; `doc` is its comment, which appears in several of its model's types. */
export interface SpelledField {
  readonly field: StoredField;
  readonly spelling: FieldSpelling;
  readonly doc: readonly string[];
}

export function spelledFields(stored: readonly StoredField[]): readonly SpelledField[] {
  return stored.map((field) => {
    const spelling = spellField(field);
    return { field, spelling, doc: docComment(fieldDoc(field, spelling)) };
  });
}
