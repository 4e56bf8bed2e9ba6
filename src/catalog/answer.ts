import type { RawCatalog } from './raw-catalog.js';
import { columnNumbered, columnsByRelation, type RawColumn } from './raw-columns.js';

/** The lists of the answer. What few columns have are lists of their own: to join all columns with it, or to say of each that it has none, takes longer than anything else. */
export interface AnsweredLists extends Omit<RawCatalog, 'columns'> {
  readonly columns: readonly Pick<RawColumn, 'rel' | 'num' | 'name' | 'type' | 'notnull'>[];
  readonly details: readonly (ColumnNumber & ColumnDetails)[];
  readonly defaults: readonly (ColumnNumber & { expression: string })[];
  readonly comments: readonly (ColumnNumber & { comment: string })[];
  /** Columns that are NOT NULL, and may hold nulls from before. */
  readonly unproven: readonly ColumnNumber[];
}

type ColumnNumber = Pick<RawColumn, 'rel' | 'num'>;
type ColumnDetails = Pick<RawColumn, 'mod' | 'dims' | 'identity' | 'generated' | 'updatable' | 'nondeterministic'>;

/** What a column has until another list tells of it. */
const noFurther: ColumnDetails & Pick<RawColumn, 'default' | 'comment'> = { mod: null, dims: null, identity: null, generated: null, updatable: null, nondeterministic: null, default: null, comment: null };

/** A row of the catalog query's answer. */
export interface AnsweredList {
  readonly list: keyof AnsweredLists;
  /** JSON. */
  readonly catalog: string;
}

/** The values of a field, one for each row; null for none. */
type Field = readonly unknown[] | null;

/** Puts together what the server answers, list by list. */
export class Answer {
  readonly #lists: Partial<Record<keyof AnsweredLists, readonly object[]>> = {};
  /** What the server said, to be compared. */
  readonly texts: string[] = [];

  /** Gives how many rows the list has. */
  add({ list, catalog }: AnsweredList): number {
    this.texts.push(catalog);
    const rows = rowsOf(JSON.parse(catalog) as Readonly<Record<string, Field>>, list === 'columns' ? noFurther : {});
    this.#lists[list] = rows;
    return rows.length;
  }

  catalog(): RawCatalog {
    const { details, defaults, comments, unproven, ...raw } = this.#lists as unknown as AnsweredLists & Pick<RawCatalog, 'columns'>;
    const columns = columnsByRelation(raw.columns);
    const of = ({ rel, num }: ColumnNumber) => columnNumbered(columns.get(rel), num);
    for (const row of details) Object.assign(of(row) ?? {}, row);
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
  const rows = (first ?? []).map((): Record<string, unknown> => ({ ...shape }));
  for (const [name, field] of Object.entries(fields)) if (field) rows.forEach((row, index) => (row[name] = field[index]));
  return rows;
}
