import type { Index, Relation } from '../../catalog/catalog.js';
import { plainName } from '../words.js';

/**
 * What keeps rows apart by some columns at least as well as a unique key of exactly these would: a key of fewer of them,
 * or of them in another order; an index of the rows in which none of them is null; one over expressions of them, such as
 * `(tenant_id, lower(code))`. Undefined where a table has nothing of the kind. `ON CONFLICT` may need the key itself.
 */
export function nearKey({ primaryKey, uniques, indexes }: Relation, wanted: readonly string[]): string | undefined {
  const isIn = (columns: readonly string[]) => columns.every((column) => wanted.includes(column));
  if (primaryKey && isIn(primaryKey.columns)) return `the primary key (${primaryKey.columns.join(', ')})`;
  const key = uniques.find(({ columns }) => isIn(columns));
  if (key) return `the unique key (${key.columns.join(', ')})`;
  const index = indexes.find((one) => one.unique && skipsNulls(one, wanted) && namesAll(one, wanted));
  return index && `the unique index ${index.name}`;
}

/** Whether an index has every row but those in which one of some columns is null, which no unique key keeps apart. */
function skipsNulls({ predicate }: Index, wanted: readonly string[]): boolean {
  if (predicate === undefined) return true;
  return predicate.split(/ AND /i).every((condition) => {
    const [, quoted, plain] = /^\(*(?:"([^"]+)"|([\w$]+)) IS NOT NULL\)*$/i.exec(condition) ?? [];
    return wanted.includes(quoted ?? plain ?? '');
  });
}

/** Whether an index is over some columns, or expressions in their place; its name says what an expression is of. */
function namesAll({ name, columns }: Index, wanted: readonly string[]): boolean {
  const plain = columns.filter((column) => column !== null);
  const others = wanted.filter((column) => !plain.includes(column));
  const isOf = (column: string) => plainName(name).includes(plainName(column));
  const expressions = columns.length - plain.length;
  if (!plain.every((column) => wanted.includes(column))) return false;
  return expressions === 0 || (expressions === others.length && others.every(isOf));
}
