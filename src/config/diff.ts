import type { IgnoreConfig } from './report.js';

/** How `rowsmith diff` reports what changed in the schema. */
export interface DiffConfig {
  /** Findings to omit, each with a reason. */
  readonly ignores?: readonly IgnoreConfig[];
  /**
   * The lowest severity that makes the command exit with 1: `error`, the default, for breaking changes, `warning` for
   * dangerous ones.
   */
  readonly failOn?: 'error' | 'warning' | 'info' | 'never';
}
