import type { QualifiedName, Relation } from '../catalog/catalog.js';
import type { Pattern } from '../config/config.js';

/** Whether a pattern has a wildcard, so that matching nothing is not a mistake. */
export function isWildcard(pattern: string): boolean {
  return pattern.includes('*');
}

/** Matches a whole name. `*` matches any characters; nothing else is special. */
export function matchesName(pattern: string, name: string): boolean {
  if (!isWildcard(pattern)) return pattern === name;
  const expression =
    expressions.get(pattern) ?? new RegExp(`^${pattern.split('*').map(escapeRegExp).join('.*')}$`, 's');
  expressions.set(pattern, expression);
  return expression.test(name);
}

/** A config has few patterns, and each is matched against every table. */
const expressions = new Map<string, RegExp>();

/** Whether a pattern matches a relation or a routine, by its name or by `schema.name`. */
export function matchesQualified(pattern: string, { schema, name }: QualifiedName): boolean {
  return matchesName(pattern, name) || matchesName(pattern, `${schema}.${name}`);
}

/** Whether a pattern of the config, text or function, matches this relation. */
export function matchesPattern(pattern: Pattern, relation: Relation): boolean {
  return typeof pattern === 'function' ? pattern(relation) : matchesQualified(pattern, relation);
}

function escapeRegExp(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}
