import { spellType } from '../emit/typescript.js';
import type { TsType } from '../model/ts-type.js';

/**
 * A type as the page shows it, `OrderStatus | null`: by the names that types are declared with, since a page imports
 * nothing.
 */
export function shownType(type: TsType): string {
  return spellType(named(type), { declared: (name) => name, imported: (_module, name) => name });
}

/** The output of a Standard Schema by the name that the standard has for it, not by the path that leads there. */
function named(type: TsType): TsType {
  if (type.kind === 'imported' && type.schema) {
    return { kind: 'imported', module: type.module, name: `InferOutput<typeof ${type.name}>` };
  }
  if (type.kind === 'union') return { ...type, members: type.members.map(named) };
  return type.kind === 'array' ? { ...type, element: named(type.element) } : type;
}
