import type { Catalog } from '../../catalog/catalog.js';
import { typeKey } from '../../catalog/type-key.js';
import type { ModelsConfig } from '../../config/config.js';
import { RowsmithError } from '../../errors.js';
import { isWildcard, matchesQualified } from '../../selection/pattern.js';
import { unknownColumn } from '../../selection/refuse-unknown.js';
import type { RelationModel } from '../model.js';

/**
 * Throws where `filled` of a table, named without a wildcard, does nothing: for a column that is not there, or a table whose
 * rows are no transitions.
 */
export function refuseIdleFills(
  { relations }: Catalog,
  models: ModelsConfig = {},
  made: readonly Pick<RelationModel, 'stateMachines'>[],
): void {
  const written = new Set(
    made.flatMap(({ stateMachines }) => stateMachines.map(({ transitions }) => typeKey(transitions))),
  );
  for (const [pattern, entry] of Object.entries(models)) {
    const filled = typeof entry === 'object' && !isWildcard(pattern) ? entry.filled : undefined;
    if (!filled) continue;
    for (const relation of relations.filter((one) => matchesQualified(pattern, one))) {
      const unknown = Object.keys(filled).find((name) => relation.columns.every((column) => column.name !== name));
      if (unknown !== undefined) throw unknownColumn(relation, `filled.${unknown}`, unknown);
      if (written.has(typeKey(relation))) continue;
      throw new RowsmithError(
        'config-invalid',
        `models.${pattern}.filled does nothing: ${relation.name} keeps no transitions, and only new transitions are filled.`,
        'Leave it out.',
      );
    }
  }
}
