/**
 * The floor under every generator that reads a live database: Node starts, `pg` connects, one flat query of the catalog
 * is parsed, one file is written. Nothing is understood and nothing is kept apart.
 *
 *     node floor.mjs <url> <file>
 */
import { writeFileSync } from 'node:fs';
import pg from 'pg';

const [url, file] = process.argv.slice(2);
const client = new pg.Client(url);
await client.connect();
const { rows } = await client
  .query(`begin; set local jit = off;
select json_build_object(
  'columns', (select json_agg(l) from (
    select n.nspname, c.relname, a.attname, a.attnum, t.typname, a.attnotnull, pg_get_expr(d.adbin, d.adrelid) as default, col_description(c.oid, a.attnum) as comment
    from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid join pg_type t on t.oid = a.atttypid
      left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum
    where c.relkind in ('r', 'p', 'v', 'm', 'f') and n.nspname !~ '^pg_' and n.nspname <> 'information_schema' and a.attnum > 0 and not a.attisdropped
    order by n.nspname, c.relname, a.attnum) l),
  'constraints', (select json_agg(l) from (select conrelid::int8, conname, contype, conkey, confrelid::int8, confkey from pg_constraint where contype in ('p', 'u', 'f')) l),
  'labels', (select json_agg(l) from (select enumtypid::int8, enumlabel from pg_enum order by enumtypid, enumsortorder) l)
)::text as catalog; rollback`)
  .then((results) => results.find(({ rows: [row] }) => row?.catalog));
const { columns } = JSON.parse(rows[0].catalog);
let text = '';
let table = '';
for (const column of columns) {
  if (column.relname !== table) {
    table = column.relname;
    text += `}\nexport interface ${table} {\n`;
  }
  text += `  ${column.attname}: ${column.typname}${column.attnotnull ? '' : ' | null'};\n`;
}
writeFileSync(file, text);
await client.end();
