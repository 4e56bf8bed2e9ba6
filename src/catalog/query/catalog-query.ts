import { common } from './common.js';
import { lists } from './lists.js';

/**
 * The one catalog query: flat lists from plain catalog joins, sent as one statement and answered with a row for each
 * list. Nesting them in SQL cost twice as much, so `assemble/` nests them. Each list is returned field by field,
 * `{"name":["a","b"],"kind":["r","v"]}`: `json_agg` determines how to print a plain value only once, but how to print a
 * row once for each of its values. A list is sent as soon as it is built, and read while the next one is built: a
 * subquery runs when it is first needed, and subqueries of CASE are planned 5 ms faster than those of UNION ALL.
 *
 * Servers differ in the columns of their catalogs, and compatible servers may lack columns of the version that they
 * report. Columns that some servers lack are read through `ifThere`. See
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
