import type { Catalog, Relation } from '../catalog/catalog.js';
import type { Pattern, SlicesConfig } from '../config/config.js';
import { didYouMean, RowsmithError } from '../errors.js';
import type { Selection } from './narrow.js';
import { isWildcard, matchesPattern } from './pattern.js';
import { refuseIdle } from './refuse-idle.js';

/** Throws a `RowsmithError` if the config names something that the schema does not have. */
export function refuseUnknown(selection: Selection): void {
  refuseIdle([selection], selection.config);
  refuseUnknownSlices(selection.catalog, selection.config.slices);
}

/**
 * Throws if a slice names a table, without a wildcard, that the narrowed catalog does not have, or if a slice is empty.
 */
function refuseUnknownSlices({ relations }: Catalog, slices: SlicesConfig = {}): void {
  for (const [label, patterns] of Object.entries(slices)) {
    const found = (pattern: Pattern) => relations.some((relation) => matchesPattern(pattern, relation));
    for (const pattern of patterns) {
      if (typeof pattern === 'function' || isWildcard(pattern) || found(pattern)) continue;
      const names = relations.map(({ schema, name }) => (pattern.includes('.') ? `${schema}.${name}` : name));
      throw new RowsmithError(
        'unknown-relation',
        `The config names an unknown table: slices.${label} has "${pattern}"`,
        didYouMean(pattern, names) ?? 'Check its spelling, and include and exclude.',
      );
    }
    if (!patterns.some(found))
      throw new RowsmithError(
        'unknown-relation',
        `No table or view matches slices.${label}.`,
        'Check its patterns, and include and exclude.',
      );
  }
}

/**
 * The error for a column that the config names and the relation does not have. `key` is its position in the relation's
 * entry.
 */
export function unknownColumn(relation: Relation, key: string, name: string): RowsmithError {
  const known = relation.columns.map((column) => column.name);
  const hint = didYouMean(name, known) ?? `${relation.name} has: ${known.join(', ')}.`;
  return new RowsmithError(
    'unknown-column',
    `The config names an unknown column: models.${relation.name}.${key}`,
    hint,
  );
}
