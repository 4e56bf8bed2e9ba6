import type { RoutineFact } from '../../catalog/catalog.js';
import { optional } from '../../catalog/collections.js';
import type { Config } from '../../config/config.js';
import { wantsRoutine } from '../../selection/settings.js';
import { typeNameOf } from '../names.js';
import type { RoutineModel } from '../routine-model.js';
import { isRangeConstructor, whyNotCallable } from './callable.js';
import { routineNames } from './names.js';
import { routineParameters } from './parameters.js';
import { type RoutineScope, routineResult } from './result.js';

/** The routines that the config requests, and a note for each that cannot have a caller. */
export function routineModels(
  scope: RoutineScope,
  config: Config,
): { readonly routines: readonly RoutineModel[]; readonly notes: readonly string[] } {
  const isConstructor = isRangeConstructor(scope.catalog);
  const wanted = scope.catalog.functions.filter((routine) => wantsRoutine(config, routine) && !isConstructor(routine));
  const why = whyNotCallable(scope.catalog);
  const callable = wanted.filter((routine) => why(routine) === undefined);
  const results = new Map(callable.map((routine) => [routine, routineResult(scope, routine)]));
  const names = routineNames(callable, (routine) => results.get(routine)?.kind === 'done');
  const routines = [...results].map(([routine, result]): RoutineModel => {
    const parameters = routineParameters(routine, scope.mapType);
    const name = names.get(routine) ?? '';
    return {
      routine: { schema: routine.schema, name: routine.name },
      signature: signature(routine),
      name,
      typeName: typeNameOf(name),
      notation: parameters.every(({ argument }) => argument !== undefined) ? 'named' : 'positional',
      parameters,
      result,
      ...optional({ comment: routine.comment }),
    };
  });
  const notes = wanted.flatMap((routine) => {
    const reason = why(routine);
    return reason === undefined ? [] : [`${signature(routine)} gets no caller: ${reason}.`];
  });
  return { routines, notes };
}

/** `public.search_tasks(q text, max_rows integer DEFAULT …)`, for people. */
function signature({ schema, name, arguments: all }: RoutineFact): string {
  const words = { in: '', out: 'OUT ', inout: 'INOUT ', variadic: 'VARIADIC ', table: '' };
  const shown = all
    .filter(({ mode }) => mode !== 'table')
    .map((argument) => {
      const argumentName = argument.name === undefined ? '' : `${argument.name} `;
      return `${words[argument.mode]}${argumentName}${argument.type.sql}${argument.hasDefault ? ' DEFAULT …' : ''}`;
    });
  return `${schema}.${name}(${shown.join(', ')})`;
}
