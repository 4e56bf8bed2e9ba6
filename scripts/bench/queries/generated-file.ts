import { schemaStatements } from '../schema.js';

/** A table of the generated schema, and the one that its first foreign key leads to. */
interface Place {
  readonly table: string;
  readonly parent: string;
}

/** What each statement does to its table, as programs do it: lists, pages, reports, searches and writes. */
const shapes: readonly ((place: Place) => readonly [kind: string, sql: string])[] = [
  ({ table }) => [
    'many',
    `select id, status, amount, label from ${table} where status = :status order by id limit :most`,
  ],
  ({ table, parent }) => [
    'many',
    `select t.id, t.label, p.label as parent_label, p.amount from ${table} t left join ${parent} p on p.id = t.parent_0_id
where (:label::text is null or t.label = :label) and t.amount >= :least`,
  ],
  ({ table }) => [
    'many',
    `select status, count(*) as count, coalesce(sum(amount), 0) as sum from ${table} group by status`,
  ],
  ({ table }) => ['maybe', `update ${table} set label = :label, amount = :amount where id = :id returning *`],
  ({ table, parent }) => [
    'one',
    `with chosen as (select * from ${parent} where id = any(:ids)), counted as (select parent_0_id, count(*) as count from ${table} group by parent_0_id)
select count(c.count) as used, max(chosen.label) as label from chosen left join counted c on c.parent_0_id = chosen.id`,
  ],
];

/** A file of so many queries over the first hundred tables of the generated schema. */
export function queryFile(count: number): string {
  const sql = [...schemaStatements({ tables: 100 })].join('\n');
  const places = [...sql.matchAll(/CREATE TABLE (\w+) \([^;]*?parent_0_id \w+ NOT NULL REFERENCES (\w+)/g)];
  return Array.from({ length: count }, (_, index) => {
    const [, table = '', parent = ''] = places[index % places.length] ?? [];
    const [kind, text] = shapes[index % shapes.length]?.({ table, parent }) ?? [];
    return `-- name: query${index} :${kind}\n${text};\n`;
  }).join('\n');
}
