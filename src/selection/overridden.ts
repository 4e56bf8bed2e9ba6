import type { Column, Relation } from '../catalog/catalog.js';
import type { Override } from '../config/config.js';
import { matchesName, matchesPattern } from './pattern.js';

/** Whether an override of the config applies to a column. */
export function isOverridden({ table, column: columns, type }: Override, relation: Relation, column: Column): boolean {
  const isColumn =
    columns === undefined ||
    (typeof columns === 'function' ? columns(column, relation) : matchesName(columns, column.name));
  return (
    (table === undefined || matchesPattern(table, relation)) &&
    isColumn &&
    (type === undefined || isOfType(type, column))
  );
}

/** Whether a column's type has this name, `numeric` or `*range`, or this name with its schema, `public.mood`. */
function isOfType(pattern: string, { type: { schema, name } }: Column): boolean {
  return matchesName(pattern, name) || matchesName(pattern, `${schema ?? 'pg_catalog'}.${name}`);
}
