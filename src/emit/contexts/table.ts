import type { RelationModel } from '../../model/model.js';
import type { StoredField } from '../../model/stored-field.js';
import { isNullable, orUndefined, sameType, type TsType } from '../../model/ts-type.js';
import { docComment } from '../typescript.js';
import type { Imports } from './imports.js';
import type { TableNaming } from './table-naming.js';

/** The table's interface for Kysely: one property for each column. */
export function tableContext(
  relation: RelationModel,
  naming: TableNaming,
  imports: Imports,
  spell: (type: TsType) => string,
) {
  const { schema, name, kind, comment } = relation.relation;
  const closed = {
    insert: relation.insertable ? 'never' : 'undefined',
    update: relation.updatable ? 'never' : 'undefined',
  };
  return {
    tableName: relation.tableName,
    tableDoc: docComment(comment ?? `The ${kind} \`${schema}.${name}\`.`),
    columns: relation.stored.map((field) => ({
      key: naming.column(field),
      type: columnType(field, closed, imports, spell),
      doc: docComment(field.comment),
    })),
  };
}

/**
 * The type of a column: the shortest of Kysely's spellings for what is selected, inserted and updated,
 * https://kysely.dev/docs/getting-started#types. A plain nullable type is already optional on insert. `closed` is the
 * type for what cannot be written: `never` removes the column, but if all columns were removed, nothing would remain to
 * refuse a value, so then it is `undefined`.
 */
function columnType(
  { select, insert, update }: StoredField,
  closed: { readonly insert: string; readonly update: string },
  imports: Imports,
  spell: (type: TsType) => string,
): string {
  if (insert && update && sameType(insert.type, select) && sameType(update, select)) {
    if (!insert.optional || isNullable(select)) return spell(select);
    return `${imports.type('kysely', 'Generated')}<${spell(select)}>`;
  }
  const inserted = insert ? spell(insert.optional ? orUndefined(insert.type) : insert.type) : closed.insert;
  return `${imports.type('kysely', 'ColumnType')}<${spell(select)}, ${inserted}, ${update ? spell(update) : closed.update}>`;
}
