import { common } from './query/common.js';
import { lists } from './query/lists.js';
import type { RawCatalog } from './raw-catalog.js';

/**
 * The one catalog query: flat lists of plain catalog joins, sent as one statement and answered as one row. Nesting them in SQL cost twice as
 * much; `assemble/` nests them instead. Each list comes field by field, `{"name":["a","b"],"kind":["r","v"]}`: `json_agg` of a plain
 * value finds out once how to print it, and of a row for each of its values.
 *
 * Servers differ in the columns of their catalogs, and compatible ones do not have those of the version that they report: what
 * not every server has is asked for by `ifThere`. See https://www.postgresql.org/docs/current/catalogs.html.
 *
 * One row, one column `catalog`: what `readAnswer` reads.
 */
export const catalogQuery = `with ${common}
select json_build_object(
${Object.entries(lists).map(([name, list]) => `'${name}', (${fieldByField(list)})`).join(',\n')}
)::text as catalog`;

function fieldByField({ fields, rows }: { readonly fields: Readonly<Record<string, string>>; readonly rows: string }): string {
  const names = Object.keys(fields);
  return `select json_build_object(${names.map((name) => `'${name}', json_agg(l.${name})`).join(', ')}) from (
    select ${Object.entries(fields).map(([name, value]) => `${value} as ${name}`).join(', ')}
    ${rows}) l`;
}

/** The fields of a list; of a list without rows each is null. */
type Fields = Readonly<Record<string, readonly unknown[] | null>>;

/** The lists of an answer, row by row. */
export function readAnswer(answer: string): RawCatalog {
  const columnar = JSON.parse(answer) as Readonly<Record<string, Fields>>;
  return Object.fromEntries(Object.entries(columnar).map(([name, fields]) => [name, rowsOf(fields)])) as unknown as RawCatalog;
}

/** A field at a time: V8 then has one name to look up for all rows, which are copies of one shape. */
function rowsOf(fields: Fields): Record<string, unknown>[] {
  const names = Object.keys(fields);
  const shape = Object.fromEntries(names.map((name): [string, unknown] => [name, null]));
  const rows = (fields[names[0] ?? ''] ?? []).map(() => ({ ...shape }));
  for (const name of names) {
    const values = fields[name] ?? [];
    rows.forEach((row, index) => {
      row[name] = values[index];
    });
  }
  return rows;
}
