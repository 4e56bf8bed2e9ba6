import type { Column, Relation } from '../catalog/catalog.js';
import type { AliasConfig, ModelConfig } from '../config/models.js';
import { RowsmithError } from '../errors.js';
import { isWildcard, matchesName } from '../selection/pattern.js';
import { unknownColumn } from '../selection/refuse-unknown.js';
import { fieldName } from './names.js';

/** What the config calls a column, and what its field reads as if the column is null. */
export interface Alias {
  readonly as: string;
  readonly default?: string | number | boolean;
}

/**
 * The aliases that the config gives to columns. Patterns with a wildcard are applied first, so that an exact name wins.
 */
export function resolveAliases(relation: Relation, { alias = {} }: ModelConfig): Map<Column, Alias> {
  const resolved = new Map<Column, Alias>();
  const patterns = Object.keys(alias);
  for (const pattern of [...patterns.filter(isWildcard), ...patterns.filter((pattern) => !isWildcard(pattern))]) {
    const columns = relation.columns.filter(({ name }) => matchesName(pattern, name));
    if (columns.length === 0 && !isWildcard(pattern)) throw unknownColumn(relation, `alias.${pattern}`, pattern);
    for (const column of columns) {
      const value: AliasConfig | ((column: Column) => AliasConfig) | undefined = alias[pattern];
      const given = typeof value === 'function' ? value(column) : value;
      if (given !== undefined) resolved.set(column, typeof given === 'string' ? { as: given } : given);
    }
  }
  refuseShadowing(relation, resolved);
  return resolved;
}

/**
 * Throws if an alias is the name of another column or of its field, because a write could silently land in the wrong
 * column: `context` meaning `inputs` in a table that has a `context`. An alias may be the column's own plain name, even
 * if another column shares it.
 */
function refuseShadowing(relation: Relation, aliases: ReadonlyMap<Column, Alias>): void {
  const seen = new Map<string, Column>();
  for (const [column, { as }] of aliases) {
    const hasName = (other: Column) => other.name === as || (!aliases.has(other) && fieldName(other.name) === as);
    const isOwn = as === fieldName(column.name);
    const shadowed = seen.get(as) ?? relation.columns.find((other) => other !== column && !isOwn && hasName(other));
    if (shadowed) {
      throw new RowsmithError(
        'alias-shadows-column',
        `The alias "${as}" of ${relation.name}.${column.name} is also the name of the stored column "${shadowed.name}".`,
        'Choose another alias: a write could go to the wrong column.',
      );
    }
    seen.set(as, column);
  }
}
