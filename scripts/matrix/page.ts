import type { Seen } from './seen.js';

/** What the drivers of the matrix returned and accepted, by the names of their profiles. */
export type SeenByProfile = ReadonlyMap<string, readonly Seen[]>;

/**
 * The types that the matrix itself declares, as the page describes them. Its other domains, and types similar to
 * another, are omitted.
 */
const declared: { readonly [type: string]: string } = {
  mood: 'an enum',
  pair: 'a composite type',
  float_range: 'a range of the schema',
  d_int4: 'a domain over `int4`',
  d_array: 'a domain over `int4[]`',
};
const left = /^(d_|nested$|float_multirange$)/;

/**
 * The tables of `docs/drivers.md`: a row for all types that every driver treats alike, and a column for each driver.
 */
export function driverTables(seen: SeenByProfile): string {
  return `### What is read\n\n${readTable(seen)}\n\n### What can be written\n\n${writtenTable(seen)}\n`;
}

export function readTable(seen: SeenByProfile): string {
  return table(seen, ({ read, elements }) => (elements === undefined ? read : `${read}; ${inArrays(elements)}`));
}

function writtenTable(seen: SeenByProfile): string {
  return table(seen, ({ written }) => written);
}

/** A type's name on the page; undefined if the page omits it. */
export function nameOf(type: string): string | undefined {
  if (Object.hasOwn(declared, type)) return declared[type];
  return left.test(type) ? undefined : `\`${type}\``;
}

const inArrays = (elements: string) => {
  if (elements === 'text') return 'text';
  return elements.includes(',') ? `(${elements.replaceAll(', ', ' \\| ')})[]` : `${elements}[]`;
};

function table(seen: SeenByProfile, cell: (one: Seen) => string | undefined): string {
  const rows = new Map<string, string[]>();
  const types = new Set([...seen.values()].flatMap((list) => list.map(({ type }) => type)));
  for (const type of types) {
    const name = nameOf(type);
    if (name === undefined) continue;
    const cells = [...seen.values()].map((list) => cellOf(list, type, cell));
    if (cells.every((text) => text === undefined)) continue;
    const key = cells.map((text) => text || '-').join(' | ');
    rows.set(key, [...(rows.get(key) ?? []), name]);
  }
  const names = [...seen.keys()];
  const lines = [...rows].sort(([, a], [, b]) => b.length - a.length || (a.join() < b.join() ? -1 : 1));
  return [
    `| Type | ${names.map((name) => `\`${name}\``).join(' | ')} |`,
    `|---|${names.map(() => '---|').join('')}`,
    ...lines.map(([cells, of]) => `| ${of.join(', ')} | ${cells} |`),
  ].join('\n');
}

function cellOf(list: readonly Seen[], type: string, cell: (one: Seen) => string | undefined): string | undefined {
  const found = list.find((one) => one.type === type);
  return found && cell(found);
}
