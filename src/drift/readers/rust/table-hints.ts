import type { TableHint } from '../../declared.js';
import { saysTable, tableInDoc } from '../names.js';
import { attributeValue, derives, hasAttribute } from './attributes.js';
import { type DieselTables, docComment, moduleNamed } from './diesel-struct.js';
import type { RustStruct } from './syntax.js';
import { dieselTraits } from './traits.js';

/**
 * Tables that a struct names, attributes first, the doc comment last. A path such as `crate::schema::tasks` stays
 * whole: only the catalog tells which part is a schema.
 */
export function tableHints({ attributes, doc, fields }: RustStruct): readonly TableHint[] {
  const isSaid = saysTable(doc) || !isOfQuery(attributes, fields);
  const named: readonly (readonly [string | undefined, string])[] = [
    [attributeValue(attributes, 'diesel', 'table_name'), '#[diesel(table_name)]'],
    [attributeValue(attributes, 'table_name', 'table_name'), '#[table_name]'],
    [attributeValue(attributes, 'sea_orm', 'table_name'), '#[sea_orm(table_name)]'],
    [attributeValue(attributes, 'sqlx', 'table'), '#[sqlx(table)]'],
    [isSaid ? tableInDoc(doc) : undefined, docComment],
  ];
  const mentioned = saysTable(doc) ? {} : { mentioned: true as const };
  const schema = attributeValue(attributes, 'sea_orm', 'schema_name');
  return named.flatMap(([table, by]) =>
    table === undefined
      ? []
      : [
          {
            table: table.replace(/\s+|r#/g, ''),
            by,
            ...(schema === undefined ? {} : { schema }),
            ...(by === docComment ? mentioned : {}),
          },
        ],
  );
}

/** Whether a struct is for the result of `sql_query`: its fields declare their SQL types, since no table does. */
export function isOfQuery(attributes: RustStruct['attributes'], fields: RustStruct['fields']): boolean {
  const saysTypes = fields.some((field) => hasAttribute(field.attributes, 'diesel', 'sql_type'));
  return saysTypes && derives(attributes).includes('QueryableByName');
}

/** What is known of Diesel's tables. */
interface Tables {
  readonly tables: DieselTables;
  readonly unqueried: ReadonlySet<string>;
}

/**
 * Hints of which those are mentions that name a `table!` without a query, or, where the compiler does not check it, none
 * of the given: `Queryable` alone does not use `table_name`, which may be old.
 */
export function asMentions(
  hints: readonly TableHint[],
  traits: readonly string[],
  { tables, unqueried }: Tables,
): readonly TableHint[] {
  const used = traits.filter((trait) => dieselTraits.has(trait));
  const isUnchecked = /^Queryable(?:ByName)?$/.test(used.join()) && tables.named.size > 0;
  return hints.map((hint) => {
    const module = moduleNamed(hint.table);
    const isMention = unqueried.has(module) || (isUnchecked && !tables.named.has(module));
    return isMention && hint.by !== docComment ? { ...hint, mentioned: true as const } : hint;
  });
}
