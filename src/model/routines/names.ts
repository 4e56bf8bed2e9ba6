import type { RoutineFact, TypeRef } from '../../catalog/catalog.js';
import { groupBy } from '../../catalog/collections.js';
import { camelCase, distinctNames, functionName } from '../names.js';

/** What the generated module imports: no caller can be called so. */
const reserved = ['routine', 'routineRows', 'runRoutine'];

/**
 * The name of each routine's caller: the routine's in camelCase, with its schema before it unless that is `public`, and
 * `call` before those that are run rather than used in a query. Overloads are called by the types they take as well:
 * `area_box` is `areaBox`, and so is `area(box)` beside `area(circle)`; whoever still meets gets a hash of the
 * signature.
 */
export function routineNames(
  routines: readonly RoutineFact[],
  isRun: (routine: RoutineFact) => boolean,
): Map<RoutineFact, string> {
  const plain = (routine: RoutineFact) => {
    const qualified = routine.schema === 'public' ? routine.name : `${routine.schema}_${routine.name}`;
    return isRun(routine) ? `call_${qualified}` : qualified;
  };
  const overloads = groupBy(routines, (routine) => camelCase(plain(routine)));
  const preferred = new Map(
    routines.map((routine) => {
      const lone = overloads.get(camelCase(plain(routine)))?.length === 1;
      return [
        identity(routine),
        safeName(camelCase(lone ? plain(routine) : [plain(routine), ...inputs(routine).map(typeWords)].join('_'))),
      ];
    }),
  );
  return distinctNames(routines, identity, (key) => preferred.get(key) ?? key);
}

/** Types that belong to a caller are called like it: `searchTasks` → `SearchTasks`, for `SearchTasksRow`. */
export function routineTypeNames(names: ReadonlyMap<RoutineFact, string>): Map<RoutineFact, string> {
  const name = (routine: RoutineFact) => names.get(routine) ?? routine.name;
  return distinctNames([...names.keys()], name, (own) => `${own.charAt(0).toUpperCase()}${own.slice(1)}`);
}

function safeName(name: string): string {
  return reserved.includes(name) ? `${name}_` : functionName(name);
}

function inputs({ arguments: all }: RoutineFact): TypeRef[] {
  return all.filter(({ mode }) => mode !== 'out' && mode !== 'table').map(({ type }) => type);
}

const typeWords = ({ name, dimensions }: TypeRef) => (dimensions === undefined ? name : `${name}_array`);

/** Schema, name and the types it takes tell a routine from every other. */
function identity(routine: RoutineFact): string {
  return JSON.stringify([routine.schema, routine.name, inputs(routine).map(({ sql }) => sql)]);
}
