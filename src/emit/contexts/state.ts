import type { RelationModel } from '../../model/model.js';
import { pascalCase } from '../../model/names.js';
import { functionName } from '../../model/reserved-names.js';
import { transitionName } from '../../model/state/machine-names.js';
import type { StateMachine, StateValue, TransitionsStorage } from '../../model/state/state-machine.js';
import type { FilledColumn, StoredField } from '../../model/stored-field.js';
import { holdsBigint, listOf, orUndefined, type TsType } from '../../model/ts-type.js';
import { commentText, objectKey, propertyKey, spellPath, stringLiteral } from '../typescript.js';
import { sqlSource } from './field-spelling.js';
import type { Imports } from './imports.js';
import { jsonValue } from './write.js';

/** The state machines of a model: their unions, their data for the runtime, and the functions over them. */
export function stateContext(relation: RelationModel, imports: Imports, spell: (type: TsType) => string) {
  const { name, alias, rowName, stateMachines } = relation;
  const machines = stateMachines.map((machine) => ({
    hasStates: machine.states !== undefined,
    stateType: machine.states ? machine.typeName : spell(machine.value),
    stateList: machine.states ? `${machine.typeName}[]` : spell(listOf(machine.value)),
    typeName: machine.typeName,
    statesName: machine.valuesName,
    states: (machine.states ?? []).map(spellState(machine)),
    ...machineFunctions({ name, alias }, machine),
    data: machineData(relation, machine),
    conditionKey: `Pick<${rowName}, ${[...new Set([toldBy(machine), machine.present])].map(stringLiteral).join(' | ')}>`,
    ...storageContext(relation, machine, spell),
  }));
  if (machines.length > 0) {
    for (const value of ['inState', 'notInState']) imports.value('../runtime/state.js', value);
    imports.type('../runtime/state.js', 'StateCondition');
  }
  for (const { machineType } of machines) imports.type('../runtime/state.js', machineType);
  if (machines.some(({ isChanged }) => isChanged)) {
    imports.value('../runtime/change.js', 'changeState');
    imports.type('../runtime/change.js', 'ChangeState');
  }
  importTransitions(relation, imports);
  return { machines, ...columnStates(relation) };
}

/** Imports what the functions of machines in transitions tables need. */
function importTransitions({ stateMachines }: RelationModel, imports: Imports): void {
  const tables = stateMachines.flatMap(({ storage }) => (storage.kind === 'transitions' ? [storage] : []));
  if (tables.length > 0) imports.value('../runtime/state.js', 'currentState');
  if (tables.some(({ changedAt }) => changedAt)) imports.value('../runtime/state.js', 'ofNewest');
  if (tables.some(({ write }) => write)) {
    imports.value('../runtime/transition.js', 'transition');
    imports.type('../runtime/relation.js', 'AnyDatabase');
  }
  const fills = tables.flatMap(({ write }) => (write?.filled ?? []).flatMap((one) => [one.insert, one.update]));
  if (fills.some((fill) => typeof fill === 'object')) imports.value('kysely', 'sql');
}

/** The field by which a state is found: the one that holds it, or the key that its transitions reference. */
function toldBy({ field, storage }: StateMachine): string {
  return storage.kind === 'column' ? field : storage.parentField;
}

/** How the function that changes a state is written, which depends on where the state is kept. */
function storageContext({ name }: RelationModel, { storage }: StateMachine, spell: (type: TsType) => string) {
  if (storage.kind === 'column') {
    const { isChanged, column } = storage;
    const nothing = { canTransition: false, hasGiven: false, given: '', transitions: '' };
    return { ...nothing, machineType: 'ColumnMachine', isChanged, keyType: `${name}Key`, column: commentText(column) };
  }
  return {
    machineType: 'TransitionsMachine',
    canTransition: storage.write !== undefined,
    ...givenContext(storage, spell),
    keyType: spell(storage.parentType),
    transitions: commentText(storage.transitions.name),
    isChanged: false,
    column: '',
  };
}

/** The fields that hold a state, for the write functions: the machine, and what to do instead of an update. */
function columnStates({ alias, stored, stateMachines }: RelationModel) {
  const states = stored.flatMap(({ name, state, insert, update }) => {
    const machine = stateMachines.find(({ field, storage }) => storage.kind === 'column' && field === name);
    if (!machine || !state || !(insert || update)) return [];
    const variable = machineVariable(alias, machine);
    const value = `{ first: ${variable}.first, instead: ${stringLiteral(state.instead)} }`;
    return [{ key: objectKey(name), value }];
  });
  return { columnStates: states, hasColumnStates: states.length > 0 };
}

/**
 * What the function that writes a transition takes in addition to the new state; empty if callers can give nothing
 * more.
 */
function givenContext({ write }: TransitionsStorage, spell: (type: TsType) => string) {
  const given = (write?.given ?? []).flatMap(({ name, insert, json }) => {
    if (!insert) return [];
    const type = json ? jsonValue(insert.type) : insert.type;
    return [{ name, optional: insert.optional, type: spell(insert.optional ? orUndefined(type) : type) }];
  });
  const fields = given.map(
    ({ name, optional, type }) => `readonly ${propertyKey(name)}${optional ? '?' : ''}: ${type}`,
  );
  return {
    hasGiven: given.length > 0,
    given: `given${given.every(({ optional }) => optional) ? '?' : ''}: { ${fields.join('; ')} }`,
  };
}

function machineFunctions({ name, alias }: Pick<RelationModel, 'name' | 'alias'>, machine: StateMachine) {
  const suffix = pascalCase(machine.name);
  return {
    variable: machineVariable(alias, machine),
    inName: functionName(`${alias}In${suffix}`),
    notInName: functionName(`${alias}NotIn${suffix}`),
    transitionName: transitionName(name, machine),
  };
}

/** The functions and constants that a module declares for its state machines. */
export function stateNames(relation: RelationModel): string[] {
  return relation.stateMachines.flatMap((machine) => [
    machine.valuesName,
    ...Object.values(machineFunctions(relation, machine)),
  ]);
}

export function machineVariable(alias: string, { name }: Pick<StateMachine, 'name'>): string {
  return `${alias}${pascalCase(name)}Machine`;
}

/** A state as the driver reads it: a bigint, or a safe integer as a number if the driver reads both. */
function spellState({ value }: StateMachine): (state: StateValue) => string {
  return (state) => {
    if (typeof state !== 'string') return String(state);
    if (!holdsBigint(value)) return stringLiteral(state);
    return value.kind === 'union' && Number.isSafeInteger(Number(state)) ? state : `${state}n`;
  };
}

const record = (entries: readonly string[]) => (entries.length > 0 ? `{ ${entries.join(', ')} }` : '{}');

function machineData(relation: RelationModel, machine: StateMachine) {
  const { storage } = machine;
  const spell = spellState(machine);
  const list = (values: readonly StateValue[]) => `[${values.map(spell).join(', ')}]`;
  const graph = Object.entries(machine.graph ?? {}).map(([from, to]) => `${objectKey(from)}: ${list(to)}`);
  const data: readonly (readonly [key: string, value: string])[] = [
    ['kind', stringLiteral(storage.kind)],
    ['parent', spellPath(relation.path)],
    ['column', stringLiteral(storage.kind === 'column' ? storage.column : storage.parentColumn)],
    ['field', stringLiteral(toldBy(machine))],
    ['present', stringLiteral(machine.present)],
    ['first', spellFirst(machine, list)],
    ['states', machine.states ? machine.valuesName : 'null'],
    ['graph', machine.graph ? record(graph) : 'null'],
    ...(storage.kind === 'column' ? [] : transitionsData(machine, storage)),
    ['alias', stringLiteral(relation.alias)],
  ];
  return data.map(([key, value]) => ({ key, value }));
}

/**
 * The states that may come first. A column is inserted with one of them; a row without transitions may have no state.
 */
function spellFirst(
  { initial, first, storage, valuesName }: StateMachine,
  list: (values: readonly StateValue[]) => string,
): string {
  if (first) return list(first);
  if (storage.kind === 'transitions') return 'null';
  return initial === undefined ? valuesName : list([initial]);
}

function transitionsData(
  machine: StateMachine,
  storage: TransitionsStorage,
): (readonly [key: string, value: string])[] {
  const { newest, flag, before, write } = storage;
  const spell = spellState(machine);
  const zones = Object.entries(storage.zones).map(([name, zone]) => `${objectKey(name)}: ${stringLiteral(zone)}`);
  return [
    ['transitions', spellPath(storage.transitions.path)],
    ['foreignKey', stringLiteral(storage.foreignKey)],
    ['toState', stringLiteral(storage.toState)],
    ['newest', `{ by: ${stringLiteral(newest.by)}, column: ${stringLiteral(newest.column)} }`],
    ['flag', flag ? `{ column: ${stringLiteral(flag.column)}, older: ${String(flag.older)} }` : 'null'],
    ['initial', machine.initial === undefined ? 'null' : spell(machine.initial)],
    ['before', before === undefined ? 'null' : spell(before)],
    ['arbiter', spellArbiter(storage.arbiter)],
    ['write', `[${(write?.known ?? []).map(stringLiteral).join(', ')}]`],
    ['filled', record((write?.filled ?? []).map(spellFilled))],
    ['given', record((write?.given ?? []).map(spellGiven))],
    ['zones', record(zones)],
  ];
}

function spellArbiter(arbiter: TransitionsStorage['arbiter']): string {
  if (typeof arbiter === 'string') return stringLiteral(arbiter);
  const where = arbiter.where === undefined ? '' : `, where: ${stringLiteral(arbiter.where)}`;
  return `{ columns: [${arbiter.columns.map(stringLiteral).join(', ')}]${where} }`;
}

function spellFilled({ column, insert, update }: FilledColumn): string {
  const fills = Object.entries({ insert, update }).flatMap(([when, fill]) => {
    if (fill === undefined) return [];
    return [`${when}: ${fill === 'now' ? stringLiteral(fill) : sqlSource(fill.sql)}`];
  });
  return `${objectKey(column)}: { ${fills.join(', ')} }`;
}

function spellGiven({ name, column, json }: StoredField): string {
  return `${objectKey(name)}: { column: ${stringLiteral(column)}, json: ${json} }`;
}
