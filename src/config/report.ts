/** An ignore, which every report takes: what to leave out of it, and why. */
export interface IgnoreConfig {
  /** A rule's id, or a wildcard; any rule when absent. */
  readonly rule?: string;
  /** A table's name, or a wildcard. */
  readonly table?: string;
  /** A field's or a column's name, or a wildcard. */
  readonly field?: string;
  /** Why it may stay as it is. */
  readonly reason: string;
  /** `2026-12-31`: the last day on which it may. */
  readonly expires?: string;
}
