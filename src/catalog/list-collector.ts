import { listNames, readFields } from './answer-shape.js';
import type { AnsweredList, AnsweredLists, ColumnNumber } from './answered-lists.js';
import { refusesNull } from './check-literals.js';
import type { RawCatalog } from './raw-catalog.js';
import { columnNumbered, columnsByRelation, type RawColumn } from './raw-columns.js';
import { answerNotReadable } from './unreadable.js';

/** The values of each field, one per row; null if there are no rows. */
type Fields<Row> = { readonly [Field in keyof Row]: readonly Row[Field][] | null };

/**
 * Collects the lists of the catalog query as they arrive, and assembles the raw catalog from them.
 *
 *     const lists = new ListCollector();
 *     lists.add({ list: 'schemas', text: '{"name":["public"],"comment":[null]}' }); // … and every other list
 *     const raw = lists.catalog();
 */
export class ListCollector {
  readonly #lists: Partial<Record<keyof AnsweredLists, readonly object[]>> = {};
  /** Each list as the server sent it, for comparison with another reading. */
  readonly texts: string[] = [];

  add({ list: name, text }: AnsweredList): void {
    const { list, fields } = readFields(name, text);
    this.texts.push(text);
    const rows =
      list === 'columns'
        ? columnsOf(fields as Fields<AnsweredLists['columns'][number]>)
        : rowsOf(fields as Fields<Record<string, unknown>>);
    this.#lists[list] = rows;
  }

  catalog(): RawCatalog {
    const missing = listNames.find((name) => this.#lists[name] === undefined);
    if (missing !== undefined) throw answerNotReadable(`the list of ${missing} is not there`);
    const { details, defaults, comments, unproven, ...raw } = this.#lists as unknown as AnsweredLists &
      Pick<RawCatalog, 'columns'>;
    const columns = columnsByRelation(raw.columns);
    const of = ({ rel, num }: ColumnNumber) => columnNumbered(columns.get(rel), num);
    for (const row of details) {
      const column = of(row);
      if (column) Object.assign(column, row);
    }
    for (const row of defaults) set(of(row), 'default', row.expression);
    for (const row of comments) set(of(row), 'comment', row.comment);
    for (const row of unproven) {
      set(of(row), 'notnull', false);
      set(of(row), 'unproven', true);
    }
    for (const column of checkedColumns(raw, of)) set(column, 'notnull', true);
    return raw;
  }
}

/** The columns in which a CHECK rejects null, for every row that reading their relation returns. */
function checkedColumns(
  { constraints, relations }: Pick<RawCatalog, 'constraints' | 'relations'>,
  of: (column: ColumnNumber) => RawColumn | undefined,
): RawColumn[] {
  const inherited = new Set(relations.filter((relation) => relation.inherited).map(({ id }) => id));
  const checks = constraints.filter(
    ({ kind, rel, noinherit }) => kind === 'c' && rel !== 0 && !(noinherit && inherited.has(rel)),
  );
  return checks.flatMap(({ rel, key, name, expression, valid }) => {
    const check = { name, expression: expression ?? '', ...(valid ? {} : { notValid: true as const }) };
    const columns = (key ?? []).map((num) => of({ rel, num })).filter((column) => column !== undefined);
    return columns.filter((column) => refusesNull(check, column.name));
  });
}

function set<Name extends keyof RawColumn>(column: RawColumn | undefined, name: Name, value: RawColumn[Name]): void {
  if (column) column[name] = value;
}

/**
 * The rows of the list of columns. They are most of the answer, so each is created by one literal, which halves the
 * time. Facts from other lists are null until they are added.
 */
function columnsOf({ rel, num, name, type, notnull }: Fields<AnsweredLists['columns'][number]>): RawColumn[] {
  return (rel ?? []).map((relation, index) => ({
    rel: relation,
    num: num?.[index] ?? 0,
    name: name?.[index] ?? '',
    type: type?.[index] ?? 0,
    mod: null,
    dims: null,
    notnull: notnull?.[index] ?? false,
    unproven: null,
    default: null,
    identity: null,
    generated: null,
    updatable: null,
    nondeterministic: null,
    comment: null,
  }));
}

/**
 * The rows of any other list, filled field by field: V8 then looks up each name once for all rows, which are copies of
 * one object.
 */
function rowsOf(fields: Fields<Record<string, unknown>>): Record<string, unknown>[] {
  const shape = Object.fromEntries(Object.keys(fields).map((name) => [name, null]));
  const [first] = Object.values(fields);
  const rows = (first ?? []).map((): Record<string, unknown> => ({ ...shape }));
  for (const [name, values] of Object.entries(fields)) {
    values?.forEach((value, index) => {
      const row = rows[index];
      if (row) row[name] = value;
    });
  }
  return rows;
}
