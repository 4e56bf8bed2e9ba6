import type { Relation } from '../../catalog/catalog.js';
import { optional } from '../../catalog/collections.js';
import { homeSchema, relationKey, relationPath } from '../../catalog/home-schema.js';
import type { TransitionsStateConfig } from '../../config/models.js';
import { didYouMean, RowsmithError } from '../../errors.js';
import { matchesQualified } from '../../selection/pattern.js';
import type { BaseOf } from '../filled.js';
import { storedFields } from '../stored.js';
import { nullable } from '../ts-type.js';
import { columnMachines } from './column.js';
import { declaredMachines } from './declared.js';
import { detectTransitions, keysTo, neededIndex, readableKeys, type TransitionsTable, toState } from './detect.js';
import { machineNames } from './machine-names.js';
import type { StateScope } from './scope.js';
import type { StateMachine, TransitionsStorage, TransitionWrite } from './state-machine.js';
import { checkStates, declaredStates, knownStates, presentField, stateType, stateValue } from './states.js';
import { arbiterOf, filledTimes, fromState, transitionWrite } from './write.js';

/** The state machines of a relation: those that the config declares, and those that the catalog shows. */
export function stateMachines(scope: StateScope): StateMachine[] {
  const { relation, config } = scope;
  if (config.state === false) return [];
  const machines = [...transitionsMachines(scope), ...columnMachines(scope)];
  const twice = machines.find(({ name }, index) => machines.findIndex((other) => other.name === name) !== index);
  if (twice) {
    throw new RowsmithError(
      'name-collision',
      `Two state machines of ${relation.name} have the name ${twice.name}.`,
      `Rename one of them with name in models.${relation.name}.state.`,
    );
  }
  return machines;
}

function transitionsMachines(scope: StateScope): StateMachine[] {
  const { relation, candidates, config } = scope;
  const configured = declaredMachines(config).transitions.map((entry) => ({
    table: declaredTable(scope, entry),
    entry,
  }));
  const found = detectTransitions(candidates, relation)
    .filter(({ transitions }) => !configured.some(({ table }) => table.transitions === transitions))
    .map((table) => ({ table, entry: undefined }));
  return [...configured, ...found].map(({ table, entry }) => {
    const field = entry?.name ?? config.fields.machines.get(table.transitions) ?? 'state';
    return transitionsMachine(scope, table, field, entry ?? { transitions: table.transitions.name });
  });
}

/** The transitions table that the config names. Throws if it does not exist, or does not identify the newest row. */
function declaredTable(
  { catalog, relation }: StateScope,
  { transitions: name }: TransitionsStateConfig,
): TransitionsTable {
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
  if (!key) throw unreadable(relation, transitions, `it has no single-column foreign key to ${relation.name}`);
  throw unreadable(relation, transitions, `nothing proves which row is the newest: ${neededIndex(key)}`);
}

function transitionsMachine(
  scope: StateScope,
  table: TransitionsTable,
  field: string,
  config: TransitionsStateConfig,
): StateMachine {
  const { catalog, relation, stored, modelName, mapType } = scope;
  const { transitions, foreignKey, newest } = table;
  const [column = ''] = foreignKey.columns;
  const [parentColumn = ''] = foreignKey.references.columns;
  const parent = stored.find((candidate) => candidate.column === parentColumn);
  const stateColumn = transitions.columns.find(({ name }) => name === toState);
  if (!parent || !stateColumn)
    throw unreadable(relation, transitions, 'its foreign key references no column of the model');
  const baseOf: BaseOf = (type) => mapType(type).base ?? type;
  const toValue = stateValue(mapType(baseOf(stateColumn.type)).read);
  const states = knownStates(scope, transitions.checks, stateColumn) ?? config.states?.map(toValue);
  const declared = declaredStates(config, toValue);
  checkStates(relation, states, declared);
  const value = stateType(states, mapType(stateColumn.type).read);
  const { initial, first, graph } = declared;
  const before = transitions.columns.some(({ name, notNull }) => name === fromState && notNull) ? initial : undefined;
  const write = transitionWrite({ ...transitionsModel(scope, transitions), foreignKey: column, baseOf, initial });
  const changedAt = transitions.columns.find(({ name }) => name === 'created_at');
  return {
    ...machineNames(modelName, field),
    field,
    ...optional({ states, initial, first, graph }),
    value,
    type: initial === undefined ? nullable(value) : value,
    present: presentField(parent, stored).name,
    storage: {
      kind: 'transitions',
      transitions: {
        schema: transitions.schema,
        name: transitions.name,
        key: relationKey(transitions, homeSchema(catalog)),
        path: relationPath(catalog, transitions),
      },
      foreignKey: column,
      parentColumn,
      parentField: parent.name,
      parentType: parent.fieldSelect,
      toState,
      ...optional({ before, flag: newestFlag(transitions, column) }),
      newest,
      arbiter: arbiterOf(transitions, column, newest),
      zones: write ? timeZones(scope, transitions, write) : {},
      ...(changedAt ? { changedAt: { column: changedAt.name, type: nullable(mapType(changedAt.type).read) } } : {}),
      ...optional({ write }),
    },
  };
}

/**
 * The flag of the newest row, whether or not it identifies the newest. It is null in older rows if a unique key allows
 * only one false.
 */
function newestFlag(transitions: Relation, parent: string): TransitionsStorage['flag'] | undefined {
  const flag = transitions.columns.find(({ name, type }) => name === 'most_recent' && type.name === 'bool');
  if (!flag) return undefined;
  const keys: readonly { readonly columns: readonly (string | null)[]; readonly predicate?: string }[] = [
    ...transitions.uniques,
    ...transitions.indexes.filter(({ unique }) => unique),
  ];
  const full = keys.some(
    ({ columns, predicate }) =>
      predicate === undefined && columns.length === 2 && columns.includes(parent) && columns.includes(flag.name),
  );
  return { column: flag.name, older: full && !flag.notNull ? null : false };
}

/** The table of transitions, with the stored fields of its own model. */
function transitionsModel(scope: StateScope, transitions: Relation) {
  const config = scope.configOf(transitions) ?? scope.config;
  return { transitions, stored: storedFields({ ...scope, relation: transitions, config }) };
}

function timeZones({ zoneOf }: StateScope, { columns }: Relation, write: TransitionWrite): TransitionsStorage['zones'] {
  const filled = filledTimes(write);
  const times = columns.filter(({ name }) => filled.includes(name));
  return Object.fromEntries(
    times.flatMap(({ name, type }) => {
      const zone = zoneOf(type);
      return zone ? [[name, zone] as const] : [];
    }),
  );
}

function unreadable(parent: Relation, transitions: Relation, reason: string): RowsmithError {
  return new RowsmithError(
    'state-not-readable',
    `${transitions.name} does not determine the state of ${parent.name}: ${reason}.`,
    `Change models.${parent.name}.state, or the table.`,
  );
}
