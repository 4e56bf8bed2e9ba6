import type { DeclaredField } from '../declared.js';
import type { Draft } from '../finding.js';
import type { ColumnType } from '../types/pg.js';

/** The finding for a field that lists the values of an enum, as `'sad' | 'happy'` does, and lacks some. */
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
      message: `${place.model.name}.${name} does not list all values of ${place.table}.${place.column}: the enum ${sql} also has ${more.join(', ')}, and for such a row the type is wrong.`,
    },
  ];
}
