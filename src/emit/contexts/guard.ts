import type { RelationModel, Schema } from '../../model/model.js';
import { objectKey, spellPath, stringLiteral } from '../typescript.js';
import { spellField } from './field-spelling.js';
import { unwritableFields } from './write.js';

/** The context of `guard.ts.hbs`: what may be written to each table, and what to do instead of writing the rest. */
export function guardContext(schema: Schema) {
  return { tables: schema.relations.map(tableContext) };
}

function tableContext(relation: RelationModel) {
  const columns = relation.stored
    .filter(({ insert, update }) => insert ?? update)
    .map((field) => spellField(field).columnLiteral);
  const refused = unwritableFields(relation);
  const { key } = relation;
  const { schema, name } = relation.relation;
  const columnNames = refused.flatMap(({ column, instead }) =>
    column === undefined ? [] : [[column, instead] as const],
  );
  const states = relation.stored.flatMap(({ column, update, state }) =>
    update && state ? [[column, state] as const] : [],
  );
  const instead = new Map([...columnNames, ...refused.map((field) => [field.name, field.instead] as const)]);
  return {
    path: spellPath(key === name ? [name] : [schema, name]),
    schema: stringLiteral(schema),
    columns: `[${columns.join(', ')}]`,
    isWritable: String(relation.stored.every(({ insert }) => insert)),
    instead: reasons([...instead]),
    hasStates: states.length > 0,
    states: reasons(states.map(([column, state]) => [column, state.instead])),
  };
}

const reasons = (entries: readonly (readonly [name: string, reason: string])[]) =>
  `{ ${entries.map(([name, reason]) => `${objectKey(name)}: ${stringLiteral(reason)}`).join(', ')} }`;
