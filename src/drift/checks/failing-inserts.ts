import { shownName } from '../../report/shown-name.js';
import type { Draft } from '../finding.js';
import { plainName } from '../words.js';
import { columnFacts } from './fields.js';
import { isRequired } from './inserts.js';
import type { Context } from './pairing.js';

/**
 * Findings for inserts that leave out what every row needs: INSERT statements, and models that the code inserts. Each
 * fails, whether a model has the column or not. What `told` tells already is left out.
 */
export function failingInserts({ catalog, inserts }: Context, told: readonly Draft[]): readonly Draft[] {
  const known = new Set(told.filter(({ severity }) => severity === 'error').map(keyOf));
  const drafts = catalog.relations.flatMap((relation) => {
    const table = shownName(relation);
    const required = relation.columns.filter((column) => isRequired(relation, column));
    return (inserts.get(table) ?? [])
      .filter(({ certain }) => certain)
      .flatMap(({ named, gives, file, line }) =>
        required
          .filter(({ name }) => !gives.has(plainName(name)))
          .map(
            (column): Draft => ({
              rule: 'insert-missing-required',
              severity: 'error',
              table,
              column: column.name,
              kind: 'fails',
              file,
              line,
              message: `${sentence(named)} lacks ${table}.${column.name} (${columnFacts(column)}), so that it fails.`,
            }),
          ),
      );
  });
  // Several inserts that lack the same are one finding.
  return drafts.filter((draft) => !known.has(keyOf(draft)) && known.add(keyOf(draft)) !== undefined);
}

const keyOf = ({ table, column }: Draft): string => JSON.stringify([table, column]);

const sentence = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
