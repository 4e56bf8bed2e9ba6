import type { Severity } from './severity.js';

/**
 * What every finding has, regardless of its origin: enough to ignore it, to remember it in a baseline and to show it.
 */
export interface Reportable {
  /** Stable from run to run: `rule/table[/column][/field]`. */
  readonly id: string;
  readonly rule: string;
  readonly severity: Severity;
  readonly table: string | null;
  readonly column: string | null;
  readonly field: string | null;
  readonly message: string;
  /** Relative to the working directory, with `/`. */
  readonly file: string | null;
  /** Counted from 1. */
  readonly line: number | null;
  /** Identifies the finding in a baseline; it stays the same if a line moves or a message is reworded. */
  readonly fingerprint: string;
}
