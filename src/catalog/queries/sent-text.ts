import type { QueryText } from './query-text.js';

/** What stands in the SQL for a use of a parameter, by its index: `$1`, or `cast($1 as pg_catalog.text)`. */
type Spell = (use: number) => string;

/** A query as it is sent to the server. */
export interface SentText {
  readonly sql: string;
  /** The offset in the file for a position that the server tells: a number of characters (code points), from 1. */
  readonly offsetOf: (position: number) => number;
}

/** Spells a query with something in place of its parameters. */
export function sentText({ parts, uses, start }: QueryText, spell: Spell): SentText {
  const pieces: string[] = [];
  /** For each piece, how long it is and where it begins in the file; a placeholder is as a whole at its parameter. */
  const places: { readonly length: number; readonly at: number; readonly isPart: boolean }[] = [];
  const add = (piece: string, at: number, isPart: boolean) => {
    pieces.push(piece);
    places.push({ length: piece.length, at, isPart });
  };
  let at = start;
  parts.forEach((part, index) => {
    add(part, at, true);
    const use = uses[index];
    if (!use) return;
    add(spell(index), use.at, false);
    at = use.at + use.length;
  });
  const sql = pieces.join('');
  const offsetOf = (position: number) => {
    let left = [...sql].slice(0, position - 1).join('').length;
    for (const place of places) {
      if (left < place.length) return place.isPart ? place.at + left : place.at;
      left -= place.length;
    }
    // The server tells the end of the statement, too.
    return at + (parts.at(-1)?.length ?? 0);
  };
  return { sql, offsetOf };
}

/** The names of the parameters, in the order in which the text names them first. */
export const parameterNames = ({ uses }: QueryText): readonly string[] => [...new Set(uses.map(({ name }) => name))];

/**
 * Whether a parameter is cast wherever it stands: one that stands in several places, since each of them alone would not
 * tell its type, and one whose type the file says.
 */
export function isCast({ uses, declared }: QueryText, name: string): boolean {
  const isRepeated = uses.filter((use) => use.name === name).length > 1;
  return isRepeated || declared.some((one) => one.name === name && one.type !== undefined);
}

/** The parts of a query with the casts around its parameters, and the number of the parameter behind each, from 0. */
export function spelledParts(query: QueryText, casts: ReadonlyMap<string, string>) {
  const names = parameterNames(query);
  const castAt = (use: number) => {
    const name = query.uses[use]?.name;
    return name !== undefined && isCast(query, name) ? casts.get(name) : undefined;
  };
  const parts = query.parts.map((part, index) => {
    const [before, behind] = [castAt(index - 1), castAt(index)];
    return `${before === undefined ? '' : ` as ${before})`}${part}${behind === undefined ? '' : 'cast('}`;
  });
  return { parts, uses: query.uses.map(({ name }) => names.indexOf(name)) };
}
