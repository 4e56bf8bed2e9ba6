import type { IgnoreConfig } from './report.js';

/** How `rowsmith diff` reports what changed in the schema. */
export interface DiffConfig {
  readonly ignores?: readonly IgnoreConfig[];
  /** The least severity that exits with 1: `error` (the default) is what breaks, `warning` what is dangerous. */
  readonly failOn?: 'error' | 'warning' | 'info' | 'never';
}
