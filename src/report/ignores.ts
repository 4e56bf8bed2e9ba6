import type { IgnoreConfig } from '../config/report.js';
import { matchesName } from '../selection/pattern.js';
import type { Reportable } from './reportable.js';
import { shownWithoutSchema } from './shown-name.js';

/** The findings that remain, and what the ignores did. */
export interface IgnoreResult<Finding> {
  readonly left: readonly Finding[];
  readonly ignored: readonly Finding[];
  /** Ignores that match no finding and can be deleted. */
  readonly unused: readonly IgnoreConfig[];
  /** Ignores past their date: they no longer hide anything. */
  readonly expired: readonly IgnoreConfig[];
}

/**
 * Removes the findings that the config ignores. An ignore with several parts must match by all of them.
 *
 * @param today `2026-01-31`; an ignore applies through the day on which it expires.
 */
export function applyIgnores<Finding extends Reportable>(
  findings: readonly Finding[],
  ignores: readonly IgnoreConfig[],
  today: string,
): IgnoreResult<Finding> {
  const expired = ignores.filter(({ expires }) => expires !== undefined && expires < today);
  const valid = ignores.filter((ignore) => !expired.includes(ignore));
  const used = new Set<IgnoreConfig>();
  const left: Finding[] = [];
  const ignored: Finding[] = [];
  for (const finding of findings) {
    const matching = valid.filter((ignore) => matches(ignore, finding));
    for (const ignore of matching) used.add(ignore);
    (matching.length > 0 ? ignored : left).push(finding);
  }
  return { left, ignored, unused: valid.filter((ignore) => !used.has(ignore)), expired };
}

function matches({ rule, table, field }: IgnoreConfig, finding: Reportable): boolean {
  const names = [finding.field, finding.column].filter((name) => name !== null);
  return (
    (rule === undefined || matchesName(rule, finding.rule)) &&
    (table === undefined || (finding.table !== null && matchesTable(table, finding.table))) &&
    (field === undefined || names.some((name) => matchesName(field, name)))
  );
}

/**
 * Whether a pattern names a table. A table outside `public` is shown as `schema.name`; its name without the schema
 * matches too.
 */
function matchesTable(pattern: string, table: string): boolean {
  return matchesName(pattern, table) || matchesName(pattern, shownWithoutSchema(table));
}

/** An ignore in one line: `missing-field tasker_tasks.tags: not needed`. */
export function describeIgnore({ rule = '*', table = '*', field, reason, expires }: IgnoreConfig): string {
  const place = field === undefined ? table : `${table}.${field}`;
  return `${rule} ${place}: ${reason}${expires === undefined ? '' : ` (until ${expires})`}`;
}
