import type { Check, TypeRef } from '../catalog/catalog.js';
import { elementsOfCheck, intersectLiterals, type Literal } from '../catalog/check-literals.js';

/** What the CHECK constraints on a column prove about its values, beyond their type. */
export interface TypeUse {
  /** No element of an array is NULL. */
  readonly elementsNotNull?: boolean;
  /** No date is infinite. */
  readonly finite?: boolean;
  /** The only possible elements of an array; null is not among them. */
  readonly elements?: readonly Literal[];
}

/**
 * What the CHECK constraints of a table or a domain prove about a column. It reads three idioms:
 *
 * - `CHECK (array_position(column, NULL) IS NULL)`: no null among the elements. The function refuses arrays of several
 *   dimensions, so it proves nothing false about them.
 * - `CHECK (isfinite(column))`: no infinite date.
 * - `CHECK (column <@ ARRAY['a', 'b'])`: only these elements, and no null.
 *
 * `type` is the array's type; absent under a nondeterministic collation, where the third proves nothing. A domain's
 * checks are not repeated for the elements of an array that an assignment to a subscript filled up, so only a column's
 * own count there. https://www.postgresql.org/docs/current/functions-array.html and functions-datetime.html
 */
export function proofs(checks: readonly Check[], column: string, type?: TypeRef): TypeUse {
  if (checks.length === 0) return {};
  const holds = (patterns: RegExp) => checks.some(({ expression, notValid }) => !notValid && patterns.test(expression));
  const named = escapeRegExp(spelled(column));
  const elements = type && intersectLiterals(checks.map((check) => elementsOfCheck(check, column, type)));
  const proven = {
    elementsNotNull: holds(
      new RegExp(
        `^\\(array_position\\(\\(?${named}\\)?(?:::[\\w ]+\\[\\])?, NULL::[\\w ."]+(?:\\(\\d+\\))?\\) IS NULL\\)$`,
      ),
    ),
    finite: holds(new RegExp(`^isfinite\\(\\(?${named}\\)?(?:::date)?\\)$`)),
  };
  return elements ? { ...proven, elementsNotNull: true, elements } : proven;
}

/**
 * A column as `pg_get_expr` prints it, quoted unless it is plain. PostgreSQL quotes keywords too; those are not
 * recognized here.
 */
const spelled = (column: string) =>
  /^[a-z_][a-z0-9_]*$/.test(column) || column === 'VALUE' ? column : `"${column.replaceAll('"', '""')}"`;

const escapeRegExp = (text: string) => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
