import { quoteIdentifier } from '../../postgres/quote-identifier.js';
import type { StoredField } from '../../model/model.js';
import { objectKey, propertyAccess, propertyKey, stringLiteral, templateText } from '../typescript.js';

/** What is spelled of a stored field by the names alone, its own and its column's. */
export interface FieldSpelling {
  readonly name: string;
  /** The field in an interface, and where it may be left out. */
  readonly key: string;
  readonly optionalKey: string;
  readonly literal: string;
  /** The column in an interface. */
  readonly columnKey: string;
  readonly columnLiteral: string;
  /** The column is called like the field but for its underscores. */
  readonly isTold: boolean;
  /** Where the field comes from: the column of the row `t`. */
  readonly source: { readonly key: string; readonly source: string };
  /** Where the column's value comes from: the field of `values`. */
  readonly value: { readonly key: string; readonly value: string };
}

/** By column: tables have columns of the same names, and few call their fields differently. */
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
    source: { key: objectKey(name), source: sqlSource(reference(column)) },
    value: { key: objectKey(column), value: `values${propertyAccess(name)}` },
  };
  spellings.set(column, spelling);
  return spelling;
}

export const sqlSource = (sql: string) => `sql\`${templateText(sql)}\``;

/** A column of the row `t`. */
export const reference = (column: string) => `t.${/^[a-z_][a-z0-9_]*$/.test(column) ? column : quoteIdentifier(column)}`;
