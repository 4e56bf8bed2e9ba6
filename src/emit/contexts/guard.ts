import type { RelationModel, Schema } from '../../model/model.js';
import { objectKey, stringLiteral } from '../typescript.js';
import { unwritableColumns, unwritableFields } from './write.js';

/** The context of `guard.ts.hbs`: what may be written to each table, and what to do instead of writing the rest. */
export function guardContext(schema: Schema) {
  return { tables: schema.relations.map(tableContext) };
}

function tableContext(relation: RelationModel) {
  const columns = relation.stored.filter(({ insert, update }) => insert ?? update).map(({ column }) => stringLiteral(column));
  const instead = new Map([
    ...unwritableColumns(relation).map((field) => [field.column, field.instead] as const),
    ...unwritableFields(relation).map((field) => [field.name, field.instead] as const),
  ]);
  return {
    key: objectKey(relation.key),
    columns: `[${columns.join(', ')}]`,
    instead: `{ ${[...instead].map(([name, reason]) => `${objectKey(name)}: ${stringLiteral(reason)}`).join(', ')} }`,
  };
}
