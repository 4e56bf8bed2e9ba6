import { countFields } from '../count-fields.js';
import type { Declaration, Facts, Found, Member, Scope, Visits } from './shape.js';

/** Longest chain of aliases that is followed; nobody writes a longer one. */
const longestPath = 33;

export function noVisits(): Visits {
  return { path: new Set(), isCut: false, settled: nothingFound(), passing: nothingFound(), count: countFields() };
}

function nothingFound(): Found {
  return {
    type: new Map(),
    members: new Map(),
    keys: new Map(),
    isKeyed: new Map(),
    zodType: new Map(),
    isZodObject: new Map(),
  };
}

/**
 * Finds a fact about a declaration once, however often it is used: `type A = B | B; type B = C | C; …` would double the
 * work with each line. Undefined where the search came back to the same declaration, or its path is too long.
 */
export function once<Fact extends keyof Facts>(
  { visits }: Scope,
  fact: Fact,
  declaration: Declaration,
  look: () => Facts[Fact],
): Facts[Fact] | undefined {
  const { path, settled, passing } = visits;
  if (settled[fact].has(declaration)) return settled[fact].get(declaration);
  if (path.has(declaration) || path.size >= longestPath) {
    visits.isCut = true;
    return undefined;
  }
  if (passing[fact].has(declaration)) {
    visits.isCut = true;
    return passing[fact].get(declaration);
  }
  const wasCut = visits.isCut;
  visits.isCut = false;
  path.add(declaration);
  const found = look();
  path.delete(declaration);
  (visits.isCut ? passing : settled)[fact].set(declaration, found);
  visits.isCut ||= wasCut;
  if (path.size === 0) leave(visits);
  return found;
}

/** Forgets the path of a search that has ended, by an error or not. */
export function leave({ path, passing }: Visits): void {
  path.clear();
  for (const found of Object.values(passing)) found.clear();
}

/** Counts the fields of a new list, and returns the list. */
export function counted<List extends readonly Member[] | undefined>({ visits }: Scope, members: List): List {
  visits.count(members?.length ?? 0);
  return members;
}
