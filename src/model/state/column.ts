import type { Column, Relation } from '../../catalog/catalog.js';
import { optional } from '../../catalog/collections.js';
import type { ColumnStateConfig } from '../../config/models.js';
import { RowsmithError } from '../../errors.js';
import { unknownColumn } from '../../selection/refuse-unknown.js';
import { uniqueKeys } from '../keys.js';
import { checksOf } from '../stored.js';
import type { StoredField } from '../stored-field.js';
import { holdsBigint, isNullable, literal, nullable, type TsType, union } from '../ts-type.js';
import { literalDefault, refuseUnheld, type StateColumn } from './column-states.js';
import { declaredMachines } from './declared.js';
import { machineNames, transitionName } from './machine-names.js';
import type { StateScope } from './scope.js';
import type { StateMachine, StateValue } from './state-machine.js';
import {
  checkStates,
  type DeclaredStates,
  declaredStates,
  enumLabels,
  knownStates,
  presentField,
  stateType,
  stateValue,
} from './states.js';

/** The machines of a relation whose states are in its own columns. Only the config identifies such columns. */
export function columnMachines(scope: StateScope): StateMachine[] {
  const { relation, config } = scope;
  const declared = declaredMachines(config).columns;
  const twice = declared.find(({ column }, index) => declared.findIndex((other) => other.column === column) !== index);
  if (twice) throw refused(relation, twice.column, 'the config defines two state machines for it', 'Keep one of them.');
  return declared.map((entry) => columnMachine(scope, entry));
}

function columnMachine(scope: StateScope, config: ColumnStateConfig): StateMachine {
  const { relation, stored, modelName, mapType } = scope;
  const column = relation.columns.find(({ name }) => name === config.column);
  const field = stored.find((candidate) => candidate.column === config.column);
  if (!column || !field) throw unknownColumn(relation, `state.column is "${config.column}"`, config.column);
  refuseOtherValues(relation, field);
  const { read, base = column.type } = mapType(column.type);
  const labels = enumLabels(scope, base);
  const place: StateColumn = { relation, column, base, ...optional({ labels }) };
  const named = namedStates(config);
  refuseUnheld(place, named);
  const toValue = stateValue(mapType(base).read);
  const known = column.nondeterministic ? undefined : knownStates(scope, checksOf(relation), column);
  const states = known ?? named.map(toValue);
  if (states.length === 0) {
    const hint = `List them: models.${relation.name}.state takes states, or a graph that names them all.`;
    throw refused(relation, column.name, 'neither an enum, nor a CHECK, nor the config lists the states', hint);
  }
  const said = declaredStates(config, toValue);
  checkStates(relation, states, { ...said, ...optional({ states: config.states?.map(toValue) }) });
  refuseOtherDefault(relation, column, said);
  const value = stateType(states, read);
  const isNull = isNullable(field.select);
  return {
    ...machineNames(modelName, scope.config.fields.columnMachines.get(config) ?? 'state'),
    field: field.name,
    states,
    ...said,
    value,
    type: isNull ? nullable(value) : value,
    present: presentField(field, stored).name,
    storage: {
      kind: 'column',
      column: column.name,
      isChanged: field.update !== undefined && uniqueKeys(relation, stored).length > 0,
    },
  };
}

/** The states that the config names: those that it lists, or if it lists none, all states of the graph. */
function namedStates({ states, initial = [], graph = {} }: ColumnStateConfig): readonly string[] {
  if (states) return states;
  return [...new Set([...[initial].flat(), ...Object.keys(graph), ...Object.values(graph).flat()])];
}

/** Throws if the field reads or writes something other than the column's value. */
function refuseOtherValues(relation: Relation, { column, default: fallback, filled }: StoredField): void {
  if (fallback !== undefined) {
    const hint = `Remove default from models.${relation.name}.alias.${column}, or make the column NOT NULL.`;
    throw refused(relation, column, 'its alias has a default, which is not stored in the column', hint);
  }
  if (filled?.update !== undefined) {
    const hint = `Remove update from models.${relation.name}.filled.${column}: only transitions change a state.`;
    throw refused(relation, column, 'every update would fill it', hint);
  }
}

/** Throws if a row inserted without a state would start in a state other than the config's initial one. */
function refuseOtherDefault(relation: Relation, column: Column, { initial, first }: DeclaredStates): void {
  const starts = initial === undefined ? first : [initial];
  const begins = literalDefault(column);
  if (!starts || begins === undefined || starts.map(String).includes(begins)) return;
  throw new RowsmithError(
    'config-invalid',
    `The initial state of ${relation.name} is ${starts.map((state) => `"${state}"`).join(' or ')}, but ${relation.name}.${column.name} is "${begins}" by default.`,
    'Set initial to the default, or change the default in the database.',
  );
}

/** A stored field that holds the state of a machine, as the model reads and writes it. */
export function stateField(field: StoredField, machines: readonly StateMachine[], model: string): StoredField {
  const machine = machines.find(({ storage }) => storage.kind === 'column' && storage.column === field.column);
  if (machine?.storage.kind !== 'column') return field;
  const instead = machine.storage.isChanged
    ? `call ${transitionName(model, machine)}`
    : 'it is a state, and without a unique key no function changes it';
  return { ...field, fieldSelect: machine.type, state: { insert: insertType(machine, field), instead } };
}

/** The initial states, and null if the column accepts it: a row without a state. */
function insertType(
  { initial, first, states = [], value: read }: StateMachine,
  { insert, value }: StoredField,
): TsType {
  const starts: readonly StateValue[] = initial === undefined ? (first ?? states) : [initial];
  const literals = starts.flatMap((state) => (typeof state === 'boolean' ? [] : [literal(state)]));
  const type = holdsBigint(read) || literals.length < starts.length ? value : union(...literals);
  return insert && isNullable(insert.type) ? nullable(type) : type;
}

function refused(relation: Relation, column: string, reason: string, hint: string): RowsmithError {
  return new RowsmithError('state-not-readable', `${relation.name}.${column} cannot keep a state: ${reason}.`, hint);
}
