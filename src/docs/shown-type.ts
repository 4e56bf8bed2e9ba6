import { spellType } from '../emit/typescript.js';
import type { StateMachine } from '../model/state/state-machine.js';
import { isNullable, type TsType } from '../model/ts-type.js';

/**
 * A type as the page shows it: `OrderStatus | null`. Types have the names that they are declared with, since a page
 * imports nothing.
 */
export function shownType(type: TsType): string {
  return spellType(named(type), { declared: (name) => name, imported: (_module, name) => name });
}

/** A type with that of a Standard Schema as `InferInput<typeof schema>`, not by the path of its properties. */
function named(type: TsType): TsType {
  if (type.kind === 'imported' && type.schema) {
    const infer = type.schema === 'input' ? 'InferInput' : 'InferOutput';
    return { kind: 'imported', module: type.module, name: `${infer}<typeof ${type.name}>` };
  }
  if (type.kind === 'union') return { ...type, members: type.members.map(named) };
  return type.kind === 'array' ? { ...type, element: named(type.element) } : type;
}

/** Type of a state, as the name of its union; the states are listed with the machine. */
export function stateType({ typeName, states, type }: StateMachine): string {
  if (!states) return shownType(type);
  return isNullable(type) ? `${typeName} | null` : typeName;
}
