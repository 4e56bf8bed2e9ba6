import type { DiffFinding, Judged } from '../finding.js';
import type { Footprint } from '../touches.js';
import type { Usage } from './read.js';
import { type Place, wordsOf } from './source.js';

/**
 * A finding by whether the code names what changed: if it does, the finding points at the place; if not, it is only
 * information.
 */
export function weigh({ finding, footprint }: Judged, usage: Usage): DiffFinding {
  const place = firstUse(usage, footprint);
  return place ? { ...finding, used: true, ...place } : { ...finding, used: false, severity: 'info' };
}

/** The place in the code that a change concerns; undefined where it concerns none. */
function firstUse(usage: Usage, footprint: Footprint): Place | undefined {
  for (const group of footprint) {
    const [relation = []] = group;
    const places = group.map(
      (names, index) => firstPlace(usage, names) ?? (index > 0 ? opaqueWriteOf(usage, relation) : undefined),
    );
    if (places.length > 0 && places.every((place) => place !== undefined)) return places.at(-1);
  }
  return undefined;
}

function firstPlace(usage: Usage, names: readonly string[]): Place | undefined {
  return names.map((name) => placeOf(usage, name)).find((place) => place !== undefined);
}

function opaqueWriteOf({ opaqueWrites: writes }: Usage, relation: readonly string[]): Place | undefined {
  const write = writes.find(({ table }) => table === undefined || relation.includes(table));
  return write && { file: write.file, line: write.line };
}

/**
 * Place where a name is used. One of several words, `odd name` or `billing.users`, is used where all its words are; one
 * without words, where a string contains it.
 */
function placeOf({ words, signs }: Usage, name: string): Place | undefined {
  const parts = wordsOf(name);
  if (parts.length === 0) return [...signs].find(([text]) => text.includes(name))?.[1];
  const places = parts.map((word) => words.get(word));
  return places.every((place) => place !== undefined) ? places.at(-1) : undefined;
}
