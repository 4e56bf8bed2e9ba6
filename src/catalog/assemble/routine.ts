import type { RoutineArgument, RoutineFact } from '../catalog.js';
import { optional } from '../collections.js';
import type { RawRoutine } from '../raw-catalog.js';
import type { TypeReader } from './types.js';

const kinds = { f: 'function', p: 'procedure', a: 'aggregate', w: 'window' } as const;
const modes = { i: 'in', o: 'out', b: 'inout', v: 'variadic', t: 'table' } as const;
const volatilities = { i: 'immutable', s: 'stable', v: 'volatile' } as const;

export function assembleRoutine(raw: RawRoutine, readType: TypeReader): RoutineFact {
  const plain = (type: number) => readType({ type, mod: null, dims: null });
  return {
    schema: raw.schema,
    name: raw.name,
    kind: kinds[raw.kind],
    arguments: assembleArguments(raw, plain),
    ...(raw.kind === 'p' ? {} : { returns: plain(raw.returns) }),
    ...(raw.set ? { returnsSet: true as const } : {}),
    volatility: volatilities[raw.volatility],
    ...(raw.strict ? { strict: true as const } : {}),
    ...optional({ comment: raw.comment }),
  };
}

/** The arguments of a routine. Of those that a caller passes, the last `pronargdefaults` have defaults. */
function assembleArguments(raw: RawRoutine, plain: (type: number) => RoutineArgument['type']): RoutineArgument[] {
  const all = raw.args.map((type, index) => ({
    type: plain(type),
    mode: modes[raw.modes?.[index] ?? 'i'],
    name: raw.names?.[index],
  }));
  let withoutDefault = all.filter(({ mode }) => mode !== 'out' && mode !== 'table').length - raw.defaults;
  return all.map(({ type, mode, name }) => {
    const hasDefault = mode !== 'out' && mode !== 'table' && withoutDefault-- <= 0;
    return { ...(name ? { name } : {}), type, mode, ...(hasDefault ? { hasDefault } : {}) };
  });
}
