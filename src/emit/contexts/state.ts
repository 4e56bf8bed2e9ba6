import type { RelationModel, StateMachine } from '../../model/model.js';
import { functionName, pascalCase } from '../../model/names.js';
import type { TsType } from '../../model/ts-type.js';
import { commentText, objectKey, spellPath, stringLiteral } from '../typescript.js';
import type { Imports } from './imports.js';

/** The state machines of a model: their unions, their data for the runtime, and the functions over them. */
export function stateContext(
  { name, alias, stateMachines }: RelationModel,
  imports: Imports,
  spell: (type: TsType) => string,
) {
  const machines = stateMachines.map((machine) => ({
    hasStates: machine.states !== undefined,
    stateType: stateType(machine),
    typeName: machine.typeName,
    statesName: machine.valuesName,
    states: (machine.states ?? []).map(stringLiteral),
    ...machineNames({ name, alias }, machine),
    data: machineData(alias, machine),
    canTransition: machine.write !== undefined,
    hasMetadata: machine.write?.includes('metadata') ?? false,
    keyType: spell(machine.parentType),
    transitions: commentText(machine.transitions.name),
  }));
  if (machines.length > 0) {
    for (const value of ['currentState', 'inState', 'notInState']) imports.value('../runtime/state.js', value);
    for (const type of ['StateCondition', 'StateMachine']) imports.type('../runtime/state.js', type);
  }
  if (stateMachines.some(({ changedAt }) => changedAt)) imports.value('../runtime/state.js', 'ofNewest');
  if (machines.some(({ canTransition }) => canTransition)) {
    imports.value('../runtime/state.js', 'transition');
    imports.type('../runtime/relation.js', 'AnyDatabase');
  }
  if (machines.some(({ hasMetadata }) => hasMetadata)) imports.type('../types.js', 'Json');
  return { machines };
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

/** The union's name, or `string` where nothing lists the states. */
export function stateType({ states, typeName }: StateMachine): string {
  return states ? typeName : 'string';
}

function machineData(alias: string, machine: StateMachine) {
  const list = (values: readonly string[]) => `[${values.map(stringLiteral).join(', ')}]`;
  const graph = Object.entries(machine.graph ?? {}).map(([from, to]) => `${objectKey(from)}: ${list(to)}`);
  const data: readonly (readonly [key: string, value: string])[] = [
    ['transitions', spellPath(machine.transitions)],
    ['foreignKey', stringLiteral(machine.foreignKey)],
    ['toState', stringLiteral(machine.toState)],
    ['newest', `{ by: ${stringLiteral(machine.newest.by)}, column: ${stringLiteral(machine.newest.column)} }`],
    ['initial', machine.initial === undefined ? 'null' : stringLiteral(machine.initial)],
    ['graph', machine.graph ? `{ ${graph.join(', ')} }` : 'null'],
    ['write', list(machine.write ?? [])],
    ['parentColumn', stringLiteral(machine.parentColumn)],
    ['parentField', stringLiteral(machine.parentField)],
    ['alias', stringLiteral(alias)],
  ];
  return data.map(([key, value]) => ({ key, value }));
}
