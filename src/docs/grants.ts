import type { QualifiedName } from '../catalog/catalog.js';
import { groupBy } from '../catalog/collections.js';
import type { RelationGrants } from '../catalog/grants.js';
import { nameKey } from '../catalog/name-key.js';

/** What a page says of the grants on a relation; nothing where they are those of most relations of its schema. */
export type GrantFact = (relation: QualifiedName) => readonly string[];

/**
 * Compares the grants on the relations of each schema. A host that grants the same on every table is thus told once,
 * and only where a table differs. Without grants, as from SQL files, nothing is said.
 */
export function grantFacts(relations: readonly QualifiedName[], grants: readonly RelationGrants[] = []): GrantFact {
  const known = new Map(grants.map((one) => [nameKey(one), one.grants]));
  const shown = relations.flatMap(({ schema, name }) => {
    const of = known.get(nameKey({ schema, name }));
    return of === undefined ? [] : [{ schema, of }];
  });
  const usual = new Map([...groupBy(shown, ({ schema }) => schema)].map(([schema, all]) => [schema, most(all)]));
  return ({ schema, name }) => {
    const own = known.get(nameKey({ schema, name }));
    const others = usual.get(schema);
    if (own === undefined || own === others) return [];
    const rule = others === undefined ? '' : ` Most relations of ${schema}: ${spelled(others)}.`;
    return [`Grants: ${spelled(own)}.${rule}`];
  };
}

const spelled = (grants: string) => (grants === '' ? 'none' : grants.replaceAll('\n', '; '));

/** The grants that more than half of the relations have. */
function most(all: readonly { readonly of: string }[]): string | undefined {
  const [largest] = [...groupBy(all, ({ of }) => of)].sort(([, a], [, b]) => b.length - a.length);
  return largest && largest[1].length * 2 > all.length ? largest[0] : undefined;
}
