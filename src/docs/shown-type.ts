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

/** A type with that of a Standard Schema by the schema's name, not by the path of its properties. */
function named(type: TsType): TsType {
  if (type.kind === 'imported' && type.schema) return { kind: 'imported', module: type.module, name: type.name };
  if (type.kind === 'union') return { ...type, members: type.members.map(named) };
  return type.kind === 'array' ? { ...type, element: named(type.element) } : type;
}

/** A type of SQL by its short name where it has one, for narrow places: `timestamptz`. */
export function shortSqlType(sql: string): string {
  return sql
    .replace(/^timestamp(\(\d+\))? without time zone/, 'timestamp$1')
    .replace(/^timestamp(\(\d+\))? with time zone/, 'timestamptz$1')
    .replace(/^time(\(\d+\))? without time zone/, 'time$1')
    .replace(/^time(\(\d+\))? with time zone/, 'timetz$1')
    .replace(/^character varying/, 'varchar')
    .replace(/^character/, 'char')
    .replace(/^bit varying/, 'varbit');
}

/** Type of a state, as the name of its union; the states are listed with the machine. */
export function stateType({ typeName, states, type }: StateMachine): string {
  if (!states) return shownType(type);
  return isNullable(type) ? `${typeName} | null` : typeName;
}
