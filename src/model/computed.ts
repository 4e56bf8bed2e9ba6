import type { Catalog, Relation } from '../catalog/catalog.js';
import { optional } from '../catalog/collections.js';
import { answers } from '../catalog/infer/expression.js';
import type { ComputedConfig, ModelConfig } from '../config/config.js';
import { RowsmithError } from '../errors.js';
import type { ComputedField, StateMachine, StoredField } from './model.js';
import { expressionOf } from './settings.js';
import { nullable } from './ts-type.js';
import type { TypeMapper } from './types.js';

/** The computed fields of a relation's model: the state machine's first, then those of the config in their order. */
export function computedFields(
  catalog: Catalog,
  relation: Relation,
  config: ModelConfig,
  stored: readonly StoredField[],
  machine: StateMachine | undefined,
  mapType: TypeMapper,
): ComputedField[] {
  const fields = [
    ...(machine ? [stateField(machine)] : []),
    ...Object.entries(config.computed ?? {}).map(([name, computed]) => sqlField(catalog, relation, name, computed, mapType)),
  ];
  for (const [index, { name }] of fields.entries()) refuseTaken(relation, name, stored, fields.slice(0, index));
  return fields;
}

function stateField(machine: StateMachine): ComputedField {
  const { field: name, type, transitions, initial } = machine;
  return {
    name,
    type,
    kind: 'state',
    instead: `insert a row into ${transitions.name}`,
    comment: `From the newest row of ${transitions.name}; ${initial === undefined ? 'null' : `"${initial}"`} without one.`,
  };
}

function sqlField(catalog: Catalog, relation: Relation, name: string, config: ComputedConfig, mapType: TypeMapper): ComputedField {
  const { sql, comment } = config;
  const asked = expressionOf(relation, name, config);
  const inferred = catalog.expressions.find((expression) => answers(expression, asked));
  if (!inferred) {
    throw new RowsmithError(
      'expression-not-inferred',
      `The catalog does not know the type of the computed field "${name}" of ${relation.name}: its SQL is new or was changed.`,
      'Types are inferred by a database: generate from one, or from SQL files, once.',
    );
  }
  const { read } = mapType(inferred.type);
  return { name, type: inferred.notNull ? read : nullable(read), kind: 'sql', sql, instead: 'write the columns it is computed from', ...optional({ comment }) };
}

/** A computed field must be told apart from every column, by the model's name and by the database's. */
function refuseTaken(relation: Relation, name: string, stored: readonly StoredField[], earlier: readonly ComputedField[]): void {
  const column = stored.find((field) => field.name === name || field.column === name);
  if (!column && !earlier.some((field) => field.name === name)) return;
  throw new RowsmithError(
    'alias-shadows-column',
    `The computed field "${name}" of ${relation.name} has the name of ${column ? `the stored column "${column.column}"` : 'another computed field'}.`,
    'Give it another name in the config.',
  );
}
