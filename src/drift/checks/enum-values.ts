import type { DeclaredField } from '../declared.js';
import { type Draft, shownField } from '../finding.js';
import type { ColumnType } from '../types/pg.js';
import type { placeOf } from './field-scope.js';

/** The finding for a field that lists the values of an enum, as `'sad' | 'happy'` does, and lacks some. */
export function unlistedLabels(
  place: ReturnType<typeof placeOf>,
  field: DeclaredField,
  { labels = [], sql }: ColumnType,
): readonly Draft[] {
  const { values, category } = field.type;
  const more = values && category === 'text' ? labels.filter((label) => !values.includes(label)) : [];
  if (more.length === 0) return [];
  return [
    {
      rule: 'enum-mismatch',
      severity: 'error',
      ...place,
      kind: 'values',
      message: `${shownField(place.model, field)} does not list all values of ${place.table}.${place.column}: the enum ${sql} also has ${more.join(', ')}, and for such a row the type is wrong.`,
    },
  ];
}
