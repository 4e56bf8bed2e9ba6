import type { Declared } from '../declared.js';
import { groupBy } from '../group.js';
import type { TypeReader } from '../types/pg.js';
import type { Doubts, Pairing } from './pairing.js';
import type { ReadPair } from './statements.js';

/** The fewest columns of a type that suggest a parser; a text for bytes is rarely a mistake. */
const fewest = (type: string): number => (type === 'bytea' ? 1 : 3);

/**
 * Types of which all fields declare the same, so that a parser probably makes it. They count only if the code imports
 * its client from an unknown package: a known driver without parsers gives what its documentation says.
 */
export function doubtsOf(
  { clients = [] }: Declared,
  pairings: readonly Pairing[],
  inline: readonly ReadPair[],
  readType: TypeReader,
): Doubts {
  if (clients.length === 0) return new Map();
  const ofModels = pairings.filter(({ profile }) => profile.name === 'typescript').flatMap(({ exact }) => exact);
  const pairs = [...ofModels, ...inline]
    .map(({ column, field }) => ({ type: readType(column.type), declared: field.type }))
    .filter(({ declared }) => declared.category !== 'any' && declared.category !== 'unknown');
  return new Map(
    [...groupBy(pairs, ({ type }) => type.name)].flatMap(([name, same]) => {
      const [first] = same;
      const isOne = same.every(({ declared }) => declared.name === first?.declared.name && !declared.alternatives);
      return first && isOne && same.length >= fewest(name)
        ? [[name, { as: first.declared.name, count: same.length }] as const]
        : [];
    }),
  );
}
