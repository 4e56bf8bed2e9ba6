import type { StoredField } from '../../model/stored-field.js';
import { quoteIdentifier } from '../../postgres/quote-identifier.js';
import { objectKey, propertyKey, stringLiteral, templateText } from '../typescript.js';

/** The spellings of a stored field that follow from two names, its own and its column's. */
export interface FieldSpelling {
  readonly name: string;
  /** The field in an interface: `taskId`. */
  readonly key: string;
  /** The same where it may be left out: `taskId?`. */
  readonly optionalKey: string;
  readonly literal: string;
  /** The column in an interface: `task_id`. */
  readonly columnKey: string;
  readonly columnLiteral: string;
  /** The field's name tells the column's, which differs in underscores and capitals alone. */
  readonly isTold: boolean;
  /** The field in an object. */
  readonly objectKey: string;
}

/**
 * The last spelling for each column's name: many tables have columns of the same names, and few call their fields
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
