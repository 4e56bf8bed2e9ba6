import type { StoredField } from '../../model/stored-field.js';
import { quoteIdentifier } from '../../postgres/quote-identifier.js';
import { objectKey, propertyKey, stringLiteral, templateText } from '../typescript.js';

/** The spellings of a stored field that depend on only two names, its own and its column's. */
export interface FieldSpelling {
  readonly name: string;
  /** The field in an interface: `taskId`. */
  readonly key: string;
  /** The same for an optional property: `taskId?`. */
  readonly optionalKey: string;
  readonly literal: string;
  /** The column in an interface: `task_id`. */
  readonly columnKey: string;
  readonly columnLiteral: string;
  /** The field's name implies the column's: the two differ only in underscores and capitals. */
  readonly isTold: boolean;
  /** The field in an object. */
  readonly objectKey: string;
}

/**
 * The last spelling for each column's name: many tables have columns with the same names, and few name their fields
 * differently.
 */
const spellings = new Map<string, FieldSpelling>();

export function spellField({ column, name }: StoredField): FieldSpelling {
  const known = spellings.get(column);
  if (known?.name === name) return known;
  const key = propertyKey(name);
  const spelling = {
    name,
    key,
    optionalKey: `${key}?`,
    literal: stringLiteral(name),
    columnKey: propertyKey(column),
    columnLiteral: stringLiteral(column),
    isTold: name.toLowerCase() === column.replaceAll('_', '').toLowerCase(),
    objectKey: objectKey(name),
  };
  spellings.set(column, spelling);
  return spelling;
}

/** SQL as a tagged template literal. */
export const sqlSource = (sql: string) => `sql\`${templateText(sql)}\``;

/** A column of the row `t`, in SQL: `t.task_id`. */
export const reference = (column: string) =>
  `t.${/^[a-z_][a-z0-9_]*$/.test(column) ? column : quoteIdentifier(column)}`;
