import type { TypeRef } from '../catalog/catalog.js';
import type { Change } from './change.js';
import { compareComputed } from './compare/computed.js';
import { between, type Comparison, match } from './compare/context.js';
import { compareNames } from './compare/names.js';
import { compareQueries } from './compare/queries.js';
import { compareRelations } from './compare/relations.js';
import { compareRoutines } from './compare/routines.js';
import { compareTypes } from './compare/types.js';
import { pairEnums, pairRelations } from './renames.js';
import { nameKey, type Side } from './side.js';

/** Lists every change from one schema to another, in the order of the newer one. The same sides give the same list. */
export function compare(from: Side, to: Side): Change[] {
  const comparison = prepare(from, to);
  return [
    ...compareSchemas(comparison),
    ...compareRelations(comparison),
    ...compareTypes(comparison),
    ...compareRoutines(comparison),
    ...compareComputed(comparison),
    ...compareQueries(comparison),
    ...compareNames(comparison),
  ];
}

function compareSchemas({ from, to }: Comparison): Change[] {
  const { removed, added, paired } = match(from.catalog.schemas, to.catalog.schemas, ({ name }) => name);
  return [
    ...paired.flatMap(([old, now]): Change[] => {
      const comment = between(old.comment, now.comment);
      return comment ? [{ rule: 'schema-comment', schema: now.name, ...comment }] : [];
    }),
    ...added.map(({ name }): Change => ({ rule: 'schema-added', schema: name })),
    ...removed.map(({ name }): Change => ({ rule: 'schema-removed', schema: name })),
  ];
}

function prepare(from: Side, to: Side): Comparison {
  const pairs = pairRelations(from, to);
  const names = new Map([
    ...pairs.map(({ before, after }) => [nameKey(before), { schema: after.schema, name: after.name }] as const),
    ...pairEnums(from.catalog, to.catalog).map(
      ([before, after]) => [nameKey(before), { schema: after.schema, name: after.name }] as const,
    ),
  ]);
  const typeKey = (type: TypeRef) => JSON.stringify([nameKey(type), type.dimensions ?? 0, type.modifier ?? null]);
  return {
    from,
    to,
    pairs,
    enumNames: new Set([from, to].flatMap(({ meaning }) => [...meaning.enums.values()].flat())),
    renamed: (name) => names.get(nameKey(name)) ?? name,
    sameType: (before, after) => typeKey({ ...before, ...names.get(nameKey(before)) }) === typeKey(after),
  };
}
