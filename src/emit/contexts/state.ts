import type { FilledColumn, RelationModel, StateMachine, StateValue, StoredField } from '../../model/model.js';
import { pascalCase } from '../../model/names.js';
import { functionName } from '../../model/reserved-names.js';
import { holdsBigint, listOf, orUndefined, type TsType } from '../../model/ts-type.js';
import { commentText, objectKey, propertyKey, spellPath, stringLiteral } from '../typescript.js';
import { sqlSource } from './field-spelling.js';
import type { Imports } from './imports.js';
import { jsonValue } from './write.js';

/** The state machines of a model: their unions, their data for the runtime, and the functions over them. */
export function stateContext(relation: RelationModel, imports: Imports, spell: (type: TsType) => string) {
  const { name, alias, stateMachines } = relation;
  const machines = stateMachines.map((machine) => ({
    hasStates: machine.states !== undefined,
    stateType: machine.states ? machine.typeName : spell(machine.value),
    stateList: machine.states ? `${machine.typeName}[]` : spell(listOf(machine.value)),
    typeName: machine.typeName,
    statesName: machine.valuesName,
    states: (machine.states ?? []).map(spellState(machine)),
    ...machineNames({ name, alias }, machine),
    data: machineData(relation, machine),
    conditionKey: `Pick<${relation.rowName}, ${[...new Set([machine.parentField, machine.present])].map(stringLiteral).join(' | ')}>`,
    canTransition: machine.write !== undefined,
    ...givenContext(machine, spell),
    keyType: spell(machine.parentType),
    transitions: commentText(machine.transitions.name),
  }));
  if (machines.length > 0) {
    for (const value of ['currentState', 'inState', 'notInState']) imports.value('../runtime/state.js', value);
    for (const type of ['StateCondition', 'StateMachine']) imports.type('../runtime/state.js', type);
  }
  if (stateMachines.some(({ changedAt }) => changedAt)) imports.value('../runtime/state.js', 'ofNewest');
  if (machines.some(({ canTransition }) => canTransition)) {
    imports.value('../runtime/transition.js', 'transition');
    imports.type('../runtime/relation.js', 'AnyDatabase');
  }
  const fills = stateMachines.flatMap(({ write }) => (write?.filled ?? []).flatMap((one) => [one.insert, one.update]));
  if (fills.some((fill) => typeof fill === 'object')) imports.value('kysely', 'sql');
  return { machines };
}

/** What the function that writes a transition takes besides the new state; nothing where no caller can give more. */
function givenContext({ write }: StateMachine, spell: (type: TsType) => string) {
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

function machineNames({ name, alias }: Pick<RelationModel, 'name' | 'alias'>, machine: StateMachine) {
  const field = pascalCase(machine.field);
  return {
    variable: machineVariable(alias, machine),
    inName: functionName(`${alias}In${field}`),
    notInName: functionName(`${alias}NotIn${field}`),
    transitionName: machine.field === 'state' ? `transition${name}` : `transition${name}${field}`,
  };
}

/** The functions and constants that a module declares for its state machines. */
export function stateNames(relation: RelationModel): string[] {
  return relation.stateMachines.flatMap((machine) => [
    machine.valuesName,
    ...Object.values(machineNames(relation, machine)),
  ]);
}

export function machineVariable(alias: string, { field }: Pick<StateMachine, 'field'>): string {
  return `${alias}${pascalCase(field)}Machine`;
}

/** A state as the driver reads it: a bigint, or a number as far as numbers are exact where there may be both. */
function spellState({ value }: StateMachine): (state: StateValue) => string {
  return (state) => {
    if (typeof state !== 'string') return String(state);
    if (!holdsBigint(value)) return stringLiteral(state);
    return value.kind === 'union' && Number.isSafeInteger(Number(state)) ? state : `${state}n`;
  };
}

function machineData(relation: RelationModel, machine: StateMachine) {
  const spell = spellState(machine);
  const list = (values: readonly StateValue[]) => `[${values.map(spell).join(', ')}]`;
  const record = (entries: readonly string[]) => (entries.length > 0 ? `{ ${entries.join(', ')} }` : '{}');
  const graph = Object.entries(machine.graph ?? {}).map(([from, to]) => `${objectKey(from)}: ${list(to)}`);
  const zones = Object.entries(machine.zones).map(([name, zone]) => `${objectKey(name)}: ${stringLiteral(zone)}`);
  const { newest, flag } = machine;
  const data: readonly (readonly [key: string, value: string])[] = [
    ['transitions', spellPath(machine.transitions.path)],
    ['foreignKey', stringLiteral(machine.foreignKey)],
    ['parent', spellPath(relation.path)],
    ['parentColumn', stringLiteral(machine.parentColumn)],
    ['parentField', stringLiteral(machine.parentField)],
    ['present', stringLiteral(machine.present)],
    ['toState', stringLiteral(machine.toState)],
    ['newest', `{ by: ${stringLiteral(newest.by)}, column: ${stringLiteral(newest.column)} }`],
    ['flag', flag ? `{ column: ${stringLiteral(flag.column)}, older: ${String(flag.older)} }` : 'null'],
    ['initial', machine.initial === undefined ? 'null' : spell(machine.initial)],
    ['before', machine.before === undefined ? 'null' : spell(machine.before)],
    ['first', machine.first ? list(machine.first) : 'null'],
    ['states', machine.states ? `${machine.valuesName}` : 'null'],
    ['graph', machine.graph ? record(graph) : 'null'],
    ['arbiter', spellArbiter(machine.arbiter)],
    ['write', `[${(machine.write?.known ?? []).map(stringLiteral).join(', ')}]`],
    ['filled', record((machine.write?.filled ?? []).map(spellFilled))],
    ['given', record((machine.write?.given ?? []).map(spellGiven))],
    ['zones', record(zones)],
    ['alias', stringLiteral(relation.alias)],
  ];
  return data.map(([key, value]) => ({ key, value }));
}

function spellArbiter(arbiter: StateMachine['arbiter']): string {
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
