import type { Catalog, QualifiedName, Relation } from '../catalog/catalog.js';
import { groupBy, onceForEach, optional } from '../catalog/collections.js';
import { answers, type Expression } from '../catalog/infer/expression.js';
import { nameKey } from '../catalog/name-key.js';
import type { ComputedConfig, ModelConfig, SqlFieldConfig } from '../config/models.js';
import { didYouMean, RowsmithError } from '../errors.js';
import type { CodeField, ComputedField } from './model.js';
import { moduleExport } from './module-export.js';
import type { RelationScope } from './scope.js';
import type { StateMachine } from './state/state-machine.js';
import type { StoredField } from './stored-field.js';
import { nullable } from './ts-type.js';

/**
 * The computed fields of a relation: those of its state machines, those of database functions over its row, and those
 * of the config.
 */
export function computedFields(
  scope: RelationScope,
  stored: readonly StoredField[],
  machines: readonly StateMachine[],
): ComputedField[] {
  const { relation, config } = scope;
  const states = machines.flatMap(stateFields);
  const fields = [...states, ...[...sqlFields(config)].map(([name, field]) => sqlField(scope, name, field))];
  const found = new Set([...states.map(({ name }) => name), ...config.fields.functions.values()]);
  for (const [index, { name }] of fields.entries()) {
    const columns = found.has(name) ? [] : stored;
    refuseTaken(relation, name, columns, fields.slice(0, index));
  }
  return fields;
}

/** The expressions of a relation's SQL fields. The database infers their types and nullability. */
export function computedExpressions(relation: Relation, config: ModelConfig): Expression[] {
  return [...sqlFields(config)].map(([field, asked]) => expressionOf(relation, field, asked));
}

/**
 * The SQL fields of a relation by name, including functions over its row, which `resolveModels` has added to the fields
 * of the config.
 */
function sqlFields({ computed = {} }: ModelConfig): Map<string, SqlFieldConfig> {
  const fields = new Map<string, SqlFieldConfig>();
  for (const [name, field] of Object.entries(computed)) if (field !== false && 'sql' in field) fields.set(name, field);
  return fields;
}

function expressionOf({ schema, name }: QualifiedName, field: string, { sql, notNull }: SqlFieldConfig): Expression {
  return { relation: { schema, name }, field, sql, ...(notNull ? { assertNotNull: notNull } : {}) };
}

/** The fields that a table of transitions adds: the state, and when it changed if the transitions record it. */
function stateFields({ field, type, initial, storage }: StateMachine): ComputedField[] {
  if (storage.kind !== 'transitions') return [];
  const { transitions, changedAt } = storage;
  const instead = `insert a row into ${transitions.name}`;
  const state: ComputedField = {
    name: field,
    type,
    source: { kind: 'state', machine: field },
    instead,
    comment: `From the newest row of ${transitions.name}; ${initial === undefined ? 'null' : `"${initial}"`} without one.`,
  };
  if (!changedAt) return [state];
  const stateChangedAt: ComputedField = {
    name: `${field}ChangedAt`,
    type: changedAt.type,
    source: { kind: 'changed at', machine: field },
    instead,
    comment: `When the newest row of ${transitions.name} was created; null without one.`,
  };
  return [state, stateChangedAt];
}

const fieldKey = ({ relation, field }: Expression) => JSON.stringify([nameKey(relation), field]);
const inferredFields = onceForEach(({ expressions }: Catalog) => groupBy(expressions, fieldKey));

function sqlField({ catalog, relation, mapType }: RelationScope, name: string, config: SqlFieldConfig): ComputedField {
  const asked = expressionOf(relation, name, config);
  const inferred = inferredFields(catalog)
    .get(fieldKey(asked))
    ?.find((expression) => answers(expression, asked));
  if (!inferred) {
    throw new RowsmithError(
      'expression-not-inferred',
      `The catalog does not know the type of the computed field "${name}" of ${relation.name}: its SQL is new or has changed.`,
      'Generate once from a database or SQL files, which infer its type.',
    );
  }
  if (inferred.volatile && !config.volatile) {
    throw new RowsmithError(
      'expression-volatile',
      `The computed field "${name}" of ${relation.name} calls a VOLATILE function: reading it could write, or return a different value each time.`,
      'Declare the function STABLE if it only reads. To use it as it is, set volatile: true beside the sql.',
    );
  }
  const { read } = mapType(inferred.type);
  return {
    name,
    type: inferred.notNull ? read : nullable(read),
    source: { kind: 'sql', sql: config.sql },
    instead: 'write the columns it is computed from',
    ...optional({ comment: config.comment }),
  };
}

/** The fields that TypeScript functions compute. Throws if one needs a field that the relation does not have. */
export function codeFields(
  { relation, config: { computed = {} } }: RelationScope,
  stored: readonly StoredField[],
  sql: readonly ComputedField[],
): CodeField[] {
  const known = [...stored, ...sql].map(({ name }) => name);
  return Object.entries(computed).flatMap(([name, config]: [string, ComputedConfig | false]) => {
    if (config === false || !('code' in config)) return [];
    refuseTaken(relation, name, stored, sql);
    const { code, needs, comment } = config;
    const missing = needs.find((need) => !known.includes(need));
    if (missing !== undefined) {
      throw new RowsmithError(
        'unknown-column',
        `The computed field "${name}" of ${relation.name} needs an unknown field: ${missing}`,
        didYouMean(missing, known) ?? `The model has: ${known.join(', ')}.`,
      );
    }
    const place = `models.${relation.name}.computed.${name}.code`;
    return [{ name, function: moduleExport(code, place), needs, ...optional({ comment }) }];
  });
}

/** Throws if a computed field has the name of a column, in the model or in the database, or of an earlier field. */
function refuseTaken(
  relation: Relation,
  name: string,
  stored: readonly StoredField[],
  earlier: readonly ComputedField[],
): void {
  const column = stored.find((field) => field.name === name || field.column === name);
  if (!column && !earlier.some((field) => field.name === name)) return;
  throw new RowsmithError(
    'alias-shadows-column',
    `The computed field "${name}" of ${relation.name} has the name of ${column ? `the stored column "${column.column}"` : 'another computed field'}.`,
    'Give it another name in the config.',
  );
}
