import type { RoutineFact, TypeRef } from '../../catalog/catalog.js';
import { camelCase, typeNameOf } from '../names.js';
import { functionName } from '../reserved-names.js';
import { uniqueNames, type Wish, wishesOf } from '../unique-names.js';

/**
 * The name of each routine's caller: the routine's name in camelCase, prefixed with its schema unless that is `public`,
 * and with `call` if it is run as a statement instead of used in a query. Its full name also has the types of its
 * arguments: if there are `area(box)` and `area(circle)`, the first is `areaBox`, and `area()` is `areaNoArguments`.
 */
export function routineNames(
  routines: readonly RoutineFact[],
  isRun: (routine: RoutineFact) => boolean,
): Map<RoutineFact, string> {
  const wishOf = (routine: RoutineFact): Wish => {
    const qualified = routine.schema === 'public' ? routine.name : `${routine.schema}_${routine.name}`;
    const plain = isRun(routine) ? `call_${qualified}` : qualified;
    const types = inputs(routine).map(typeWords);
    const full = [plain, ...(types.length > 0 ? types : ['no_arguments'])].join('_');
    return { names: [plain, full].map((name) => functionName(camelCase(name))), original: identity(routine) };
  };
  return uniqueNames(wishesOf(routines, wishOf), { sameIf: typeNameOf });
}

function inputs({ arguments: all }: RoutineFact): TypeRef[] {
  return all.filter(({ mode }) => mode !== 'out' && mode !== 'table').map(({ type }) => type);
}

const typeWords = ({ name, dimensions }: TypeRef) => (dimensions === undefined ? name : `${name}_array`);

/** Schema, name and argument types identify a routine. */
function identity(routine: RoutineFact): string {
  return JSON.stringify([routine.schema, routine.name, inputs(routine).map(({ sql }) => sql)]);
}
