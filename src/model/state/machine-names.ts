import { camelCase, pascalCase } from '../names.js';
import { modelName as unusedName } from '../reserved-names.js';
import type { StateMachine } from './state-machine.js';

/** The names of a machine and its types: after the model, and after the machine. */
export function machineNames(model: string, name: string): Pick<StateMachine, 'name' | 'typeName' | 'valuesName'> {
  return {
    name,
    typeName: unusedName(`${model}${pascalCase(name)}`),
    valuesName: plural(camelCase(`${model}_${name}`)),
  };
}

/** The function that changes a state: `transitionTask`, `transitionOrderPaymentState`. */
export function transitionName(model: string, { name }: Pick<StateMachine, 'name'>): string {
  return name === 'state' ? `transition${model}` : `transition${model}${pascalCase(name)}`;
}

/** `orderState` → `orderStates`, `orderStatus` → `orderStatuses` */
function plural(name: string): string {
  if (/(s|x|z|ch|sh)$/.test(name)) return `${name}es`;
  return /[^aeiou]y$/.test(name) ? `${name.slice(0, -1)}ies` : `${name}s`;
}
