import type { RoutineArgument, RoutineFact } from '../../catalog/catalog.js';
import { optional } from '../../catalog/collections.js';
import { castName } from '../../catalog/sql.js';
import type { RoutineParameter } from '../routine-model.js';
import { nullable } from '../ts-type.js';
import type { TypeMapper } from '../types.js';
import { columnWish, uniqueNames, wishesOf } from '../unique-names.js';

/**
 * What a call passes, in the database's order. A CALL names a procedure's outputs too; the call of a function does not.
 */
export function routineParameters(
  { kind, arguments: all, strict }: RoutineFact,
  mapType: TypeMapper,
): RoutineParameter[] {
  const passed = all.filter(
    ({ mode }) => mode === 'in' || mode === 'inout' || mode === 'variadic' || (mode === 'out' && kind === 'procedure'),
  );
  const originals = new Map(passed.map((argument, index) => [argument, argument.name ?? `argument${index + 1}`]));
  const keys = uniqueNames(wishesOf(passed, (argument) => columnWish(originals.get(argument) ?? '')));
  return passed.map((argument) => ({
    key: keys.get(argument) ?? '',
    ...parameter(argument, strict === true, mapType),
  }));
}

/**
 * A strict function is not run if an argument is null, so its caller takes no null. A variadic argument is required if
 * the arguments are named: https://www.postgresql.org/docs/current/xfunc-sql.html#XFUNC-SQL-VARIADIC-FUNCTIONS.
 */
function parameter(
  { name, type, mode, hasDefault }: RoutineArgument,
  strict: boolean,
  mapType: TypeMapper,
): Omit<RoutineParameter, 'key'> {
  const { read, write, notNull, json } = mapType(type);
  return {
    ...optional({ argument: name }),
    mode: mode === 'out' || mode === 'variadic' ? mode : 'in',
    cast: castName(type),
    read,
    value: strict || notNull ? write : nullable(write),
    optional: hasDefault === true && mode !== 'variadic',
    json,
  };
}
