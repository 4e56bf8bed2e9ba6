import { isNode, listOf, type PgNode, type PgValue } from './node-tree.js';
import { ancestor, entryKinds, isOldOrNew, number, type Scope } from './scope.js';

/** The name of a column of a range table entry among facts: `2.1` is the first column of the second entry. */
export const columnKey = (entry: number, column: number): string => `${entry}.${column}`;

export const isColumnKey = (key: string): boolean => /^\d+\.\d+$/.test(key);

/** Whether a key is of a plain column: no expression, and no column of the groups that stands for one. */
export const isPlainColumn = (key: string, scope: Scope): boolean =>
  isColumnKey(key) && (groupedByKey(key, scope)?.tag ?? 'VAR') === 'VAR';

/**
 * One text for expressions that Postgres takes for equal, as its `equal()` does for GROUP BY: where they stand in the
 * SQL and how they are printed makes no difference, and a column of a join is the column that is joined.
 *
 * `{VAR :varno 1 :varattno 2 :varlevelsup 0 …}` → `1.2`
 */
export function spelled(value: PgValue | undefined, scope: Scope): string {
  if (!isNode(value)) {
    const items = listOf(value);
    return items.length > 0 ? `(${items.map((item) => spelled(item, scope)).join(' ')})` : String(value);
  }
  if (value.tag === 'VAR') return spelledColumn(value, scope);
  const fields = Object.entries(value.fields).filter(([name]) => !isIgnored(name));
  return `{${[value.tag, ...fields.map(([name, field]) => `:${name} ${spelled(field, scope)}`)].join(' ')}}`;
}

/** Fields that say where an expression stands, or how it is printed. */
const isIgnored = (name: string) => /location|format$|^list_(start|end)$/.test(name);

function spelledColumn({ fields }: PgNode, scope: Scope): string {
  const level = number(fields['varlevelsup']);
  const entry = number(fields['varno']);
  const column = number(fields['varattno']);
  const home = ancestor(scope, level);
  const joined = level === 0 && home ? joinedColumn(home, entry, column) : undefined;
  if (joined) return spelled(joined, scope);
  const row = isOldOrNew(fields) ? `returned ${number(fields['varreturningtype'])} ` : '';
  return `${row}${'^'.repeat(level)}${columnKey(entry, column)}`;
}

/** The expression that a column of a join stands for; undefined for a column of anything else. */
export const joinedColumn = (scope: Scope, entry: number, column: number): PgNode | undefined =>
  expressionOf(scope, entry, column, { kind: entryKinds.join, field: 'joinaliasvars' });

/** The expression that a column of a group stands for, since PostgreSQL 18; undefined for a column of anything else. */
export const groupedExpression = (scope: Scope, entry: number, column: number): PgNode | undefined =>
  expressionOf(scope, entry, column, { kind: entryKinds.group, field: 'groupexprs' });

/** The same by the key of the column. */
export function groupedByKey(key: string, scope: Scope): PgNode | undefined {
  const [entry = 0, column = 0] = key.split('.').map(Number);
  return groupedExpression(scope, entry, column);
}

function expressionOf(
  { rangeTable }: Scope,
  entry: number,
  column: number,
  { kind, field }: { readonly kind: number; readonly field: string },
): PgNode | undefined {
  const found = rangeTable[entry - 1];
  if (!isNode(found) || number(found.fields['rtekind']) !== kind) return undefined;
  const expression = listOf(found.fields[field])[column - 1];
  return isNode(expression) ? expression : undefined;
}
