import type { DiffFinding, Judged } from '../finding.js';
import type { Footprint } from '../touches.js';
import type { QueryName } from './queries.js';
import type { Usage } from './read.js';
import { type Place, wordsOf } from './source.js';
import type { UsedNames } from './words.js';

/**
 * A finding by whether the code names what changed: if it does, the finding points at the place; if not, it is only
 * information.
 */
export function weigh({ finding, footprint }: Judged, usage: Usage): DiffFinding {
  const place = firstUse(usage, footprint);
  return place ? { ...finding, used: true, ...place } : { ...finding, used: false, severity: 'info' };
}

/**
 * The place in the code that a change concerns; undefined where it concerns none. A query says what it names; elsewhere
 * the names of a column and of its table must stand near each other: a word elsewhere is of something else.
 */
function firstUse(usage: Usage, footprint: Footprint): Place | undefined {
  for (const group of footprint) {
    const place = inQuery(usage.queries, group) ?? inWords(usage.parts, group) ?? inWrite(usage, group);
    if (place) return place;
  }
  return undefined;
}

type Group = Footprint[number];

function inQuery(queries: readonly QueryName[], [relation = [], columns]: Group): Place | undefined {
  const found = queries.find(
    ({ table, column }) =>
      relation.includes(table) && (columns === undefined || (column !== undefined && columns.includes(column))),
  );
  return found && { file: found.file, line: found.line };
}

function inWords(parts: readonly UsedNames[], group: Group): Place | undefined {
  for (const part of parts) {
    const places = group.map((list, index) => firstPlace(part, list, index === 0 ? 'words' : 'members'));
    if (places.length > 0 && places.every((place) => place !== undefined)) return places.at(-1);
  }
  return undefined;
}

/** A write whose columns cannot be read, in a file that names the table. */
function inWrite({ parts, opaqueWrites }: Usage, [relation = [], ...columns]: Group): Place | undefined {
  if (columns.length === 0) return undefined;
  const isNamedIn = (file: string) =>
    parts.some((part) => part.file === file && firstPlace(part, relation, 'words') !== undefined);
  const write = opaqueWrites.find(
    ({ table, file }) => (table === undefined || relation.includes(table)) && isNamedIn(file),
  );
  return write && { file: write.file, line: write.line };
}

function firstPlace(used: UsedNames, names: readonly string[], of: 'words' | 'members'): Place | undefined {
  return names.map((name) => placeOf(used, name, of)).find((place) => place !== undefined);
}

/**
 * Place where a name is used. One of several words, `odd name` or `billing.users`, is used where all its words are; one
 * without words, where a string contains it.
 */
function placeOf(used: UsedNames, name: string, of: 'words' | 'members'): Place | undefined {
  const parts = wordsOf(name);
  if (parts.length === 0) return [...used.signs].find(([text]) => text.includes(name))?.[1];
  const places = parts.map((word) => used[of].get(word));
  return places.every((place) => place !== undefined) ? places.at(-1) : undefined;
}
