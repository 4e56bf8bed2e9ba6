import type { RawCatalog } from './raw-catalog.js';
import { columnNumbered, columnsByRelation, type RawColumn } from './raw-columns.js';

/** The lists of the answer. What few columns have are lists of their own, because a join of all columns with them takes longer than anything else. */
export interface AnsweredLists extends Omit<RawCatalog, 'columns'> {
  readonly columns: readonly Omit<RawColumn, 'default' | 'comment'>[];
  readonly defaults: readonly (ColumnNumber & { expression: string })[];
  readonly comments: readonly (ColumnNumber & { comment: string })[];
  /** Columns that are NOT NULL, and may hold nulls from before. */
  readonly unproven: readonly ColumnNumber[];
}

interface ColumnNumber {
  rel: number;
  num: number;
}

/** A row of the catalog query's answer. */
export interface AnsweredList {
  readonly list: keyof AnsweredLists;
  /** JSON. */
  readonly catalog: string;
}

/** The values of a field, one for each row, or those of the rows at some places; null for none. */
type Field = readonly unknown[] | { readonly positions: readonly number[] | null; readonly values: readonly unknown[] | null } | null;

/** Puts together what the server answers, list by list. */
export class Answer {
  readonly #lists: Partial<Record<keyof AnsweredLists, readonly object[]>> = {};
  /** What the server said, to be compared. */
  readonly texts: string[] = [];

  /** Gives how many rows the list has. */
  add({ list, catalog }: AnsweredList): number {
    this.texts.push(catalog);
    const shape = list === 'columns' ? { default: null, comment: null } : {};
    const rows = rowsOf(JSON.parse(catalog) as Readonly<Record<string, Field>>, shape);
    this.#lists[list] = rows;
    return rows.length;
  }

  catalog(): RawCatalog {
    const { defaults, comments, unproven, ...raw } = this.#lists as unknown as AnsweredLists & Pick<RawCatalog, 'columns'>;
    const columns = columnsByRelation(raw.columns);
    const of = ({ rel, num }: ColumnNumber) => columnNumbered(columns.get(rel), num);
    for (const row of defaults) set(of(row), 'default', row.expression);
    for (const row of comments) set(of(row), 'comment', row.comment);
    for (const row of unproven) set(of(row), 'notnull', false);
    return raw;
  }
}

function set<Name extends keyof RawColumn>(column: RawColumn | undefined, name: Name, value: RawColumn[Name]): void {
  if (column) column[name] = value;
}

/** A field at a time: V8 then has one name to look up for all rows, which are copies of one shape. */
function rowsOf(fields: Readonly<Record<string, Field>>, further: object): Record<string, unknown>[] {
  const shape = { ...Object.fromEntries(Object.keys(fields).map((name) => [name, null])), ...further };
  const [first] = Object.values(fields);
  const rows = (Array.isArray(first) ? first : []).map((): Record<string, unknown> => ({ ...shape }));
  for (const [name, field] of Object.entries(fields)) {
    if (field === null) continue;
    if ('positions' in field) field.positions?.forEach((row, index) => ((rows[row] as Record<string, unknown>)[name] = field.values?.[index]));
    else rows.forEach((row, index) => (row[name] = field[index]));
  }
  return rows;
}
