import type { DeclaredField } from '../declared.js';
import type { Draft } from '../finding.js';
import type { ColumnType } from '../types/pg.js';

/** The finding for a field that lists the values of its enum, where the database has more: `'sad' | 'happy'`. */
export function unlistedLabels(
  place: Omit<Draft, 'rule' | 'severity' | 'message'> & Required<Pick<Draft, 'model' | 'table' | 'column'>>,
  { name, type: declared }: DeclaredField,
  { labels = [], sql }: ColumnType,
): readonly Draft[] {
  const { values, category } = declared;
  const more = values && category === 'text' ? labels.filter((label) => !values.includes(label)) : [];
  if (more.length === 0) return [];
  return [
    {
      rule: 'enum-mismatch',
      severity: 'error',
      ...place,
      kind: 'values',
      message: `${place.model.name}.${name} has not all values of ${place.table}.${place.column}: the enum ${sql} has ${more.join(', ')} too, and reading such a row lies.`,
    },
  ];
}
