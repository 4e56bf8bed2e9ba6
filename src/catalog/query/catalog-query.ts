import { common } from './common.js';
import { lists } from './lists.js';

/**
 * The one catalog query: flat lists of plain catalog joins, sent as one statement and answered with a row for each.
 * Nesting them in SQL cost twice as much; `assemble/` nests them instead. Each list comes field by field,
 * `{"name":["a","b"],"kind":["r","v"]}`: `json_agg` of a plain value finds out once how to print it, and of a row for
 * each of its values. A list is sent when it is made, and read while the next one is: subqueries run when they are
 * first asked for, and those of CASE are planned 5 ms faster than those of UNION ALL.
 *
 * Servers differ in the columns of their catalogs, and compatible ones do not have those of the version that they
 * report: what not every server has is asked for by `ifThere`. See
 * https://www.postgresql.org/docs/current/catalogs.html.
 */
export const catalogQuery = `with ${common}
select l.list, case l.list ${Object.entries(lists)
  .map(([name, list]) => `when '${name}' then (${fieldByField(list)})`)
  .join('\n')} end::text as text
from unnest('{${Object.keys(lists).join(',')}}'::text[]) as l(list)`;

function fieldByField({
  fields,
  rows,
}: {
  readonly fields: Readonly<Record<string, string>>;
  readonly rows: string;
}): string {
  const listed = `select ${Object.entries(fields)
    .map(([name, value]) => `${value} as ${name}`)
    .join(', ')}
    ${rows}`;
  return `select json_build_object(${Object.keys(fields)
    .map((name) => `'${name}', json_agg(l.${name})`)
    .join(', ')}) from (
    ${listed}) l`;
}
