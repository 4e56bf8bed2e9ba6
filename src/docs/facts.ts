import type { Catalog, Relation } from '../catalog/catalog.js';
import { shownName } from '../report/shown-name.js';

/** What the database does with the rows of a relation, in sentences. */
export function relationFacts(relation: Relation, { relations }: Catalog): string[] {
  const { parents = [], kind, rowSecurity, policies = [], partitionKey, partitionBound } = relation;
  const children = relations.filter(({ parents: of }) => of?.some((one) => shownName(one) === shownName(relation)));
  const names = (some: readonly Parameters<typeof shownName>[0][]) => some.map(shownName).join(', ');
  return [
    ...(kind === 'partition' ? [`A partition of ${names(parents)}${partitionBound ? ` ${partitionBound}` : ''}.`] : []),
    ...(partitionKey === undefined ? [] : [`PARTITION BY ${partitionKey}.`]),
    ...(kind !== 'partition' && parents.length > 0 ? [`Inherits from ${names(parents)}.`] : []),
    ...(children.length > 0 && partitionKey === undefined ? [`Inherited by: ${names(children)}.`] : []),
    ...(rowSecurity ? [securityFact(policies.length)] : []),
  ];
}

function securityFact(policies: number): string {
  return policies === 0
    ? 'Row-level security is enabled without policies: only the owner, and roles that bypass it, can see rows.'
    : 'Row-level security is enabled: its policies decide which rows a role can see and write.';
}
