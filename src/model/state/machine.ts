import type { Column, Relation } from '../../catalog/catalog.js';
import { optional } from '../../catalog/collections.js';
import { homeSchema, relationKey } from '../../catalog/home-schema.js';
import { byTypeKey, typeKey } from '../../catalog/type-key.js';
import type { StateConfig } from '../../config/config.js';
import { didYouMean, RowsmithError } from '../../errors.js';
import { matchesQualified } from '../../selection/pattern.js';
import { intersectLiterals, literalsOfCheck } from '../../catalog/check-literals.js';
import type { StateMachine, StoredField } from '../model.js';
import { camelCase, pascalCase, singular } from '../names.js';
import type { RelationScope } from '../scope.js';
import { builtin, literal, nullable, type TsType, union } from '../ts-type.js';
import type { TypeMapper } from '../types.js';
import { detectTransitions, keysTo, neededIndex, readableKeys, type TransitionsTable, toState } from './detect.js';
import { transitionWrite } from './write.js';

/** What the state machines of a relation are built from. */
export interface StateScope extends RelationScope {
  /** The tables that could keep transitions, and point at the relation. */
  readonly candidates: readonly Relation[];
  readonly stored: readonly StoredField[];
  readonly modelName: string;
}

/** The state machines of a relation: those that the config declares, and those that the catalog shows. */
export function stateMachines(scope: StateScope): StateMachine[] {
  const { relation, candidates, stored, config } = scope;
  if (config.state === false) return [];
  const declared = config.state === undefined ? [] : [config.state].flat();
  const configured = declared.map((entry) => ({ table: declaredTable(scope, entry), entry }));
  const found = detectTransitions(candidates, relation)
    .filter(({ transitions }) => !configured.some(({ table }) => table.transitions === transitions))
    .map((table) => ({ table, entry: undefined }));
  const all = [...configured, ...found];
  return all.flatMap(({ table, entry }) => {
    const field = entry?.name ?? (all.length === 1 ? 'state' : fieldName(relation, table.transitions));
    // What nobody asked for gives way to a column of its name.
    if (!entry && stored.some(({ name, column }) => name === field || column === field)) return [];
    return [stateMachine(scope, table, field, entry ?? { transitions: table.transitions.name })];
  });
}

/** `order_payment_transitions` of `orders` → `paymentState`. */
function fieldName(relation: Relation, transitions: Relation): string {
  const own = transitions.name.replace(/_?transitions$/, '').replace(new RegExp(`^${singular(relation.name)}_?`), '');
  return own === '' ? 'state' : camelCase(`${own}_state`);
}

/** The transitions table that the config names. Throws where it does not exist, or tells no newest row. */
function declaredTable({ catalog, relation }: StateScope, { transitions: name }: StateConfig): TransitionsTable {
  const transitions = catalog.relations.find((candidate) => matchesQualified(name, candidate));
  if (!transitions) {
    const hint = didYouMean(
      name,
      catalog.relations.map((candidate) => candidate.name),
    );
    throw new RowsmithError(
      'unknown-relation',
      `The config names an unknown table: models.${relation.name}.state.transitions is "${name}"`,
      hint ?? 'Is it left out by include or exclude?',
    );
  }
  if (!transitions.columns.some((column) => column.name === toState))
    throw unreadable(relation, transitions, `it has no column ${toState}`);
  const keys = keysTo(transitions, relation);
  const readable = readableKeys(transitions, keys);
  const [table] = readable;
  if (table && readable.length === 1) return table;
  const [key] = keys;
  if (!key) throw unreadable(relation, transitions, `it has no foreign key of one column to ${relation.name}`);
  throw unreadable(relation, transitions, `nothing tells its newest row: ${neededIndex(key)}`);
}

function stateMachine(scope: StateScope, table: TransitionsTable, field: string, config: StateConfig): StateMachine {
  const { catalog, relation, stored, modelName, mapType } = scope;
  const { transitions, foreignKey, newest } = table;
  const [column = ''] = foreignKey.columns;
  const [parentColumn = ''] = foreignKey.references.columns;
  const parent = stored.find((candidate) => candidate.column === parentColumn);
  const stateColumn = transitions.columns.find(({ name }) => name === toState);
  if (!parent || !stateColumn)
    throw unreadable(relation, transitions, 'its foreign key points at no column of the model');
  const states = knownStates(scope, transitions, stateColumn, config);
  checkStates(relation, states, config);
  const type = stateType(states, stateColumn, mapType);
  const changedAt = transitions.columns.find(({ name }) => name === 'created_at');
  return {
    field,
    typeName: `${modelName}${pascalCase(field)}`,
    valuesName: `${camelCase(`${modelName}_${field}`)}s`,
    ...optional({ states, initial: config.initial, graph: config.graph }),
    type: config.initial === undefined ? nullable(type) : type,
    transitions: {
      schema: transitions.schema,
      name: transitions.name,
      key: relationKey(transitions, homeSchema(catalog)),
    },
    foreignKey: column,
    parentColumn,
    parentField: parent.name,
    parentType: parent.fieldSelect,
    toState,
    newest,
    ...(changedAt ? { changedAt: { column: changedAt.name, type: nullable(mapType(changedAt.type).read) } } : {}),
    ...optional({ write: transitionWrite(transitions, column) }),
  };
}

/**
 * Every state that there is, from the column's enum, else from a CHECK on it, else from the config; undefined if
 * nothing tells.
 */
function knownStates(
  { catalog }: StateScope,
  transitions: Relation,
  column: Column,
  config: StateConfig,
): readonly string[] | undefined {
  const labels = byTypeKey(catalog.enums).get(typeKey(column.type))?.labels;
  const checked = intersectLiterals(
    transitions.checks.map((check) => literalsOfCheck(check, column.name, column.type)),
  );
  return labels ?? checked?.map(String) ?? config.states;
}

/** Throws where the config mentions a state that is none. */
function checkStates(
  relation: Relation,
  states: readonly string[] | undefined,
  { initial, graph = {} }: StateConfig,
): void {
  if (!states) return;
  const named = [...(initial === undefined ? [] : [initial]), ...Object.keys(graph), ...Object.values(graph).flat()];
  const unknown = named.find((state) => !states.includes(state));
  if (unknown === undefined) return;
  const what = unknown === initial ? 'The initial state' : 'The state';
  throw new RowsmithError(
    'config-invalid',
    `${what} "${unknown}" of ${relation.name} is none of its states.`,
    didYouMean(unknown, states) ?? `The states are: ${states.join(', ')}.`,
  );
}

function stateType(states: readonly string[] | undefined, column: Column, mapType: TypeMapper): TsType {
  const { read } = mapType(column.type);
  if (read.kind === 'enum') return read;
  return states ? union(...states.map(literal)) : builtin('string');
}

function unreadable(parent: Relation, transitions: Relation, reason: string): RowsmithError {
  return new RowsmithError(
    'state-not-readable',
    `${transitions.name} cannot tell the state of ${parent.name}: ${reason}.`,
    `Change models.${parent.name}.state, or the table.`,
  );
}
