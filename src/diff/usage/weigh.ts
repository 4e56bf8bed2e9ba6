import type { DiffFinding, Judged } from '../finding.js';
import type { Footprint } from '../touches.js';
import type { OpaqueWrite } from './opaque-writes.js';
import type { Usage, UsedNames } from './read.js';
import { type Place, wordsOf } from './source.js';

/**
 * A finding by whether the code names what changed: if it does, the finding points at the place; if not, it is only
 * information.
 */
export function weigh({ finding, footprint }: Judged, usage: Usage): DiffFinding {
  const place = firstUse(usage, footprint);
  return place ? { ...finding, used: true, ...place } : { ...finding, used: false, severity: 'info' };
}

/**
 * The place in the code that a change concerns; undefined where it concerns none. The names of a column and of its table
 * must stand in one file: a word elsewhere is of something else.
 */
function firstUse({ files, opaqueWrites }: Usage, footprint: Footprint): Place | undefined {
  for (const group of footprint) {
    const [relation = []] = group;
    const write = opaqueWrites.find(({ table }) => table === undefined || relation.includes(table));
    for (const names of files) {
      const places = group.map(
        (list, index) => firstPlace(names, list) ?? (index > 0 ? writeIn(names, write) : undefined),
      );
      if (places.length > 0 && places.every((place) => place !== undefined)) return places.at(-1);
    }
  }
  return undefined;
}

function firstPlace(used: UsedNames, names: readonly string[]): Place | undefined {
  return names.map((name) => placeOf(used, name)).find((place) => place !== undefined);
}

/** A write whose columns cannot be read, where it stands in the file. */
function writeIn({ words }: UsedNames, write: OpaqueWrite | undefined): Place | undefined {
  const [first] = words.values();
  return write && first?.file === write.file ? { file: write.file, line: write.line } : undefined;
}

/**
 * Place where a name is used. One of several words, `odd name` or `billing.users`, is used where all its words are; one
 * without words, where a string contains it.
 */
function placeOf({ words, signs }: UsedNames, name: string): Place | undefined {
  const parts = wordsOf(name);
  if (parts.length === 0) return [...signs].find(([text]) => text.includes(name))?.[1];
  const places = parts.map((word) => words.get(word));
  return places.every((place) => place !== undefined) ? places.at(-1) : undefined;
}
