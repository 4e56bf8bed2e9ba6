import { spellType } from '../emit/typescript.js';
import type { TsType } from '../model/ts-type.js';

/** Types under the names they are declared by: a page imports nothing. */
export function shownType(type: TsType): string {
  return spellType(named(type), { shared: (name) => name, imported: (_module, name) => name });
}

/** The output of a Standard Schema by the name that the standard has for it, not by the path that leads there. */
function named(type: TsType): TsType {
  if (type.kind === 'imported' && type.schema) return { kind: 'shared', name: `InferOutput<typeof ${type.name}>` };
  if (type.kind === 'union') return { ...type, members: type.members.map(named) };
  return type.kind === 'array' ? { ...type, element: named(type.element) } : type;
}
